#include "content/price_estimate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "content/price_kernels.h"
#include "content/priced_posts_for_test.h"

namespace inkling::content {
namespace {

double factor_of(const Estimate& estimate, std::string_view field) {
  for (const OptionMove& move : estimate.moves) {
    if (move.field == field) return move.factor;
  }
  return 0;
}

PriceEstimator learnt(std::span<const PricedPost> posts) {
  auto estimator = PriceEstimator::learn(posts, PriceEstimator::choose(posts).value());
  return std::move(estimator).value();
}

TEST(PriceEstimate, holds_four_of_five_prices_that_it_never_saw) {
  const PriceEstimator estimator = learnt(moves(200, 1));
  const auto unseen = moves(1000, 2);
  std::size_t inside = 0;
  double log_width = 0;
  for (const PricedPost& post : unseen) {
    const Estimate estimate = estimator.estimate(post);
    inside += judge(estimate, post.price_cents) == Quote::kUsual;
    log_width += std::log(static_cast<double>(estimate.high_cents) / static_cast<double>(estimate.low_cents));
  }
  EXPECT_GE(inside, 750u);
  EXPECT_LE(inside, 850u);
  EXPECT_LE(log_width / 1000, 1.15 * 2 * 1.2816 * 0.15) << "little more than what chance alone needs";
}

TEST(PriceEstimate, says_what_moves_the_price) {
  const PriceEstimator estimator = learnt(moves(200, 1));
  PricedPost post;
  post.choices = {{"vehicle", "van"}, {"colour", "red"}};
  post.numbers = {{"distance_km", 40}};
  const Estimate van = estimator.estimate(post);
  post.choices[0].text = "car";
  const Estimate car = estimator.estimate(post);
  EXPECT_NEAR(factor_of(van, "choice.vehicle") / factor_of(car, "choice.vehicle"), 2, 0.3);
  EXPECT_NEAR(factor_of(van, "choice.colour"), 1, 0.08);
  EXPECT_GT(factor_of(van, "number.distance_km"), 1.2);
  EXPECT_NEAR(static_cast<double>(van.middle_cents), 40000 * std::exp(1), 12000);
}

TEST(PriceEstimate, names_the_posts_that_are_like_it) {
  auto posts = moves(100, 3);
  const PriceEstimator estimator = learnt(posts);
  const Estimate estimate = estimator.estimate(posts[17]);
  ASSERT_EQ(estimate.like_posts.size(), PriceEstimator::kLikePosts);
  EXPECT_EQ(estimate.like_posts[0].id, "17");
  EXPECT_NEAR(estimate.like_posts[0].likeness, 1, 1e-6);
  EXPECT_EQ(estimate.like_posts[0].price_cents, posts[17].price_cents);
  EXPECT_GE(estimate.like_posts[1].likeness, estimate.like_posts[2].likeness);
}

TEST(PriceEstimate, flags_quotes_far_outside) {
  const Estimate estimate{.low_cents = 100,
                          .middle_cents = 150,
                          .high_cents = 200,
                          .far_low_cents = 50,
                          .far_high_cents = 400,
                          .moves = {},
                          .like_posts = {}};
  EXPECT_EQ(judge(estimate, 49), Quote::kFarBelow);
  EXPECT_EQ(judge(estimate, 50), Quote::kLow);
  EXPECT_EQ(judge(estimate, 100), Quote::kUsual);
  EXPECT_EQ(judge(estimate, 200), Quote::kUsual);
  EXPECT_EQ(judge(estimate, 201), Quote::kHigh);
  EXPECT_EQ(judge(estimate, 401), Quote::kFarAbove);
}

TEST(PriceEstimate, tells_how_well_posts_left_out_are_estimated) {
  const auto posts = moves(200, 1);
  const LeftOutFigures left = learnt(posts).left_out();
  EXPECT_NEAR(left.estimated.coverage, 0.8, 0.03);
  EXPECT_NEAR(left.quantiles.coverage, 0.8, 0.03);
  EXPECT_LT(left.estimated.mean_width_cents, 0.5 * left.quantiles.mean_width_cents);
  EXPECT_GT(left.estimated.median_width_cents, 0);
  const auto [least, most] = std::ranges::minmax_element(posts, {}, &PricedPost::price_cents);
  EXPECT_LT(left.quantiles.median_width_cents, static_cast<double>(most->price_cents - least->price_cents));
}

TEST(PriceEstimate, of_one_price_for_all_is_that_price) {
  auto posts = moves(30, 1);
  for (const std::int64_t cents :
       {std::int64_t{5000}, std::int64_t{1}}) {  // the logarithm of 1 leaves no error at all
    for (PricedPost& post : posts) post.price_cents = cents;
    const auto estimator = PriceEstimator::learn(posts, {});
    ASSERT_TRUE(estimator.ok());
    const Estimate estimate = estimator->estimate(posts[0]);
    EXPECT_EQ(estimate.low_cents, cents);
    EXPECT_EQ(estimate.far_high_cents, cents);
  }
}

TEST(PriceEstimate, stays_a_number_however_far_out_a_post_is) {
  const PriceEstimator estimator = learnt(moves(100, 1));
  for (const double km : {1e300, -1e300, 1e15}) {
    PricedPost post;
    post.numbers = {{"distance_km", km}};
    const Estimate estimate = estimator.estimate(post);
    EXPECT_GT(estimate.middle_cents, 0);
    for (const OptionMove& move : estimate.moves) EXPECT_TRUE(std::isfinite(move.factor)) << km;
  }
}

// The closed form that all intervals rest on, held to models that really were learnt without the post.
TEST(PriceEstimate, errors_of_posts_left_out_are_those_of_models_without_them) {
  const auto posts = moves(30, 4);
  const PriceSettings settings{.field_weights = {}, .like_weight = 0, .like_reach = 1, .spread_posts = 10};
  const auto kernels = PriceKernels::make(posts);
  ASSERT_TRUE(kernels.ok());
  const auto left = kernels->leave_out(settings);
  ASSERT_TRUE(left.ok());
  for (const std::size_t out : {std::size_t{0}, std::size_t{13}, std::size_t{29}}) {
    // Without the post means: no noise of the others changes, its own price tells nothing. A price that is told with
    // its own left-out estimate changes nothing about the others, so estimating it again gives the same.
    auto changed = posts;
    const double deviation = kernels->deviation();
    const double log = std::log(static_cast<double>(posts[out].price_cents));
    changed[out].price_cents = std::llround(std::exp(log - deviation * left->errors[out]));
    const auto again = PriceKernels::make(changed).value().leave_out(settings);
    ASSERT_TRUE(again.ok());
    EXPECT_NEAR(again->errors[out], 0, 0.03) << "but for the mean and the deviation, which the price shifts";
  }
}

TEST(PriceEstimate, refuses_posts_that_teach_nothing) {
  EXPECT_THAT(PriceEstimator::choose(moves(3, 1)).status().message(), testing::HasSubstr("expected at least 20"));
  auto posts = moves(30, 1);
  posts[4].price_cents = 0;
  EXPECT_EQ(PriceEstimator::learn(posts, {}).status().message(),
            "price_cents: 0 of post 4 is no price; expected more than 0");
}

TEST(PriceEstimate, is_wide_where_nothing_is_known) {
  const PriceEstimator estimator = learnt(moves(200, 1));
  const Estimate nothing = estimator.estimate({});
  EXPECT_GT(nothing.middle_cents, 0);
  EXPECT_LT(nothing.low_cents, nothing.high_cents);
  EXPECT_LE(nothing.far_low_cents, nothing.low_cents);
  EXPECT_GE(nothing.far_high_cents, nothing.high_cents);
}

}  // namespace
}  // namespace inkling::content
