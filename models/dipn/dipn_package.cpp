// A package of a server as a DipnScorer: manifest in JSON, tensors by name. Not on devices.
#include <utility>

#include "models/dipn/dipn_device.h"
#include "models/dipn/dipn_loader.h"
#include "models/dipn/dipn_named_weights.h"
#include "models/dipn/dipn_params_yaml.h"

namespace inkling::models::dipn {

using base::JsonView;
using base::Result;
using base::Status;

Status NamedWeights::take(const TensorKey& key, std::size_t rows, std::size_t columns, nn::Weight& out) {
  std::string& name = names_[taken_++ % std::size(names_)];
  name = tensor_name(key);
  artifact::Shape shape = {static_cast<std::int64_t>(rows)};
  if (columns != kVector) shape.push_back(static_cast<std::int64_t>(columns));
  INKLING_ASSIGN(const auto values, tensors_.floats(name, shape));
  out = {name, values, rows, columns == kVector ? 1 : columns};
  return {};
}

Result<std::shared_ptr<DipnScorer>> DipnScorer::without_layers(const artifact::PackageManifest& manifest,
                                                               math::Precision precision,
                                                               const math::Kernels& kernels) {
  auto scorer = std::shared_ptr<DipnScorer>(new DipnScorer(precision, kernels));
  INKLING_ASSIGN(feature::BlueprintSpec spec, feature::blueprint_from_json(JsonView(manifest.features, "features")));
  INKLING_ASSIGN(scorer->blueprint_, feature::Blueprint::make(std::move(spec)));
  const JsonView params(manifest.params, "params");
  INKLING_ASSIGN(scorer->info_.targets, targets_from_json(params));
  INKLING_ASSIGN(scorer->architecture_, architecture_from_json(params, scorer->info_.targets));
  scorer->info_.model = manifest.name;
  scorer->info_.version = manifest.version;
  return scorer;
}

Result<std::shared_ptr<const DipnScorer>> DipnScorer::make(const artifact::PackageManifest& manifest,
                                                           const artifact::Safetensors& weights,
                                                           std::shared_ptr<const void> owner,
                                                           math::Precision precision, const math::Kernels& kernels) {
  INKLING_ASSIGN(const auto scorer, without_layers(manifest, precision, kernels));
  scorer->owner_ = std::move(owner);
  NamedWeights source(weights);
  INKLING_TRY(DipnLoader(*scorer, source).load());
  return std::shared_ptr<const DipnScorer>(scorer);
}

const ServingModel& serving_half() {
  static const ServingModel kModel = {
      .name = "dipn",
      .params_yaml = kParamsYaml,
      .load = [](const artifact::PackageManifest& manifest, const artifact::Safetensors& weights,
                 std::shared_ptr<const void> owner,
                 math::Precision precision) -> Result<std::shared_ptr<const feature::Scorer>> {
        INKLING_ASSIGN(auto scorer, DipnScorer::make(manifest, weights, std::move(owner), precision));
        return std::shared_ptr<const feature::Scorer>(std::move(scorer));
      },
      .device_package = write_device_package};
  return kModel;
}

}  // namespace inkling::models::dipn
