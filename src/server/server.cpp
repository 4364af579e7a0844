#include "server/server.h"

#include <atomic>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <cassert>
#include <exception>
#include <random>
#include <system_error>
#include <thread>
#include <utility>

#include "server/connection.h"
#include "server/worker.h"

namespace inkling::server {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;

constexpr std::chrono::milliseconds kAcceptAgain{50};
constexpr std::chrono::milliseconds kLookAtTimetable{200};

std::uint64_t system_entropy() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

std::string place(const ServerOptions& options) {
  return "address " + options.address + " port " + std::to_string(options.port);
}

base::Status listen_error(const ServerOptions& options, const error_code& error) {
  if (error == asio::error::address_in_use) {
    return base::conflict(place(options) +
                          " is taken by another process; stop that one, or choose another port (0: any free one)");
  }
  if (error == asio::error::access_denied) {
    return base::invalid_input(place(options) + " is not allowed for this user; choose a port from 1024 on");
  }
  if (error == boost::system::errc::address_not_available) {
    return base::invalid_input(place(options) +
                               ": no network interface has this address; 127.0.0.1 and 0.0.0.0 work");
  }
  return base::io_error(place(options) + ": cannot listen (" + error.message() + ")");
}

}  // namespace

// The worker with index 0 also accepts; the others get every n-th connection.
struct Server::Engine {
  Engine(const ServerOptions& options, Services services) : shared(options, std::move(services), system_entropy()) {
    const std::size_t most = most_threads(shared.options.timetable, shared.options.threads);
    for (std::size_t i = 0; i < most; ++i) workers.push_back(std::make_unique<Worker>(shared));
  }

  base::Status listen();
  Task<void> accept_all();
  void drain_all();
  void run_loop(Worker& worker) noexcept;
  Task<void> keep_timetable();
  void apply(const Limits& limits);
  void warm_up(const std::stop_token& stopped);

  Shared shared;
  std::vector<std::unique_ptr<Worker>> workers;
  std::optional<Acceptor> acceptor;
  std::optional<Timer> look_at_timetable;
  std::vector<RecordedRequest> recorded;  // to be replayed before it is ready
  std::optional<Limits> applied;
  std::uint16_t port = 0;
  std::atomic<bool> stopping = false;
  bool has_run = false;
};

base::Status Server::Engine::listen() {
  error_code error;
  const auto address = asio::ip::make_address(shared.options.address, error);
  assert(!error);  // check_options refused it
  const tcp::endpoint endpoint(address, shared.options.port);
  acceptor.emplace(workers.front()->context.get_executor());
  acceptor->open(endpoint.protocol(), error);
  // On Linux this allows a port in TIME_WAIT, not one that another process listens on.
  if (!error) acceptor->set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(asio::socket_base::max_listen_connections, error);
  if (error) return listen_error(shared.options, error);
  port = acceptor->local_endpoint().port();
  return base::Status::ok_status();
}

Task<void> Server::Engine::accept_all() {
  bool failing = false;
  for (std::size_t turn = 0; acceptor->is_open(); ++turn) {
    Worker& worker = *workers[turn % shared.application.capacity.threads];
    Socket socket(worker.context.get_executor());
    error_code error;
    co_await acceptor->async_accept(socket, asio::redirect_error(kUseTask, error));
    if (error == asio::error::operation_aborted) co_return;
    if (error) {  // out of file descriptors: connections in progress will free some
      if (!std::exchange(failing, true)) shared.log("accept: " + error.message() + "; trying again until it works");
      Timer again(workers.front()->context.get_executor(), kAcceptAgain);
      co_await again.async_wait(asio::redirect_error(kUseTask, error));
      continue;
    }
    failing = false;
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const bool admitted = shared.application.connections.take(1);
    // Beyond even those that are told why, the connection is just closed.
    if (!admitted && !shared.refused.take(1)) continue;
    asio::post(worker.context, [&worker, admitted, accepted = std::move(socket)]() mutable {
      start_connection(worker, std::move(accepted), admitted);
    });
  }
}

// On the accepting worker's thread, so that a connection accepted before is handed over before its worker drains.
void Server::Engine::drain_all() {
  error_code ignored;
  acceptor->close(ignored);
  if (look_at_timetable) look_at_timetable->cancel();
  for (auto& worker : workers) {
    asio::post(worker->context, [&drained = *worker] { drained.drain(); });
  }
}

void Server::Engine::run_loop(Worker& worker) noexcept {
  worker.lag.start();
  while (true) {
    try {
      worker.context.run();
      return;
    } catch (const std::exception& error) {
      shared.log(std::string("event loop: goes on after an exception: ") + error.what());
    }
  }
}

// Looks at the lent clock, so a clock that is set shows at once and not at the next boundary.
Task<void> Server::Engine::keep_timetable() {
  look_at_timetable.emplace(workers.front()->context.get_executor());
  while (acceptor->is_open()) {
    apply(limits_at(shared.options.timetable, local_moment(shared.application.services.clock.now_ms())));
    look_at_timetable->expires_after(kLookAtTimetable);
    error_code ignored;
    co_await look_at_timetable->async_wait(asio::redirect_error(kUseTask, ignored));
  }
}

// Connections stay where they are: a worker that gets no new ones loses those it has as they end.
void Server::Engine::apply(const Limits& limits) {
  if (applied == limits) return;
  applied = limits;
  const ServerOptions& options = shared.options;
  Application& application = shared.application;
  application.capacity.threads = limits.threads.value_or(options.threads);
  application.capacity.shed_load = limits.shed_load.value_or(options.shed_load);
  application.connections.set_limit(limits.max_connections.value_or(options.max_connections));
  application.in_flight.store_requests.set_limit(limits.store_queue_requests.value_or(options.store_queue_requests));
  shared.log("timetable: " + std::to_string(application.capacity.threads) + " threads, " +
             std::to_string(application.connections.limit()) + " connections, " +
             std::to_string(application.in_flight.store_requests.limit()) + " requests at the disk, load is " +
             (application.capacity.shed_load ? "shed" : "not shed"));
}

void Server::Engine::warm_up(const std::stop_token& stopped) {
  const WarmUpReport report = server::warm_up(shared.application, recorded, shared.options.warm_up_limit_ms,
                                              [&] { return stopped.stop_requested() || stopping.load(); });
  shared.log("warmed up by " + std::to_string(report.answered) + " of " + std::to_string(recorded.size()) +
             " requests" + (report.in_time ? "" : "; the time for it was over") +
             (report.passed_over == 0 ? "" : "; passed over: " + std::to_string(report.passed_over)));
  recorded = {};
  shared.application.readiness.set_ready();
}

base::Result<std::unique_ptr<Server>> Server::create(ServerOptions options, Services services) {
  INKLING_TRY(check_options(options));
  try {
    auto engine = std::make_unique<Engine>(options, std::move(services));
    if (!options.warm_up.empty()) {
      INKLING_ASSIGN(engine->recorded, read_recorded(options.warm_up));
    }
    INKLING_TRY(engine->shared.application.prepare(options));
    INKLING_TRY(engine->listen());
    return std::unique_ptr<Server>(new Server(std::move(engine)));
  } catch (const std::exception& error) {  // threads or descriptors ran out
    return base::internal_error(std::string("server: cannot be set up (") + error.what() + ")");
  }
}

Server::Server(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
Server::~Server() = default;

base::Status Server::run() {
  Engine& engine = *engine_;
  if (std::exchange(engine.has_run, true)) return base::conflict("server: run() was called before; create a new one");
  engine.shared.application.start();
  asio::co_spawn(engine.workers.front()->context, engine.accept_all(), asio::detached);
  if (!engine.shared.options.timetable.empty()) {
    asio::co_spawn(engine.workers.front()->context, engine.keep_timetable(), asio::detached);
  }
  if (!engine.recorded.empty()) engine.shared.application.readiness.set_not_ready("warming up");
  engine.shared.log("listening on " + engine.shared.options.address + " port " + std::to_string(engine.port));
  std::vector<std::jthread> threads;
  std::jthread warming;
  try {
    if (!engine.recorded.empty()) {
      warming = std::jthread([&engine](const std::stop_token& stopped) { engine.warm_up(stopped); });
    }
    for (std::size_t i = 1; i < engine.workers.size(); ++i) {
      threads.emplace_back([&engine, i] { engine.run_loop(*engine.workers[i]); });
    }
  } catch (const std::system_error& error) {
    stop();
    engine.run_loop(*engine.workers.front());
    return base::unavailable("threads: no more than " + std::to_string(threads.size() + 1) + " could be started (" +
                             error.what() + ")");
  }
  engine.run_loop(*engine.workers.front());
  threads.clear();
  warming = {};
  engine.shared.store_pool.join();
  engine.shared.application.stop();
  engine.shared.log("stopped");
  return base::Status::ok_status();
}

void Server::stop() {
  if (engine_->stopping.exchange(true)) return;
  asio::post(engine_->workers.front()->context, [engine = engine_.get()] { engine->drain_all(); });
}

void Server::set_not_ready(std::string reason) {
  engine_->shared.application.readiness.set_not_ready(std::move(reason));
}

void Server::set_ready() {
  engine_->shared.application.readiness.set_ready();
}

std::uint16_t Server::port() const {
  return engine_->port;
}

}  // namespace inkling::server
