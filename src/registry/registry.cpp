#include "registry/registry.h"

#include <algorithm>
#include <functional>
#include <system_error>
#include <utility>

#include "base/core/hash.h"
#include "base/core/suggest.h"
#include "registry/registry_file.h"

namespace inkling::registry {
namespace {

using base::Result;
using base::Status;
using Entries = std::vector<PackageEntry>;

PackageEntry* find(Entries& entries, std::string_view name, std::string_view version) {
  const auto place = std::find_if(entries.begin(), entries.end(), [&](const PackageEntry& entry) {
    return entry.name == name && entry.version == version;
  });
  return place == entries.end() ? nullptr : &*place;
}

void sort(Entries& entries) {
  std::sort(entries.begin(), entries.end(), [](const PackageEntry& a, const PackageEntry& b) {
    if (a.name != b.name) return a.name < b.name;
    return artifact::version_number(a.version) < artifact::version_number(b.version);
  });
}

// What there is instead, for a name or version that is not published.
Status not_published(const Entries& entries, std::string_view name, std::string_view version) {
  std::vector<std::string_view> versions;
  std::vector<std::string_view> names;
  for (const PackageEntry& entry : entries) {
    if (entry.name == name) versions.push_back(entry.version);
    if (names.empty() || names.back() != entry.name) names.push_back(entry.name);
  }
  const std::string what = "model " + std::string(name);
  if (entries.empty()) return base::not_found(what + ": no package is published here.");
  if (versions.empty()) {
    return base::not_found(what + ": no such model is published, " + base::expected_one_of(name, names));
  }
  return base::not_found(what + ": version " + std::string(version) + " is not published, " +
                         base::expected_one_of(version, versions));
}

void set_state(PackageEntry& entry, PackageState state, std::int64_t now_ms) {
  entry.state = state;
  entry.changed_ms = now_ms;
  entry.percent = 0;
}

// Reads, changes and writes the registry while no one else does.
Status change(const std::filesystem::path& data_folder, const std::function<Status(Entries&)>& edit) {
  INKLING_ASSIGN(const ChangeLock lock, ChangeLock::take(data_folder));
  INKLING_ASSIGN(Entries entries, read_entries(data_folder));
  INKLING_TRY(edit(entries));
  sort(entries);
  return write_entries(data_folder, entries);
}

std::int64_t highest_on_disk(const std::filesystem::path& models_folder) {
  std::int64_t highest = 0;
  std::error_code error;
  for (std::filesystem::directory_iterator folder(models_folder, error), end; !error && folder != end;
       folder.increment(error)) {
    highest = std::max(highest, artifact::version_number(folder->path().filename().string()));
  }
  return highest;
}

// 0..99, the same for ever.
int bucket_of(const PackageEntry& entry, std::string_view shopper) {
  constexpr std::uint64_t kBuckets = 100;
  std::string key = entry.name;
  key.append(1, '\0').append(entry.version).append(1, '\0').append(shopper);
  return static_cast<int>(base::name_hash(key) % kBuckets);
}

Status make_canary(Entries& entries, PackageEntry& chosen, int percent, std::int64_t now_ms) {
  for (PackageEntry& entry : entries) {
    const bool is_other_canary =
        entry.name == chosen.name && entry.state == PackageState::kCanary && &entry != &chosen;
    if (is_other_canary) set_state(entry, PackageState::kCandidate, now_ms);
  }
  set_state(chosen, percent == 0 ? PackageState::kCandidate : PackageState::kCanary, now_ms);
  chosen.percent = percent;
  return {};
}

}  // namespace

Result<std::string> version_for(std::span<const PackageEntry> entries, std::string_view name,
                                std::string_view shopper) {
  const PackageEntry* live = nullptr;
  for (const PackageEntry& entry : entries) {
    if (entry.name != name) continue;
    if (entry.state == PackageState::kLive) live = &entry;
    const bool is_canary = entry.state == PackageState::kCanary && !shopper.empty();
    if (is_canary && bucket_of(entry, shopper) < entry.percent) return entry.version;
  }
  if (live != nullptr) return live->version;
  return base::not_found("model " + std::string(name) + " has no live version; promote one of its packages.");
}

Result<std::vector<PackageEntry>> Registry::list() const {
  return read_entries(data_folder_);
}

Result<std::optional<std::string>> Registry::live(std::string_view name) const {
  INKLING_ASSIGN(const Entries entries, read_entries(data_folder_));
  for (const PackageEntry& entry : entries) {
    if (entry.name == name && entry.state == PackageState::kLive) return std::optional(entry.version);
  }
  return std::optional<std::string>();
}

Result<artifact::Package> Registry::load_live(std::string_view name, int fold_version, int feature_version) const {
  INKLING_ASSIGN(const auto version, live(name));
  if (!version) {
    return base::not_found("model " + std::string(name) + " has no live version; promote one of its packages.");
  }
  return artifact::open_package(artifact::package_folder(data_folder_, name, *version), fold_version,
                                feature_version);
}

Result<std::string> Registry::next_version(std::string_view name) const {
  INKLING_ASSIGN(const Entries entries, read_entries(data_folder_));
  std::int64_t highest = highest_on_disk(artifact::package_folder(data_folder_, name, "v1").parent_path());
  for (const PackageEntry& entry : entries) {
    if (entry.name == name) highest = std::max(highest, artifact::version_number(entry.version));
  }
  return "v" + std::to_string(highest + 1);
}

Status Registry::publish(std::string_view name, std::string_view version, std::int64_t now_ms) const {
  const auto folder = artifact::package_folder(data_folder_, name, version);
  INKLING_ASSIGN(const artifact::PackageManifest manifest, artifact::read_manifest(folder));
  if (manifest.name != name || manifest.version != version) {
    return base::corrupt(folder.string() + "/model.yaml: the folder says " + std::string(name) + " " +
                         std::string(version) + ", but the package says " + manifest.name + " " + manifest.version +
                         ".");
  }
  return change(data_folder_, [&](Entries& entries) -> Status {
    if (const PackageEntry* known = find(entries, name, version)) {
      return base::conflict("model " + std::string(name) + " " + std::string(version) + " is published already, as " +
                            std::string(state_name(known->state)) + ".");
    }
    entries.push_back({std::string(name), std::string(version), PackageState::kCandidate, now_ms});
    return {};
  });
}

Status Registry::promote(std::string_view name, std::string_view version, std::int64_t now_ms) const {
  return change(data_folder_, [&](Entries& entries) -> Status {
    PackageEntry* chosen = find(entries, name, version);
    if (chosen == nullptr) return not_published(entries, name, version);
    if (chosen->state == PackageState::kLive) return {};
    INKLING_TRY(artifact::read_manifest(artifact::package_folder(data_folder_, name, version)).status());
    for (PackageEntry& entry : entries) {
      if (entry.name == name && entry.state == PackageState::kLive) set_state(entry, PackageState::kRetired, now_ms);
    }
    set_state(*chosen, PackageState::kLive, now_ms);
    return {};
  });
}

Status Registry::rollout(std::string_view name, std::string_view version, int percent, std::int64_t now_ms) const {
  if (percent < 0 || percent > 100) {
    return base::invalid_input("percent: " + std::to_string(percent) + " is out of range; expected 0 to 100");
  }
  if (percent == 100) return promote(name, version, now_ms);
  return change(data_folder_, [&](Entries& entries) -> Status {
    PackageEntry* chosen = find(entries, name, version);
    if (chosen == nullptr) return not_published(entries, name, version);
    if (chosen->state == PackageState::kLive) {
      return base::conflict("model " + std::string(name) + " " + std::string(version) +
                            " is live, and so everybody's; roll out another version.");
    }
    if (percent == 0 && chosen->state != PackageState::kCanary) return {};
    INKLING_TRY(artifact::read_manifest(artifact::package_folder(data_folder_, name, version)).status());
    return make_canary(entries, *chosen, percent, now_ms);
  });
}

Status Registry::retire(std::string_view name, std::string_view version, std::int64_t now_ms) const {
  return change(data_folder_, [&](Entries& entries) -> Status {
    PackageEntry* chosen = find(entries, name, version);
    if (chosen == nullptr) return not_published(entries, name, version);
    set_state(*chosen, PackageState::kRetired, now_ms);
    return {};
  });
}

}  // namespace inkling::registry
