// What the server refuses at the door: sizes, times, numbers of connections, and what is no HTTP.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "server/event_body.h"
#include "server/running_server.h"

namespace inkling::server {
namespace {

using testing::HasSubstr;

TEST(ServerLimits, refuses_a_body_over_the_limit_and_closes) {
  ServerOptions options = test_options();
  options.body_limit_bytes = 2000;
  RunningServer running(options);
  HttpClient client = running.client();
  const auto answer = client.post("/v1/events", std::string(3000, 'x'));
  EXPECT_EQ(answer.status, 413U);
  EXPECT_THAT(answer.body, HasSubstr("2000 bytes"));
  EXPECT_FALSE(answer.keep_alive);
}

TEST(ServerLimits, refuses_a_chunked_body_over_the_limit) {
  ServerOptions options = test_options();
  options.body_limit_bytes = 2000;
  RunningServer running(options);
  HttpClient client = running.client();
  client.write_raw("POST /v1/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nbb8\r\n" +
                   std::string(3000, 'x') + "\r\n0\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 413U);
}

TEST(ServerLimits, refuses_headers_over_the_limit) {
  ServerOptions options = test_options();
  options.header_limit_bytes = 1000;
  RunningServer running(options);
  HttpClient client = running.client();
  client.write_raw("GET /health/live HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(2000, 'a') + "\r\n\r\n");
  const auto answer = client.read_answer();
  EXPECT_EQ(answer.status, 431U);
  EXPECT_THAT(answer.body, HasSubstr("1000 bytes"));
}

TEST(ServerLimits, refuses_what_is_no_http) {
  RunningServer running;
  HttpClient client = running.client();
  client.write_raw("hello\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 400U);
}

TEST(ServerLimits, closes_a_connection_that_stays_idle) {
  ServerOptions options = test_options();
  options.idle_timeout_ms = 50;
  RunningServer running(options);
  HttpClient client = running.client();
  EXPECT_EQ(client.get("/health/live").status, 200U);
  EXPECT_TRUE(client.at_end());
}

TEST(ServerLimits, a_body_that_does_not_arrive_is_a_timeout) {
  ServerOptions options = test_options();
  options.read_timeout_ms = 50;
  RunningServer running(options);
  HttpClient client = running.client();
  client.write_raw("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
  const auto answer = client.read_answer();
  EXPECT_EQ(answer.status, 408U);
  EXPECT_THAT(answer.body, HasSubstr("50 ms"));
}

TEST(ServerLimits, a_header_that_does_not_end_is_a_timeout) {
  ServerOptions options = test_options();
  options.idle_timeout_ms = 50;
  RunningServer running(options);
  HttpClient client = running.client();
  client.write_raw("POST /v1/events HTTP/1.1\r\nHost: x\r\n");
  EXPECT_EQ(client.read_answer().status, 408U);
}

TEST(ServerLimits, one_connection_too_many_is_told_so) {
  ServerOptions options = test_options();
  options.max_connections = 1;
  RunningServer running(options);
  HttpClient first = running.client();
  EXPECT_EQ(first.get("/health/live").status, 200U);
  HttpClient second = running.client();
  const auto answer = second.read_answer();
  EXPECT_EQ(answer.status, 503U);
  EXPECT_THAT(answer.body, HasSubstr("connections: 1"));
  EXPECT_EQ(first.get("/health/live").status, 200U);
}

TEST(ServerLimits, a_request_past_its_deadline_is_answered_and_the_store_step_still_ends) {
  ServerOptions options = test_options();
  options.request_deadline_ms = 50;
  RunningServer running(options);
  running.store().shut_door();
  HttpClient client = running.client();
  const auto answer = client.post("/v1/events", view_json("anna", 0));
  EXPECT_EQ(answer.status, 503U);
  EXPECT_THAT(answer.body, HasSubstr("deadline"));
  running.store().open_door();
  running.server().stop();
  EXPECT_TRUE(running.join().ok());
  EXPECT_EQ(running.store().statistics().last_sequence, 1U);
}

TEST(ServerLimits, says_continue_to_a_client_that_waits_for_it) {
  RunningServer running;
  HttpClient client = running.client();
  const std::string body = view_json("anna", 0);
  client.write_raw("POST /v1/events HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " +
                   std::to_string(body.size()) + "\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 100U);
  client.write_raw(body);
  EXPECT_EQ(client.read_answer().status, 200U);
}

TEST(ServerLimits, answers_requests_that_were_sent_at_once_in_order) {
  RunningServer running;
  HttpClient client = running.client();
  client.write_raw(
      "GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"
      "GET /health/live HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 200U);
  EXPECT_EQ(client.read_answer().status, 404U);
  const auto last = client.read_answer();
  EXPECT_EQ(last.status, 200U);
  EXPECT_TRUE(client.at_end()) << "HTTP/1.0 does not keep the connection";
}

TEST(ServerLimits, compressed_bodies_are_refused_with_the_remedy) {
  RunningServer running;
  HttpClient client = running.client();
  client.write_raw(
      "POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n\x1f\x8b");
  const auto answer = client.read_answer();
  EXPECT_EQ(answer.status, 415U);
  EXPECT_THAT(answer.body, HasSubstr("gzip"));
}

}  // namespace
}  // namespace inkling::server
