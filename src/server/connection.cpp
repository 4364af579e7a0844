// The only unit that includes Beast: it takes long to compile.
#include "server/connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http.hpp>
#include <cctype>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "server/dispatch.h"
#include "server/problem.h"
#include "server/socket_wait.h"

namespace inkling::server {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::beast::string_view;
using boost::system::error_code;
using RequestParser = http::request_parser<http::string_body>;

// How long and how much is read after a refusal, so that the client sees the answer before the connection is reset.
constexpr std::chrono::milliseconds kLingerTime{2000};
constexpr std::size_t kLingerBytes = 16 * 1024 * 1024;
// A cancellation that met a finished read is lost: it is repeated until the read gives up.
constexpr std::chrono::milliseconds kCancelAgain{20};
constexpr unsigned kNotModified = 304;

std::string as_text(string_view text) {
  return {text.data(), text.size()};
}

std::string lower_until(string_view text, char end) {
  std::string lower;
  for (const char c : text) {
    if (c == end) break;
    lower.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  while (!lower.empty() && (lower.back() == ' ' || lower.back() == '\t')) lower.pop_back();
  return lower;
}

HttpRequest take_request(http::request<http::string_body>&& message) {
  HttpRequest request;
  request.method = as_text(message.method_string());
  request.target = as_text(message.target());
  request.content_type = lower_until(message[http::field::content_type], ';');
  request.content_encoding = lower_until(message[http::field::content_encoding], '\0');
  request.if_none_match = as_text(message[http::field::if_none_match]);
  request.accept_encoding = lower_until(message[http::field::accept_encoding], '\0');
  request.body = std::move(message.body());
  return request;
}

template <typename Body>
void set_fields(http::response<Body>& message, const HttpResponse& response, bool keep_alive) {
  message.set(http::field::content_type, string_view(response.content_type));
  message.set(http::field::cache_control, string_view(response.cache_control));
  if (!response.etag.empty()) message.set(http::field::etag, string_view(response.etag));
  if (!response.content_encoding.empty()) {
    message.set(http::field::content_encoding, string_view(response.content_encoding));
  }
  for (const auto& [name, value] : response.fields) message.set(string_view(name), string_view(value));
  if (!response.allow.empty()) message.set(http::field::allow, string_view(response.allow));
  if (response.retry_after_s > 0) message.set(http::field::retry_after, std::to_string(response.retry_after_s));
  message.keep_alive(keep_alive);
  // 304 would have to tell the length of the body that the client has (RFC 9110 section 8.6).
  if (response.status != kNotModified) message.content_length(response.body.size());
}

struct ReadOutcome {
  std::optional<HttpRequest> request;  // nullopt: answer `refusal`, if any, and close
  std::optional<HttpResponse> refusal;
  unsigned version = 11;
  bool keep_alive = false;
};

class ServedConnection final : public Connection, public std::enable_shared_from_this<ServedConnection> {
 public:
  ServedConnection(Worker& worker, Socket socket, bool admitted)
      : worker_(worker), socket_(std::move(socket)), timer_(worker.context.get_executor()), admitted_(admitted) {
    worker_.add(*this);
    worker_.shared.application.telemetry.connections_changed(1);
  }

  ~ServedConnection() override {
    worker_.remove(*this);
    worker_.shared.application.telemetry.connections_changed(-1);
    (admitted_ ? worker_.shared.application.connections : worker_.shared.refused).give_back(1);
  }

  void end_when_idle() override {
    if (idle_) set_deadline(SteadyClock::duration::zero());
  }

  void abort() override {
    error_code ignored;
    socket_.close(ignored);
  }

  void start() {
    watch();
    asio::co_spawn(
        worker_.context, [self = shared_from_this()]() { return self->serve(); },
        [self = shared_from_this()](const std::exception_ptr& failure) { self->finish(failure); });
  }

 private:
  Task<void> serve() {
    if (!admitted_) {
      auto refusing = refuse_admission();
      co_return co_await std::move(refusing);
    }
    bool open = true;
    while (open && !worker_.draining) {
      auto serving = serve_one();
      open = co_await std::move(serving);
    }
  }

  // False: the connection ends.
  Task<bool> serve_one() {
    auto reading = read_request();
    ReadOutcome read = co_await std::move(reading);
    if (!read.request) {
      if (read.refusal) {
        auto refusing = refuse(*std::move(read.refusal), read.version);
        co_await std::move(refusing);
      }
      co_return false;
    }
    const bool head = read.request->method == "HEAD";
    clear_deadline();
    auto answering = answer_request(worker_, *std::move(read.request));
    HttpResponse response = co_await std::move(answering);
    const bool keep_alive = read.keep_alive && !worker_.draining;
    auto writing = write(std::move(response), read.version, head, keep_alive);
    const bool written = co_await std::move(writing);
    co_return written&& keep_alive;
  }

  Task<ReadOutcome> read_request() {
    const ServerOptions& options = worker_.shared.options;
    RequestParser parser;
    Share body_share(worker_.shared.application.in_flight.body_bytes);
    parser.header_limit(static_cast<std::uint32_t>(options.header_limit_bytes));
    parser.body_limit(options.body_limit_bytes);
    idle_ = true;
    set_deadline(std::chrono::milliseconds(options.idle_timeout_ms));
    error_code error;
    co_await http::async_read_header(socket_, buffer_, parser, asio::redirect_error(kUseTask, error));
    idle_ = false;
    if (!error && !parser.is_done()) {
      set_deadline(std::chrono::milliseconds(options.read_timeout_ms));
      auto reading = read_body(parser, body_share);
      error = co_await std::move(reading);
    }
    ReadOutcome read;
    read.version = parser.get().version() == 10 ? 10 : 11;
    if (error) {
      read.refusal = refusal_of(error, parser);
    } else {
      read.keep_alive = parser.get().keep_alive();
      read.request = take_request(parser.release());
      read.request->waited_us = waited_in_socket_us(socket_.native_handle());
      read.request->body_share = std::move(body_share);
    }
    co_return read;
  }

  Task<error_code> read_body(RequestParser& parser, Share& share) {
    error_code error;
    if (boost::beast::iequals(parser.get()[http::field::expect], "100-continue")) {
      constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
      co_await asio::async_write(socket_, asio::buffer(kContinue), asio::redirect_error(kUseTask, error));
      if (error) co_return error;
    }
    // What has arrived is counted, not what was announced: a slow client takes no memory by announcing much.
    while (!error && !parser.is_done()) {
      co_await http::async_read_some(socket_, buffer_, parser, asio::redirect_error(kUseTask, error));
      if (!error && !share.grow_to(parser.get().body().size())) error = asio::error::no_buffer_space;
    }
    co_return error;
  }

  // What a request that could not be read is told; nullopt when nobody listens (gone, idle too long, stopping).
  std::optional<HttpResponse> refusal_of(error_code error, const RequestParser& parser) {
    const ServerOptions& options = worker_.shared.options;
    const std::string target = as_text(parser.get().target());
    if (error == http::error::body_limit) {
      return problem(413,
                     "body: more than " + std::to_string(options.body_limit_bytes) + " bytes; send several requests",
                     target);
    }
    if (error == http::error::header_limit) {
      return problem(431, "headers: more than " + std::to_string(options.header_limit_bytes) + " bytes", target);
    }
    if (error == asio::error::no_buffer_space) {
      return problem(503,
                     "bodies: " + std::to_string(options.body_memory_bytes) +
                         " bytes of them are being held, and that is the limit; try again",
                     target);
    }
    if (error == asio::error::operation_aborted) {
      if (!timed_out_ || worker_.draining || !parser.got_some()) return std::nullopt;
      return problem(408,
                     "request: did not arrive whole within the time allowed (header " +
                         std::to_string(options.idle_timeout_ms) + " ms, body " +
                         std::to_string(options.read_timeout_ms) + " ms)",
                     target);
    }
    const bool malformed = error.category() == http::make_error_code(http::error::bad_method).category();
    if (!malformed || error == http::error::end_of_stream || error == http::error::partial_message)
      return std::nullopt;
    return problem(400, "request: not HTTP/1.1 (" + error.message() + ")", target);
  }

  Task<void> refuse_admission() {
    const auto limit = std::to_string(worker_.shared.application.connections.limit());
    auto refusing =
        refuse(problem(503, "connections: " + limit + " are open, and that is the limit; try again", "/"), 11);
    co_await std::move(refusing);
  }

  // Answers and closes, reading on for a moment: closing with unread bytes would reset the answer away.
  Task<void> refuse(HttpResponse response, unsigned version) {
    Application& application = worker_.shared.application;
    application.telemetry.request_done(application.routes.routes().size(), response.status, 0);
    auto writing = write(std::move(response), version, false, false);
    if (!co_await std::move(writing)) co_return;
    error_code error;
    socket_.shutdown(asio::socket_base::shutdown_send, error);
    set_deadline(kLingerTime);
    std::array<char, 4096> discarded;
    for (std::size_t bytes = 0; !error && bytes < kLingerBytes;) {
      bytes += co_await socket_.async_read_some(asio::buffer(discarded), asio::redirect_error(kUseTask, error));
    }
  }

  Task<bool> write(HttpResponse response, unsigned version, bool head, bool keep_alive) {
    set_deadline(std::chrono::milliseconds(worker_.shared.options.write_timeout_ms));
    error_code error;
    if (head || response.status == kNotModified) {
      http::response<http::empty_body> message(http::int_to_status(response.status), version);
      set_fields(message, response, keep_alive);
      co_await http::async_write(socket_, message, asio::redirect_error(kUseTask, error));
    } else {
      http::response<http::string_body> message(http::int_to_status(response.status), version);
      set_fields(message, response, keep_alive);
      message.body() = std::move(response.body);
      co_await http::async_write(socket_, message, asio::redirect_error(kUseTask, error));
    }
    co_return !error;
  }

  void set_deadline(SteadyClock::duration after) {
    timed_out_ = false;
    deadline_ = SteadyClock::now() + after;
    // Waking later than needed costs nothing; the timer is only touched when it would wake too late.
    if (deadline_ < timer_.expiry()) timer_.cancel();
  }

  void clear_deadline() { deadline_ = SteadyClock::time_point::max(); }

  void watch() {
    timer_.expires_at(deadline_);
    timer_.async_wait([self = shared_from_this()](const error_code&) { self->on_timer(); });
  }

  void on_timer() {
    if (finished_) return;
    if (SteadyClock::now() >= deadline_) {
      timed_out_ = true;
      deadline_ = SteadyClock::now() + kCancelAgain;
      error_code ignored;
      socket_.cancel(ignored);
    }
    watch();
  }

  void finish(const std::exception_ptr& failure) {
    finished_ = true;
    timer_.cancel();
    abort();
    if (!failure) return;
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& error) {
      worker_.shared.log(std::string("connection: ended by an exception: ") + error.what());
    }
  }

  Worker& worker_;
  Socket socket_;
  Timer timer_;
  boost::beast::flat_buffer buffer_;
  SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
  const bool admitted_;
  bool idle_ = false;
  bool timed_out_ = false;
  bool finished_ = false;
};

}  // namespace

void start_connection(Worker& worker, Socket socket, bool admitted) {
  std::make_shared<ServedConnection>(worker, std::move(socket), admitted)->start();
}

}  // namespace inkling::server
