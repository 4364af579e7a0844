#include "state/ring.h"

#include <gtest/gtest.h>

namespace inkling::state {
namespace {

using SmallRing = Ring<std::uint64_t, 4>;

SmallRing ring_of(std::uint64_t total) {
  SmallRing ring;
  for (std::uint64_t i = 0; i < total; ++i) ring.push(i);
  return ring;
}

std::vector<std::uint64_t> held(const SmallRing& ring) {
  std::vector<std::uint64_t> entries;
  for (std::uint64_t i = ring.first(); i < ring.total(); ++i) entries.push_back(ring.at(i));
  return entries;
}

TEST(Ring, keeps_the_newest_under_their_stream_index) {
  const SmallRing ring = ring_of(10);
  EXPECT_EQ(ring.first(), 6u);
  EXPECT_EQ(ring.newest(), 9u);
  EXPECT_EQ(held(ring), (std::vector<std::uint64_t>{6, 7, 8, 9}));
}

TEST(Ring, restored_at_any_total_it_goes_on_as_if_never_stored) {
  for (std::uint64_t total = 0; total <= 13; ++total) {
    SmallRing pushed = ring_of(total);
    SmallRing restored = SmallRing::restore(total, held(pushed));
    for (std::uint64_t i = 0; i < 6; ++i) {
      ASSERT_EQ(held(restored), held(pushed)) << "total " << total << " and " << i << " more";
      ASSERT_EQ(restored.total(), pushed.total());
      restored.push(100 + i);
      pushed.push(100 + i);
    }
  }
}

}  // namespace
}  // namespace inkling::state
