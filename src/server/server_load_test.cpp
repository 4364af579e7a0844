// More than the server can hold: bodies, requests that wait for the disk, clients that do not read, connections.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <future>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "server/event_body.h"
#include "server/running_server.h"
#include "server/worker.h"

namespace inkling::server {
namespace {

using testing::HasSubstr;

std::string head_of(std::size_t body_bytes) {
  return "POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body_bytes) + "\r\n\r\n";
}

// The value of a metric without labels.
double metric(HttpClient& client, const std::string& name) {
  const std::string text = client.get("/metrics").body;
  const std::size_t at = text.find("\n" + name + " ");
  EXPECT_NE(at, std::string::npos) << name;
  return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
}

void await_metric(HttpClient& client, const std::string& name, double value) {
  while (metric(client, name) != value) std::this_thread::yield();
}

TEST(ServerLoad, refuses_a_body_of_two_gigabytes_before_it_comes) {
  RunningServer running;
  HttpClient client = running.client();
  client.write_raw(head_of(std::size_t{2} * 1024 * 1024 * 1024));
  const auto answer = client.read_answer();
  EXPECT_EQ(answer.status, 413U);
  EXPECT_FALSE(answer.keep_alive);
}

TEST(ServerLoad, bodies_beyond_the_memory_for_all_are_refused_until_there_is_room) {
  ServerOptions options = test_options();
  options.body_limit_bytes = 10'000;
  options.body_memory_bytes = 15'000;
  RunningServer running(options);
  HttpClient slow = running.client();
  slow.write_raw(head_of(10'000) + std::string(9'000, ' '));
  HttpClient observer = running.client();
  await_metric(observer, "inkling_body_bytes", 9'000);
  HttpClient second = running.client();
  second.write_raw(head_of(9'000) + std::string(9'000, ' '));
  const auto refused = second.read_answer();
  EXPECT_EQ(refused.status, 503U);
  EXPECT_THAT(refused.body, HasSubstr("15000 bytes"));
  EXPECT_EQ(refused.fields.at("retry-after"), "1");
  slow.write_raw(std::string(1'000, ' '));
  EXPECT_EQ(slow.read_answer().status, 400U) << "it holds no event";
  await_metric(observer, "inkling_body_bytes", 0);
  EXPECT_EQ(running.client().post("/v1/events", view_json("anna", 0)).status, 200U);
}

TEST(ServerLoad, announcing_much_takes_no_memory_from_others) {
  ServerOptions options = test_options();
  options.body_limit_bytes = 10'000;
  options.body_memory_bytes = 10'000;
  RunningServer running(options);
  std::deque<HttpClient> slow;
  for (int i = 0; i < 10; ++i) slow.emplace_back(running.server().port());
  for (HttpClient& client : slow) client.write_raw(head_of(10'000));
  EXPECT_EQ(running.client().post("/v1/events", view_json("anna", 0)).status, 200U);
}

TEST(ServerLoad, requests_beyond_the_queue_are_told_to_come_again_and_none_acknowledged_is_lost) {
  ServerOptions options = test_options();
  options.store_queue_requests = 3;
  options.store_threads = 1;
  RunningServer running(options);
  running.store().shut_door();
  std::vector<std::future<ClientAnswer>> waiting;
  for (std::uint64_t i = 0; i < 3; ++i) {
    waiting.push_back(
        std::async(std::launch::async, [&, i] { return running.client().post("/v1/events", view_json("anna", i)); }));
  }
  running.store().await_waiting(1);
  // One of these may take the last place: then it waits too, and the next one does not.
  ClientAnswer refused;
  for (std::uint64_t i = 3; refused.status == 0 && i < 10; ++i) {
    auto more =
        std::async(std::launch::async, [&, i] { return running.client().post("/v1/events", view_json("anna", i)); });
    if (more.wait_for(std::chrono::milliseconds(50)) == std::future_status::ready) {
      refused = more.get();
    } else {
      waiting.push_back(std::move(more));
    }
  }
  EXPECT_EQ(refused.status, 503U);
  EXPECT_THAT(refused.body, HasSubstr("3 requests wait for the disk"));
  EXPECT_EQ(refused.fields.at("retry-after"), "1");
  running.store().open_door();
  std::uint64_t acknowledged = 0;
  for (auto& answer : waiting) acknowledged += answer.get().status == 200 ? 1 : 0;
  EXPECT_EQ(running.store().statistics().last_sequence, acknowledged);
  EXPECT_GE(acknowledged, 3U);
  HttpClient observer = running.client();
  await_metric(observer, "inkling_store_queue_requests", 1);  // the one that asks
}

TEST(ServerLoad, a_client_that_does_not_read_is_let_go) {
  ServerOptions options = test_options();
  options.write_timeout_ms = 50;
  RunningServer running(options);
  HttpClient deaf = running.client();
  // Far more answers than the sockets' buffers hold.
  std::string requests;
  for (int i = 0; i < 2'000; ++i) requests += "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n";
  deaf.write_raw(requests);
  HttpClient observer = running.client();
  await_metric(observer, "inkling_http_connections", 1);  // the one that asks
  std::size_t answers = 0;
  try {
    for (; answers < 2'000; ++answers) EXPECT_EQ(deaf.read_answer().status, 200U);
  } catch (const std::exception&) {
  }
  EXPECT_LT(answers, 2'000U);
  EXPECT_EQ(running.client().get("/health/live").status, 200U);
}

TEST(ServerLoad, connections_beyond_the_limit_hold_nothing_for_long) {
  ServerOptions options = test_options();
  options.max_connections = 1;
  RunningServer running(options);
  HttpClient first = running.client();
  EXPECT_EQ(first.get("/health/live").status, 200U);
  std::deque<HttpClient> many;
  for (std::size_t i = 0; i < 3 * kRefusedConnections; ++i) many.emplace_back(running.server().port());
  EXPECT_EQ(first.get("/health/live").status, 200U);
  std::size_t told = 0;
  for (HttpClient& client : many) {
    try {
      told += client.read_answer().status == 503 ? 1 : 0;
    } catch (const std::exception&) {  // closed without a word
    }
  }
  EXPECT_GE(told, kRefusedConnections);
  many.clear();
  await_metric(first, "inkling_http_connections", 1);
  EXPECT_EQ(running.client().read_answer().status, 503U) << "there is room again to tell";
}

}  // namespace
}  // namespace inkling::server
