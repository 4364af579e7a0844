#include "server/loop_lag.h"

#include <algorithm>
#include <utility>

namespace inkling::server {

void LoopLag::probe(Clock::time_point now) {
  started_ = true;
  due_ = now + kProbe;
  timer_.expires_at(due_);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error || stopped_) return;
    const auto fired = Clock::now();
    before_ = std::exchange(last_, fired - due_);
    probe(fired);
  });
}

std::int64_t LoopLag::lag_us(Clock::time_point now) const {
  if (!started_) return 0;
  const auto lag = std::max(std::min(before_, last_), std::min(last_, now - due_));
  return std::max<std::int64_t>(std::chrono::duration_cast<std::chrono::microseconds>(lag).count(), 0);
}

}  // namespace inkling::server
