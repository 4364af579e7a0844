// Everything that handlers work with, in one place. Not for sockets and threads: those are in server.cpp.
// Ownership: owns what it holds, borrows what Services borrow. Thread safety: each part says its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scene/answer_cache.h"
#include "scene/request_ids.h"
#include "scene/steady_time.h"
#include "server/bounded_count.h"
#include "server/checker.h"
#include "server/edge_packages.h"
#include "server/file_folder.h"
#include "server/grants.h"
#include "server/impression_writer.h"
#include "server/live_shoppers.h"
#include "server/price_keeper.h"
#include "server/readiness.h"
#include "server/route_table.h"
#include "server/server.h"
#include "server/shopper_turns.h"
#include "server/tag_keeper.h"
#include "server/tag_shelf.h"
#include "server/telemetry.h"
#include "server/warm_up.h"
#include "server/world_keeper.h"

namespace inkling::server {

// Of this build, as CMake's project() says.
[[nodiscard]] std::string_view inkling_version();

// What is under way at this moment, within its limits.
struct InFlight {
  explicit InFlight(const ServerOptions& options)
      : body_bytes(options.body_memory_bytes), store_requests(options.store_queue_requests) {}

  BoundedCount body_bytes;
  BoundedCount store_requests;
};

// What the timetable says now.
struct CapacityNow {
  explicit CapacityNow(const ServerOptions& options) : threads(options.threads), shed_load(options.shed_load) {}

  std::atomic<std::size_t> threads;  // that new connections are spread over
  std::atomic<bool> shed_load;
};

struct Application {
  // `process_seed` makes request ids differ between processes: draw it from the system's entropy.
  Application(const ServerOptions& options, Services lent, std::uint64_t process_seed);

  // Reads what the world is made of; may take a while.
  [[nodiscard]] base::Status prepare(const ServerOptions& options);
  // Starts and stops the threads of its parts; a stop writes the impressions that wait.
  void start();
  void stop();

  Services services;
  std::int64_t max_future_ms;
  InFlight in_flight;
  CapacityNow capacity;
  BoundedCount connections;  // admitted
  LiveShoppers live;
  ShopperTurns shopper_turns;
  WorldKeeper world;
  ImpressionWriter impressions;
  RouteTable routes;
  std::vector<FileFolder> folders;  // of files; the first one that a target lies under answers
  Telemetry telemetry;
  Readiness readiness;
  scene::RequestIds request_ids;
  scene::AnswerCache answers;
  std::optional<Checker> checker;  // nullopt: the catalogue is looked at
  RequestRecorder recorder;
  scene::SystemSteadyTime steady_time;
  EdgePackages edge;
  Grants grants;
  TagKeeper tags;
  TagShelf tag_shelf;
  PriceKeeper prices;  // of services.templates
};

// What became of a request at the door: a handler, or the response that refuses it.
struct Opened {
  std::size_t route_index = 0;  // routes().size() when none matched, one more for a file
  std::unique_ptr<Handler> handler;
  HttpResponse refusal;
};

// Finds the route and checks readiness and the body's type against the table.
[[nodiscard]] Opened open_request(Application& application, HttpRequest request);

}  // namespace inkling::server
