// A server on a free port over a fake store and a fake model, for the tests of this folder. It serves five scenes:
// "coupon" offers above half, "ladder" fails and falls back to never, "broken" fails and has no fallback, "shelf"
// shows what is hot, "quiet" too but without impressions. Its templates are the repository's.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/core/clock.h"
#include "server/fake_scorer.h"
#include "server/fake_store.h"
#include "server/http_client.h"
#include "server/live_shoppers.h"
#include "server/server.h"

namespace inkling::server {

// Any free port, and two threads: what production may run.
[[nodiscard]] ServerOptions test_options();
[[nodiscard]] std::vector<scene::Plan> test_scenes();

// That a test sets while the server reads it.
class SetClock final : public base::Clock {
 public:
  explicit SetClock(std::int64_t now_ms) : now_ms_(now_ms) {}
  [[nodiscard]] std::int64_t now_ms() const override { return now_ms_.load(); }
  void set(std::int64_t now_ms) { now_ms_.store(now_ms); }

 private:
  std::atomic<std::int64_t> now_ms_;
};

class RunningServer {
 public:
  // `journal`: what the store holds before the server starts; `data_folder`: with packages for devices.
  explicit RunningServer(ServerOptions options = test_options(), Scorers scorers = {std::make_shared<FakeScorer>()},
                         const std::vector<domain::Event>& journal = {}, const std::string& data_folder = {},
                         std::vector<scene::Plan> scenes = test_scenes(), Rankers rankers = {});
  // Stops and joins, unless that was done.
  ~RunningServer();

  [[nodiscard]] HttpClient client() const { return HttpClient(server_->port()); }
  [[nodiscard]] Server& server() { return *server_; }
  [[nodiscard]] FakeStore& store() { return store_; }
  [[nodiscard]] SetClock& clock() { return clock_; }
  // Returns once a world snapshot has everything that the store holds by now; asks by HTTP, again and again.
  void await_snapshot();
  // Returns once run() has; its status.
  base::Status join();
  [[nodiscard]] std::vector<std::string> log_lines();

 private:
  FakeStore store_;
  SetClock clock_{1'700'000'500'000};
  std::mutex log_mutex_;
  std::vector<std::string> log_lines_;
  std::unique_ptr<Server> server_;
  base::Status run_status_;
  std::thread thread_;
};

}  // namespace inkling::server
