// One HTTP connection of the shop: posts its shoppers' events and asks about them.
// Throws std::runtime_error on any answer that is not 200. Thread safety: one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/core/random.h"
#include "bench/replay_equals_online/serving.h"
#include "server/http_client.h"

namespace inkling::bench {

inline constexpr std::string_view kAskScene = "ask";

class ShopClient {
 public:
  explicit ShopClient(base::Random random) : random_(random) {}

  // A new connection, to a server that may have been started again.
  void connect(std::uint16_t port) { http_ = std::make_unique<server::HttpClient>(port); }
  void disconnect() { http_.reset(); }

  // Posts the events in batches of varying size and asks about some of their shoppers, and about others, after each.
  void take(std::span<const domain::Event* const> events);
  void post(std::span<const domain::Event* const> events);
  [[nodiscard]] std::string metrics();

  [[nodiscard]] const Served& served() const { return served_; }

 private:
  void ask(const std::string& shopper);
  [[nodiscard]] std::string body_of(const server::ClientAnswer& answer, const std::string& request);

  base::Random random_;
  std::unique_ptr<server::HttpClient> http_;
  std::vector<std::string> shoppers_;  // with events posted, maybe several times
  std::unordered_set<std::string> acknowledged_;
  std::unordered_map<std::string, std::uint64_t> event_counts_;  // acknowledged, by shopper
  Served served_;                                                // this connection's part
};

}  // namespace inkling::bench
