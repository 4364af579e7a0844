// Starting and stopping: ports, options, and requests in flight.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <utility>

#include "server/running_server.h"

namespace inkling::server {
namespace {

using testing::HasSubstr;

base::Result<std::unique_ptr<Server>> create(const ServerOptions& options) {
  static FakeStore store;
  static base::FixedClock clock(0);
  return Server::create(options, {.store = store, .clock = clock, .scorers = {}, .scenes = {}, .log = {}});
}

TEST(ServerLifetime, a_taken_port_is_a_conflict_that_names_address_and_port) {
  RunningServer running;
  ServerOptions options = test_options();
  options.port = running.server().port();
  const auto second = create(options);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.status().code(), base::ErrorCode::kConflict);
  EXPECT_THAT(second.status().message(), HasSubstr("127.0.0.1"));
  EXPECT_THAT(second.status().message(), HasSubstr(std::to_string(options.port)));
}

TEST(ServerLifetime, a_port_is_free_again_after_stopping) {
  ServerOptions options = test_options();
  {
    RunningServer running(options);
    options.port = running.server().port();
    EXPECT_EQ(running.client().get("/health/live").status, 200U);
  }
  EXPECT_TRUE(create(options).ok());
}

TEST(ServerLifetime, refuses_bad_options_naming_them) {
  ServerOptions no_threads = test_options();
  no_threads.threads = 0;
  EXPECT_THAT(create(no_threads).status().message(), HasSubstr("threads: 0"));
  ServerOptions no_address = test_options();
  no_address.address = "localhost";
  EXPECT_EQ(create(no_address).status().code(), base::ErrorCode::kInvalidInput);
  EXPECT_THAT(create(no_address).status().message(), HasSubstr("\"localhost\""));
  ServerOptions foreign = test_options();
  foreign.address = "192.0.2.1";  // reserved for documents
  EXPECT_EQ(create(foreign).status().code(), base::ErrorCode::kInvalidInput);
}

TEST(ServerLifetime, stopping_finishes_the_request_in_flight) {
  RunningServer running;
  running.store().shut_door();
  HttpClient idle = running.client();
  ASSERT_EQ(idle.get("/health/live").status, 200U);
  auto in_flight = std::async(std::launch::async, [&] {
    HttpClient client = running.client();
    return client.post("/v1/events", view_json("anna", 0));
  });
  running.store().await_waiting(1);
  running.server().stop();
  running.server().stop();
  EXPECT_TRUE(idle.at_end()) << "idle connections are closed at once";
  EXPECT_THROW(running.client(), std::exception) << "nobody listens any more";
  running.store().open_door();
  const ClientAnswer answer = in_flight.get();
  EXPECT_EQ(answer.status, 200U) << answer.body;
  EXPECT_FALSE(answer.keep_alive);
  EXPECT_TRUE(running.join().ok());
  EXPECT_EQ(running.store().statistics().last_sequence, 1U);
}

TEST(ServerLifetime, the_grace_ends_connections_that_do_not) {
  ServerOptions options = test_options();
  options.stop_grace_ms = 20;
  RunningServer running(options);
  HttpClient slow = running.client();
  slow.write_raw("POST /v1/events HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");
  ASSERT_EQ(slow.read_answer().status, 100U);  // so its body is being waited for
  running.server().stop();
  EXPECT_TRUE(running.join().ok());
  EXPECT_TRUE(slow.at_end());
}

TEST(ServerLifetime, stopping_before_running_ends_the_run_at_once) {
  auto server = create(test_options());
  ASSERT_TRUE(server.ok());
  (*server)->stop();
  EXPECT_TRUE((*server)->run().ok());
  EXPECT_EQ((*server)->run().code(), base::ErrorCode::kConflict);
}

TEST(ServerLifetime, many_clients_at_once_lose_no_event) {
  RunningServer running;
  std::vector<std::future<unsigned>> clients;
  for (int c = 0; c < 8; ++c) {
    clients.push_back(std::async(std::launch::async, [&running, c] {
      HttpClient client = running.client();
      unsigned accepted = 0;
      const std::string shopper = "shopper-" + std::to_string(c % 3);
      for (std::uint64_t n = 0; n < 25; ++n) {
        const auto event = view_json(shopper, 100 * static_cast<std::uint64_t>(c) + n);
        accepted += client.post("/v1/events", event).status == 200 ? 1 : 0;
        accepted += client.post("/v1/scenes/coupon", "{\"shopper\":\"" + shopper + "\"}").status == 200 ? 0 : 1000;
      }
      return accepted;
    }));
  }
  for (auto& client : clients) EXPECT_EQ(client.get(), 25U);
  EXPECT_EQ(running.store().statistics().last_sequence, 200U);
}

}  // namespace
}  // namespace inkling::server
