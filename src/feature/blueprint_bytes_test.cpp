#include "feature/blueprint_bytes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/core/hash.h"
#include "base/core/random.h"
#include "feature/record_reader.h"
#include "feature/source_names.h"

namespace inkling::feature {
namespace {

Encoder of_kind(EncoderKind kind) {
  Encoder encoder;
  encoder.kind = kind;
  encoder.size = 7;
  encoder.cuts = {-1.5, 0, 2, 30};
  encoder.fallback = 3;
  encoder.entries = {11, 22, 0xffffffffffffffff};
  encoder.mean = 0.25;
  encoder.deviation = 2;
  return encoder;
}

FeatureSpec feature(const std::string& source, const Encoder& encoder) {
  return {source, encoder};
}

// All kinds of encoders over all views.
BlueprintSpec some_spec() {
  BlueprintSpec spec;
  spec.session_gap_ms = kNoSessionGap;
  spec.utc_offset_ms = -5 * 3'600'000;
  Encoder names = of_kind(EncoderKind::kVocabulary);
  EXPECT_TRUE(names.added.append(std::vector<std::uint64_t>{5, 4}));
  Encoder number = of_kind(EncoderKind::kNumber);
  number.missing_as = 60;
  number.log1p = false;
  spec.views = {
      {View::kSwipe, 12, {feature("page", of_kind(EncoderKind::kIndex))}},
      {View::kTap, 1, {feature("x", of_kind(EncoderKind::kCuts)), feature("y", of_kind(EncoderKind::kQuantile))}},
      {View::kBrowse, 50, {feature("item", names), feature("stay_ms", of_kind(EncoderKind::kLog))}}};
  spec.statistics = {feature("count.view.7d", number),
                     feature("session.last_item", names),
                     feature("idle_ms", of_kind(EncoderKind::kNumber)),
                     feature("hour", of_kind(EncoderKind::kRaw)),
                     feature("column.income", of_kind(EncoderKind::kNumber)),
                     feature("category.job", names)};
  return spec;
}

std::vector<std::byte> bytes_of(const BlueprintSpec& spec) {
  base::ByteWriter writer;
  write_blueprint(spec, writer);
  return writer.take();
}

bool reads(std::span<const std::byte> bytes) {
  base::ByteReader in(bytes);
  Blueprint blueprint;
  read_blueprint(in, blueprint);
  return in.ok() && in.left() == 0;
}

TEST(BlueprintBytes, give_a_blueprint_that_encodes_as_the_named_one) {
  const BlueprintSpec spec = some_spec();
  const Blueprint named = *Blueprint::make(spec);
  const auto bytes = bytes_of(spec);
  base::ByteReader in(bytes);
  Blueprint numbered;
  read_blueprint(in, numbered);
  ASSERT_TRUE(in.ok());
  EXPECT_EQ(in.left(), 0U);
  EXPECT_EQ(numbered.spec().session_gap_ms, kNoSessionGap);
  EXPECT_EQ(numbered.spec().utc_offset_ms, spec.utc_offset_ms);
  base::Random random(4);
  for (std::size_t v = 0; v < spec.views.size(); ++v) {
    const std::size_t size = spec.views[v].features.size();
    EXPECT_EQ(numbered.spec().views[v].window, spec.views[v].window);
    EXPECT_EQ(numbered.view_index(spec.views[v].view), static_cast<int>(v));
    for (std::size_t f = 0; f < size; ++f) {
      EXPECT_EQ(numbered.spec().views[v].features[f].encoder.id_count(),
                spec.views[v].features[f].encoder.id_count());
    }
    for (int i = 0; i < 200; ++i) {
      std::vector<Value> values;
      for (std::size_t f = 0; f < size; ++f) {
        const std::uint64_t names[] = {0, 11, 22, 4, 5, 99};
        values.push_back({random.normal() * 10, names[random.below(6)], random.chance(0.1)});
      }
      std::vector<std::uint32_t> expected(size), found(size);
      named.encode_values(v, values, expected);
      numbered.encode_values(v, values, found);
      ASSERT_EQ(found, expected);
    }
  }
}

// What the records and the state say must reach the same features: sources by name and by number are the same.
TEST(BlueprintBytes, read_records_and_states_as_the_named_one) {
  const BlueprintSpec spec = some_spec();
  const Blueprint named = *Blueprint::make(spec);
  const auto bytes = bytes_of(spec);
  base::ByteReader in(bytes);
  Blueprint numbered;
  read_blueprint(in, numbered);
  state::SwipeRecord swipe;
  swipe.swipe.page = 5;
  state::TapRecord tap;
  tap.tap.x = 17;
  tap.tap.y = 18;
  state::BrowseRecord browse;
  browse.item = 123;
  browse.stay_ms = 456;
  const auto expect_same = [&](std::size_t view, const auto& record) {
    std::vector<Value> expected(spec.views[view].features.size()), found(expected.size());
    named.read_record(view, record, expected);
    numbered.read_record(view, record, found);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_FALSE(expected[i].missing);
      EXPECT_EQ(found[i].number, expected[i].number);
      EXPECT_EQ(found[i].name, expected[i].name);
    }
  };
  expect_same(0, swipe);
  expect_same(1, tap);
  expect_same(2, browse);
  state::ShopperState state;
  state.last_record_ms = 1'700'000'000'000;
  std::vector<float> expected(named.number_count()), found(numbered.number_count());
  std::vector<std::uint32_t> expected_ids(named.statistic_id_count()), found_ids(numbered.statistic_id_count());
  named.encode_statistics(state, 1'700'000'900'000, expected, expected_ids);
  numbered.encode_statistics(state, 1'700'000'900'000, found, found_ids);
  EXPECT_TRUE(std::ranges::equal(expected, found));
  EXPECT_EQ(found_ids, expected_ids);
}

TEST(BlueprintBytes, refuse_what_is_cut_or_cannot_be) {
  const auto whole = bytes_of(some_spec());
  EXPECT_TRUE(reads(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(reads(std::span(whole).first(size))) << size;
  BlueprintSpec spec = some_spec();
  spec.views[0].window = kMaxWindow + 1;
  EXPECT_FALSE(reads(bytes_of(spec)));
  spec = some_spec();
  std::swap(spec.views[0], spec.views[1]);
  EXPECT_FALSE(reads(bytes_of(spec))) << "views that descend";
  spec = some_spec();
  spec.views[2].features[0].encoder.fallback = 0;
  EXPECT_FALSE(reads(bytes_of(spec))) << "a remainder by zero";
  spec = some_spec();
  spec.statistics[0].encoder.deviation = 0;
  EXPECT_FALSE(reads(bytes_of(spec)));
  spec = some_spec();
  spec.utc_offset_ms = kFarthestOffsetMs + 1;
  EXPECT_FALSE(reads(bytes_of(spec)));
  spec = some_spec();
  spec.views[1].features[0].encoder.cuts[0] = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(reads(bytes_of(spec)));
}

TEST(BlueprintBytes, bear_any_change_of_a_byte) {
  const auto whole = bytes_of(some_spec());
  base::Random random(6);
  for (int i = 0; i < 20'000; ++i) {
    auto changed = whole;
    for (std::uint64_t n = 1 + random.below(3); n > 0; --n) {
      changed[random.below(changed.size())] = static_cast<std::byte>(random.below(256));
    }
    base::ByteReader in(changed);
    Blueprint blueprint;
    read_blueprint(in, blueprint);
    if (!in.ok()) continue;
    const std::vector<Value> values(kMaxViewFeatures, Value{3, 22, false});
    std::vector<std::uint32_t> ids(values.size());
    for (std::size_t v = 0; v < blueprint.spec().views.size(); ++v) {
      const auto& features = blueprint.spec().views[v].features;
      blueprint.encode_values(v, values, ids);
      for (std::size_t f = 0; f < features.size(); ++f) {
        if (features[f].encoder.gives_number()) continue;
        ASSERT_LT(ids[f], features[f].encoder.id_count());
      }
    }
  }
}

// Devices know sources by these numbers alone, and packages outlive builds.
TEST(SourceNumbers, are_for_ever) {
  const auto joined = [](const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
    return text;
  };
  const char* remedy =
      "a source that moves gives old device packages other features: put new ones at the end, or raise "
      "kFeatureVersion and write the new order here";
  EXPECT_EQ(joined(view_source_names(View::kSwipe)),
            "duration_ms gap_ms tap_x tap_y start_x start_y end_x end_y length_x length_y page action direction_h "
            "direction_v")
      << remedy;
  EXPECT_EQ(joined(view_source_names(View::kTap)), "page event button x y gap_ms") << remedy;
  EXPECT_EQ(joined(view_source_names(View::kBrowse)),
            "action top_category leaf_category page item stay_ms timestamp gap_ms hour weekday item_repeat")
      << remedy;
  const auto statistics = statistic_source_names();
  ASSERT_EQ(statistics.size(), 110U) << remedy;
  EXPECT_EQ(statistics[0], "today_records") << remedy;
  EXPECT_EQ(statistics[10], "count.view.1h") << remedy;
  EXPECT_EQ(statistics[50], "total.view") << remedy;
  EXPECT_EQ(statistics[82], "session.hour") << remedy;
  EXPECT_EQ(base::name_hash(joined(statistics)), 3242749238112106475U) << remedy << ":\n" << joined(statistics);
}

TEST(SourceNumbers, lead_to_the_source_of_that_name) {
  const auto statistics = statistic_source_names();
  for (std::size_t i = 0; i < statistics.size(); ++i) {
    EXPECT_EQ(source_number(std::nullopt, statistics[i]), i);
    const StatisticSource named = *statistic_source(statistics[i]), numbered = statistic_source_at(i);
    EXPECT_TRUE(named.value == numbered.value && named.session_value == numbered.session_value &&
                named.group == numbered.group && named.half_life == numbered.half_life)
        << statistics[i];
  }
  EXPECT_EQ(source_number(std::nullopt, "column.income"), statistics.size());
  EXPECT_EQ(source_number(std::nullopt, "category.job"), statistics.size() + 1);
  EXPECT_EQ(statistic_source_at(statistics.size() + 1).kind, ValueKind::kName);
  const StatisticSource none = statistic_source_at(statistics.size() + 2);
  EXPECT_TRUE(none.value == nullptr && none.session_value == nullptr);
  const auto browse = view_source_names(View::kBrowse);
  for (std::size_t i = 0; i < browse.size(); ++i) {
    EXPECT_EQ(source_number(View::kBrowse, browse[i]), i);
    EXPECT_EQ(browse_source_at(i), *browse_source(browse[i]));
  }
  EXPECT_EQ(browse_source_at(browse.size()), nullptr);
}

}  // namespace
}  // namespace inkling::feature
