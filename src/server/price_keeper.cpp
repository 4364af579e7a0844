#include "server/price_keeper.h"

#include <utility>

#include "content/price_package.h"
#include "registry/registry.h"

namespace inkling::server {

using base::Status;

PriceKeeper::PriceKeeper(std::string data_folder, std::span<const content::Template> templates, const LogSink& log)
    : data_folder_(std::move(data_folder)),
      watch_("prices: they stay as they were", log, [this] { return follow_once(); }) {
  for (const content::Template& form : templates) prices_[form.id] = nullptr;
}

Status PriceKeeper::prepare() {
  return data_folder_.empty() ? Status() : follow_once();
}

void PriceKeeper::start() {
  if (!data_folder_.empty() && !prices_.empty()) watch_.start();
}

std::shared_ptr<const LivePrices> PriceKeeper::find(std::string_view template_id) const {
  const std::lock_guard lock(mutex_);
  const auto found = prices_.find(template_id);
  return found == prices_.end() ? nullptr : found->second;
}

PriceKeeperStatistics PriceKeeper::statistics() const {
  PriceKeeperStatistics told;
  told.failures = watch_.failures();
  const std::lock_guard lock(mutex_);
  told.loaded = loaded_;
  for (const auto& [template_id, live] : prices_) told.posts[template_id] = live ? live->estimator.posts() : 0;
  return told;
}

Status PriceKeeper::follow_once() {
  INKLING_ASSIGN(const auto entries, registry::Registry(data_folder_).list());
  std::map<std::string_view, std::string> live;
  for (const registry::PackageEntry& entry : entries) {
    if (entry.state == registry::PackageState::kLive) live[entry.name] = entry.version;
  }
  Status first;
  for (const auto& [template_id, prices] : prices_) {  // the keys never change
    const auto found = live.find(content::price_package_name(template_id));
    const Status followed = follow(template_id, found == live.end() ? std::nullopt : std::optional(found->second));
    if (first.ok()) first = followed;
  }
  return first;
}

Status PriceKeeper::follow(const std::string& template_id, const std::optional<std::string>& live) {
  const auto current = find(template_id);
  if (!live && !current) return {};
  if (live && current && current->version == *live) return {};
  if (live && failed_at_[template_id] == *live) return {};
  std::shared_ptr<const LivePrices> next;
  if (live) {
    auto estimator = content::open_price_package(data_folder_, template_id, *live);
    failed_at_[template_id] = estimator.ok() ? std::string() : *live;
    if (!estimator.ok()) return estimator.status();
    next = std::make_shared<const LivePrices>(LivePrices{*live, *std::move(estimator)});
  }
  const std::lock_guard lock(mutex_);
  if (next) ++loaded_;
  prices_[template_id] = std::move(next);
  return {};
}

}  // namespace inkling::server
