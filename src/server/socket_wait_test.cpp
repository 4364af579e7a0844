#include "server/socket_wait.h"

#include <gtest/gtest.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <string>

namespace inkling::server {
namespace {

using boost::asio::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t kLongUs = 60'000;

class SocketWaitTest : public testing::Test {
 protected:
  SocketWaitTest() {
    tcp::acceptor acceptor(context_, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
    client_.connect(acceptor.local_endpoint());
    acceptor.accept(server_);
  }
  void send() { boost::asio::write(client_, boost::asio::buffer(std::string("x"))); }
  std::int64_t waited_us() { return waited_in_socket_us(server_.native_handle()); }
  bool wait_until(bool (*holds)(std::int64_t)) {
    const auto limit = Clock::now() + std::chrono::seconds(20);
    while (!holds(waited_us())) {
      if (Clock::now() > limit) return false;
    }
    return true;
  }

  boost::asio::io_context context_;
  tcp::socket client_{context_}, server_{context_};
};

TEST_F(SocketWaitTest, grows_while_bytes_lie_unread_and_begins_anew_with_the_next) {
  send();
  EXPECT_TRUE(wait_until([](std::int64_t us) { return us >= kLongUs; }));
  char byte = 0;
  boost::asio::read(server_, boost::asio::buffer(&byte, 1));
  EXPECT_GE(waited_us(), kLongUs) << "reading changes nothing: it is asked right behind it";
  send();
  EXPECT_TRUE(wait_until([](std::int64_t us) { return us < kLongUs; }));
}

TEST(SocketWait, is_nothing_where_there_is_no_connection) {
  EXPECT_EQ(waited_in_socket_us(-1), 0);
}

}  // namespace
}  // namespace inkling::server
