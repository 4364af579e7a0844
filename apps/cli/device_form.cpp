#include "apps/cli/device_form.h"

#include <string>
#include <string_view>

#include "base/core/suggest.h"
#include "models/model.h"

namespace inkling::cli {

base::Result<std::vector<std::byte>> device_package(const artifact::Package& package,
                                                    artifact::DevicePrecision precision) {
  const std::string& kind = artifact::model_of(package.manifest());
  std::vector<std::string_view> names;
  for (const models::ServingModel* model : plugins::models()) {
    if (model->device_package == nullptr) continue;
    if (model->name == kind) return model->device_package(package.manifest(), package.weights(), precision);
    names.push_back(model->name);
  }
  return base::unsupported("\"" + kind + "\" has no form for devices; " + base::expected_one_of(kind, names));
}

}  // namespace inkling::cli
