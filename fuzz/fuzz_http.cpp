// Raw bytes of one connection through the server's own reader, router, handlers and writer, over a store and a model
// in memory: the connection is a pair of sockets of this process. Whatever comes, the server answers in whole
// HTTP/1.1 responses, never with its own failure (5xx), and what it took in keeps the bounds.
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/core/clock.h"
#include "fuzz/property.h"
#include "scene/scene_file.h"
#include "scene/stage_registry.h"
#include "server/connection.h"
#include "server/fake_scorer.h"
#include "server/fake_store.h"

namespace inkling::fuzz {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr std::string_view kScene =
    "scene: coupon\n"
    "description: Who gets the coupon.\n"
    "deadline_ms: 60000\n"
    "stages:\n"
    "  - understand/intent: {model: dipn, target: purchase_1h}\n"
    "  - decide/band: {target: purchase_1h, low: 0.05, high: 0.60, offer: surprise}\n"
    "fallback:\n"
    "  - decide/never: {reason: intent_unavailable}\n";

std::vector<scene::Plan> scenes() {
  auto plan = scene::parse_scene(kScene, "scene.yaml", plugins::stages());
  must(plan.ok(), "the scene of this target loads", plan.ok() ? "" : plan.status().message());
  std::vector<scene::Plan> plans;
  plans.push_back(*std::move(plan));
  return plans;
}

// Small enough that inputs reach the limits.
server::ServerOptions options() {
  server::ServerOptions options;
  options.store_threads = 1;
  options.header_limit_bytes = 1024;
  options.body_limit_bytes = 2048;
  options.request_deadline_ms = 600'000;
  return options;
}

// The server logs nothing but its own failures.
void refuse_failure(std::string_view line) {
  must(false, "no request makes the server fail", line);
}

struct Ends {
  Ends() {
    int both[2];
    must(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, both) == 0,
         "socketpair gives two ends");
    client = both[0];
    server = both[1];
  }
  ~Ends() { ::close(client); }
  Ends(const Ends&) = delete;
  Ends& operator=(const Ends&) = delete;

  void send(std::string_view bytes) const {
    const ssize_t sent = ::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    must(sent == static_cast<ssize_t>(bytes.size()), "the input fits into the socket; use a smaller -max_len");
    ::shutdown(client, SHUT_WR);
  }
  void receive(std::string& into) const {
    char piece[4096];
    for (ssize_t got = 1; got > 0;) {
      got = ::recv(client, piece, sizeof(piece), 0);
      if (got > 0) into.append(piece, static_cast<std::size_t>(got));
    }
  }

  int client = -1;
  int server = -1;  // the connection's
};

std::string answers_to(std::string_view input, server::FakeStore& store) {
  const base::FixedClock clock(1'700'000'500'000);
  server::Shared shared(options(),
                        {store, clock, {std::make_shared<server::FakeScorer>("dipn")}, scenes(), refuse_failure}, 7);
  server::Worker worker(shared);
  const Ends ends;
  ends.send(input);
  server::Socket socket(worker.context);
  socket.assign(asio::ip::tcp::v4(), ends.server);
  must(shared.application.connections.take(1), "the first connection is admitted");
  server::start_connection(worker, std::move(socket), true);
  std::string answers;
  while (shared.application.connections.used() > 0) {
    worker.context.run_one_for(
        std::chrono::milliseconds(50));  // woken early by every event; an answer may wait for us
    ends.receive(answers);
  }
  shared.store_pool.join();  // as Server does: its threads let go of the worker's loop last
  ends.receive(answers);
  return answers;
}

void check_body(const http::response<http::string_body>& response) {
  const auto field = response[http::field::content_type];
  const std::string_view type(field.data(), field.size());
  if (!type.ends_with("json") || response.body().empty()) return;
  boost::json::error_code error;
  const auto value = boost::json::parse(response.body(), error);
  must(!error && value.is_object(), "a JSON answer is an object", response.body());
  if (response.result_int() >= 400) must(type == server::kProblemType, "a refusal is a problem document", type);
}

void check_answers(std::string_view answers) {
  while (!answers.empty()) {
    http::response_parser<http::string_body> parser;
    parser.eager(true);
    parser.body_limit(std::size_t{1} << 30);
    boost::system::error_code error;
    const std::size_t used = parser.put(asio::buffer(answers.data(), answers.size()), error);
    must(!error && parser.is_done(), "answers are whole HTTP/1.1 responses", answers);
    must(parser.get().result_int() < 500, "no answer is a failure of the server", answers);
    check_body(parser.get());
    answers.remove_prefix(used);
  }
}

void check_store(const server::FakeStore& store) {
  const auto journal = store.read_journal(1, [](const store::JournalEntry& entry) {
    must(!entry.event.id.empty() && entry.event.id.size() <= domain::kMaxIdBytes, "what was taken in has an id");
    must(entry.event.ts_ms >= 0, "what was taken in has a time");
    return true;
  });
  must(journal.ok(), "the journal reads");
}

void check(std::string_view input) {
  server::FakeStore store;
  const std::string answers = answers_to(input, store);
  // An answer to HEAD announces a body that does not come; which answer that is, only the requests tell.
  if (input.find("HEAD") == std::string_view::npos) check_answers(answers);
  check_store(store);
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}
