// Keeps the live prices of every template: the package prices_<template> that the registry calls live. A new version
// is loaded beside the one that answers and exchanged whole, so requests under way keep the one that they began with.
// Not for what is told of an estimate (post_json.h).
//
// Ownership: owns the estimators; `data_folder` may be empty, then there are none. Thread safety: prepare and start
// from one thread, the rest from any. Cost: find() copies one pointer under a mutex. Failure: prepare as the registry
// and the packages; later the last version stays and the log says why.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/core/result.h"
#include "content/price_estimate.h"
#include "content/template_file.h"
#include "server/live_watch.h"

namespace inkling::server {

// Immutable.
struct LivePrices {
  std::string version;
  content::PriceEstimator estimator;
};

struct PriceKeeperStatistics {
  std::map<std::string, std::uint64_t> posts;  // behind the live prices of every template; 0: none are live
  std::uint64_t loaded = 0;                    // packages, since the start
  std::uint64_t failures = 0;
};

class PriceKeeper {
 public:
  PriceKeeper(std::string data_folder, std::span<const content::Template> templates, const LogSink& log);
  ~PriceKeeper() { stop(); }

  [[nodiscard]] base::Status prepare();
  void start();
  void stop() { watch_.stop(); }

  // Null when no version is live.
  [[nodiscard]] std::shared_ptr<const LivePrices> find(std::string_view template_id) const;
  [[nodiscard]] PriceKeeperStatistics statistics() const;

 private:
  [[nodiscard]] base::Status follow_once();
  [[nodiscard]] base::Status follow(const std::string& template_id, const std::optional<std::string>& live);

  std::string data_folder_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const LivePrices>, std::less<>> prices_;  // of every template; null: none
  std::uint64_t loaded_ = 0;
  std::map<std::string, std::string> failed_at_;  // versions that could not be loaded: not tried again
  LiveWatch watch_;                               // last: its thread uses all of the above
};

}  // namespace inkling::server
