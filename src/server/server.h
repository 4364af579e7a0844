// The HTTP API of one marketplace: takes events in, answers scenes, tells what is known of a shopper, and explains
// itself (health, metrics, OpenAPI). Not for loading anything: the application opens the store, the packages and the
// scenes and lends them here.
//
// Threads: `threads` of them read, score and write, each with its own event loop; blocking store calls go to
// `store_threads` others, so a slow disk never stops a warm request. Ownership: what Services refers to must outlive
// the Server. Thread safety: create and run from one thread; everything else from any. Failure: create() answers
// kConflict naming address and port when they are taken, kInvalidInput for a bad option.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/clock.h"
#include "base/core/result.h"
#include "basket/candidate_scorer.h"
#include "content/template_file.h"
#include "feature/scorer.h"
#include "index/vector_slab.h"
#include "scene/plan.h"
#include "server/edge_packages.h"
#include "server/server_options.h"
#include "store/store.h"

namespace inkling::server {

// One line for the operator, without a line break. Called from any thread; must not throw.
using LogSink = std::function<void(std::string_view line)>;

struct Services {
  store::Store& store;
  const base::Clock& clock;
  std::vector<std::shared_ptr<const feature::Scorer>> scorers;  // the live packages, one a model
  std::vector<scene::Plan> scenes;
  LogSink log;                                    // empty: nothing is logged
  std::string data_folder{};                      // with the packages that devices are given; empty: none are
  DevicePackageMaker device_package{};            // must be there with a data folder
  std::vector<basket::RankingPackage> rankers{};  // the live packages that order candidates, one a model
  std::vector<index::VectorPackage> vectors{};    // the live packages of item vectors, one a model
  std::vector<content::Template> templates{};     // of posts, by id
};

class Server {
 public:
  // Listens when it returns ok (so port() is known); nothing is answered before run().
  [[nodiscard]] static base::Result<std::unique_ptr<Server>> create(ServerOptions options, Services services);
  ~Server();

  // Serves on the calling thread (and threads - 1 others) until stop() was called and every request in flight is
  // answered or stop_grace_ms is over. Once only.
  [[nodiscard]] base::Status run();

  // Stops listening, closes idle connections, lets requests in flight finish. Returns at once; may be called early
  // and often. Not async-signal-safe: call it from a signal_set handler or another thread.
  void stop();

  // While not ready, /health/ready and everything under /v1 answer 503 with this reason. A new server is ready.
  void set_not_ready(std::string reason);
  void set_ready();

  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Engine;
  explicit Server(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

}  // namespace inkling::server
