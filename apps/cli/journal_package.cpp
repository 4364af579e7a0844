#include "apps/cli/journal_package.h"

#include <string>
#include <utility>

#include "registry/registry.h"
#include "train/parameters.h"

namespace inkling::cli {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

Status check_journal_request(const TrainingRequest& request, std::string_view instead) {
  const bool plain = request.from.empty() && request.since.empty() && request.until.empty() && request.days == 0 &&
                     !request.resume && request.device == "cpu";
  if (plain) return {};
  return base::unsupported("model " + request.file.model +
                           " learns from the whole journal: leave --from, --since, --until, --days, --resume and "
                           "--device out, and " +
                           std::string(instead));
}

Result<Json> journal_params(std::string_view model, std::string_view params_yaml, const TrainingRequest& request) {
  INKLING_ASSIGN(const auto table,
                 train::ParameterTable::parse(params_yaml, "models/" + std::string(model) + "/params.yaml"));
  Json given = request.file.params.if_object() != nullptr ? request.file.params : Json::object();
  for (const std::string& assignment : request.assignments) INKLING_TRY(table.set(assignment, given));
  return table.complete(JsonView(given, "params"));
}

artifact::PackageManifest journal_manifest(const TrainingRequest& request, const Json& params, std::int64_t now_ms) {
  artifact::PackageManifest manifest;
  manifest.name = request.file.model;
  manifest.created_ms = now_ms;
  manifest.seed = request.seed;
  manifest.fold_version = static_cast<int>(state::kFoldVersion);
  manifest.feature_version = static_cast<int>(feature::kFeatureVersion);
  manifest.params = params;
  return manifest;
}

Result<Publish> first_is_live(const DataFolder& folder, const TrainingRequest& request) {
  if (request.publish != Publish::kWhenNoneIsLive) return request.publish;
  INKLING_ASSIGN(const auto live, registry::Registry(folder.path).live(request.file.model));
  return live.has_value() ? Publish::kCandidate : Publish::kLive;
}

Status write_journal_package(const DataFolder& folder, Publish how, artifact::SafetensorsWriter weights,
                             artifact::PackageManifest& manifest, Console& console) {
  INKLING_ASSIGN(manifest.version, registry::Registry(folder.path).next_version(manifest.name));
  INKLING_ASSIGN(const auto package, artifact::write_package(folder.path, manifest, std::move(weights)));
  console.say("package " + package.string());
  return publish(folder, manifest, how, console);
}

}  // namespace inkling::cli
