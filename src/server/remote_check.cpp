#include "server/remote_check.h"

#include <algorithm>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <utility>

namespace inkling::server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kMostBytes = std::size_t{1} << 20;  // of what a checker says

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now().time_since_epoch()).count();
}

}  // namespace

struct RemoteCheck::Call {
  using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
  using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor>;

  explicit Call(asio::io_context& context) : socket(context.get_executor()), timer(context.get_executor()) {}

  void begin(std::shared_ptr<Call> self, std::int64_t limit_ms) {
    late = false;
    timer.expires_after(std::chrono::milliseconds(limit_ms));
    timer.async_wait([self = std::move(self), turn = ++turn](const error_code& error) {
      if (error || turn != self->turn) return;
      self->late = true;
      self->close();
    });
  }
  // A timer that has fired already finds another turn.
  void end() {
    ++turn;
    timer.cancel();
  }
  void close() {
    error_code ignored;
    socket.close(ignored);
    buffer.clear();
  }

  Socket socket;
  Timer timer;
  boost::beast::flat_buffer buffer;
  std::uint64_t turn = 0;
  bool late = false;
  bool keep_alive = false;
};

RemoteCheck::RemoteCheck(asio::io_context& context, Checker& checker) : context_(context), checker_(checker) {}
RemoteCheck::~RemoteCheck() = default;

RemoteCheck::Task<CheckAnswer> RemoteCheck::ask(CheckQuestion question) {
  const std::int64_t limit_ms = std::min(checker_.deadline_ms(), question.time_left_ms);
  if (limit_ms < 1) co_return silent(CheckOutcome::kNoTime, "no time was left to ask the checker");
  if (under_way_ >= kMostChecks) {
    co_return silent(CheckOutcome::kBusy, std::to_string(kMostChecks) + " calls of the checker were under way");
  }
  if (!checker_.breaker().admits(steady_ms())) {
    co_return silent(CheckOutcome::kResting, "the checker was not asked, for it failed too often of late");
  }
  ++under_way_;
  std::shared_ptr<Call> kept = idle_.empty() ? std::make_shared<Call>(context_) : idle_.back();
  if (!idle_.empty()) idle_.pop_back();
  kept->begin(kept, limit_ms);
  auto calling = call(kept, question_json(question.items));
  const base::Result<std::string> body = co_await std::move(calling);
  kept->end();
  --under_way_;
  if (body.ok() && kept->keep_alive) idle_.push_back(kept);
  co_return settle(body, kept->late, limit_ms);
}

RemoteCheck::Task<base::Result<std::string>> RemoteCheck::call(std::shared_ptr<Call> call, std::string body) {
  constexpr boost::asio::use_awaitable_t<Executor> kUse{};
  http::request<http::string_body> request(http::verb::post, {kCheckTarget.data(), kCheckTarget.size()}, 11);
  request.set(http::field::host, checker_.address().host);
  request.set(http::field::content_type, "application/json");
  request.body() = std::move(body);
  request.prepare_payload();
  error_code error;
  for (bool was_open = call->socket.is_open();; was_open = false) {
    if (!was_open) {
      const asio::ip::tcp::endpoint at(asio::ip::make_address(checker_.address().host), checker_.address().port);
      co_await call->socket.async_connect(at, asio::redirect_error(kUse, error));
      if (!error) call->socket.set_option(asio::ip::tcp::no_delay(true), error);
    }
    http::response_parser<http::string_body> parser;
    parser.body_limit(kMostBytes);
    if (!error) co_await http::async_write(call->socket, request, asio::redirect_error(kUse, error));
    if (!error) co_await http::async_read(call->socket, call->buffer, parser, asio::redirect_error(kUse, error));
    if (!error) {
      call->keep_alive = parser.get().keep_alive();
      if (!call->keep_alive) call->close();
      const unsigned status = parser.get().result_int();
      if (status != 200) co_return base::unavailable("HTTP status " + std::to_string(status));
      co_return std::move(parser.get().body());
    }
    call->close();
    if (!was_open || call->late) co_return base::unavailable(error.message());
    error.clear();  // closed while it was idle: once more, on a connection of its own
  }
}

CheckAnswer RemoteCheck::silent(CheckOutcome outcome, std::string why) {
  checker_.count(outcome);
  return {{}, std::move(why)};
}

CheckAnswer RemoteCheck::settle(const base::Result<std::string>& body, bool late, std::int64_t limit_ms) {
  auto told = body.ok() ? told_from_json(*body) : base::Result<std::vector<scene::ToldFacts>>(body.status());
  if (told.ok()) {
    checker_.breaker().succeeded();
    checker_.count(CheckOutcome::kAnswered);
    return {*std::move(told), {}};
  }
  checker_.breaker().failed(steady_ms());
  if (late)
    return silent(CheckOutcome::kLate, "the checker did not answer within " + std::to_string(limit_ms) + " ms");
  return silent(CheckOutcome::kFailed, "the checker failed: " + told.status().message());
}

}  // namespace inkling::server
