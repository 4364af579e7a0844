// Going on from an older package: rows kept, rows added, and what the network says before its first step.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "artifact/test_folder.h"
#include "base/core/hash.h"
#include "models/dipn/dipn_twins_net_test.h"
#include "train/warm_start.h"

namespace inkling::models::dipn {
namespace {

using testing::HasSubstr;

constexpr std::uint32_t kFallback = 3;

// A browse view whose leaf categories are names; the first `known` of them stand in the vocabulary.
feature::BlueprintSpec blueprint_with(std::size_t known, const std::vector<std::uint64_t>& added) {
  feature::Encoder names;
  names.kind = feature::EncoderKind::kVocabulary;
  names.fallback = kFallback;
  for (std::size_t i = 0; i < known; ++i) names.entries.push_back(100 + i);
  EXPECT_TRUE(names.added.append(added));
  twin::Input input;
  input.views = {feature::View::kSwipe, feature::View::kBrowse};
  feature::BlueprintSpec spec = twin::blueprint_of(input);
  spec.views[1].features.push_back({"leaf_category", names});
  return spec;
}

struct Grown {
  feature::Blueprint blueprint;
  std::unique_ptr<DipnNet> network;
};

Grown network_over(feature::BlueprintSpec spec, const Assignments& assignments, std::uint64_t seed) {
  feature::Blueprint blueprint = must(feature::Blueprint::make(std::move(spec)));
  const base::Json params = must(twin::params_of(assignments));
  const Architecture architecture = must(architecture_from_json(base::JsonView(params), twin::two_targets()));
  torch::manual_seed(seed);
  auto network = std::make_unique<DipnNet>(architecture, blueprint, 0.1);
  base::Random random(seed);
  twin::draw_trained_weights(*network, random);
  return {std::move(blueprint), std::move(network)};
}

// The bytes of a package's weights, and the parent that borrows them.
struct ParentBytes {
  explicit ParentBytes(const DipnNet& network) : bytes(must(must(network.write()).bytes())) {
    tensors = must(artifact::Safetensors::parse(bytes));
    parent = {"dipn v1", &tensors};
  }
  std::vector<std::byte> bytes;
  artifact::Safetensors tensors;
  train::Parent parent;
};

// Logits of samples whose leaf categories are `names`, as the network's own blueprint encodes them.
twin::Logits logits_of(const Grown& grown, const std::vector<std::uint64_t>& names) {
  base::Random random(21);
  const auto& spec = grown.blueprint.spec();
  const std::vector<std::vector<std::size_t>> lengths(names.size(), {5, 12});
  // Made for the smallest vocabulary, so that the same samples fit every network; then the names are put in.
  const feature::Blueprint smallest = must(feature::Blueprint::make(blueprint_with(0, {})));
  sample::ShardColumns columns = twin::random_columns(smallest, lengths, random);
  const std::size_t width = spec.views[1].features.size();
  for (std::size_t r = 0; r < columns.views[1].ids.size() / width; ++r) {
    const auto id = spec.views[1].features.back().encoder.id(feature::Value::of_name(names[r % names.size()]));
    columns.views[1].ids[r * width + width - 1] = static_cast<std::int32_t>(id);
  }
  const artifact::TestFolder folder;
  const auto samples = must(twin::write_samples(std::move(columns), grown.blueprint, folder.path()));
  grown.network->eval();
  return twin::network_logits(*grown.network, must(train::SequenceData::load(samples.set)), names.size());
}

class DipnGoesOn : public testing::TestWithParam<Assignments> {};

TEST_P(DipnGoesOn, with_the_very_logits_of_its_parent_before_the_first_step) {
  const Grown old = network_over(blueprint_with(10, {}), kSmall + GetParam(), 3);
  const Grown next = network_over(blueprint_with(10, {205, 42, 300}), kSmall + GetParam(), 4);
  const std::vector<std::uint64_t> names = {100, 105, 109, 205, 42, 300, 7, 8};  // old, new and still unknown
  EXPECT_NE(logits_of(old, names), logits_of(next, names)) << "both would be the same without any copying";
  const ParentBytes parent(*old.network);
  const auto status =
      train::start_from_parent(parent.parent, next.network->weights(), table_encoders(next.blueprint));
  ASSERT_TRUE(status.ok()) << status.message();
  const auto before = logits_of(old, names), after = logits_of(next, names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (std::size_t k = 0; k < 2; ++k) EXPECT_NEAR(after[i][k], before[i][k], 1e-6) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, DipnGoesOn,
                         testing::Values(Assignments{}, Assignments{"cell=lstm", "readout=product"},
                                         Assignments{"intra=false", "inter=false", "wide=false"}));

TEST(DipnGoingOn, a_new_row_begins_as_the_one_it_shared_and_then_goes_its_own_way) {
  const Grown old = network_over(blueprint_with(10, {}), kSmall, 3);
  const Grown next = network_over(blueprint_with(10, {205, 42}), kSmall, 4);
  const ParentBytes parent(*old.network);
  ASSERT_TRUE(train::start_from_parent(parent.parent, next.network->weights(), table_encoders(next.blueprint)).ok());
  const auto table = [](const Grown& grown) {
    for (const auto& [name, tensor] : grown.network->weights()) {
      if (name == embedding_name("browse", 3)) return tensor;
    }
    throw std::runtime_error("no table");
  };
  const torch::Tensor before = table(old), after = table(next);
  ASSERT_EQ(before.size(0), 2 + 10 + kFallback);
  ASSERT_EQ(after.size(0), before.size(0) + 2);
  EXPECT_TRUE(torch::equal(after.narrow(0, 0, before.size(0)), before));
  EXPECT_TRUE(torch::equal(after[15], before[12 + 205 % kFallback]));
  EXPECT_TRUE(torch::equal(after[16], before[12 + 42 % kFallback]));
}

TEST(DipnGoingOn, grows_again_from_a_parent_that_grew) {
  const Grown second = network_over(blueprint_with(10, {205}), kSmall, 3);
  const Grown third = network_over(blueprint_with(10, {205, 42}), kSmall, 4);
  const ParentBytes parent(*second.network);
  ASSERT_TRUE(
      train::start_from_parent(parent.parent, third.network->weights(), table_encoders(third.blueprint)).ok());
  const std::vector<std::uint64_t> names = {100, 205, 42, 7};
  EXPECT_EQ(logits_of(second, names), logits_of(third, names));
}

TEST(DipnGoingOn, names_the_tensor_that_does_not_fit) {
  const Grown old = network_over(blueprint_with(10, {}), kSmall, 3);
  const ParentBytes parent(*old.network);
  const auto refused = [&](feature::BlueprintSpec spec, const Assignments& assignments) {
    const Grown next = network_over(std::move(spec), assignments, 4);
    return train::start_from_parent(parent.parent, next.network->weights(), table_encoders(next.blueprint)).message();
  };
  EXPECT_THAT(refused(blueprint_with(12, {}), kSmall), HasSubstr("dipn v1: tensor \"" + embedding_name("browse", 3) +
                                                                 "\" has shape [15, 4], but the network "
                                                                 "that goes on from it has [17, 4]"));
  EXPECT_THAT(refused(blueprint_with(9, {}), kSmall), HasSubstr("has shape [15, 4]"));
  EXPECT_THAT(refused(blueprint_with(10, {}), kSmall + Assignments{"hidden=8"}), HasSubstr("rnn.weight_ih"));
  EXPECT_THAT(refused(blueprint_with(10, {}), kSmall + Assignments{"cell=lstm"}), HasSubstr("has shape"));
  EXPECT_THAT(refused(blueprint_with(10, {}), kSmall + Assignments{"mlp=[16, 16]"}), HasSubstr("mlp"));
}

TEST(DipnGoingOn, trains_on_and_serves_what_it_learned) {
  const Grown old = network_over(blueprint_with(10, {}), kSmall, 3);
  const ParentBytes parent(*old.network);
  const feature::Blueprint blueprint = must(feature::Blueprint::make(blueprint_with(10, {205, 42})));
  base::Random random(5);
  const artifact::TestFolder folder;
  const std::vector<std::vector<std::size_t>> lengths(12, {3, 9});
  const auto samples =
      must(twin::write_samples(twin::random_columns(blueprint, lengths, random), blueprint, folder.path()));
  train::TrainingJob job;
  job.samples = &samples.set;
  job.params = must(twin::params_of(kSmall + Assignments{"max_epochs=40", "batch_size=4", "dropout=0"}));
  job.parent = &parent.parent;
  ASSERT_TRUE(training_half().goes_on());
  const auto trained = must(training_half().train(job));
  EXPECT_LT(trained.epochs.back().train_loss, 0.5 * trained.epochs.front().train_loss);
  const auto scorer = must(twin::serve(twin::manifest_of(blueprint.spec(), trained.params), trained.weights));
  EXPECT_EQ(twin::scorer_logits(*scorer, samples.columns).size(), 12U);
}

}  // namespace
}  // namespace inkling::models::dipn
