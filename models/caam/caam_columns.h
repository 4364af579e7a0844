// The numbers that the network reads beside its embeddings: names of the columns, and how a value becomes an input.
// One definition for training and serving; who fills the columns is caam_input.h.
//
// A value becomes (value - mean) / spread over what taught, cut at kLargestInput. NaN means not known: 0, and in
// columns that can miss a second input says so. A column that the variant may not see is 0 throughout. Thread safety:
// pure functions. Cost: O(columns); nothing allocates. Failure: none.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/core/json.h"

namespace inkling::models::caam {

// Which variants see a column.
enum class Seen : std::uint8_t { kAlways, kRich, kRecall };

struct Column {
  std::string_view name;
  Seen seen = Seen::kRich;
  bool can_miss = false;
};

struct Sight {
  bool rich = true;
  bool recall = true;

  [[nodiscard]] bool sees(Seen seen) const {
    return seen == Seen::kAlways || (rich && (seen == Seen::kRich || recall));
  }
};

inline constexpr std::size_t kRecallSlots = 16;    // recalls share them by hash
inline constexpr std::size_t kPromotionSlots = 8;  // promotions share them by hash
inline constexpr float kLargestInput = 5;
// Between each two of these the price ratio grows from 0 to 1: how a price fits the gap is not one number, and most
// is decided close to 1.
inline constexpr std::array<float, 10> kPriceEdges = {1, 1.01F, 1.03F, 1.06F, 1.1F, 1.15F, 1.2F, 1.3F, 1.4F, 1.5F};
inline constexpr std::size_t kPriceRamps = kPriceEdges.size() - 1;

enum RequestColumn : std::uint8_t {
  kGap,
  kThreshold,
  kGapShare,
  kTickedSum,
  kTier,
  kTicked,
  kUnticked,
  kBehaviours,
  kHourSine,
  kHourCosine,
  kWeekdaySine,
  kWeekdayCosine,
  kIntentProb,
  kShopperBaskets,
  kPromotion,
  kRequestColumns = kPromotion + kPromotionSlots
};

enum CandidateColumn : std::uint8_t {
  kPopularity,
  kPopularity30d,
  kPopularity7d,
  kItemAge,
  kItemIdle,
  kPersonalPurchases,
  kPersonalFaded,
  kPersonalIdle,
  kHistoryItem,
  kHistoryLeaf,
  kHistoryTop,
  kRepurchaseScore,
  kBuyAgainProb,
  kCycle,
  kTickedLeaf,
  kTickedTop,
  kTickedShop,
  kInCart,
  kBelowGap,
  kMeetsGap,
  kFarAboveGap,
  kPriceRamp,
  kLastPriceRamp = kPriceRamp + kPriceRamps - 1,
  kConditional,
  kConditionalBest,
  kCosine,
  kCosineBest,
  kAutoencoder,
  kAutoencoderBest,
  kRecallCount,
  kRecallBest,
  kRecall,
  kCandidateColumns = kRecall + kRecallSlots
};

using RequestValues = std::array<float, kRequestColumns>;
using CandidateValues = std::array<float, kCandidateColumns>;

[[nodiscard]] std::span<const Column, kRequestColumns> request_columns();
[[nodiscard]] std::span<const Column, kCandidateColumns> candidate_columns();

// Inputs of the network: one a column, and one more for each that can miss.
[[nodiscard]] std::size_t request_width();
[[nodiscard]] std::size_t candidate_width();

// As a manifest names the columns, {"request": [names], "candidate": [names]}; a package with others is refused.
[[nodiscard]] base::Json column_names();

// One entry a column.
struct Normal {
  std::vector<float> mean;
  std::vector<float> scale;  // 1 / spread
};

// `inputs` holds as many floats as the columns take.
void encode(std::span<const Column> columns, std::span<const float> values, const Normal& normal, const Sight& sight,
            std::span<float> inputs);

// Means and spreads of rows that come one after another.
class NormalMaker {
 public:
  explicit NormalMaker(std::size_t columns) : columns_(columns) {}
  void add(std::span<const float> values);
  // What was never known, or always the same, keeps its size.
  [[nodiscard]] Normal make() const;

 private:
  struct Moments {
    double count = 0, mean = 0, squares = 0;
  };
  std::vector<Moments> columns_;
};

}  // namespace inkling::models::caam
