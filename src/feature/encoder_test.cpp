#include "feature/encoder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "base/core/random.h"

namespace inkling::feature {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Encoder of_kind(EncoderKind kind) {
  Encoder encoder;
  encoder.kind = kind;
  return encoder;
}

Encoder index(std::uint32_t size) {
  Encoder encoder = of_kind(EncoderKind::kIndex);
  encoder.size = size;
  return encoder;
}

Encoder with_cuts(EncoderKind kind, std::vector<double> cuts) {
  Encoder encoder = of_kind(kind);
  encoder.cuts = std::move(cuts);
  return encoder;
}

Encoder vocabulary(std::vector<std::uint64_t> entries, std::uint32_t fallback) {
  Encoder encoder = of_kind(EncoderKind::kVocabulary);
  encoder.entries = std::move(entries);
  encoder.fallback = fallback;
  return encoder;
}

Encoder number(bool log1p, double mean, double deviation, double clip) {
  Encoder encoder = of_kind(EncoderKind::kNumber);
  encoder.log1p = log1p;
  encoder.mean = mean;
  encoder.deviation = deviation;
  encoder.clip = clip;
  return encoder;
}

// One fitted encoder of every kind; one vocabulary entry has the top bit set, which JSON's int64 cannot say directly.
std::vector<Encoder> one_of_each() {
  Encoder quantile = with_cuts(EncoderKind::kQuantile, {0.1, 1.0 / 3.0, 7});
  quantile.bins = 4;
  Encoder log = with_cuts(EncoderKind::kLog, {1, 10, 100});
  log.bins = 4;
  log.minimum = 1;
  log.maximum = 100;
  Encoder words = vocabulary({5, 9, 0xfedcba9876543210ULL}, 3);
  words.max_entries = 77;
  words.min_count = 2;
  Encoder stand_in = number(true, 2, 0.5, 4);
  stand_in.missing_as = 59.5;
  return {index(3), with_cuts(EncoderKind::kCuts, {-2.5, 0, 1e12}), quantile, log, words, number(false, 1.5, 0.25, 4),
          stand_in};
}

std::string message_of(const std::string& text) {
  const auto json = base::Json::parse(text);
  if (!json.ok()) return "no JSON: " + json.status().message();
  const auto encoder = encoder_from_json(base::JsonView(*json, "views[0].features[2].encoder"));
  return encoder.ok() ? "accepted" : encoder.status().message();
}

Encoder parsed(const std::string& text) {
  const auto json = base::Json::parse(text);
  EXPECT_TRUE(json.ok()) << text;
  auto encoder = encoder_from_json(base::JsonView(*json));
  EXPECT_TRUE(encoder.ok()) << encoder.status().message();
  return encoder.ok() ? *encoder : Encoder{};
}

TEST(Encoder, index_keeps_small_whole_numbers_and_holds_the_rest_at_its_ends) {
  const Encoder encoder = index(3);
  EXPECT_EQ(encoder.id_count(), 5U);
  EXPECT_EQ(encoder.id(Value::of(0)), 2U);
  EXPECT_EQ(encoder.id(Value::of(1)), 3U);
  EXPECT_EQ(encoder.id(Value::of(1.9)), 3U);
  EXPECT_EQ(encoder.id(Value::of(2)), 4U);
  EXPECT_EQ(encoder.id(Value::of(3)), 4U);
  EXPECT_EQ(encoder.id(Value::of(1e300)), 4U);
  EXPECT_EQ(encoder.id(Value::of(kInfinity)), 4U);
  EXPECT_EQ(encoder.id(Value::of(-5)), 2U);
  EXPECT_EQ(encoder.id(Value::of(-kInfinity)), 2U);
}

TEST(Encoder, a_value_on_a_cut_belongs_to_the_bin_above_it) {
  for (const EncoderKind kind : {EncoderKind::kCuts, EncoderKind::kQuantile, EncoderKind::kLog}) {
    const Encoder encoder = with_cuts(kind, {10, 20});
    EXPECT_EQ(encoder.id_count(), 5U);
    EXPECT_EQ(encoder.id(Value::of(-kInfinity)), 2U);
    EXPECT_EQ(encoder.id(Value::of(std::nextafter(10.0, 0.0))), 2U);
    EXPECT_EQ(encoder.id(Value::of(10)), 3U);
    EXPECT_EQ(encoder.id(Value::of(19.99)), 3U);
    EXPECT_EQ(encoder.id(Value::of(20)), 4U);
    EXPECT_EQ(encoder.id(Value::of(kInfinity)), 4U);
  }
}

TEST(Encoder, without_cuts_there_is_one_bin) {
  const Encoder encoder = of_kind(EncoderKind::kQuantile);
  EXPECT_EQ(encoder.id_count(), 3U);
  EXPECT_EQ(encoder.id(Value::of(-1)), 2U);
  EXPECT_EQ(encoder.id(Value::of(1e9)), 2U);
}

TEST(Encoder, vocabulary_ranks_known_names_and_spreads_unknown_ones_over_the_fallback_ids) {
  const Encoder encoder = vocabulary({5, 9}, 4);
  EXPECT_EQ(encoder.id_count(), 8U);
  EXPECT_EQ(encoder.id(Value::of_name(5)), 2U);
  EXPECT_EQ(encoder.id(Value::of_name(9)), 3U);
  EXPECT_EQ(encoder.id(Value::of_name(4)), 4U);   // 4 % 4 = 0: below every entry
  EXPECT_EQ(encoder.id(Value::of_name(7)), 7U);   // 7 % 4 = 3: between entries
  EXPECT_EQ(encoder.id(Value::of_name(10)), 6U);  // 10 % 4 = 2: above every entry
  EXPECT_EQ(encoder.id(Value::of_name(14)), 6U);  // shares an id with 10
  EXPECT_EQ(encoder.id(Value::of_name(~0ULL)), 7U);
  EXPECT_EQ(vocabulary({}, 1).id(Value::of_name(123)), 2U);
}

Encoder grown_vocabulary(const std::vector<std::uint64_t>& added) {
  Encoder encoder = vocabulary({5, 9}, 4);
  EXPECT_TRUE(encoder.added.append(added));
  return encoder;
}

TEST(Encoder, names_added_later_come_behind_and_move_no_id) {
  const Encoder before = vocabulary({5, 9}, 4);
  const Encoder grown = grown_vocabulary({20, 3});
  Encoder again = grown;
  ASSERT_TRUE(again.added.append(std::vector<std::uint64_t>{12, 1, 40}));
  EXPECT_EQ(before.id_count(), 8U);
  EXPECT_EQ(grown.id_count(), 10U);
  EXPECT_EQ(again.id_count(), 13U);
  for (std::uint64_t name = 0; name < 60; ++name) {
    const Value value = Value::of_name(name);
    if (!grown.knows(name)) {
      EXPECT_EQ(grown.id(value), before.id(value)) << name;
    }
    if (grown.knows(name) || !again.knows(name)) {
      EXPECT_EQ(again.id(value), grown.id(value)) << name;
    }
  }
  EXPECT_EQ(grown.id(Value::of_name(20)), 8U);  // in the order in which they came
  EXPECT_EQ(grown.id(Value::of_name(3)), 9U);
  EXPECT_EQ(again.id(Value::of_name(12)), 10U);
  EXPECT_EQ(again.id(Value::of_name(40)), 12U);
}

TEST(Encoder, knows_the_id_that_an_added_name_shared_before) {
  const Encoder before = vocabulary({5, 9}, 4);
  const Encoder grown = grown_vocabulary({20, 3, 18});
  for (const std::uint64_t name : {20, 3, 18, 5, 9, 7}) {
    const Value value = Value::of_name(name);
    EXPECT_EQ(grown.origin_of(grown.id(value)), before.id(value)) << name;
  }
  EXPECT_EQ(grown.origin_of(kMissingId), kMissingId);
  EXPECT_EQ(index(3).origin_of(4), 4U);
}

TEST(Encoder, adds_no_name_twice) {
  Encoder encoder = grown_vocabulary({20, 3});
  EXPECT_FALSE(encoder.added.append(std::vector<std::uint64_t>{7, 20}));
  EXPECT_FALSE(encoder.added.append(std::vector<std::uint64_t>{7, 7}));
  EXPECT_EQ(encoder.added.names(), (std::vector<std::uint64_t>{20, 3}));
  EXPECT_FALSE(encoder.knows(7));
  EXPECT_TRUE(encoder.knows(3) && encoder.knows(5));
}

TEST(Encoder, missing_has_an_id_of_its_own_and_padding_is_never_given) {
  base::Random random(1);
  for (const Encoder& encoder : one_of_each()) {
    if (encoder.kind == EncoderKind::kNumber) continue;
    EXPECT_EQ(encoder.id(Value::none()), kMissingId);
    EXPECT_EQ(encoder.id(Value::of(kNan)), kMissingId);
    for (int i = 0; i < 500; ++i) {
      const Value value{random.uniform(-20, 20), random.next(), false};
      const std::uint32_t id = encoder.id(value);
      EXPECT_GE(id, kFirstId);
      EXPECT_LT(id, encoder.id_count());
    }
  }
  EXPECT_EQ(vocabulary({5}, 2).id(Value::of_name(0)), kMissingId);
  EXPECT_EQ(index(4).id(Value::of_unless_negative(-1)), kMissingId);
}

TEST(Encoder, number_standardises_log1p_of_the_value) {
  const Encoder encoder = number(true, 0.5, 0.25, 6);
  EXPECT_EQ(encoder.id_count(), 0U);
  EXPECT_FLOAT_EQ(encoder.number(Value::of(std::exp(1.0) - 1)), 2);  // (1 - 0.5) / 0.25
  EXPECT_FLOAT_EQ(encoder.number(Value::of(0)), -2);
  EXPECT_FLOAT_EQ(encoder.number(Value::of(-100)), -2);  // log1p has no negative side
  EXPECT_FLOAT_EQ(encoder.number(Value::of(1e6)), 6);
  EXPECT_FLOAT_EQ(encoder.number(Value::of(kInfinity)), 6);
}

TEST(Encoder, number_without_log1p_keeps_the_sign) {
  const Encoder encoder = number(false, 1, 2, 3);
  EXPECT_FLOAT_EQ(encoder.number(Value::of(3)), 1);
  EXPECT_FLOAT_EQ(encoder.number(Value::of(-3)), -2);
  EXPECT_FLOAT_EQ(encoder.number(Value::of(7)), 3);
  EXPECT_FLOAT_EQ(encoder.number(Value::of(7.5)), 3);
  EXPECT_FLOAT_EQ(encoder.number(Value::of(-kInfinity)), -3);
}

TEST(Encoder, a_missing_number_is_the_mean) {
  for (const bool log1p : {true, false}) {
    EXPECT_EQ(number(log1p, 5, 2, 6).number(Value::none()), 0.0F);
    EXPECT_EQ(number(log1p, 5, 2, 6).number(Value::of(kNan)), 0.0F);
  }
}

TEST(Encoder, something_may_stand_for_a_missing_number) {
  Encoder encoder = number(true, 0.5, 0.25, 6);
  EXPECT_FALSE(encoder.raw_number(Value::none()).has_value());
  encoder.missing_as = std::exp(1.0) - 1;
  EXPECT_FLOAT_EQ(encoder.number(Value::none()), 2);
  EXPECT_FLOAT_EQ(encoder.number(Value::of(kNan)), 2);
  EXPECT_FLOAT_EQ(encoder.number(Value::of(0)), -2) << "what was said stays as it is";
  EXPECT_DOUBLE_EQ(encoder.raw_number(Value::none()).value_or(0), 1);
  EXPECT_DOUBLE_EQ(encoder.raw_number(Value::of(0)).value_or(9), 0);
}

TEST(Encoder, raw_keeps_the_value_and_what_is_missing) {
  const Encoder encoder = parsed(R"({"kind":"raw"})");
  EXPECT_EQ(encoder.number(Value::of(-2.5)), -2.5F);
  EXPECT_EQ(encoder.number(Value::of(0)), 0.0F);
  EXPECT_TRUE(std::isnan(encoder.number(Value::none())));
  EXPECT_TRUE(std::isnan(encoder.number(Value::of(kNan))));
  EXPECT_EQ(encoder.number(Value::of(kInfinity)), std::numeric_limits<float>::max());
  EXPECT_EQ(encoder.number(Value::of(-1e300)), -std::numeric_limits<float>::max());
  EXPECT_EQ(encoder.id_count(), 0U);
  EXPECT_EQ(encoder_to_json(encoder).to_text(), R"({"kind":"raw"})");
}

TEST(Encoder, only_a_vocabulary_reads_names) {
  for (const Encoder& encoder : one_of_each()) {
    const bool is_vocabulary = encoder_kind_name(encoder.kind) == "vocabulary";
    EXPECT_EQ(encoder_input(encoder.kind), is_vocabulary ? ValueKind::kName : ValueKind::kNumber);
  }
}

TEST(EncoderJson, every_kind_reads_back_as_it_was_written) {
  for (const Encoder& encoder : one_of_each()) {
    const std::string text = encoder_to_json(encoder).to_text();
    const Encoder again = parsed(text);
    EXPECT_EQ(encoder_to_json(again).to_text(), text);
    EXPECT_EQ(again.kind, encoder.kind) << text;
    EXPECT_EQ(again.cuts, encoder.cuts) << text;
    EXPECT_EQ(again.entries, encoder.entries) << text;
    EXPECT_EQ(again.id_count(), encoder.id_count()) << text;
    for (const double value : {-3.0, 0.0, 0.2, 5.0, 1e13}) {
      const Value both{value, 9, false};
      EXPECT_EQ(again.id(both), encoder.id(both)) << text << " " << value;
      EXPECT_EQ(again.number(both), encoder.number(both)) << text << " " << value;
    }
    EXPECT_EQ(again.number(Value::none()), encoder.number(Value::none())) << text;
  }
}

TEST(EncoderJson, a_vocabulary_that_grew_reads_back_with_every_id) {
  const Encoder grown = grown_vocabulary({20, ~0ULL, 3});
  const std::string text = encoder_to_json(grown).to_text();
  EXPECT_NE(text.find(R"("added":[20,-1,3])"), std::string::npos) << text;
  const Encoder again = parsed(text);
  EXPECT_EQ(encoder_to_json(again).to_text(), text);
  for (const std::uint64_t name : {20ULL, ~0ULL, 3ULL, 5ULL, 6ULL}) {
    EXPECT_EQ(again.id(Value::of_name(name)), grown.id(Value::of_name(name))) << name;
  }
}

TEST(EncoderJson, unfitted_kinds_need_no_more_than_their_name) {
  EXPECT_EQ(encoder_to_json(parsed(R"({"kind":"quantile"})")).to_text(), R"({"kind":"quantile","bins":16})");
  EXPECT_EQ(encoder_to_json(parsed(R"({"kind":"log","bins":8})")).to_text(),
            R"({"kind":"log","bins":8,"min":1.0,"max":1e+06})");
  EXPECT_EQ(encoder_to_json(parsed(R"({"kind":"vocabulary"})")).to_text(),
            R"({"kind":"vocabulary","max_entries":10000,"min_count":5,"fallback":16,"entries":[]})");
  EXPECT_EQ(encoder_to_json(parsed(R"({"kind":"number"})")).to_text(),
            R"({"kind":"number","log1p":true,"mean":0.0,"deviation":1.0,"clip":6.0})");
}

TEST(EncoderJson, names_the_place_of_every_mistake) {
  struct Mistake {
    const char* text;
    const char* place;   // after "views[0].features[2].encoder"
    const char* reason;  // somewhere in the message
  };
  const Mistake mistakes[] = {
      {R"([])", ": ", "found a list"},
      {R"({})", ".kind: ", "missing"},
      {R"({"kind":3})", ".kind: ", "expected a text"},
      {R"({"kind":"quantil"})", ".kind: ", "did you mean quantile?"},
      {R"({"kind":"index"})", ".size: ", "missing"},
      {R"({"kind":"index","size":0})", ".size: ", "0 is not between 1 and 16777216"},
      {R"({"kind":"index","size":2.5})", ".size: ", "expected a whole number"},
      {R"({"kind":"index","size":2,"bins":4})", ".bins: ", "there is no such key"},
      {R"({"kind":"cuts"})", ".cuts: ", "is missing"},
      {R"({"kind":"cuts","cuts":7})", ".cuts: ", "expected a list"},
      {R"({"kind":"cuts","cuts":[1,"2"]})", ".cuts[1]: ", "expected a number"},
      {R"({"kind":"cuts","cuts":[1,3,3]})", ".cuts[2]: ", "increase strictly"},
      {R"({"kind":"cuts","cuts":[1],"bins":3})", ".bins: ", "there is no such key"},
      {R"({"kind":"quantile","bins":1})", ".bins: ", "1 is not between 2 and 16777216"},
      {R"({"kind":"quantile","min":1})", ".min: ", "there is no such key"},
      {R"({"kind":"quantile","cuts":[2,1]})", ".cuts[1]: ", "increase strictly"},
      {R"({"kind":"log","bins":1})", ".bins: ", "1 is not between 2"},
      {R"({"kind":"log","min":0})", ".min: ", "0"},
      {R"({"kind":"log","max":-1})", ".max: ", "-1"},
      {R"({"kind":"log","min":5,"max":5})", ": ", "max must be above min"},
      {R"({"kind":"log","size":5})", ".size: ", "there is no such key"},
      {R"({"kind":"vocabulary","max_entries":-1})", ".max_entries: ", "-1 is not between 0"},
      {R"({"kind":"vocabulary","min_count":0})", ".min_count: ", "0 is not between 1"},
      {R"({"kind":"vocabulary","fallback":0})", ".fallback: ", "0 is not between 1"},
      {R"({"kind":"vocabulary","fallbak":4})", ".fallbak: ", "did you mean fallback?"},
      {R"({"kind":"vocabulary","entries":[4,4]})", ".entries[1]: ", "sorted"},
      {R"({"kind":"vocabulary","entries":[4,-1,7]})", ".entries[2]: ", "sorted"},  // -1: the largest of all
      {R"({"kind":"vocabulary","entries":["a"]})", ".entries[0]: ", "expected a whole number"},
      {R"({"kind":"vocabulary","entries":[4],"added":[9,4]})", ".added[1]: ", "stands in entries already"},
      {R"({"kind":"vocabulary","added":[9,4,9]})", ".added: ", "stands there twice"},
      {R"({"kind":"vocabulary","added":9})", ".added: ", "expected a list"},
      {R"({"kind":"number","log1p":1})", ".log1p: ", "expected true or false"},
      {R"({"kind":"number","mean":null})", ".mean: ", "expected a number"},
      {R"({"kind":"number","deviation":0})", ".deviation: ", "0"},
      {R"({"kind":"number","clip":0})", ".clip: ", "0"},
      {R"({"kind":"number","missing_as":null})", ".missing_as: ", "expected a number"},
      {R"({"kind":"number","cuts":[1]})", ".cuts: ", "there is no such key"},
      {R"({"kind":"raw","log1p":true})", ".log1p: ", "there is no such key"},
  };
  for (const Mistake& mistake : mistakes) {
    const std::string message = message_of(mistake.text);
    EXPECT_EQ(message.rfind("views[0].features[2].encoder" + std::string(mistake.place), 0), 0U)
        << mistake.text << " -> " << message;
    EXPECT_NE(message.find(mistake.reason), std::string::npos) << mistake.text << " -> " << message;
  }
}

}  // namespace
}  // namespace inkling::feature
