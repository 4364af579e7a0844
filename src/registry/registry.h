// Which version of each model is in which state: the packages of a data folder plus <data>/registry.json.
// Not for what is inside a package (artifact) and not for who asks for which version (server).
//
//   candidate -> live -> retired; a retired version may go live again (that is how one rolls back).
//   candidate -> canary -> live, or back: a share of the shoppers' devices gets a canary, the others the live
//   version.
// shadow is part of the file format from the start; no call here sets it yet.
// Thread safety: any thread and any process. Changes hold an advisory lock on <data>/registry.lock and replace the
// file whole, so readers see the state before or after a change. Cost: each call reads the file; not for request
// paths. Failure: kNotFound for a model or version that does not exist (naming what there is), kConflict for a second
// publish, kCorrupt for a damaged registry.json, kIo.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "artifact/package.h"
#include "base/core/result.h"

namespace inkling::registry {

// Written to disk by name.
enum class PackageState : std::uint8_t { kCandidate, kShadow, kCanary, kLive, kRetired };
[[nodiscard]] std::string_view state_name(PackageState state);

struct PackageEntry {
  std::string name;
  std::string version;
  PackageState state = PackageState::kCandidate;
  std::int64_t changed_ms = 0;  // when it came into that state
  int percent = 0;              // of a canary, 1..99: the share of shoppers who get it
};

// The canary for those of its shoppers (a stable hash of model, version and shopper decides; "" is never one), else
// the live version. kNotFound when there is neither.
[[nodiscard]] base::Result<std::string> version_for(std::span<const PackageEntry> entries, std::string_view name,
                                                    std::string_view shopper);

class Registry {
 public:
  // Nothing is read yet; a folder without registry.json has no published packages.
  explicit Registry(std::filesystem::path data_folder) : data_folder_(std::move(data_folder)) {}

  // By name, then by version number.
  [[nodiscard]] base::Result<std::vector<PackageEntry>> list() const;
  // The version that serves; nothing if the model has no live version.
  [[nodiscard]] base::Result<std::optional<std::string>> live(std::string_view name) const;
  [[nodiscard]] base::Result<artifact::Package> load_live(std::string_view name, int fold_version,
                                                          int feature_version) const;

  // Above every version that is in the folder or was ever published: "v1" for a new model. Two trainings at once may
  // get the same answer; write_package lets only one of them win.
  [[nodiscard]] base::Result<std::string> next_version(std::string_view name) const;
  // A package on disk becomes a candidate.
  base::Status publish(std::string_view name, std::string_view version, std::int64_t now_ms) const;
  // A published version goes live; the one that was live is retired in the same step.
  base::Status promote(std::string_view name, std::string_view version, std::int64_t now_ms) const;
  // Gives the version to `percent` of the shoppers' devices: 1..99 makes it the model's canary (one before it becomes
  // a candidate again), 100 is promote, 0 takes a canary back. kConflict when the version is live.
  base::Status rollout(std::string_view name, std::string_view version, int percent, std::int64_t now_ms) const;
  // Also of the live version: the model then has none.
  base::Status retire(std::string_view name, std::string_view version, std::int64_t now_ms) const;

 private:
  std::filesystem::path data_folder_;
};

}  // namespace inkling::registry
