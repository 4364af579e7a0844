#include "apps/cli/warm_start.h"

#include <utility>
#include <vector>

#include "base/core/suggest.h"
#include "registry/registry.h"
#include "sample/same_features.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

Result<std::string> live_version(const std::filesystem::path& data, const std::string& model) {
  INKLING_ASSIGN(const auto live, registry::Registry(data).live(model));
  if (live.has_value()) return *live;
  return base::not_found("--from live: no version of model " + model + " is live; name one, like --from v1");
}

Result<std::string> version_of(const std::filesystem::path& data, const std::string& model, const std::string& from) {
  if (from == "live") return live_version(data, model);
  const std::size_t slash = from.find('/');
  if (slash == std::string::npos) return from;
  if (from.substr(0, slash) == model) return from.substr(slash + 1);
  return base::conflict("--from " + from + " is a package of model " + from.substr(0, slash) +
                        ", but this training is of model " + model + "; a model goes on from its own packages only");
}

Status check_version(const std::filesystem::path& data, const std::string& model, const std::string& version) {
  INKLING_ASSIGN(const auto entries, registry::Registry(data).list());
  std::vector<std::string> versions;
  for (const auto& entry : entries) {
    if (entry.name != model) continue;
    if (entry.version == version) return {};
    versions.push_back(entry.version);
  }
  return base::not_found("--from " + version + ": model " + model + " has no such version; " +
                         base::expected_one_of(version, versions));
}

Json target_names(const sample::SamplePlan& plan) {
  Json names = Json::array();
  for (const auto& target : plan.targets) names.push(target.name);
  return names;
}

}  // namespace

Result<ParentPackage> open_parent(const std::filesystem::path& data, const std::string& model,
                                  const std::string& from) {
  INKLING_ASSIGN(const std::string version, version_of(data, model, from));
  INKLING_TRY(check_version(data, model, version));
  ParentPackage parent;
  INKLING_ASSIGN(parent.package, artifact::open_package(artifact::package_folder(data, model, version),
                                                        static_cast<int>(state::kFoldVersion),
                                                        static_cast<int>(feature::kFeatureVersion)));
  const artifact::PackageManifest& manifest = parent.package.manifest();
  INKLING_ASSIGN(parent.blueprint, feature::blueprint_from_json(JsonView(manifest.features, "features")));
  const JsonView params(manifest.params, "params");
  INKLING_ASSIGN(const JsonView plan, params.member("plan"));
  INKLING_ASSIGN(parent.plan, sample::sample_plan_from_stored(plan));
  return parent;
}

Status adopt_parent(const ParentPackage& parent, bool written, TrainingFile& file) {
  if (written) {
    feature::BlueprintSpec asked = file.blueprint;
    if (!file.has_views) asked.views = parent.blueprint.views;
    INKLING_TRY(sample::check_same_features(asked, parent.blueprint, parent.name()));
    if (target_names(file.plan) != target_names(parent.plan)) {
      return base::conflict("horizons: " + target_names(file.plan).to_text() + " are asked for, but " +
                            parent.name() + " was trained with " + target_names(parent.plan).to_text() +
                            "; --from goes on with the same horizons, or train without --from");
    }
  } else {
    file.plan.at = parent.plan.at;
    file.plan.min_gap_ms = parent.plan.min_gap_ms;
    file.plan.targets = parent.plan.targets;
    file.plan.validation_fraction = parent.plan.validation_fraction;
  }
  file.blueprint = parent.blueprint;
  file.has_views = true;
  if (file.plan.train_from_ms == sample::kUnset) file.plan.train_from_ms = parent.plan.train_until_ms;
  return {};
}

Json parent_params(const ParentPackage& parent, const train::ParameterTable& table) {
  Json params = Json::object();
  for (const train::Parameter& parameter : table.parameters()) {
    const Json* value = parent.package.manifest().params.find(parameter.name);
    if (value != nullptr) params.set(parameter.name, *value);
  }
  return params;
}

Status check_params_fit(const ParentPackage& parent, const train::ParameterTable& table, const Json& params) {
  for (const train::Parameter& parameter : table.parameters()) {
    const Json* before = parent.package.manifest().params.find(parameter.name);
    const Json* now = params.find(parameter.name);
    if (parameter.of_training || before == nullptr || now == nullptr || *before == *now) continue;
    return base::conflict("params." + parameter.name + ": " + now->to_text() + " is asked for, but " + parent.name() +
                          " has " + before->to_text() +
                          "; --from goes on with the same network, so leave it "
                          "out or train without --from");
  }
  return {};
}

}  // namespace inkling::cli
