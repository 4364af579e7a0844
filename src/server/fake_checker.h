// A remote checker for tests: listens on a free port, answers what it is told to, and can be held from answering.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace inkling::server {

class FakeChecker {
 public:
  FakeChecker();
  ~FakeChecker();

  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
  }
  // From the next request on.
  void answer(unsigned status, std::string body);
  // Closes each connection after its answer, without having said so.
  void close_after_answers() { closes_ = true; }
  // Requests wait at the door until it opens.
  void shut_door();
  void open_door();
  // Returns once `count` requests came in.
  void await_requests(std::size_t count);
  [[nodiscard]] std::vector<std::string> requests() const;

 private:
  using Socket = boost::asio::ip::tcp::socket;
  void serve();
  bool serve_one(Socket& socket);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool shut_ = false;
  bool stopping_ = false;
  std::atomic<bool> closes_ = false;
  unsigned status_ = 200;
  std::string body_ = R"({"items": []})";
  std::vector<std::string> requests_;  // bodies
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_{context_, {boost::asio::ip::address_v4::loopback(), 0}};
  std::vector<std::shared_ptr<Socket>> sockets_;
  std::vector<std::thread> threads_;
  std::thread thread_{[this] { serve(); }};
};

}  // namespace inkling::server
