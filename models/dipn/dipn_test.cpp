#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "artifact/test_folder.h"
#include "base/core/allocation_count_test.h"
#include "base/files.h"
#include "eval/auc.h"
#include "models/dipn/dipn_shopper_test.h"
#include "models/dipn/dipn_twins_net_test.h"

namespace inkling::models::dipn {
namespace {

using base::allocations;
using base::Random;
using feature::View;
using testing::AllOf;
using testing::HasSubstr;

// The two halves compute the same.

struct Combination {
  const char* name;
  Assignments assignments;
  twin::Input input;
};

std::vector<Combination> combinations() {
  twin::Input browse_alone, swipe_and_browse, no_views;
  browse_alone.views = {View::kBrowse};
  browse_alone.statistics = false;
  no_views.views = {};
  swipe_and_browse.views = {View::kSwipe, View::kBrowse};
  return {{"as_by_default", {}, {}},
          {"lstm_looking_at_all_views", {"cell=lstm", "inter_scope=all", "combine=tanh_product"}, {}},
          {"product_without_intra", {"intra=false", "readout=product"}, {}},
          {"no_inter_and_not_wide", {"inter=false", "wide=false", "intra_scale_by_length=false"}, {}},
          {"two_views_product", {"cell=lstm", "readout=product", "intra_scale_by_length=false"}, swipe_and_browse},
          {"browse_alone", {"inter_scope=all", "mlp=[]"}, browse_alone},
          {"statistics_alone", {}, no_views}};
}

class DipnParity : public testing::TestWithParam<Combination> {};

TEST_P(DipnParity, trained_and_served_logits_agree) {
  const Twins twins = make_twins(
      Assignments{"hidden=21", "embedding_dim=5", "attention_size=11", "mlp=[19]"} + GetParam().assignments,
      GetParam().input);
  const artifact::TestFolder folder;
  Random random(12);
  const auto lengths = twin::edge_lengths(twins.blueprint.spec(), 6, random);
  const auto samples = must(
      twin::write_samples(twin::random_columns(twins.blueprint, lengths, random), twins.blueprint, folder.path()));
  const auto data = must(train::SequenceData::load(samples.set));
  const auto trained = twin::network_logits(*twins.network, data, 10);
  const auto scorer = served(twins);
  EXPECT_LT(twin::largest_difference(trained, twin::scorer_logits(*scorer, samples.columns)), 1e-5);
  EXPECT_GT(twin::deviation(trained), 0.1) << "samples that all score the same compare nothing";
}

INSTANTIATE_TEST_SUITE_P(On, DipnParity, testing::ValuesIn(combinations()),
                         [](const auto& combination) { return std::string(combination.param.name); });

// Training.

// Ten samples to train on, and the same ten held out, so that training tells how well it knows them.
twin::Samples ten_samples(const feature::Blueprint& blueprint, const std::filesystem::path& folder) {
  Random random(13);
  const std::vector<std::vector<std::size_t>> lengths = {{3, 0, 2}, {1, 4, 9}, {0, 0, 5}, {12, 3, 1},  {9, 12, 16},
                                                         {2, 2, 2}, {0, 1, 0}, {5, 5, 5}, {30, 1, 20}, {4, 20, 3}};
  sample::ShardColumns columns = twin::random_columns(blueprint, lengths, random);
  for (std::size_t i = 0; i < 10; ++i) {
    columns.labels[2 * i] = i % 2 == 0;
    columns.labels[2 * i + 1] = i % 3 == 0;
  }
  const auto twice = [](auto& values) {
    const auto copy = values;
    values.insert(values.end(), copy.begin(), copy.end());
  };
  for (auto& view : columns.views) {
    twice(view.begin);
    twice(view.end);
  }
  twice(columns.numbers);
  twice(columns.statistic_ids);
  twice(columns.labels);
  for (auto* column : {&columns.ts_ms, &columns.sequence, &columns.shopper}) twice(*column);
  columns.part.insert(columns.part.end(), 10, static_cast<std::uint8_t>(sample::Part::kValidation));
  return must(twin::write_samples(std::move(columns), blueprint, folder));
}

train::TrainingJob job_on(const twin::Samples& samples, const Assignments& assignments) {
  train::TrainingJob job;
  job.samples = &samples.set;
  job.params = must(twin::params_of(kSmall + assignments));
  return job;
}

const feature::Blueprint& three_views() {
  static const feature::Blueprint kBlueprint = must(feature::Blueprint::make(twin::blueprint_of({})));
  return kBlueprint;
}

TEST(DipnTraining, learns_ten_samples_by_heart_and_the_package_knows_them) {
  const artifact::TestFolder folder;
  const auto samples = ten_samples(three_views(), folder.path());
  const auto job = job_on(samples, {"dropout=0", "weight_decay=0", "average_decay=0", "warmup_steps=0",
                                    "learning_rate=0.01", "batch_size=10", "max_epochs=60", "patience=1000"});
  const auto trained = must(training_half().train(job));
  EXPECT_LT(trained.epochs.back().train_loss, 0.1 * trained.epochs.front().train_loss);
  EXPECT_EQ(trained.epochs.back().validation_auc, (std::vector<double>{1, 1}));
  const auto scorer = must(twin::serve(twin::manifest_of(samples.set.blueprint, trained.params), trained.weights));
  const auto logits = twin::scorer_logits(*scorer, samples.columns);
  for (std::size_t k = 0; k < 2; ++k) {
    std::vector<double> scores;
    std::vector<std::uint8_t> labels;
    for (std::size_t i = 0; i < 10; ++i) {
      scores.push_back(static_cast<double>(logits[i][k]));
      labels.push_back(samples.columns.labels[2 * i + k]);
    }
    EXPECT_EQ(must(eval::auc(scores, labels)), 1.0) << k;
  }
}

TEST(DipnTraining, packages_the_weights_that_it_validated) {
  const artifact::TestFolder folder;
  const auto samples = ten_samples(three_views(), folder.path());
  const auto trained = must(training_half().train(job_on(samples, {"batch_size=3", "max_epochs=3", "patience=5"})));
  const auto scorer = must(twin::serve(twin::manifest_of(samples.set.blueprint, trained.params), trained.weights));
  const auto logits = twin::scorer_logits(*scorer, samples.columns);
  double loss = 0;
  for (std::size_t i = 10; i < 20; ++i) {
    for (std::size_t k = 0; k < 2; ++k) {
      const double sign = samples.columns.labels[2 * i + k] != 0 ? -1 : 1;
      loss += (k == 0 ? 1 : 0.5) / 1.5 / 10 * std::log1p(std::exp(sign * static_cast<double>(logits[i][k])));
    }
  }
  const auto& best = trained.epochs.at(static_cast<std::size_t>(trained.best_epoch) - 1);
  EXPECT_NEAR(loss, best.validation_loss, 1e-6);
}

TEST(DipnTraining, starts_from_the_base_rates) {
  const Twins twins = make_twins(kSmall);
  const torch::NoGradGuard no_gradient;
  for (auto& tensor : twins.network->parameters()) tensor.zero_();
  twins.network->start_from({0.2, 0.0});
  const artifact::TestFolder folder;
  const auto samples = ten_samples(twins.blueprint, folder.path());
  const auto logits = twin::network_logits(*twins.network, must(train::SequenceData::load(samples.set)), 10);
  EXPECT_NEAR(logits[3][0], std::log(0.2 / 0.8), 1e-6);
  EXPECT_NEAR(logits[3][1], std::log(1e-4 / (1 - 1e-4)), 1e-5) << "a rate of zero has no logit";
}

TEST(DipnTraining, tells_a_combination_that_cannot_work_and_what_libtorch_threw) {
  const artifact::TestFolder folder;
  auto samples = ten_samples(three_views(), folder.path());
  const auto refused = training_half().train(job_on(samples, {"inter=false", "readout=product"}));
  EXPECT_EQ(refused.status().code(), base::ErrorCode::kInvalidInput);
  EXPECT_THAT(refused.status().message(), HasSubstr("readout: \"product\""));
  samples.columns.views[0].ids[0] = 1000;  // of nine
  samples = must(twin::write_samples(samples.columns, three_views(), folder.path()));
  for (const bool composite : {false, true}) {
    auto job = job_on(samples, {});
    job.composite = composite;
    const auto broken = training_half().train(job);
    EXPECT_EQ(broken.status().code(), base::ErrorCode::kInternal);
    EXPECT_THAT(broken.status().message(),
                HasSubstr(composite ? "LibTorch: index out of range" : "feature 0 has the id 1000"));
    EXPECT_EQ(broken.status().message().find('\n'), std::string::npos);
  }
}

TEST(DipnTraining, says_in_a_sentence_what_reduced_precision_means_here) {
  const artifact::TestFolder folder;
  const auto samples = ten_samples(three_views(), folder.path());
  const auto note_of = [&](const Assignments& assignments, bool composite = false) {
    std::string said;
    auto job = job_on(samples, assignments + Assignments{"max_epochs=1"});
    job.composite = composite;
    job.on_note = [&](std::string_view sentence) { said += sentence; };
    EXPECT_TRUE(training_half().train(job).ok());
    return said;
  };
  EXPECT_EQ(note_of({}), "");
  const auto path = math::best_product_path();
  EXPECT_THAT(
      note_of({"precision=reduced"}),
      HasSubstr(path ? std::string("multiply bf16 factors (") + math::path_name(*path) : "computes in float"));
  EXPECT_THAT(note_of({"precision=reduced", "cell=lstm"}), HasSubstr("changes nothing here"));
  EXPECT_THAT(note_of({"precision=reduced"}, true), HasSubstr("changes nothing here"));
}

TEST(DipnTraining, reduced_precision_gives_other_weights_and_the_same_ones_again) {
  const artifact::TestFolder folder;
  const auto samples = ten_samples(three_views(), folder.path());
  const auto bytes_of = [&](const Assignments& assignments) {
    auto job = job_on(samples, assignments + Assignments{"max_epochs=1"});
    job.products = math::ProductPath::kScalar;
    return must(must(training_half().train(job)).weights.bytes());
  };
  const auto reduced = bytes_of({"precision=reduced"});
  EXPECT_EQ(bytes_of({"precision=reduced"}), reduced);
  EXPECT_NE(bytes_of({}), reduced);
}

TEST(DipnParameters, stand_in_the_readme_as_in_params_yaml) {
  const auto readme = must(base::read_file("models/dipn/README.md"));
  const auto table = must(train::ParameterTable::parse(serving_half().params_yaml, "params.yaml"));
  for (const auto& parameter : table.parameters()) {
    const auto start = readme.find("| `" + parameter.name + "` | " + parameter.meaning + " |");
    ASSERT_NE(start, std::string::npos) << parameter.name;
    const std::string row = readme.substr(start, readme.find('\n', start) - start);
    const std::size_t cell = row.rfind("| ", row.size() - 3) + 2;
    const std::string shown = row.substr(cell, row.size() - 2 - cell);
    const auto value = base::Json::parse(shown);  // a choice stands there without quotes
    EXPECT_EQ(value.ok() ? *value : base::Json(shown), parameter.default_value) << parameter.name << " is " << shown;
  }
}

// Loading.

// The weights once more, without tensor `name` or with it in another shape.
artifact::SafetensorsWriter edited(const artifact::SafetensorsWriter& weights, const std::string& name,
                                   const std::optional<artifact::Shape>& shape) {
  const auto bytes = must(weights.bytes());
  const auto tensors = must(artifact::Safetensors::parse(bytes));
  EXPECT_NE(tensors.find(name), nullptr) << name;
  artifact::SafetensorsWriter out;
  for (const auto& tensor : tensors.tensors()) {
    if (tensor.name == name && !shape) continue;
    const auto status =
        out.add_bytes(tensor.name, tensor.dtype, tensor.name == name ? *shape : tensor.shape, tensor.bytes);
    EXPECT_TRUE(status.ok()) << status.message();
  }
  return out;
}

std::string mistake_in_params(const Twins& twins, const char* name, base::Json value) {
  auto manifest = twins.manifest;
  manifest.params.set(name, std::move(value));
  const auto scorer = twin::serve(manifest, must(twins.network->write()));
  return scorer.ok() ? "accepted" : scorer.status().message();
}

TEST(DipnLoading, names_a_tensor_that_is_missing_or_misshaped) {
  const Twins twins = make_twins(kSmall);
  const auto weights = must(twins.network->write());
  for (const char* name : {"view.swipe.embed.0", "view.tap.rnn.weight_hh", "view.browse.intra.query",
                           "view.browse.inter.merged", "statistic.embed.1", "mlp.1.bias", "wide.weight"}) {
    const auto missing = twin::serve(twins.manifest, edited(weights, name, std::nullopt));
    EXPECT_EQ(missing.status().code(), base::ErrorCode::kCorrupt) << name;
    EXPECT_THAT(missing.status().message(), HasSubstr(name));
  }
  const auto misshaped =
      twin::serve(twins.manifest, edited(weights, "view.tap.rnn.weight_ih", artifact::Shape{8, 48}));
  EXPECT_EQ(misshaped.status().code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(misshaped.status().message(),
              AllOf(HasSubstr("view.tap.rnn.weight_ih"), HasSubstr("[8, 48]"), HasSubstr("[48, 8]")));
}

TEST(DipnLoading, refuses_an_architecture_that_it_does_not_know) {
  const Twins twins = make_twins(kSmall);
  EXPECT_THAT(mistake_in_params(twins, "cell", "gruu"),
              HasSubstr("params.cell: \"gruu\" is unknown; expected one of gru, lstm; did you mean gru?"));
  EXPECT_THAT(mistake_in_params(twins, "inter_scope", "some"), HasSubstr("params.inter_scope: \"some\" is unknown"));
  EXPECT_THAT(mistake_in_params(twins, "combine", "sum"), HasSubstr("params.combine: \"sum\" is unknown"));
  EXPECT_THAT(mistake_in_params(twins, "readout", "last"), HasSubstr("params.readout: \"last\" is unknown"));
  EXPECT_THAT(mistake_in_params(twins, "hidden", 0), HasSubstr("params.hidden: 0 is not between 1 and 4096"));
  EXPECT_THAT(mistake_in_params(twins, "intra", "yes"), HasSubstr("params.intra: expected true or false"));
  EXPECT_THAT(mistake_in_params(twins, "targets", base::Json::array()), HasSubstr("targets must be between 1 and 4"));
}

TEST(DipnLoading, refuses_the_product_read_out_of_a_single_view_without_context) {
  twin::Input browse_alone;
  browse_alone.views = {View::kBrowse};
  const Twins twins = make_twins(kSmall, browse_alone);
  EXPECT_THAT(
      mistake_in_params(twins, "readout", "product"),
      AllOf(HasSubstr("readout: \"product\""), HasSubstr("inter_scope: all"), HasSubstr("use last_and_mean")));
}

// Serving in either precision.

using DipnPrecision = testing::TestWithParam<math::Precision>;  // reduced: on this machine's paths

void score_without_allocating(const std::shared_ptr<const DipnScorer>& scorer, bool streaming) {
  Random random(17);
  const auto events = random_life(200, random);
  const std::int64_t now_ms = events.back().ts_ms;
  const Follower busy = follower_of(scorer, events, streaming);
  const Follower quiet = follower_of(scorer, std::span(events).last(3), streaming);
  const Probs expected = quiet.probs(now_ms);
  EXPECT_NE(busy.probs(now_ms, quiet.workspace()), expected);
  Probs found(2);
  const std::size_t before = allocations;
  scorer->score(quiet.state(), quiet.memory(), now_ms, quiet.workspace(), found);
  scorer->score(busy.state(), busy.memory(), now_ms, busy.workspace(), found);
  EXPECT_EQ(allocations, before);
  EXPECT_EQ(quiet.probs(now_ms), expected);
  EXPECT_NE(busy.probs(now_ms), expected);
  const auto fresh = scorer->new_workspace();
  EXPECT_EQ(busy.probs(now_ms, *fresh), busy.probs(now_ms));
}

TEST_P(DipnPrecision, scoring_neither_allocates_nor_depends_on_what_the_workspace_held) {
  for (const Assignments& assignments :
       {Assignments{}, {"readout=product", "cell=lstm"}, {"inter_scope=all"}, {"inter=false"}}) {
    const auto scorer = served(make_twins(kSmall + assignments), GetParam());
    for (const bool streaming : {false, true}) score_without_allocating(scorer, streaming);
  }
}

TEST_P(DipnPrecision, advancing_many_records_at_once_equals_advancing_one_by_one) {
  for (const Assignments& assignments : {Assignments{}, {"cell=lstm"}}) {
    const auto scorer = served(make_twins(kSmall + assignments), GetParam());
    const auto workspace = scorer->new_workspace();
    const auto one_by_one = scorer->new_memory(), at_once = scorer->new_memory();
    Random random(19);
    for (std::size_t v = 0; v < scorer->blueprint().spec().views.size(); ++v) {
      const auto& features = scorer->blueprint().spec().views[v].features;
      std::vector<std::uint32_t> ids;
      for (std::size_t record = 0; record < 300; ++record) {  // more than a block, many windows long
        for (const auto& feature : features)
          ids.push_back(static_cast<std::uint32_t>(twin::random_id(feature.encoder, random)));
      }
      for (std::size_t at = 0; at < ids.size(); at += features.size()) {
        scorer->advance(v, std::span(ids).subspan(at, features.size()), *one_by_one, *workspace);
      }
      scorer->advance(v, ids, *at_once, *workspace);
    }
    const std::vector<float> numbers(scorer->blueprint().number_count());
    const std::vector<std::uint32_t> statistic_ids(scorer->blueprint().statistic_id_count(), 1);
    Probs expected(2), found(2), empty(2);
    scorer->score_encoded(*one_by_one, true, numbers, statistic_ids, *workspace, expected);
    const std::size_t before = allocations;
    scorer->score_encoded(*at_once, true, numbers, statistic_ids, *workspace, found);
    EXPECT_EQ(allocations, before);
    for (std::size_t k = 0; k < 2; ++k) EXPECT_NEAR(found[k], expected[k], 1e-6);
    scorer->restart(*at_once);
    scorer->score_encoded(*at_once, true, numbers, statistic_ids, *workspace, empty);
    EXPECT_NE(empty, found);
    scorer->score_encoded(*scorer->new_memory(), true, numbers, statistic_ids, *workspace, expected);
    EXPECT_EQ(empty, expected) << "a memory that was restarted is as good as new";
  }
}

TEST_P(DipnPrecision, catches_up_without_allocating) {
  const auto scorer = served(make_twins(kSmall), GetParam());
  Random random(18);
  state::ShopperState state;
  const auto memory = scorer->new_memory(), hot = scorer->new_memory();
  scorer->set_streaming(*hot, true);
  std::size_t made = 0;
  for (const auto& event : random_life(60, random)) {
    state::apply(state, event);
    const std::size_t before = allocations;
    ASSERT_TRUE(scorer->catch_up(state, *memory) && scorer->catch_up(state, *hot));
    made += allocations - before;
  }
  EXPECT_EQ(made, 0U);
  EXPECT_GT(memory->memory_bytes(), (9 + 12 + 16) * 16 * sizeof(float));
}

INSTANTIATE_TEST_SUITE_P(In, DipnPrecision, testing::Values(math::Precision::kFloat, math::Precision::kReduced),
                         [](const auto& precision) {
                           return precision.param == math::Precision::kFloat ? "float" : "reduced";
                         });

}  // namespace
}  // namespace inkling::models::dipn
