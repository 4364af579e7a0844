// What is served is what was trained, for every name of the zoo and at every edge of a request.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/core/allocation_count_test.h"
#include "models/caam/caam_test_parts_net_test.h"

namespace inkling::models::caam {
namespace {

using base::kDayMs;
using basket::AddOnSample;
using testing::HasSubstr;

// A network with random weights behind random tables, and the scorer of its package.
class Twins {
 public:
  explicit Twins(const Architecture& architecture, std::uint64_t seed = 1) : architecture_(architecture), shop(seed) {
    const auto purchases = shop.purchases(40);
    basket::CoBasketBuilder builder(basket::CoBasketOptions{});
    for (const basket::Purchase& purchase : purchases) {
      builder.add(purchase);
      histories_.add(purchase);
    }
    statistics_ = must(builder.build(40 * kDayMs));
    Vocabulary::Names names;
    for (std::uint64_t id = 1; id <= 50; ++id) {
      const basket::ItemRef item = RandomShop::known(id);
      names[0].push_back(item.item), names[1].push_back(item.leaf);
      names[2].push_back(item.top), names[3].push_back(item.shop);
    }
    tables_.vocabulary = Vocabulary::of(names);
    tables_.request = random_normal(kRequestColumns);
    tables_.candidate = random_normal(kCandidateColumns);
    torch::manual_seed(static_cast<std::int64_t>(seed));
    network_ = std::make_shared<CaamNetwork>(architecture, tables_.vocabulary, Dropouts());
    network_->eval();
    const torch::NoGradGuard no_gradient;
    for (auto& [name, tensor] : network_->weights()) {
      if (name.starts_with("gate.") || name == "top.0.weight")
        tensor.copy_(torch::randn_like(tensor) * (name == "top.0.weight" ? 0.1 : 1));
      if (name.starts_with("embed.")) tensor.mul_(2);  // so that every part moves the logit
    }
    bytes_ = must(package().bytes());
    scorer_ = must(CaamScorer::load(architecture, must(artifact::Safetensors::parse(bytes_))));
  }

  artifact::SafetensorsWriter package() const {
    artifact::SafetensorsWriter out = must(train::package_weights(network_->weights()));
    must(write_input_tables(tables_, out));
    must(basket::write_statistics(statistics_, out));
    return out;
  }
  std::vector<float> served(const AddOnSample& sample) const {
    const basket::SampleRequest asked(sample, scorer_->statistics(), histories_);
    std::vector<float> scores(sample.offered.size());
    const auto workspace = scorer_->new_workspace();
    scorer_->start(asked.request(), *workspace);
    scorer_->score(asked.candidates(), *workspace, scores);
    return scores;
  }
  // The logits of the LibTorch network, or the mean probability of its three.
  std::vector<float> trained(const AddOnSample& sample) const {
    const NetworkSample encoded = encode_sample(sample);
    const NetworkSample* one[] = {&encoded};
    const torch::NoGradGuard no_gradient;
    torch::Tensor logits = network_->forward(one);
    if (logits.size(1) == 3) logits = torch::sigmoid(logits).cumprod(1).mean(1, true);
    logits = logits.contiguous();
    return {logits.data_ptr<float>(), logits.data_ptr<float>() + logits.numel()};
  }
  void expect_equal(const AddOnSample& sample) const {
    const auto ours = served(sample), theirs = trained(sample);
    ASSERT_EQ(ours.size(), theirs.size());
    for (std::size_t n = 0; n < ours.size(); ++n) {
      ASSERT_NEAR(ours[n], theirs[n], 1e-5 * std::max(1.0F, std::abs(theirs[n]))) << "candidate " << n;
    }
  }

 private:
  Normal random_normal(std::size_t columns) {
    Normal normal;
    for (std::size_t i = 0; i < columns; ++i) {
      normal.mean.push_back(static_cast<float>(shop.random.uniform(-1, 1)));
      normal.scale.push_back(static_cast<float>(shop.random.uniform(0.5, 1)));
    }
    return normal;
  }
  NetworkSample encode_sample(const AddOnSample& sample) const {
    const basket::SampleRequest asked(sample, statistics_, histories_);
    InputReader reader;
    reader.start(asked.request(), tables_.vocabulary);
    const Sight sight = sight_of(architecture_);
    NetworkSample made;
    made.steps = reader.request().steps;
    made.triggers = reader.request().triggers;
    made.unticked = reader.request().unticked;
    made.request.resize(request_width());
    encode(request_columns(), reader.request().values, tables_.request, sight, made.request);
    for (const basket::Candidate& candidate : asked.candidates()) {
      const CandidateInput input = reader.read(candidate);
      made.candidates.push_back(input.item);
      made.features.resize(made.features.size() + candidate_width());
      encode(candidate_columns(), input.values, tables_.candidate, sight,
             std::span(made.features).last(candidate_width()));
    }
    return made;
  }

  Architecture architecture_;
  basket::Histories histories_;
  basket::CoBasket statistics_;
  InputTables tables_;
  std::shared_ptr<CaamNetwork> network_;
  std::vector<std::byte> bytes_;
  std::shared_ptr<const CaamScorer> scorer_;

 public:
  RandomShop shop;
  const CaamScorer& scorer() const { return *scorer_; }
  const basket::Histories& histories() const { return histories_; }
};

class CaamZoo : public testing::TestWithParam<const char*> {};

TEST_P(CaamZoo, serves_what_was_trained) {
  Twins twins(architecture_of(GetParam()));
  for (const std::size_t steps : {0, 1, 7, 100}) {
    for (const std::size_t ticked : {0, 1, 3, 32}) {
      for (const std::size_t candidates : {1, 65}) {
        SCOPED_TRACE(testing::Message() << steps << " steps, " << ticked << " ticked, " << candidates);
        ASSERT_NO_FATAL_FAILURE(twins.expect_equal(twins.shop.sample(steps, ticked, candidates, 41 * kDayMs)));
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Zoo, CaamZoo, testing::Values("din", "din-pooled-triggers", "caam-v1", "caam-v2", "caam"),
                         [](const auto& of) {
                           std::string name = of.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(CaamScorer, serves_three_logits_as_a_mean_of_probabilities) {
  Twins twins(architecture_of("caam", {"head=esmm"}));
  const AddOnSample sample = twins.shop.sample(5, 2, 20, 41 * kDayMs);
  ASSERT_NO_FATAL_FAILURE(twins.expect_equal(sample));
  for (const float score : twins.served(sample)) {
    EXPECT_GT(score, 0);
    EXPECT_LT(score, 1);
  }
}

TEST(CaamScorer, serves_other_widths) {
  Twins twins(architecture_of("caam", {"embedding_dim=20", "heads=5", "attention_mlp=[12, 6]", "top_mlp=[33]"}));
  ASSERT_NO_FATAL_FAILURE(twins.expect_equal(twins.shop.sample(9, 4, 30, 41 * kDayMs)));
}

TEST(CaamScorer, does_not_care_in_which_order_goods_were_ticked) {
  Twins twins(architecture_of("caam"));
  AddOnSample sample = twins.shop.sample(10, 5, 12, 41 * kDayMs);
  const auto before = twins.served(sample);
  std::reverse(sample.ticked.begin(), sample.ticked.end());
  const auto after = twins.served(sample);
  for (std::size_t n = 0; n < before.size(); ++n) EXPECT_NEAR(after[n], before[n], 1e-5);
}

TEST(CaamScorer, sees_ticked_goods_only_in_variants_that_do) {
  for (const char* variant : {"din", "caam"}) {
    Twins twins(architecture_of(variant));
    AddOnSample sample = twins.shop.sample(10, 2, 12, 41 * kDayMs);
    const auto before = twins.served(sample);
    sample.ticked = {RandomShop::known(7), RandomShop::known(8)};
    EXPECT_EQ(twins.served(sample) == before, std::string(variant) == "din") << variant;
  }
}

TEST(CaamScorer, takes_the_same_item_ticked_twice_and_a_candidate_that_is_in_the_cart) {
  Twins twins(architecture_of("caam"));
  AddOnSample sample = twins.shop.sample(10, 2, 12, 41 * kDayMs);
  sample.ticked = {RandomShop::known(7), RandomShop::known(7)};
  sample.offered[3].item = RandomShop::known(7);
  ASSERT_NO_FATAL_FAILURE(twins.expect_equal(sample));
}

TEST(CaamScorer, reads_the_newest_hundred_steps_of_a_longer_history) {
  Twins twins(architecture_of("caam"));
  AddOnSample sample = twins.shop.sample(10'000, 2, 12, 900 * kDayMs);
  const auto whole = twins.served(sample);
  sample.behaviours.erase(sample.behaviours.begin(), sample.behaviours.end() - 100);
  EXPECT_EQ(twins.served(sample), whole);
}

TEST(CaamScorer, allocates_nothing_from_the_second_request_on) {
  Twins twins(architecture_of("caam"));
  const AddOnSample sample = twins.shop.sample(50, 10, 200, 41 * kDayMs);
  const basket::SampleRequest asked(sample, twins.scorer().statistics(), twins.histories());
  std::vector<float> first(200), second(200);
  const auto workspace = twins.scorer().new_workspace();
  twins.scorer().start(asked.request(), *workspace);
  twins.scorer().score(asked.candidates(), *workspace, first);
  const std::size_t before = base::allocations;
  twins.scorer().start(asked.request(), *workspace);
  twins.scorer().score(asked.candidates(), *workspace, second);
  EXPECT_EQ(base::allocations, before);
  EXPECT_EQ(second, first);
}

TEST(CaamScorer, answers_without_a_network_by_recall_scores) {
  basket::CoBasketBuilder builder(basket::CoBasketOptions{});
  artifact::SafetensorsWriter out;
  must(basket::write_statistics(must(builder.build(0)), out));
  const auto bytes = must(out.bytes());
  const auto scorer =
      must(CaamScorer::load(architecture_of("recall-score"), must(artifact::Safetensors::parse(bytes))));
  const std::vector<basket::RecallHit> hits = {{1, 0.25F}, {2, 0.75F}};
  std::vector<basket::Candidate> candidates(2);
  candidates[1].recalls = hits;
  std::vector<float> scores(2);
  const auto workspace = scorer->new_workspace();
  scorer->start({}, *workspace);
  scorer->score(candidates, *workspace, scores);
  EXPECT_EQ(scores, (std::vector<float>{0, 0.75F}));
}

TEST(CaamPackage, is_refused_by_the_tensor_that_does_not_fit) {
  Twins twins(architecture_of("caam"));
  const auto refusal = [&](const Architecture& architecture, artifact::SafetensorsWriter out) {
    const auto bytes = must(out.bytes());
    return CaamScorer::load(architecture, must(artifact::Safetensors::parse(bytes))).status().message();
  };
  EXPECT_THAT(refusal(architecture_of("caam", {"top_mlp=[8]"}), twins.package()), HasSubstr("top.0.weight"));
  EXPECT_THAT(refusal(architecture_of("caam", {"embedding_dim=16"}), twins.package()), HasSubstr("embed.item"));
  Twins din(architecture_of("din"));
  EXPECT_THAT(refusal(architecture_of("caam", {"context=plain"}), din.package()), HasSubstr("triggers.query"));
  artifact::SafetensorsWriter none;
  EXPECT_THAT(refusal(architecture_of("caam"), none), HasSubstr("basket.items"));
}

TEST(CaamPackage, is_refused_when_it_reads_other_columns_or_names_stand_out_of_order) {
  Twins twins(architecture_of("caam"));
  artifact::PackageManifest manifest;
  manifest.params = params_of("caam");
  const auto bytes = must(twins.package().bytes());
  const auto tensors = must(artifact::Safetensors::parse(bytes));
  EXPECT_THAT(ranking_model().load(manifest, tensors).status().message(), HasSubstr("other columns"));
  manifest.features = column_names();
  EXPECT_TRUE(ranking_model().load(manifest, tensors).ok());
  Vocabulary::Names names;
  names[1] = {5, 4};
  EXPECT_THAT(Vocabulary::make(names).status().message(), HasSubstr("names.leaf"));
}

TEST(CaamArchitecture, refuses_what_cannot_be) {
  const auto refusal = [](const std::vector<std::string>& settings) {
    const base::Json params = params_of("caam", settings);
    return architecture_from_json(base::JsonView(params)).status().message();
  };
  EXPECT_THAT(refusal({"heads=5"}), HasSubstr("heads: 5 do not divide embedding_dim 32"));
  EXPECT_THAT(refusal({"attention_mlp=[80]"}), HasSubstr("attention_mlp"));
}

}  // namespace
}  // namespace inkling::models::caam
