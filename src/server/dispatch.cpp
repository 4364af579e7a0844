#include "server/dispatch.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "server/problem.h"

namespace inkling::server {

namespace {

namespace asio = boost::asio;

// Handlers report by value; what a library throws all the same (out of memory) ends here.
template <typename Response, typename Step>
Response guarded(const std::string& target, Step step) {
  try {
    return step();
  } catch (const std::exception& error) {
    return problem(base::internal_error(error.what()), target);
  }
}

using StoreStep = std::optional<HttpResponse> (Handler::*)();

// One handler on its way through the store pool. The timer wakes the waiting coroutine, at the deadline or before.
struct StoreCall {
  StoreCall(const Executor& executor, std::shared_ptr<Handler> loading, StoreStep store_step,
            std::string request_target, Share place)
      : handler(std::move(loading)),
        step(store_step),
        target(std::move(request_target)),
        timer(executor),
        queue_place(std::move(place)) {}

  const std::shared_ptr<Handler> handler;
  const StoreStep step;
  const std::string target;
  std::optional<HttpResponse> response;
  Timer timer;
  Share queue_place;
  bool done = false;                    // the worker's thread only
  std::atomic<bool> abandoned = false;  // nobody waits: not worth starting
};

void post_step(Worker& worker, std::shared_ptr<StoreCall> call) {
  auto work = asio::make_work_guard(worker.context);
  asio::post(worker.shared.store_pool, [call = std::move(call), work = std::move(work)]() mutable {
    if (!call->abandoned.load()) {
      call->response =
          guarded<std::optional<HttpResponse>>(call->target, [&] { return (*call->handler.*call->step)(); });
    }
    asio::post(work.get_executor(), [call = std::move(call)] {
      call->done = true;
      call->timer.cancel();
    });
  });
}

HttpResponse past_deadline(const Worker& worker, const std::string& target) {
  return problem(base::unavailable("deadline: the store did not answer within " +
                                   std::to_string(worker.shared.options.request_deadline_ms) +
                                   " ms; ask again (events with the same ids are taken once only)"),
                 target);
}

HttpResponse queue_full(const BoundedCount& queue, const std::string& target) {
  return problem(base::unavailable("store: " + std::to_string(queue.limit()) +
                                   " requests wait for the disk, and that is the limit; try again"),
                 target);
}

// nullopt: the step has nothing to answer, go on.
Task<std::optional<HttpResponse>> on_store(Worker& worker, std::shared_ptr<Handler> handler, StoreStep step,
                                           std::string target) {
  BoundedCount& queue = worker.shared.application.in_flight.store_requests;
  Share place(queue);
  if (!place.grow_to(1)) co_return queue_full(queue, target);
  auto call = std::make_shared<StoreCall>(worker.context.get_executor(), std::move(handler), step, std::move(target),
                                          std::move(place));
  call->timer.expires_after(std::chrono::milliseconds(worker.shared.options.request_deadline_ms));
  post_step(worker, call);
  boost::system::error_code woken;
  co_await call->timer.async_wait(asio::redirect_error(kUseTask, woken));
  if (!call->done) {
    call->abandoned.store(true);
    co_return past_deadline(worker, call->target);
  }
  co_return std::move(call->response);
}

Task<HttpResponse> run_handler(Worker& worker, std::shared_ptr<Handler> handler, std::string target,
                               std::int64_t in_socket_us) {
  const auto begin = SteadyClock::now();
  const std::int64_t waited_us = std::max(in_socket_us, worker.lag.lag_us(begin));
  auto response = guarded<std::optional<HttpResponse>>(target, [&] { return handler->begin(); });
  if (response) co_return *std::move(response);
  if (!handler->loaded()) {
    auto loading = on_store(worker, handler, &Handler::load, target);
    response = co_await std::move(loading);
    if (response) co_return *std::move(response);
  }
  const auto since = std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - begin);
  if (worker.shared.application.capacity.shed_load) handler->waited(waited_us + since.count());
  HttpResponse finished = guarded<HttpResponse>(target, [&] { return handler->finish(worker.workspaces); });
  if (auto question = handler->question()) {
    auto asking = worker.check->ask(*std::move(question));
    CheckAnswer answer = co_await std::move(asking);
    finished = guarded<HttpResponse>(target, [&] { return handler->settle(std::move(answer)); });
  }
  if (!handler->must_write()) co_return finished;
  auto writing = on_store(worker, handler, &Handler::write, target);
  response = co_await std::move(writing);
  if (response) co_return *std::move(response);
  co_return finished;
}

}  // namespace

Task<HttpResponse> answer_request(Worker& worker, HttpRequest request) {
  const auto begin = SteadyClock::now();
  Application& application = worker.shared.application;
  std::string target = request.target;
  const std::int64_t waited_us = request.waited_us;
  Opened opened = open_request(application, std::move(request));
  HttpResponse response = std::move(opened.refusal);
  if (opened.handler != nullptr) {
    auto running = run_handler(worker, std::move(opened.handler), target, waited_us);
    response = co_await std::move(running);
  }
  const std::chrono::duration<double> seconds = SteadyClock::now() - begin;
  application.telemetry.request_done(opened.route_index, response.status, seconds.count());
  if (response.status >= 500)
    worker.shared.log(std::to_string(response.status) + " " + target + ": " + response.body);
  co_return response;
}

}  // namespace inkling::server
