// How long an event loop keeps what is ready waiting: a timer that ought to fire every few milliseconds fires as late
// as everything else in the loop's queue is done. That wait is seen by no request, for nobody looks at a request
// before its turn, and it is what grows first under overload. Not for time that a request spends outside of the loop.
//
// One late probe says nothing, for the machine may have had something else to do; the lag is what two probes one
// after the other were late, the one that ought to have fired by now included.
//
// Thread safety: the loop's thread only. Cost: a timer a kProbeMs; an asking reads the clock once. Until stop() the
// loop has work.
#pragma once

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>

namespace inkling::server {

class LoopLag {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kProbe{20};

  explicit LoopLag(boost::asio::io_context& context) : timer_(context.get_executor()) {}

  void start() { probe(Clock::now()); }
  // A probe that has fired already, and waits for its turn, begins no other one.
  void stop() {
    stopped_ = true;
    timer_.cancel();
  }

  // 0 before start().
  [[nodiscard]] std::int64_t lag_us(Clock::time_point now) const;

 private:
  using Timer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>,
                                                  boost::asio::io_context::executor_type>;
  void probe(Clock::time_point now);

  Timer timer_;
  bool started_ = false;
  bool stopped_ = false;
  Clock::time_point due_{};
  Clock::duration last_{};  // of the last probe, and of the one before it
  Clock::duration before_{};
};

}  // namespace inkling::server
