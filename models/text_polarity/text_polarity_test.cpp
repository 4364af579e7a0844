#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/text_polarity/text_polarity_features.h"
#include "models/text_polarity/text_polarity_net.h"
#include "models/text_polarity/text_polarity_params_yaml.h"
#include "models/text_polarity/text_polarity_serve.h"
#include "train/parameters.h"

namespace inkling::models::text_polarity {
namespace {

using base::Json;
using base::JsonView;

Json params(std::initializer_list<const char*> settings) {
  const auto table = train::ParameterTable::parse(kParamsYaml, "params.yaml");
  Json given = Json::object();
  for (const char* setting : settings) EXPECT_TRUE(table->set(setting, given).ok());
  return *table->complete(JsonView(given, "params"));
}

// The word decides, the dish and the number do not.
train::LabelledTexts made_up_texts(const std::vector<std::pair<std::string, std::string>>& words, std::size_t count) {
  std::string lines;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& [word, label] = words[i % words.size()];
    lines += R"({"text":"今天的面)" + word + std::to_string(i * 7 % 13) + R"(","label":")" + label + "\"}\n";
  }
  return *train::parse_labelled_texts(lines, "made up");
}

const std::vector<std::pair<std::string, std::string>> kTwo = {
    {"好吃", "good"}, {"难吃", "bad"}, {"不错", "good"}, {"不好吃", "bad"}};

struct Loaded {
  std::vector<std::byte> bytes;
  std::shared_ptr<const PolarityTagger> tagger;
};

Loaded load(const train::LearntTagger& learnt) {
  Loaded loaded{*learnt.weights.bytes(), nullptr};
  auto tagger =
      PolarityTagger::load(JsonView(learnt.features, "features"), *artifact::Safetensors::parse(loaded.bytes));
  EXPECT_TRUE(tagger.ok()) << tagger.status().message();
  loaded.tagger = *tagger;
  return loaded;
}

std::vector<float> probs(const PolarityTagger& tagger, std::string_view text) {
  const auto workspace = tagger.new_workspace();
  TaggedText out;
  tagger.tag(text, *workspace, out);
  return out.label_probs;
}

TEST(TextPolarity, learns_what_decides_and_tells_it_of_new_texts) {
  const auto texts = made_up_texts(kTwo, 200);
  const auto learnt = tagging_half().train({texts, params({"bucket_bits=14", "epochs=50"}), 1, 1, {}});
  ASSERT_TRUE(learnt.ok()) << learnt.status().message();
  EXPECT_EQ(learnt->metrics.at("held_out.accuracy"), 1.0);
  const Loaded loaded = load(*learnt);
  ASSERT_EQ(loaded.tagger->labels()[1], "good");
  EXPECT_GT(probs(*loaded.tagger, "这里的面好吃")[1], 0.55F);
  EXPECT_LT(probs(*loaded.tagger, "这里的面不好吃")[1], 0.45F);
}

TEST(TextPolarity, tells_more_than_two_labels_apart) {
  const auto texts = made_up_texts({{"好吃", "a"}, {"难吃", "b"}, {"一般", "c"}}, 150);
  const auto learnt = tagging_half().train({texts, params({"bucket_bits=14", "held_out=0"}), 1, 1, {}});
  EXPECT_TRUE(learnt->metrics.empty());
  const Loaded loaded = load(*learnt);
  const auto found = probs(*loaded.tagger, "今天的面一般");
  EXPECT_GT(found[2], 0.6F);
  EXPECT_NEAR(found[0] + found[1] + found[2], 1, 1e-6);
}

TEST(TextPolarity, serves_the_package_by_the_formula) {
  const auto texts = made_up_texts(kTwo, 80);
  const auto learnt = tagging_half().train({texts, params({"bucket_bits=12"}), 1, 1, {}});
  const Loaded loaded = load(*learnt);
  const auto tensors = *artifact::Safetensors::parse(loaded.bytes);
  const auto weights = *tensors.floats("weights", {1, 4096});
  const auto biases = *tensors.floats("biases", {1});
  std::vector<base::CodePoint> room;
  std::vector<std::uint32_t> features;
  read_features("今天的面好吃", {.max_length = 4, .bucket_bits = 12}, room, features);
  double sum = 0;
  for (const std::uint32_t bucket : features) sum += weights[bucket];
  const double odds = biases[0] + sum / std::sqrt(static_cast<double>(features.size()));
  EXPECT_NEAR(probs(*loaded.tagger, "今天的面好吃")[1], 1 / (1 + std::exp(-odds)), 1e-5);
}

TEST(TextPolarity, trains_to_the_same_bytes_with_the_same_seed) {
  const auto texts = made_up_texts(kTwo, 80);
  const Json settings = params({"bucket_bits=12"});
  const auto once = tagging_half().train({texts, settings, 2, 1, {}}),
             again = tagging_half().train({texts, settings, 2, 1, {}});
  EXPECT_EQ(*once->weights.bytes(), *again->weights.bytes());
}

TEST(TextPolarity, refuses_texts_of_one_label_and_packages_that_do_not_fit) {
  const auto texts = made_up_texts({{"好吃", "good"}}, 10);
  const auto refused = tagging_half().train({texts, params({}), 1, 1, {}});
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.status().message().find("fewer than two labels"), std::string::npos);
  const auto learnt = tagging_half().train({made_up_texts(kTwo, 40), params({"bucket_bits=12"}), 1, 1, {}});
  const auto bytes = *learnt->weights.bytes();
  Json features = learnt->features;
  features.set("bucket_bits", 13);
  const auto wrong = PolarityTagger::load(JsonView(features, "features"), *artifact::Safetensors::parse(bytes));
  ASSERT_FALSE(wrong.ok());
  EXPECT_NE(wrong.status().message().find("weights"), std::string::npos);
}

TEST(TextFeatures, are_runs_of_plain_characters_without_blanks_each_once) {
  std::vector<base::CodePoint> room;
  std::vector<std::uint32_t> once, again;
  const FeatureSpace runs = {2, 16, 0, 0};
  read_features("ＡＢ", runs, room, once);
  read_features(" a b", runs, room, again);
  EXPECT_EQ(once, again);
  EXPECT_EQ(once.size(), 3U);
  read_features("aaaa", runs, room, once);
  EXPECT_EQ(once.size(), 2U);
  read_features("", runs, room, once);
  EXPECT_TRUE(once.empty());
}

// How many more features a text has with these beside its single characters.
std::size_t more(std::string_view text, FeatureSpace space) {
  std::vector<base::CodePoint> room;
  std::vector<std::uint32_t> alone, with;
  space.max_length = 1;
  space.bucket_bits = 24;
  read_features(text, {1, 24, 0, 0}, room, alone);
  read_features(text, space, room, with);
  EXPECT_TRUE(std::ranges::includes(with, alone));
  return with.size() - alone.size();
}

TEST(TextFeatures, count_pairs_at_both_ends_once_more) {
  EXPECT_EQ(more("甲乙丙丁戊己", {.edge_length = 2, .denied_length = 0}), 3U) << "甲乙, 乙丙 and 戊己";
  EXPECT_EQ(more("甲乙", {.edge_length = 20, .denied_length = 0}), 2U) << "as beginning and as end";
  EXPECT_EQ(more("甲", {.edge_length = 20, .denied_length = 0}), 0U);
}

TEST(TextFeatures, count_what_is_denied_once_more_up_to_a_mark) {
  const FeatureSpace denied = {.edge_length = 0, .denied_length = 2};
  EXPECT_EQ(more("不甲乙丙丁", denied), 4U) << "甲, 甲乙, 乙, 乙丙";
  EXPECT_EQ(more("不甲，乙丙", denied), 2U) << "甲 and the pair with its mark";
  EXPECT_EQ(more("甲乙丙丁", denied), 0U);
}

}  // namespace
}  // namespace inkling::models::text_polarity
