#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

#include "models/span_tagger/span_tagger_fit_net.h"
#include "models/span_tagger/span_tagger_loader.h"
#include "models/span_tagger/span_tagger_measure_net.h"
#include "models/span_tagger/span_tagger_net.h"
#include "models/span_tagger/span_tagger_params_yaml.h"
#include "models/span_tagger/span_tagger_serve.h"
#include "train/network_parts.h"
#include "train/parameters.h"

namespace inkling::models::span_tagger {
namespace {

using base::Json;
using base::JsonView;

// Dishes and what is said of them, by a rule that a tagger has to find.
train::LabelledTexts made_up_texts(std::size_t count) {
  const std::vector<std::string> dishes = {"牛肉面", "鱼", "豆腐汤", "米饭"}, words = {"很好吃", "太咸", "不错"};
  std::string lines;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string &dish = dishes[i % 4], &word = words[i % 3], &other = dishes[(i / 3) % 4];
    std::vector<base::CodePoint> a, b, c;
    base::append_code_points(dish, 9, a);
    base::append_code_points(word, 9, b);
    base::append_code_points(other, 9, c);
    const std::size_t first = 1 + a.size(), second = first + b.size() + 3;
    lines += R"({"text":"点)" + dish + word + "，还有" + other + "没动。" + std::to_string(i) +
             R"(","spans":[{"begin":1,"end":)" + std::to_string(first) + R"(,"type":"aspect"},{"begin":)" +
             std::to_string(first) + R"(,"end":)" + std::to_string(first + b.size()) +
             R"(,"type":"opinion"},{"begin":)" + std::to_string(second) + R"(,"end":)" +
             std::to_string(second + c.size()) + R"(,"type":"aspect"}],"pairs":[[0,1,")" +
             (word == "太咸" ? "negative" : "positive") + "\"]]}\n";
  }
  auto texts = train::parse_labelled_texts(lines, "made up");
  EXPECT_TRUE(texts.ok()) << texts.status().message();
  return *texts;
}

Json params(std::initializer_list<const char*> settings) {
  const auto table = train::ParameterTable::parse(kParamsYaml, "params.yaml");
  Json given = Json::object();
  for (const char* setting : settings) EXPECT_TRUE(table->set(setting, given).ok());
  auto complete = table->complete(JsonView(given, "params"));
  EXPECT_TRUE(complete.ok()) << complete.status().message();
  return *complete;
}

struct Loaded {
  std::vector<std::byte> bytes;
  std::shared_ptr<const SpanTagger> tagger;
};

Loaded load(const train::LearntTagger& learnt, const math::Kernels& kernels = math::simd_kernels()) {
  Loaded loaded;
  loaded.bytes = *learnt.weights.bytes();
  const auto tensors = artifact::Safetensors::parse(loaded.bytes);
  auto tagger = SpanTagger::load(JsonView(learnt.features, "features"), *tensors, kernels);
  EXPECT_TRUE(tagger.ok()) << tagger.status().message();
  loaded.tagger = *tagger;
  return loaded;
}

const train::LearntTagger& learnt_from_made_up_texts() {
  static const train::LearntTagger kLearnt = [] {
    const train::LabelledTexts texts = made_up_texts(240);
    auto learnt = tagging_half().train(
        {texts, params({"hidden=24", "epochs=6", "batch_size=8", "held_out=0.2", "dropout=0.1"}), 1, 1, {}});
    EXPECT_TRUE(learnt.ok()) << learnt.status().message();
    return *learnt;
  }();
  return kLearnt;
}

TEST(SpanTagger, learns_a_rule_and_finds_it_in_texts_it_has_not_seen) {
  const auto& metrics = learnt_from_made_up_texts().metrics;
  EXPECT_GT(metrics.at("held_out.spans.f1"), 0.95);
  EXPECT_GT(metrics.at("held_out.pairs.f1"), 0.9);
}

TEST(SpanTagger, tells_code_points_and_bytes_of_what_it_finds) {
  const Loaded loaded = load(learnt_from_made_up_texts());
  const auto workspace = loaded.tagger->new_workspace();
  TaggedText found;
  const std::string text = "点牛肉面太咸，还有鱼没动。";
  loaded.tagger->tag(text, *workspace, found);
  ASSERT_EQ(found.spans.size(), 3U);
  EXPECT_EQ(text.substr(found.spans[0].begin_byte, found.spans[0].end_byte - found.spans[0].begin_byte), "牛肉面");
  EXPECT_EQ(found.spans[1].begin, 4U);
  EXPECT_EQ(found.spans[1].end, 6U);
  EXPECT_EQ(text.substr(found.spans[2].begin_byte, 3), "鱼");
  ASSERT_FALSE(found.pairs.empty());
  EXPECT_EQ(found.pairs[0].first, 0U);
  EXPECT_EQ(found.pairs[0].second, 1U);
  EXPECT_EQ(loaded.tagger->relations()[found.pairs[0].relation], "negative");
}

TEST(SpanTagger, finds_a_span_at_the_very_end) {
  const Loaded loaded = load(learnt_from_made_up_texts());
  const auto workspace = loaded.tagger->new_workspace();
  TaggedText found;
  const std::string text = "点牛肉面太咸";
  loaded.tagger->tag(text, *workspace, found);
  ASSERT_FALSE(found.spans.empty());
  EXPECT_EQ(found.spans.back().end, 6U);
  EXPECT_EQ(found.spans.back().end_byte, text.size());
}

TEST(SpanTagger, ends_a_text_where_it_is_no_utf8_and_takes_none) {
  const Loaded loaded = load(learnt_from_made_up_texts());
  const auto workspace = loaded.tagger->new_workspace();
  TaggedText found;
  loaded.tagger->tag("", *workspace, found);
  EXPECT_TRUE(found.spans.empty());
  loaded.tagger->tag("点牛肉面\xff太咸", *workspace, found);
  for (const FoundSpan& span : found.spans) EXPECT_LE(span.end_byte, 12U);
}

TEST(SpanTagger, computes_the_same_with_plain_loops_as_with_vectors) {
  const Loaded fast = load(learnt_from_made_up_texts()),
               plain = load(learnt_from_made_up_texts(), math::scalar_kernels());
  const auto fast_room = fast.tagger->new_workspace(), plain_room = plain.tagger->new_workspace();
  TaggedText a, b;
  for (const train::LabelledText& text : made_up_texts(12).texts) {
    fast.tagger->tag(text.text, *fast_room, a);
    plain.tagger->tag(text.text, *plain_room, b);
    ASSERT_EQ(a.spans.size(), b.spans.size());
    for (std::size_t i = 0; i < a.spans.size(); ++i) EXPECT_NEAR(a.spans[i].prob, b.spans[i].prob, 1e-5);
    ASSERT_EQ(a.pairs.size(), b.pairs.size());
    for (std::size_t i = 0; i < a.pairs.size(); ++i) EXPECT_NEAR(a.pairs[i].prob, b.pairs[i].prob, 1e-5);
  }
}

// A network with random weights: LibTorch's emissions through the same chains, against what is served.
TEST(SpanTagger, serves_what_was_trained) {
  const train::LabelledTexts texts = made_up_texts(40);
  Architecture shape = *read_labels(texts);
  shape.hidden = 20;
  std::vector<const train::LabelledText*> all;
  for (const auto& text : texts.texts) all.push_back(&text);
  const Vocabulary vocabulary = *learn_vocabulary(all, shape, 1);
  torch::manual_seed(5);
  SpanTaggerNet net(shape, vocabulary, 0);
  net.eval();
  train::LearntTagger learnt;
  learnt.features = features_json(shape);
  learnt.weights = *train::package_weights(net.weights());
  ASSERT_TRUE(write_vocabulary(vocabulary, learnt.weights).ok());
  const std::vector<float> low(shape.types.size(), 0.03F);
  const float none = 0;
  ASSERT_TRUE(learnt.weights.add<float>("thresholds.spans", {static_cast<std::int64_t>(low.size())}, low).ok());
  ASSERT_TRUE(learnt.weights.add<float>("thresholds.pair", {1}, std::span(&none, 1)).ok());
  const Loaded loaded = load(learnt);
  const auto workspace = loaded.tagger->new_workspace();
  TaggedText found;
  std::size_t spans = 0, pairs = 0;
  for (const train::LabelledText& text : texts.texts) {
    loaded.tagger->tag(text.text, *workspace, found);
    std::vector<base::CodePoint> characters;
    Vocabulary::split(text.text, characters);
    std::vector<std::uint32_t> ids(characters.size() * vocabulary.columns());
    // What is served has forgotten how many texts taught a word, so nothing is hidden.
    vocabulary.encode(characters, {}, ids);
    const auto length = static_cast<std::int64_t>(characters.size());
    const torch::Tensor rows = torch::tensor(std::vector<std::int64_t>(ids.begin(), ids.end())).view({1, length, -1});
    const torch::NoGradGuard no_gradient;
    const torch::Tensor states = net.states(rows, torch::tensor(std::vector<std::int64_t>{length}));
    const torch::Tensor emissions = net.emissions(states).contiguous();
    std::vector<std::vector<ChainSpan>> likely(shape.chains());
    for (std::size_t chain = 0; chain < shape.chains(); ++chain) {
      const torch::Tensor table = net.transitions(chain).detach().contiguous();
      const Chain field(shape.types_of(chain).size(),
                        {table.data_ptr<float>(), static_cast<std::size_t>(table.numel())});
      ChainTrace trace;
      const std::span values(emissions.data_ptr<float>(), static_cast<std::size_t>(emissions.numel()));
      field.run(values.subspan(shape.first_tag(chain)), static_cast<std::size_t>(emissions.size(2)), trace);
      field.likely_spans(trace, 0.02, kMaxSpanCharacters, likely[chain]);
    }
    std::vector<FoundSpan> expected;
    choose_spans(shape, low, likely, expected);
    ASSERT_EQ(found.spans.size(), expected.size());
    std::vector<PlacedSpan> placed;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(found.spans[i].prob, expected[i].prob, 1e-5);
      placed.push_back({expected[i].begin, expected[i].end, expected[i].type});
    }
    spans += expected.size();
    for (const FoundPair& pair : found.pairs) {
      PairBatch batch;
      const PlacedSpan &first = placed[pair.first], &second = placed[pair.second];
      batch.ends = {first.begin, first.end - 1, second.begin, second.end - 1};
      for (const std::uint32_t id : pair_ids(characters, placed, first, second)) batch.ids.push_back(id);
      batch.classes = {0};
      const torch::Tensor probs = net.pair_logits(states.view({length, -1}), batch).softmax(1);
      const float expected_prob =
          expected[pair.first].prob * expected[pair.second].prob * (1 - probs[0][0].item<float>());
      EXPECT_NEAR(pair.prob, expected_prob, 1e-5);
      ++pairs;
    }
  }
  EXPECT_GT(spans, 40U);
  EXPECT_GT(pairs, 20U);
}

TEST(SpanTagger, trains_to_the_same_bytes_with_the_same_seed) {
  const train::LabelledTexts texts = made_up_texts(24);
  const Json settings = params({"hidden=8", "epochs=1"});
  const auto once = tagging_half().train({texts, settings, 3, 1, {}}),
             again = tagging_half().train({texts, settings, 3, 1, {}});
  const auto other = tagging_half().train({texts, settings, 4, 1, {}});
  EXPECT_EQ(*once->weights.bytes(), *again->weights.bytes());
  EXPECT_NE(*once->weights.bytes(), *other->weights.bytes());
}

TEST(SpanTagger, refuses_texts_without_spans_and_packages_that_do_not_fit) {
  const auto texts = train::parse_labelled_texts("{\"text\":\"a\"}\n", "x");
  const auto refused = tagging_half().train({*texts, params({}), 1, 1, {}});
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.status().message().find("no spans"), std::string::npos);
  const auto& learnt = learnt_from_made_up_texts();
  const auto bytes = *learnt.weights.bytes();
  const auto tensors = artifact::Safetensors::parse(bytes);
  Json features = learnt.features;
  features.set("chain_of", Json(Json::Array{0, 1}));
  const auto wrong = SpanTagger::load(JsonView(features, "features"), *tensors);
  ASSERT_FALSE(wrong.ok());
  EXPECT_NE(wrong.status().message().find("words0: a word has a type"), std::string::npos)
      << wrong.status().message();
}

TEST(SpanLabels, put_types_that_overlap_into_chains_of_their_own) {
  const auto texts = *train::parse_labelled_texts(
      R"({"text":"abcd","spans":[{"begin":0,"end":3,"type":"a"},{"begin":1,"end":2,"type":"b"},{"begin":3,"end":4,"type":"c"}],"pairs":[[0,2,"x"]]})",
      "x");
  const Architecture shape = *read_labels(texts);
  EXPECT_EQ(shape.chain_of, (std::vector<std::uint32_t>{0, 1, 0}));
  EXPECT_EQ(shape.place_of(2), 1U);
  EXPECT_EQ(shape.first_tag(1), tag_count(2));
  EXPECT_TRUE(shape.joins(0, 2));
  EXPECT_FALSE(shape.joins(2, 0));
}

}  // namespace
}  // namespace inkling::models::span_tagger
