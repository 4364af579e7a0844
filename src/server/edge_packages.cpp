#include "server/edge_packages.h"

#include <algorithm>
#include <utility>

#include "base/core/hash.h"
#include "feature/blueprint.h"
#include "server/gzip.h"
#include "state/shopper_state.h"

namespace inkling::server {

namespace {

using registry::PackageEntry;
using registry::PackageState;

bool is_served(const PackageEntry& entry) {
  return entry.state == PackageState::kLive || entry.state == PackageState::kCanary;
}

bool holds(const std::vector<PackageEntry>& entries, std::string_view model, std::string_view version) {
  return std::ranges::any_of(entries, [&](const PackageEntry& entry) {
    return is_served(entry) && entry.name == model && entry.version == version;
  });
}

std::string tag_of(const std::string& version, std::string_view form, std::string_view bytes) {
  return "\"" + version + "-" + std::string(form) + "-" + std::to_string(base::name_hash(bytes)) + "\"";
}

}  // namespace

bool EdgePackages::is_fresh() const {
  const std::lock_guard lock(mutex_);
  return read_us_ != 0 && time_.now_us() - read_us_ < kFreshUs;
}

base::Result<std::vector<PackageEntry>> EdgePackages::read_registry() {
  std::vector<PackageEntry> entries;
  if (!data_folder_.empty()) {
    INKLING_ASSIGN(entries, registry::Registry(data_folder_).list());
  }
  const std::lock_guard lock(mutex_);
  entries_ = entries;
  read_us_ = std::max<std::int64_t>(time_.now_us(), 1);
  return entries;
}

base::Status EdgePackages::refresh() {
  return read_registry().status();
}

bool EdgePackages::serves(std::string_view model, std::string_view version) const {
  const std::lock_guard lock(mutex_);
  return holds(entries_, model, version);
}

base::Result<std::shared_ptr<const EdgePackage>> EdgePackages::make(const Key& key) const {
  const auto& [model, version, precision] = key;
  INKLING_ASSIGN(
      const artifact::Package package,
      artifact::open_package(artifact::package_folder(data_folder_, model, version),
                             static_cast<int>(state::kFoldVersion), static_cast<int>(feature::kFeatureVersion)));
  INKLING_ASSIGN(const std::vector<std::byte> bytes, make_device_package_(package, precision));
  auto made = std::make_shared<EdgePackage>();
  made->version = version;
  made->bytes.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  made->etag = tag_of(version, artifact::device_precision_name(precision), made->bytes);
  INKLING_ASSIGN(made->packed, gzip(made->bytes));
  return std::shared_ptr<const EdgePackage>(std::move(made));
}

base::Result<std::shared_ptr<const EdgePackage>> EdgePackages::package_for(const std::string& model,
                                                                           std::string_view shopper,
                                                                           artifact::DevicePrecision precision) {
  INKLING_ASSIGN(const auto entries, read_registry());
  INKLING_ASSIGN(const std::string version, registry::version_for(entries, model, shopper));
  const Key key{model, version, precision};
  const std::lock_guard lock(making_mutex_);
  std::erase_if(
      made_, [&](const auto& known) { return !holds(entries, std::get<0>(known.first), std::get<1>(known.first)); });
  if (const auto known = made_.find(key); known != made_.end()) return known->second;
  INKLING_ASSIGN(auto made, make(key));
  made_.emplace(key, made);
  return made;
}

}  // namespace inkling::server
