// One thread's event loop with what belongs to that thread alone: its connections and the models' workspaces.
// Not for the store: that has its own threads. Thread safety: everything but `context` is touched by its thread only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "server/application.h"
#include "server/loop_lag.h"
#include "server/remote_check.h"
#include "server/server_options.h"
#include "server/shopper_knowledge.h"

namespace inkling::server {

// The concrete executor, not any_io_executor: no type erasure on the request path.
using Executor = boost::asio::io_context::executor_type;
using SteadyClock = std::chrono::steady_clock;
using Timer = boost::asio::basic_waitable_timer<SteadyClock, boost::asio::wait_traits<SteadyClock>, Executor>;
template <typename T>
using Task = boost::asio::awaitable<T, Executor>;
inline constexpr boost::asio::use_awaitable_t<Executor> kUseTask{};

class Connection;

// Connections over the limit that are told so at the same moment; those beyond are closed without a word.
inline constexpr std::size_t kRefusedConnections = 64;

// What all workers of a server share.
struct Shared {
  Shared(const ServerOptions& all, Services services, std::uint64_t process_seed)
      : options(all), application(options, std::move(services), process_seed), store_pool(options.store_threads) {}

  const ServerOptions options;
  Application application;
  boost::asio::thread_pool store_pool;
  BoundedCount refused{kRefusedConnections};  // connections that are being told so

  void log(std::string_view line) const {
    if (application.services.log) application.services.log(line);
  }
};

struct Worker {
  explicit Worker(Shared& server)
      : shared(server),
        context(1),
        work(context.get_executor()),
        grace(context.get_executor()),
        lag(context),
        workspaces(server.application.live.scorers(), server.application.live.rankers()) {
    if (server.application.checker) check.emplace(context, *server.application.checker);
  }

  // Ends the loop as soon as the last connection is gone; closes the idle ones now and all of them after the grace.
  void drain();
  void add(Connection& connection) { connections.insert(&connection); }
  void remove(Connection& connection);

  Shared& shared;
  boost::asio::io_context context;
  boost::asio::executor_work_guard<Executor> work;
  Timer grace;
  LoopLag lag;
  ScorerWorkspaces workspaces;
  std::optional<RemoteCheck> check;  // nullopt: there is no checker
  std::unordered_set<Connection*> connections;
  bool draining = false;
};

}  // namespace inkling::server
