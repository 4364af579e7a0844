#include "sample/same_features.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace inkling::sample {
namespace {

using feature::BlueprintSpec;
using feature::Encoder;
using feature::EncoderKind;
using testing::HasSubstr;
using testing::StartsWith;

BlueprintSpec made_up() {
  Encoder names, quantile, number;
  names.kind = EncoderKind::kVocabulary;
  quantile.kind = EncoderKind::kQuantile;
  BlueprintSpec spec;
  spec.views = {{feature::View::kBrowse, 50, {{"leaf_category", names}, {"stay_ms", quantile}}}};
  spec.statistics = {{"count.view.1d", number}, {"cart.items", number}};
  return spec;
}

BlueprintSpec fitted() {
  BlueprintSpec spec = made_up();
  spec.views[0].features[0].encoder.entries = {3, 9};
  EXPECT_TRUE(spec.views[0].features[0].encoder.added.append(std::vector<std::uint64_t>{5}));
  spec.views[0].features[1].encoder.cuts = {10, 20};
  spec.statistics[0].encoder.mean = 2;
  return spec;
}

std::string difference(const std::function<void(BlueprintSpec&)>& change) {
  BlueprintSpec asked = made_up();
  change(asked);
  return check_same_features(asked, fitted(), "dipn v3").message();
}

TEST(CheckSameFeatures, does_not_look_at_what_training_fits) {
  const auto status = check_same_features(made_up(), fitted(), "dipn v3");
  EXPECT_TRUE(status.ok()) << status.message();
}

TEST(CheckSameFeatures, names_the_first_difference_with_both_values) {
  EXPECT_EQ(difference([](BlueprintSpec& spec) { spec.views[0].features[1].source = "gap_ms"; }),
            "views[0].features[1].source: \"gap_ms\" is asked for, but dipn v3 "
            "was trained with \"stay_ms\"; --from goes "
            "on with the same features, or train without --from");
  EXPECT_THAT(difference([](BlueprintSpec& spec) { spec.views[0].window = 40; }),
              StartsWith("views[0].window: 40 is asked for, but dipn v3 was trained with 50"));
  EXPECT_THAT(difference([](BlueprintSpec& spec) { spec.views[0].view = feature::View::kTap; }),
              StartsWith("views: [\"tap\"] is asked for, but dipn v3 was "
                         "trained with [\"browse\"]"));
  EXPECT_THAT(difference([](BlueprintSpec& spec) { spec.views[0].features[1].encoder.bins = 8; }),
              StartsWith("views[0].features[1].encoder.bins: 8 is asked for"));
  EXPECT_THAT(difference([](BlueprintSpec& spec) { spec.views[0].features[1].encoder.kind = EncoderKind::kLog; }),
              StartsWith("views[0].features[1].encoder.kind: \"log\" is asked for"));
  EXPECT_THAT(difference([](BlueprintSpec& spec) { spec.statistics.pop_back(); }),
              HasSubstr("statistics: [\"count.view.1d\"] is asked for"));
  EXPECT_THAT(difference([](BlueprintSpec& spec) { spec.statistics[1].encoder.missing_as = 7; }),
              StartsWith("statistics[1].encoder.missing_as: 7.0 is asked for, "
                         "but dipn v3 was trained with null"));
  EXPECT_THAT(difference([](BlueprintSpec& spec) { spec.session_gap_ms = 60'000; }),
              StartsWith("session_gap_ms: 60000"));
  EXPECT_THAT(difference([](BlueprintSpec& spec) { spec.utc_offset_ms = 1; }), StartsWith("utc_offset_ms: 1"));
}

}  // namespace
}  // namespace inkling::sample
