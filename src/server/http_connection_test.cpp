#include "server/http_connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <optional>

#include "server/running_server.h"

namespace inkling::server {
namespace {

using testing::HasSubstr;

constexpr std::chrono::milliseconds kLong = std::chrono::minutes(1);

// A port that takes connections and never says anything.
class SilentPort {
 public:
  SilentPort() : acceptor_(context_, {boost::asio::ip::address_v4::loopback(), 0}) {}
  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
};

TEST(HttpAddress, reads_host_and_port) {
  const auto address = parse_http_address("http://shop.example:8081/");
  ASSERT_TRUE(address.ok()) << address.status().message();
  EXPECT_EQ(address->host, "shop.example");
  EXPECT_EQ(address->port, 8081);
  EXPECT_EQ(parse_http_address("http://shop.example")->port, 80);
  EXPECT_EQ(parse_http_address("http://[::1]:9")->host, "::1");
}

TEST(HttpAddress, refuses_everything_else_and_says_what_is_right) {
  for (const char* url : {"localhost:8080", "https://a:1", "http://", "http://a:1/v1", "http://a:70000", "http://a:0",
                          "http://a:1?x", "http://u@a:1", ""}) {
    const auto address = parse_http_address(url);
    ASSERT_FALSE(address.ok()) << url;
    EXPECT_EQ(address.status().code(), base::ErrorCode::kInvalidInput);
    EXPECT_THAT(address.status().message(), HasSubstr("\"" + std::string(url) + "\""));
    EXPECT_THAT(address.status().message(), HasSubstr("like http://127.0.0.1:8080"));
  }
}

TEST(HttpConnection, opens_another_connection_after_a_failure) {
  std::optional<RunningServer> running(std::in_place);
  HttpConnection connection({"localhost", running->server().port()}, kLong);
  EXPECT_EQ(connection.send("GET", "/health/live", "", "")->status, 200U);
  ServerOptions same_port = test_options();
  same_port.port = running->server().port();
  running.reset();
  const auto lost = connection.send("GET", "/health/live", "", "");
  ASSERT_FALSE(lost.ok());
  EXPECT_EQ(lost.status().code(), base::ErrorCode::kUnavailable);
  running.emplace(same_port);
  const auto again = connection.send("GET", "/health/live", "", "");
  ASSERT_TRUE(again.ok()) << again.status().message();
  EXPECT_EQ(again->status, 200U);
}

TEST(HttpConnection, does_not_wait_longer_than_its_limit) {
  const SilentPort silent;
  HttpConnection connection({"127.0.0.1", silent.port()}, std::chrono::milliseconds(20));
  const auto answer = connection.send("GET", "/", "", "");
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.status().code(), base::ErrorCode::kUnavailable);
  EXPECT_THAT(answer.status().message(), HasSubstr("did not answer"));
}

TEST(HttpConnection, names_the_address_that_cannot_be_reached) {
  std::uint16_t port = 0;
  {
    const SilentPort closed;
    port = closed.port();
  }
  const auto answer = HttpConnection({"127.0.0.1", port}, kLong).send("GET", "/", "", "");
  ASSERT_FALSE(answer.ok());
  EXPECT_THAT(answer.status().message(), HasSubstr("127.0.0.1:" + std::to_string(port) + " cannot be reached"));
}

}  // namespace
}  // namespace inkling::server
