#include "server/fake_checker.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

namespace inkling::server {

namespace asio = boost::asio;
using boost::system::error_code;

FakeChecker::FakeChecker() = default;

FakeChecker::~FakeChecker() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const auto& socket : sockets_) {
      error_code ignored;
      socket->shutdown(Socket::shutdown_both, ignored);
    }
  }
  changed_.notify_all();
  error_code ignored;
  Socket knock(context_);  // a blocking accept ends by a connection only
  knock.connect(acceptor_.local_endpoint(), ignored);
  thread_.join();
  for (std::thread& thread : threads_) thread.join();
}

void FakeChecker::answer(unsigned status, std::string body) {
  const std::lock_guard lock(mutex_);
  status_ = status;
  body_ = std::move(body);
}

void FakeChecker::shut_door() {
  const std::lock_guard lock(mutex_);
  shut_ = true;
}

void FakeChecker::open_door() {
  const std::lock_guard lock(mutex_);
  shut_ = false;
  changed_.notify_all();
}

void FakeChecker::await_requests(std::size_t count) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return requests_.size() >= count; });
}

std::vector<std::string> FakeChecker::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void FakeChecker::serve() {
  while (true) {
    auto socket = std::make_shared<Socket>(context_);
    error_code error;
    acceptor_.accept(*socket, error);
    const std::lock_guard lock(mutex_);
    if (stopping_ || error) return;
    sockets_.push_back(socket);
    threads_.emplace_back([this, socket] {
      while (serve_one(*socket)) continue;
      error_code ignored;
      socket->shutdown(Socket::shutdown_both, ignored);
    });
  }
}

bool FakeChecker::serve_one(Socket& socket) {
  std::string text;
  error_code error;
  const std::size_t head = asio::read_until(socket, asio::dynamic_buffer(text), "\r\n\r\n", error);
  if (error) return false;
  const std::size_t at = text.find("Content-Length: ");
  const std::size_t length = std::stoul(text.substr(at + 16));
  if (text.size() < head + length) {
    asio::read(socket, asio::dynamic_buffer(text), asio::transfer_exactly(head + length - text.size()), error);
  }
  std::string answer;
  {
    std::unique_lock lock(mutex_);
    requests_.push_back(text.substr(head));
    changed_.notify_all();
    changed_.wait(lock, [&] { return !shut_ || stopping_; });
    answer = "HTTP/1.1 " + std::to_string(status_) + " Told\r\nContent-Length: " + std::to_string(body_.size()) +
             "\r\n\r\n" + body_;
  }
  asio::write(socket, asio::buffer(answer), error);
  return !error && !closes_;
}

}  // namespace inkling::server
