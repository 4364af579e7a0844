#include "feature/blueprint.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/core/clock.h"
#include "feature/record_reader.h"

namespace inkling::feature {
namespace {

FeatureSpec feature(std::string source, EncoderKind kind, std::uint32_t size = 8) {
  Encoder encoder;
  encoder.kind = kind;
  encoder.size = size;
  return {std::move(source), encoder};
}

BlueprintSpec three_views() {
  BlueprintSpec spec;
  spec.session_gap_ms = 1000;
  spec.utc_offset_ms = 3'600'000;
  spec.views = {
      {View::kSwipe, 100, {feature("page", EncoderKind::kIndex), feature("length_x", EncoderKind::kQuantile)}},
      {View::kTap, 30, {feature("button", EncoderKind::kIndex)}},
      {View::kBrowse, 128, {feature("action", EncoderKind::kIndex), feature("page", EncoderKind::kVocabulary)}}};
  spec.statistics = {feature("cart.items", EncoderKind::kNumber), feature("hour", EncoderKind::kIndex, 24),
                     feature("idle_ms", EncoderKind::kNumber), feature("weekday", EncoderKind::kIndex, 7)};
  return spec;
}

std::string refusal(BlueprintSpec spec) {
  const auto blueprint = Blueprint::make(std::move(spec));
  return blueprint.ok() ? "accepted" : blueprint.status().message();
}

base::Result<BlueprintSpec> parse(const std::string& text) {
  const auto json = base::Json::parse(text);
  EXPECT_TRUE(json.ok()) << text;
  if (!json.ok()) return json.status();
  return blueprint_from_json(base::JsonView(*json));
}

std::string parse_refusal(const std::string& text) {
  const auto spec = parse(text);
  return spec.ok() ? "accepted" : spec.status().message();
}

Blueprint made(BlueprintSpec spec) {
  auto blueprint = Blueprint::make(std::move(spec));
  EXPECT_TRUE(blueprint.ok()) << blueprint.status().message();
  return blueprint.ok() ? *std::move(blueprint) : *Blueprint::make({});
}

TEST(Blueprint, knows_its_views_and_how_many_statistics_of_each_sort_it_has) {
  const Blueprint blueprint = made(three_views());
  EXPECT_EQ(blueprint.view_index(View::kSwipe), 0);
  EXPECT_EQ(blueprint.view_index(View::kTap), 1);
  EXPECT_EQ(blueprint.view_index(View::kBrowse), 2);
  EXPECT_EQ(blueprint.number_count(), 2U);
  EXPECT_EQ(blueprint.statistic_id_count(), 2U);
  const auto encoders = blueprint.statistic_id_encoders();
  ASSERT_EQ(encoders.size(), 2U);
  EXPECT_EQ(encoders[0]->size, 24U);
  EXPECT_EQ(encoders[1]->size, 7U);
  BlueprintSpec browse_only;
  browse_only.views = {three_views().views[2]};
  EXPECT_EQ(made(browse_only).view_index(View::kBrowse), 0);
  EXPECT_EQ(made(browse_only).view_index(View::kSwipe), -1);
}

TEST(Blueprint, a_moved_or_copied_one_keeps_pointing_at_its_own_encoders) {
  Blueprint first = made(three_views());
  const Blueprint copy = first;
  const Blueprint moved = std::move(first);
  EXPECT_EQ(copy.statistic_id_encoders()[1], &copy.spec().statistics[3].encoder);
  EXPECT_EQ(moved.statistic_id_encoders()[1], &moved.spec().statistics[3].encoder);
}

TEST(Blueprint, reads_and_encodes_a_record_by_hand) {
  const Blueprint blueprint = made(three_views());
  state::BrowseRecord record;
  record.action = domain::ActionKind::kClick;  // 7
  std::vector<Value> values(2);
  blueprint.read_record(2, record, values);
  EXPECT_EQ(values[0].number, 7);
  EXPECT_TRUE(values[1].missing);
  std::vector<std::uint32_t> ids(2);
  blueprint.encode_values(2, values, ids);
  EXPECT_EQ(ids, (std::vector<std::uint32_t>{9, kMissingId}));
  state::TapRecord tap;
  tap.tap.button = 3;
  blueprint.read_record(1, tap, std::span(values).first(1));
  EXPECT_EQ(values[0].number, 3);
  state::SwipeRecord swipe;
  swipe.swipe.page = 5;
  swipe.swipe.end_x = 40;
  blueprint.read_record(0, swipe, values);
  EXPECT_EQ(values[0].number, 5);
  EXPECT_EQ(values[1].number, 40);
}

TEST(Blueprint, numbers_and_ids_of_statistics_keep_the_order_of_the_spec) {
  BlueprintSpec spec = three_views();
  spec.statistics[0].encoder.log1p = false;
  spec.statistics[2].encoder.log1p = false;
  spec.statistics[2].encoder.mean = 100;
  spec.statistics[2].encoder.deviation = 50;
  const Blueprint blueprint = made(spec);
  state::ShopperState state;
  state.last_record_ms = 0;
  state.cart.push_back({"a", 3, true, 100, 0});
  std::vector<Value> values(4);
  blueprint.read_statistics(state, 200, values);
  EXPECT_EQ(values[0].number, 3);
  EXPECT_EQ(values[1].number, 1);  // one hour east of UTC
  EXPECT_EQ(values[2].number, 200);
  EXPECT_EQ(values[3].number, 3);
  std::vector<float> numbers(2);
  std::vector<std::uint32_t> ids(2);
  blueprint.encode_statistics(state, 200, numbers, ids);
  EXPECT_EQ(numbers, (std::vector<float>{3, 2}));
  EXPECT_EQ(ids, (std::vector<std::uint32_t>{3, 5}));
}

TEST(Blueprint, a_session_starts_with_the_first_record_and_after_too_long_a_silence) {
  const Blueprint blueprint = made(three_views());
  EXPECT_TRUE(blueprint.starts_session(-1));
  EXPECT_FALSE(blueprint.starts_session(0));
  EXPECT_FALSE(blueprint.starts_session(1000));
  EXPECT_TRUE(blueprint.starts_session(1001));
  BlueprintSpec endless = three_views();
  endless.session_gap_ms = kNoSessionGap;
  EXPECT_TRUE(made(endless).starts_session(-1));
  EXPECT_FALSE(made(endless).starts_session(state::kLongestGapMs));
}

TEST(Blueprint, a_session_is_live_until_the_silence_is_too_long) {
  const Blueprint blueprint = made(three_views());
  state::ShopperState state;
  EXPECT_FALSE(blueprint.session_live(state, 0)) << "no record yet";
  state.last_record_ms = 5000;
  EXPECT_TRUE(blueprint.session_live(state, 5000));
  EXPECT_TRUE(blueprint.session_live(state, 6000));
  EXPECT_FALSE(blueprint.session_live(state, 6001));
  EXPECT_TRUE(blueprint.session_live(state, 4000)) << "a clock behind the shopper's own";
  BlueprintSpec endless = three_views();
  endless.session_gap_ms = kNoSessionGap;
  EXPECT_TRUE(made(endless).session_live(state, 5000 + 400 * base::kDayMs));
}

TEST(Blueprint, refuses_a_view_named_twice_and_views_out_of_order) {
  BlueprintSpec spec = three_views();
  spec.views[1].view = View::kSwipe;
  EXPECT_NE(refusal(spec).find("views[1].view: \"swipe\" stands twice"), std::string::npos) << refusal(spec);
  spec = three_views();
  std::swap(spec.views[0], spec.views[2]);
  EXPECT_EQ(refusal(spec),
            "views[1].view: \"tap\" comes after \"browse\"; expected the order swipe, tap, browse\nviews[2].view: "
            "\"swipe\" comes "
            "after \"browse\"; expected the order swipe, tap, browse");
}

TEST(Blueprint, refuses_windows_and_feature_counts_outside_their_bounds) {
  for (const std::uint32_t window : {0U, kMaxWindow + 1}) {
    BlueprintSpec spec = three_views();
    spec.views[1].window = window;
    EXPECT_EQ(refusal(spec), "views[1].window: " + std::to_string(window) + " is not between 1 and 128");
  }
  BlueprintSpec spec = three_views();
  spec.views[2].features.clear();
  EXPECT_EQ(refusal(spec), "views[2].features: holds 0; expected between 1 and 32 features");
  spec.views[2].features.assign(kMaxViewFeatures, feature("action", EncoderKind::kIndex));
  EXPECT_EQ(refusal(spec), "accepted");
  spec.views[2].features.push_back(feature("action", EncoderKind::kIndex));
  EXPECT_EQ(refusal(spec), "views[2].features: holds 33; expected between 1 and 32 features");
}

TEST(Blueprint, refuses_a_number_encoder_in_a_view) {
  BlueprintSpec spec = three_views();
  spec.views[0].features[1].encoder.kind = EncoderKind::kNumber;
  const std::string message = refusal(spec);
  EXPECT_EQ(message.rfind("views[0].features[1].encoder.kind: \"number\" gives no ids", 0), 0U) << message;
  EXPECT_NE(message.find("expected one of quantile, log, cuts, index"), std::string::npos);
}

TEST(Blueprint, refuses_an_encoder_that_cannot_read_what_the_source_gives) {
  BlueprintSpec spec = three_views();
  spec.views[2].features[1].encoder.kind = EncoderKind::kQuantile;
  EXPECT_EQ(refusal(spec),
            "views[2].features[1].encoder.kind: \"quantile\" cannot read page, which is a name; expected vocabulary");
  spec = three_views();
  spec.statistics[1].encoder.kind = EncoderKind::kVocabulary;
  EXPECT_EQ(
      refusal(spec),
      "statistics[1].encoder.kind: \"vocabulary\" cannot read hour, which is a number; expected one of quantile, "
      "log, cuts, index, number, raw");
}

TEST(Blueprint, refuses_encoders_without_a_single_id) {
  BlueprintSpec spec = three_views();
  spec.views[1].features[0].encoder.size = 0;
  EXPECT_NE(refusal(spec).find(".encoder.kind: an index encoder needs a size"), std::string::npos);
  spec = three_views();
  spec.views[2].features[1].encoder.fallback = 0;
  EXPECT_NE(refusal(spec).find(".encoder.kind: a vocabulary needs a fallback"), std::string::npos);
}

TEST(Blueprint, names_the_nearest_source) {
  BlueprintSpec spec = three_views();
  spec.views[0].features[0].source = "pge";
  EXPECT_NE(refusal(spec).find("views[0].features[0].source: \"pge\" is no swipe feature"), std::string::npos)
      << refusal(spec);
  EXPECT_NE(refusal(spec).find("did you mean page?"), std::string::npos);
  spec = three_views();
  spec.statistics[3].source = "cart.item";
  EXPECT_NE(refusal(spec).find("statistics[3].source: \"cart.item\" is no statistic"), std::string::npos);
  EXPECT_NE(refusal(spec).find("did you mean cart.items?"), std::string::npos);
}

TEST(BlueprintJson, a_fitted_blueprint_reads_back_the_same_text) {
  BlueprintSpec spec = three_views();
  spec.views[0].features[1].encoder.cuts = {-0.1, 1.0 / 3.0, 1e17};
  spec.views[2].features[1].encoder.entries = {1, 0x8000000000000000ULL, ~0ULL};
  spec.statistics[0].encoder.mean = 0.1 + 0.2;
  spec.statistics[0].encoder.deviation = 1e-7;
  const std::string text = blueprint_to_json(spec).to_text();
  const auto again = parse(text);
  ASSERT_TRUE(again.ok()) << again.status().message();
  EXPECT_EQ(blueprint_to_json(*again).to_text(), text);
  EXPECT_EQ(again->views[2].features[1].encoder.entries, spec.views[2].features[1].encoder.entries);
  EXPECT_EQ(again->session_gap_ms, 1000);
  EXPECT_EQ(again->utc_offset_ms, 3'600'000);
  EXPECT_EQ(again->views[2].window, 128U);
}

TEST(BlueprintJson, what_is_left_out_has_the_defaults) {
  const auto spec =
      parse(R"({"views":[{"view":"tap","features":[{"source":"page","encoder":{"kind":"quantile"}}]}]})");
  ASSERT_TRUE(spec.ok()) << spec.status().message();
  EXPECT_EQ(spec->session_gap_ms, 30 * base::kMinuteMs);
  EXPECT_EQ(spec->utc_offset_ms, 0);
  EXPECT_EQ(spec->views[0].window, 50U);
  EXPECT_TRUE(spec->statistics.empty());
}

TEST(BlueprintJson, names_the_place_of_every_mistake) {
  const std::string ok_feature = R"({"source":"page","encoder":{"kind":"quantile"}})";
  const std::string view = R"({"view":"tap","features":[)" + ok_feature;
  const std::pair<std::string, std::string> mistakes[] = {
      {R"({})", "views: is missing."},
      {R"({"views":{}})", "views: expected a list, found keys and values."},
      {R"({"views":[],"veiws":[]})",
       "veiws: there is no such key; expected one of session_gap_ms, utc_offset_ms, views, statistics; did you mean "
       "views?"},
      {R"({"views":[3]})", "views[0]: expected keys and values, found 3."},
      {R"({"views":[)" + view + R"(],"size":3}]})",
       "views[0].size: there is no such key; expected one of view, window, features"},
      {R"({"views":[{"features":[]}]})", "views[0].view: is missing."},
      {R"({"views":[{"view":"tab","features":[]}]})",
       "views[0].view: \"tab\" is no view; expected one of swipe, tap, browse; did you mean tap?"},
      {R"({"views":[)" + view + R"(]},{"view":"tap","window":0,"features":[]}]})",
       "views[1].window: 0 is not between 1 and 128."},
      {R"({"views":[{"view":"tap","window":129,"features":[]}]})", "views[0].window: 129 is not between 1 and 128."},
      {R"({"views":[{"view":"tap"}]})", "views[0].features: is missing."},
      {R"({"views":[)" + view + R"(,{"encoder":{"kind":"quantile"}}]}]})",
       "views[0].features[1].source: is missing."},
      {R"({"views":[)" + view + R"(,{"source":"page"}]}]})", "views[0].features[1].encoder: is missing."},
      {R"({"views":[)" + view + R"(,{"source":"page","encoder":{"kind":"log","bins":0}}]}]})",
       "views[0].features[1].encoder.bins: 0 is not between 2 and 16777216."},
      {R"({"views":[)" + view + R"(,{"source":"page","encode":1}]}]})",
       "views[0].features[1].encode: there is no such key; expected one of source, encoder; did you mean encoder?\n"
       "views[0].features[1].encoder: is missing."},
      {R"({"views":[],"statistics":[{"source":"hour","encoder":{"kind":"index"}}]})",
       "statistics[0].encoder.size: is missing."},
      {R"({"views":[],"session_gap_ms":-2})", "session_gap_ms: -2 is not between -1 and 2305843009213693951."},
      {R"({"views":[],"session_gap_ms":"1h"})",
       "session_gap_ms: expected a whole number from -1 to 2305843009213693951, found \"1h\"."},
      {R"({"views":[],"utc_offset_ms":50400001})", "utc_offset_ms: 50400001 is not between -50400000 and 50400000."},
  };
  for (const auto& [text, message] : mistakes) EXPECT_EQ(parse_refusal(text), message) << text;
}

}  // namespace
}  // namespace inkling::feature
