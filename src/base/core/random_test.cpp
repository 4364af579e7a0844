#include "base/core/random.h"

#include <gtest/gtest.h>

#include <array>

namespace inkling::base {
namespace {

// The numbers are written into packages and tests' expectations: they may never change.
TEST(NameHash, is_the_same_for_ever) {
  static_assert(name_hash("") == 0);
  EXPECT_EQ(name_hash("a"), mix64(0xaf63dc4c8601ec8cULL));  // FNV-1a of "a" as published
  EXPECT_EQ(name_hash("foobar"), mix64(0x85944171f73967e8ULL));
  EXPECT_NE(name_hash("ab"), name_hash("ba"));
}

// xoshiro256++ with the state {1, 2, 3, 4} is not reachable by a seed, so the recurrence is written out here again.
TEST(Random, follows_the_published_recurrence) {
  std::array<std::uint64_t, 4> s{};
  std::uint64_t seed = 42;
  for (auto& word : s) {
    seed += 0x9e3779b97f4a7c15ULL;
    word = mix64(seed);
  }
  const auto rotate = [](std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); };
  Random random(42);
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(random.next(), rotate(s[0] + s[3], 23) + s[0]);
    const std::uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
  }
}

TEST(Random, same_seed_same_numbers_and_other_streams_differ) {
  EXPECT_EQ(Random::stream(1, 2).next(), Random::stream(1, 2).next());
  EXPECT_NE(Random::stream(1, 2).next(), Random::stream(1, 3).next());
  EXPECT_NE(Random::stream(1, 2).next(), Random::stream(2, 2).next());
}

TEST(Random, has_the_moments_it_promises) {
  Random random(7);
  double uniform_sum = 0, normal_sum = 0, normal_squares = 0, exponential_sum = 0;
  int tails = 0;
  constexpr int kDraws = 100'000;
  for (int i = 0; i < kDraws; ++i) {
    const double u = random.uniform();
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    uniform_sum += u;
    const double z = random.normal();
    normal_sum += z;
    normal_squares += z * z;
    exponential_sum += random.exponential(3.0);
    ASSERT_LT(random.below(10), 10U);
    if (random.chance(0.25)) ++tails;
  }
  // Five standard errors each.
  EXPECT_NEAR(uniform_sum / kDraws, 0.5, 0.005);
  EXPECT_NEAR(normal_sum / kDraws, 0.0, 0.016);
  EXPECT_NEAR(normal_squares / kDraws, 1.0, 0.023);
  EXPECT_NEAR(exponential_sum / kDraws, 3.0, 0.048);
  EXPECT_NEAR(static_cast<double>(tails) / kDraws, 0.25, 0.007);
}

}  // namespace
}  // namespace inkling::base
