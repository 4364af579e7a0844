#include "index/price_band.h"

#include <gtest/gtest.h>

#include <limits>

namespace inkling::index {
namespace {

TEST(PriceBandTest, puts_each_price_between_the_ends_of_its_band) {
  for (std::int64_t cents = 0; cents < 2'000'000; cents += cents < 300 ? 1 : cents / 97) {
    const std::size_t band = price_band(cents);
    EXPECT_LE(lowest_cents(band), cents);
    EXPECT_LT(cents, lowest_cents(band + 1));
  }
}

TEST(PriceBandTest, widens_bands_by_a_sixteenth_and_never_leaves_a_hole) {
  for (std::size_t band = 1; band < kPriceBands; ++band) {
    EXPECT_LT(lowest_cents(band - 1), lowest_cents(band));
    EXPECT_LE(lowest_cents(band), lowest_cents(band - 1) + lowest_cents(band - 1) / 16 + 1);
  }
}

TEST(PriceBandTest, gives_the_last_band_all_that_is_dearer) {
  EXPECT_EQ(price_band(std::numeric_limits<std::int64_t>::max()), kPriceBands - 1);
  EXPECT_GT(lowest_cents(kPriceBands - 1), 200'000'000);
}

}  // namespace
}  // namespace inkling::index
