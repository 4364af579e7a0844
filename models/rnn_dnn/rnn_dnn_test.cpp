#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "artifact/test_folder.h"
#include "base/core/allocation_count_test.h"
#include "base/files.h"
#include "domain/event.h"
#ifdef INKLING_HAS_ONNX
#include "models/rnn_dnn/rnn_dnn_onnx.h"
#endif
#include "models/rnn_dnn/rnn_dnn_twin_net.h"
#include "state/shopper_state.h"

namespace inkling::models::rnn_dnn {
namespace {

using base::allocations;
using base::Random;
using testing::HasSubstr;
using train::made_up::two_targets;

template <typename T>
T must(base::Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.status().message());  // ends the test with this message
  return *std::move(result);
}

using Assignments = std::vector<std::string>;
const Assignments kSmall = {"hidden=13", "embedding_dim=5", "user_mlp=[11]", "head_mlp=[9]"};

twin::Twins twins_of(Assignments assignments, bool statistics = true) {
  assignments.insert(assignments.begin(), kSmall.begin(), kSmall.end());
  return must(twin::make_twins(assignments, twin::blueprint_of(statistics)));
}

struct Case {
  const char* name;
  Assignments assignments;
  bool statistics;
};

class RnnDnnParity : public testing::TestWithParam<Case> {};

TEST_P(RnnDnnParity, trained_and_served_logits_agree) {
  const twin::Twins twins = twins_of(GetParam().assignments, GetParam().statistics);
  const artifact::TestFolder folder;
  Random random(12);
  const auto lengths = train::made_up::edge_lengths(twins.blueprint.spec(), 6, random);
  const auto samples = must(train::made_up::write_samples(
      train::made_up::random_columns(twins.blueprint, lengths, random), twins.blueprint, folder.path()));
  const auto data = must(train::SequenceData::load(samples.set));
  const auto trained = train::made_up::network_logits(*twins.network, data, 10);
  const auto scorer = must(twin::serve(twins.manifest, must(twins.network->write())));
  EXPECT_LT(train::made_up::largest_difference(trained, twin::scorer_logits(*scorer, samples.columns)), 1e-5);
  EXPECT_GT(train::made_up::deviation(trained), 0.1) << "samples that all score the same compare nothing";
}

INSTANTIATE_TEST_SUITE_P(On, RnnDnnParity,
                         testing::Values(Case{"as_by_default", {}, true}, Case{"one_layer", {"layers=1"}, true},
                                         Case{"four_layers", {"layers=4"}, true},
                                         Case{"no_hidden_nets", {"user_mlp=[]", "head_mlp=[]"}, true},
                                         Case{"deep_user", {"user_mlp=[8, 7, 6]"}, true},
                                         Case{"no_statistics", {}, false}),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(RnnDnnTraining, learns_ten_samples_by_heart_and_the_package_knows_them) {
  const artifact::TestFolder folder;
  const auto blueprint = must(feature::Blueprint::make(twin::blueprint_of(true)));
  Random random(13);
  const std::vector<std::vector<std::size_t>> lengths = {{3}, {1}, {0}, {12}, {9}, {2}, {5}, {30}, {4}, {7}};
  auto columns = train::made_up::random_columns(blueprint, lengths, random);
  for (std::size_t i = 0; i < 10; ++i) {
    columns.labels[2 * i] = i % 2 == 0;
    columns.labels[2 * i + 1] = i % 3 == 0;
  }
  const auto samples = must(train::made_up::write_samples(columns, blueprint, folder.path()));
  train::TrainingJob job;
  job.samples = &samples.set;
  job.params = must(twin::params_of({"hidden=16", "dropout=0", "weight_decay=0", "average_decay=0", "warmup_steps=0",
                                     "learning_rate=0.01", "batch_size=10", "max_epochs=80"}));
  const auto trained = must(training_half().train(job));
  EXPECT_LT(trained.epochs.back().train_loss, 0.1 * trained.epochs.front().train_loss);
  const auto scorer = must(twin::serve(twin::manifest_of(samples.set.blueprint, trained.params), trained.weights));
  const auto logits = twin::scorer_logits(*scorer, samples.columns);
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(logits[i][0] > 0, i % 2 == 0) << i;
    EXPECT_EQ(logits[i][1] > 0, i % 3 == 0) << i;
  }
}

TEST(RnnDnnTraining, refuses_views_that_it_does_not_read_by_name) {
  auto spec = twin::blueprint_of(true);
  spec.views.insert(spec.views.begin(), {feature::View::kSwipe, 9, {train::made_up::indexed("page", 7)}});
  sample::SampleSet set;
  set.blueprint = spec;
  set.plan.targets = two_targets();
  train::TrainingJob job;
  job.samples = &set;
  job.params = must(twin::params_of({}));
  const auto refused = training_half().train(job);
  EXPECT_EQ(refused.status().code(), base::ErrorCode::kUnsupported);
  EXPECT_THAT(refused.status().message(), HasSubstr("no swipe view, only browse; --model rnn-dnn"));
  const twin::Twins twins = twins_of({});
  auto manifest = twins.manifest;
  manifest.features = feature::blueprint_to_json(spec);
  EXPECT_THAT(twin::serve(manifest, must(twins.network->write())).status().message(), HasSubstr("no swipe view"));
}

TEST(RnnDnnLoading, names_a_tensor_that_is_missing_or_misshaped) {
  const twin::Twins twins = twins_of({});
  const auto bytes = must(must(twins.network->write()).bytes());
  const auto tensors = must(artifact::Safetensors::parse(bytes));
  for (const auto& left_out : tensors.tensors()) {
    artifact::SafetensorsWriter missing, misshaped;
    for (const auto& tensor : tensors.tensors()) {
      const bool other = tensor.name != left_out.name;
      auto shape = tensor.shape;
      if (!other) shape.push_back(1);
      if (other) {
        EXPECT_TRUE(missing.add_bytes(tensor.name, tensor.dtype, shape, tensor.bytes).ok());
      }
      EXPECT_TRUE(misshaped.add_bytes(tensor.name, tensor.dtype, shape, tensor.bytes).ok());
    }
    for (const auto* weights : {&missing, &misshaped}) {
      const auto refused = twin::serve(twins.manifest, *weights);
      EXPECT_EQ(refused.status().code(), base::ErrorCode::kCorrupt) << left_out.name;
      EXPECT_THAT(refused.status().message(), HasSubstr(left_out.name));
    }
  }
}

#ifdef INKLING_HAS_ONNX

TEST(RnnDnnExchange, writes_an_onnx_file_that_its_checker_accepts) {
  for (const bool statistics : {true, false}) {
    const twin::Twins twins = twins_of({"layers=3"}, statistics);
    const auto bytes = must(must(twins.network->write()).bytes());
    const auto model = must(onnx_half().write(twins.manifest, must(artifact::Safetensors::parse(bytes))));
    for (const char* name : {"browse_ids", "browse_lengths", "layer2_state", "layer2_cell_after", "probabilities"}) {
      EXPECT_NE(model.find(name), std::string::npos) << name;
    }
    EXPECT_EQ(model.find("numbers") != std::string::npos, statistics);
  }
}

#endif

TEST(RnnDnnParameters, stand_in_the_readme_as_in_params_yaml) {
  const auto readme = must(base::read_file("models/rnn_dnn/README.md"));
  const auto table = must(train::ParameterTable::parse(serving_half().params_yaml, "params.yaml"));
  for (const auto& parameter : table.parameters()) {
    const auto start = readme.find("| `" + parameter.name + "` | " + parameter.meaning + " |");
    ASSERT_NE(start, std::string::npos) << parameter.name;
    const std::string row = readme.substr(start, readme.find('\n', start) - start);
    const std::size_t cell = row.rfind("| ", row.size() - 3) + 2;
    const auto shown = must(base::Json::parse(row.substr(cell, row.size() - 2 - cell)));
    EXPECT_EQ(shown, parameter.default_value) << parameter.name;
  }
}

// Serving: the memory follows a shopper.

domain::Event view_at(std::int64_t ts_ms, Random& random) {
  domain::Event event;
  event.ts_ms = ts_ms;
  event.shopper = "ann";
  domain::Action action;
  action.action = random.chance(0.8) ? domain::ActionKind::kView : domain::ActionKind::kCartAdd;
  action.item = "i" + std::to_string(random.below(5));
  event.body = action;
  return event;
}

// Sessions of 1 to 60 events, more than the session gap of 30 minutes between them.
std::vector<domain::Event> random_life(std::size_t count, Random& random) {
  std::vector<domain::Event> events;
  std::int64_t now_ms = 1'700'000'000'000;
  while (events.size() < count) {
    now_ms += 31 * 60'000 + static_cast<std::int64_t>(random.below(86'400'000));
    for (std::uint64_t n = 1 + random.below(60); n > 0; --n) {
      now_ms += static_cast<std::int64_t>(random.below(60'000));
      events.push_back(view_at(now_ms, random));
    }
  }
  return events;
}

using Probs = std::vector<float>;

Probs probs_of(const RnnDnnScorer& scorer, const state::ShopperState& state, const feature::ScorerMemory& memory,
               std::int64_t now_ms) {
  Probs probs(2);
  const auto workspace = scorer.new_workspace();
  scorer.score(state, memory, now_ms, *workspace, probs);
  return probs;
}

TEST(RnnDnnServing, a_memory_rebuilt_from_the_journal_scores_as_the_one_that_was_evicted) {
  const twin::Twins twins = twins_of({});
  const auto scorer = must(twin::serve(twins.manifest, must(twins.network->write())));
  Random random(14);
  const auto events = random_life(200, random);
  state::ShopperState online;
  const auto memory = scorer->new_memory();
  for (std::size_t i = 0; i < events.size(); ++i) {
    state::apply(online, events[i]);
    if (i % 7 != 0) continue;  // several records come at once
    ASSERT_TRUE(scorer->catch_up(online, *memory));
    state::ShopperState again;
    const auto rebuilt = scorer->new_memory();
    for (std::size_t j = 0; j <= i; ++j) {
      state::apply(again, events[j]);
      ASSERT_TRUE(scorer->catch_up(again, *rebuilt));
    }
    const std::int64_t now_ms = events[i].ts_ms + 1000;
    EXPECT_EQ(probs_of(*scorer, online, *memory, now_ms), probs_of(*scorer, again, *rebuilt, now_ms)) << i;
  }
  const auto late = scorer->new_memory();
  EXPECT_FALSE(scorer->catch_up(online, *late)) << "the state no longer holds what it missed";
}

TEST(RnnDnnServing, a_session_that_is_over_counts_as_none) {
  const twin::Twins twins = twins_of({}, false);
  const auto scorer = must(twin::serve(twins.manifest, must(twins.network->write())));
  Random random(15);
  state::ShopperState state;
  const auto memory = scorer->new_memory();
  const auto events = random_life(5, random);
  for (const auto& event : events) {
    state::apply(state, event);
    ASSERT_TRUE(scorer->catch_up(state, *memory));
  }
  const std::int64_t now_ms = events.back().ts_ms;
  const Probs nobody = probs_of(*scorer, {}, *scorer->new_memory(), now_ms);
  EXPECT_NE(probs_of(*scorer, state, *memory, now_ms + 1000), nobody);
  EXPECT_EQ(probs_of(*scorer, state, *memory, now_ms + 31 * 60'000), nobody);
}

TEST(RnnDnnServing, neither_scoring_nor_catching_up_allocates) {
  const twin::Twins twins = twins_of({});
  const auto scorer = must(twin::serve(twins.manifest, must(twins.network->write())));
  Random random(16);
  state::ShopperState state;
  const auto memory = scorer->new_memory();
  const auto workspace = scorer->new_workspace();
  Probs probs(2);
  std::size_t made = 0;
  for (const auto& event : random_life(60, random)) {
    state::apply(state, event);
    const std::size_t before = allocations;
    ASSERT_TRUE(scorer->catch_up(state, *memory));
    scorer->score(state, *memory, event.ts_ms, *workspace, probs);
    made += allocations - before;
  }
  EXPECT_EQ(made, 0U);
  EXPECT_GT(memory->memory_bytes(), 2 * 2 * 13 * sizeof(float));
}

}  // namespace
}  // namespace inkling::models::rnn_dnn
