// Calls back once at SIGINT or SIGTERM, from a thread of its own, for as long as it lives. One at a time in a
// program.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <functional>
#include <thread>
#include <utility>

namespace inkling::cli {

class SignalWatch {
 public:
  // Whatever `on_signal` touches outlives the watch.
  explicit SignalWatch(std::function<void()> on_signal) : signals_(context_, SIGINT, SIGTERM) {
    signals_.async_wait([on_signal = std::move(on_signal)](const boost::system::error_code& error, int) {
      if (!error) on_signal();
    });
    thread_ = std::thread([this] { context_.run(); });
  }
  ~SignalWatch() {
    context_.stop();
    thread_.join();
  }
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  boost::asio::io_context context_;
  boost::asio::signal_set signals_;
  std::thread thread_;
};

}  // namespace inkling::cli
