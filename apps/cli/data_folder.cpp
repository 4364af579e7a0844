#include "apps/cli/data_folder.h"

#include <utility>

#include "base/core/suggest.h"
#include "feature/blueprint.h"
#include "models/model.h"
#include "registry/registry.h"
#include "state/shopper_state.h"

namespace inkling::cli {

using base::Result;

Result<DataFolder> open_data_folder(const std::string& path, Console& console, store::StoreOptions options) {
  DataFolder folder;
  folder.path = path;
  folder.clock = std::make_unique<base::SystemClock>();
  INKLING_ASSIGN(folder.store, store::open_store(path, options, *folder.clock,
                                                 console.reporter("replaying the journal's tail", "events")));
  console.end_progress();
  return folder;
}

Result<DataFolder> open_existing_data_folder(const std::string& path, Console& console) {
  if (!std::filesystem::exists(std::filesystem::path(path) / "store")) {
    return base::not_found("--data " + path + ": holds no store; fill it with inkling import or inkling simulate");
  }
  return open_data_folder(path, console);
}

namespace {

Result<const models::ServingModel*> serving_model(const std::string& name) {
  std::vector<std::string_view> names;
  for (const models::ServingModel* model : plugins::models()) {
    if (model->name == name) return model;
    names.push_back(model->name);
  }
  return base::not_found("\"" + name + "\" is no model of this build; " + base::expected_one_of(name, names));
}

}  // namespace

Result<std::shared_ptr<const feature::Scorer>> load_scorer(const std::filesystem::path& data,
                                                           const std::string& model, const std::string& version,
                                                           math::Precision precision) {
  INKLING_ASSIGN(const models::ServingModel* serving, serving_model(model));
  INKLING_ASSIGN(artifact::Package opened, artifact::open_package(artifact::package_folder(data, model, version),
                                                                  static_cast<int>(state::kFoldVersion),
                                                                  static_cast<int>(feature::kFeatureVersion)));
  const auto package = std::make_shared<const artifact::Package>(std::move(opened));
  auto scorer = serving->load(package->manifest(), package->weights(), package, precision);
  if (!scorer.ok()) return scorer.status().within(artifact::package_folder(data, model, version).string());
  return scorer;
}

Result<std::vector<std::shared_ptr<const feature::Scorer>>> load_live_scorers(const std::filesystem::path& data,
                                                                              math::Precision precision) {
  const registry::Registry registry(data);
  INKLING_ASSIGN(const auto entries, registry.list());
  std::vector<std::shared_ptr<const feature::Scorer>> scorers;
  for (const registry::PackageEntry& entry : entries) {
    if (entry.state != registry::PackageState::kLive) continue;
    INKLING_ASSIGN(auto scorer, load_scorer(data, entry.name, entry.version, precision));
    scorers.push_back(std::move(scorer));
  }
  return scorers;
}

Result<std::string> chosen_version(const std::filesystem::path& data, const std::string& model,
                                   const std::string& version) {
  if (!version.empty()) return version;
  INKLING_ASSIGN(const auto live, registry::Registry(data).live(model));
  if (live.has_value()) return *live;
  return base::not_found("no version of \"" + model + "\" is live; name one with --version");
}

}  // namespace inkling::cli
