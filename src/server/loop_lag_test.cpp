#include "server/loop_lag.h"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>

namespace inkling::server {
namespace {

using std::chrono::milliseconds;

class LoopLagTest : public testing::Test {
 protected:
  // Keeps the loop busy until the pending probe is late by so much, then lets it fire; answers a moment before that.
  LoopLag::Clock::time_point be_late(milliseconds late) {
    const auto until = LoopLag::Clock::now() + LoopLag::kProbe + late;
    boost::asio::post(context_, [until] {
      while (LoopLag::Clock::now() < until) {
      }
    });
    context_.run_one();
    context_.run_one();
    return until;
  }
  std::int64_t lag_us() const { return lag_.lag_us(LoopLag::Clock::now()); }

  boost::asio::io_context context_{1};
  LoopLag lag_{context_};
};

TEST_F(LoopLagTest, is_nothing_before_it_starts) {
  EXPECT_EQ(lag_us(), 0);
}

TEST_F(LoopLagTest, is_what_two_probes_one_after_the_other_were_late) {
  lag_.start();
  be_late(milliseconds(40));
  be_late(milliseconds(30));
  EXPECT_GE(lag_us(), 30'000);
}

TEST_F(LoopLagTest, counts_the_probe_that_ought_to_have_fired) {
  lag_.start();
  be_late(milliseconds(40));
  EXPECT_GE(lag_.lag_us(LoopLag::Clock::now() + LoopLag::kProbe + milliseconds(500)), 40'000);
}

TEST_F(LoopLagTest, forgets_a_late_probe_once_the_next_was_in_time) {
  lag_.start();
  const auto before_probe = be_late(milliseconds(400));
  be_late(milliseconds(0));
  const auto now = LoopLag::Clock::now();
  const auto late_at_most = now - (before_probe + LoopLag::kProbe);  // the second probe, on whatever machine
  EXPECT_LE(lag_.lag_us(now), std::chrono::duration_cast<std::chrono::microseconds>(late_at_most).count());
}

TEST_F(LoopLagTest, leaves_a_single_late_probe_alone) {
  lag_.start();
  const auto begin = LoopLag::Clock::now();
  EXPECT_EQ(lag_.lag_us(begin + LoopLag::kProbe + milliseconds(500)), 0);
}

TEST_F(LoopLagTest, ends_though_a_probe_has_fired_and_waits_for_its_turn) {
  lag_.start();
  boost::asio::post(context_, [this] {
    const auto until = LoopLag::Clock::now() + 2 * LoopLag::kProbe;
    while (LoopLag::Clock::now() < until) {
    }
    boost::asio::post(context_, [this] { lag_.stop(); });
  });
  while (context_.poll() > 0) {
  }
  EXPECT_TRUE(context_.stopped()) << "no work is left";
}

}  // namespace
}  // namespace inkling::server
