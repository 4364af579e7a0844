// Losses, what they refuse, and whole trainings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/nn/functional/loss.h>

#include <cmath>

#include "models/caam/caam_fit_net.h"
#include "models/caam/caam_net.h"
#include "models/caam/caam_test_parts_net_test.h"

namespace inkling::models::caam {
namespace {

using base::kDayMs;
using testing::HasSubstr;
using torch::Tensor;

// Samples of `counts` candidates each, without anything else.
std::vector<NetworkSample> plain_samples(const std::vector<std::vector<Deeds>>& deeds) {
  std::vector<NetworkSample> samples;
  for (const auto& of_sample : deeds) {
    NetworkSample sample;
    sample.deeds = of_sample;
    sample.candidates.resize(of_sample.size());
    sample.request.resize(request_width());
    sample.features.resize(of_sample.size() * candidate_width());
    samples.push_back(sample);
  }
  return samples;
}

std::vector<const NetworkSample*> pointers(const std::vector<NetworkSample>& samples) {
  std::vector<const NetworkSample*> all;
  for (const NetworkSample& sample : samples) all.push_back(&sample);
  return all;
}

const std::vector<std::vector<Deeds>> kSomeDeeds = {{{1, 0, 0}, {0, 0, 0}, {1, 1, 1}}, {{0, 0, 0}, {1, 1, 0}}};

TEST(CaamLoss, of_three_deeds_on_one_logit_is_that_of_the_mean_label) {
  torch::manual_seed(3);
  const auto samples = plain_samples(kSomeDeeds);
  const Tensor deeds = deeds_of(pointers(samples)), logits = 3 * torch::randn({5, 1});
  Tensor mean_of_three = torch::zeros({});
  for (std::int64_t k = 0; k < 3; ++k) {
    mean_of_three =
        mean_of_three + torch::binary_cross_entropy_with_logits(logits.squeeze(1), deeds.select(1, k)) / 3;
  }
  EXPECT_NEAR(graded_loss(logits, deeds, false, {}).item<double>(), mean_of_three.item<double>(), 1e-6);
  const Tensor clicks = torch::binary_cross_entropy_with_logits(logits.squeeze(1), deeds.select(1, 0));
  EXPECT_NEAR(graded_loss(logits, deeds, true, {}).item<double>(), clicks.item<double>(), 1e-6);
  const Tensor even = torch::zeros({3});
  EXPECT_NEAR(graded_loss(logits, deeds, false, even).item<double>(), mean_of_three.item<double>(), 1e-6)
      << "learnt weights start as the mean";
}

TEST(CaamLoss, of_a_list_is_a_softmax_a_sample) {
  auto samples = plain_samples({{{0, 0, 0}, {1, 1, 1}}, {{0, 0, 0}}});
  const Tensor logits = torch::tensor({{1.0F}, {3.0F}, {7.0F}});
  const double expected = std::log(1 + std::exp(-2.0));
  const Tensor loss = listwise_loss(logits, deeds_of(pointers(samples)), false, pointers(samples));
  EXPECT_NEAR(loss.item<double>(), expected, 1e-6) << "the second sample wants nothing";
}

TEST(CaamLoss, of_three_logits_is_that_of_their_products) {
  const auto samples = plain_samples(kSomeDeeds);
  const Tensor deeds = deeds_of(pointers(samples));
  torch::manual_seed(4);
  const Tensor logits = torch::randn({5, 3}, torch::kFloat64);
  const Tensor probs = torch::sigmoid(logits).cumprod(1);
  const Tensor expected = torch::binary_cross_entropy(probs, deeds.to(torch::kFloat64));
  EXPECT_NEAR(esmm_loss(logits, deeds).item<double>(), expected.item<double>(), 1e-5);
  for (const float extreme : {-60.0F, 60.0F}) {
    Tensor far = torch::full({5, 3}, extreme, torch::requires_grad());
    const Tensor loss = esmm_loss(far, deeds);
    loss.backward();
    EXPECT_TRUE(std::isfinite(loss.item<float>()));
    EXPECT_TRUE(torch::isfinite(far.grad()).all().item<bool>());
  }
}

TEST(CaamSamples, are_refused_when_nothing_can_be_learnt_from_them) {
  const auto refusal = [](const std::vector<std::vector<Deeds>>& deeds, bool listwise) {
    LossOptions loss;
    loss.listwise = listwise;
    return check_samples(plain_samples(deeds), loss).message();
  };
  EXPECT_THAT(refusal({{{0, 0, 0}, {0, 0, 0}}}, false), HasSubstr("none of the 2 candidates"));
  EXPECT_THAT(refusal({{{1, 0, 0}}, {{1, 1, 0}}}, false), HasSubstr("each of the 2 candidates"));
  EXPECT_THAT(refusal({{{1, 0, 0}}, {{0, 0, 0}}}, true), HasSubstr("use loss=graded"));
  EXPECT_EQ(refusal({{{1, 0, 0}}, {{0, 0, 0}}}, false), "");
}

TEST(CaamNetwork, gives_the_row_of_unknown_ids_no_gradient) {
  CaamNetwork network(architecture_of("caam"), Vocabulary::of({{{1, 2}, {}, {}, {}}}), {});
  auto samples = plain_samples(kSomeDeeds);
  samples[0].candidates[0] = {2, 0, 0, 0, 0};
  {
    const torch::NoGradGuard no_gradient;  // vectors start without any say
    for (auto& [name, tensor] : network.weights()) {
      if (name == "top.0.weight") tensor.copy_(torch::randn_like(tensor));
    }
  }
  (network.forward(pointers(samples)) * torch::randn({5, 1})).sum().backward();
  const Tensor gradient = network.tables().front().grad();
  EXPECT_EQ(gradient[0].abs().sum().item<float>(), 0);
  EXPECT_GT(gradient[2].abs().sum().item<float>(), 0);
}

// Rows of a vocabulary of nine named ids a table.
std::vector<NetworkSample> random_samples(std::size_t count) {
  base::Random random(12);
  const auto item = [&] {
    ItemRows rows{};
    for (std::uint32_t& row : rows) row = static_cast<std::uint32_t>(random.below(10));
    return rows;
  };
  std::vector<NetworkSample> samples(count);
  for (NetworkSample& sample : samples) {
    for (std::uint64_t n = random.below(12); n > 0; --n) {
      sample.steps.push_back({item(), static_cast<std::uint32_t>(random.below(basket::kBehaviourKinds)),
                              static_cast<std::uint32_t>(random.below(kAgeBuckets))});
    }
    for (std::uint64_t n = random.below(4); n > 0; --n) sample.triggers.push_back(item());
    for (std::uint64_t n = random.below(3); n > 0; --n) sample.unticked.push_back(item());
    for (std::uint64_t n = 1 + random.below(6); n > 0; --n) {
      sample.candidates.push_back(item());
      sample.deeds.push_back({random.chance(0.4) ? 1.0F : 0.0F, random.chance(0.2) ? 1.0F : 0.0F, 0});
    }
    sample.request.resize(request_width());
    sample.features.resize(sample.candidates.size() * candidate_width());
    for (float& value : sample.request) value = static_cast<float>(random.uniform(-1, 1));
    for (float& value : sample.features) value = static_cast<float>(random.uniform(-1, 1));
  }
  return samples;
}

// Gradients of one step, the random numbers of its dropouts the same.
std::vector<Tensor> step_gradients(CaamNetwork& network, bool graph, bool listwise,
                                   const std::vector<NetworkSample>& samples) {
  using Loss = train::fused::AddOnFunction::Loss;
  LossOptions loss;
  loss.listwise = listwise;
  network.zero_grad();
  torch::manual_seed(9);
  const auto part = pointers(samples);
  if (graph) {
    loss_of(network.forward(part), part, network.architecture(), loss, {}).backward();
  } else {
    (void)network.add_gradients(part, labels_of(deeds_of(part), false), listwise ? Loss::kListwise : Loss::kGraded);
  }
  std::vector<Tensor> gradients;
  for (const Tensor& parameter : network.parameters()) {
    gradients.push_back(parameter.grad().defined() ? parameter.grad().clone() : Tensor());
  }
  return gradients;
}

TEST(CaamNetwork, takes_the_same_step_with_and_without_a_graph) {
  const auto samples = random_samples(40);
  std::vector<std::uint64_t> ids(9);
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = i + 1;
  for (const char* variant : {"din", "din-pooled-triggers", "caam"}) {
    for (const bool listwise : {false, true}) {
      torch::manual_seed(3);
      CaamNetwork network(architecture_of(variant), Vocabulary::of({ids, ids, ids, ids}), {0.1, 0.3, 0.5});
      {
        const torch::NoGradGuard no_gradient;  // vectors start without any say
        for (auto& [name, tensor] : network.weights()) {
          if (name == "top.0.weight") tensor.copy_(torch::randn_like(tensor) * 0.1);
        }
      }
      const auto expected = step_gradients(network, true, listwise, samples);
      const auto found = step_gradients(network, false, listwise, samples);
      for (std::size_t i = 0; i < expected.size(); ++i) {
        SCOPED_TRACE(std::string(variant) + " " + network.named_parameters().keys()[i]);
        ASSERT_TRUE(expected[i].defined() && found[i].defined());
        const double largest = expected[i].abs().max().item<double>();
        if (listwise && network.named_parameters().keys()[i] == "top3.bias") continue;  // zero but for rounding
        EXPECT_GT(largest, 0);
        EXPECT_LT((found[i] - expected[i]).abs().max().item<double>(), 1e-4 * largest);
      }
    }
  }
}

// Questions about goods of which those under 3000 cents in category 100 are clicked.
std::vector<basket::AddOnSample> questions(std::uint64_t seed, int count, int days) {
  RandomShop shop(seed);
  std::vector<basket::AddOnSample> made;
  for (int i = 0; i < count; ++i) {
    auto sample = shop.sample(shop.random.below(12), shop.random.below(4), 12, (i + 1) * days * kDayMs / (count + 1));
    for (basket::OfferedItem& offered : sample.offered) {
      offered.clicked = offered.item.leaf == 100 || shop.random.chance(0.05);
      offered.carted = offered.clicked && offered.item.price_cents < 1500;
      offered.bought = offered.carted && shop.random.chance(0.7);
    }
    made.push_back(sample);
  }
  return made;
}

class CaamTraining : public testing::Test {
 protected:
  train::RankingJob job(const std::string& variant, const std::vector<std::string>& settings = {}) {
    std::vector<std::string> all = {"days=30",         "test_days=0",          "epochs=8",
                                    "embedding_dim=8", "attention_mlp=[8, 4]", "top_mlp=[16]",
                                    "blind_share=0",   "learning_rate=0.02",   "batch_samples=16"};
    all.insert(all.end(), settings.begin(), settings.end());
    train::RankingJob made;
    made.purchases = purchases_;
    made.samples = samples_;
    made.end_ms = 60 * kDayMs;
    made.params = params_of(variant, all);
    return made;
  }
  static std::vector<std::byte> bytes(const train::RankingJob& job) {
    return must(must(ranking_half().train(job)).weights.bytes());
  }

  std::vector<basket::Purchase> purchases_ = RandomShop(5).purchases(60);
  std::vector<basket::AddOnSample> samples_ = questions(6, 300, 60);
};

TEST_F(CaamTraining, learns_what_is_clicked_with_every_name_of_the_zoo) {
  for (const char* variant : {"din", "din-pooled-triggers", "caam-v1", "caam-v2"}) {
    const auto trained = must(ranking_half().train(job(variant, {"test_days=10"})));
    EXPECT_GT(trained.metrics.at("test.gauc_click"), 0.75) << variant;
    EXPECT_EQ(trained.features, column_names());
  }
  const auto by_recall = must(ranking_half().train(job("recall-score", {"test_days=10"})));
  EXPECT_NEAR(by_recall.metrics.at("test.gauc_click"), 0.5, 0.1) << "nothing but luck";
  const auto esmm = must(ranking_half().train(job("caam", {"test_days=10", "head=esmm"})));
  EXPECT_GT(esmm.metrics.at("test.gauc_click"), 0.75);
  const auto learnt = must(ranking_half().train(job("caam", {"test_days=10", "loss_weights=learnt"})));
  EXPECT_GT(learnt.metrics.at("test.gauc_click"), 0.75);
}

TEST_F(CaamTraining, learns_from_items_taken_out_where_nothing_was_shown) {
  samples_.clear();
  const auto trained = must(ranking_half().train(job("caam", {"test_days=10", "removals=1"})));
  EXPECT_GT(trained.metrics.at("test.points"), 20);
  EXPECT_GT(trained.metrics.at("test.mrr10"), 0.3) << "the price meets the gap";
}

TEST_F(CaamTraining, is_the_same_for_the_same_seed_and_another_for_another) {
  auto asked = job("caam", {"epochs=1"});
  const auto first = bytes(asked);
  EXPECT_EQ(bytes(asked), first);
  asked.seed = 2;
  EXPECT_NE(bytes(asked), first);
}

TEST_F(CaamTraining, starts_from_the_vectors_of_an_older_package) {
  const auto parent_bytes = bytes(job("din", {"epochs=1"}));
  const auto parent = must(artifact::Safetensors::parse(parent_bytes));
  auto asked = job("caam", {"epochs=1", "learning_rate=0.0000001", "weight_decay=0"});
  asked.parent = &parent;
  const auto child_bytes = bytes(asked);
  const auto child = must(artifact::Safetensors::parse(child_bytes));
  const auto before = must(parent.floats("embed.item", {-1, -1})), after = must(child.floats("embed.item", {-1, -1}));
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < before.size(); ++i) ASSERT_NEAR(after[i], before[i], 1e-4);
  auto narrow = job("caam", {"embedding_dim=4"});
  narrow.parent = &parent;
  EXPECT_THAT(ranking_half().train(narrow).status().message(), HasSubstr("embed.item"));
}

TEST_F(CaamTraining, says_what_is_missing) {
  const auto refusal = [&](const train::RankingJob& job) { return ranking_half().train(job).status().message(); };
  EXPECT_THAT(refusal(job("caam", {"head=esmm", "loss=listwise"})), HasSubstr("head esmm"));
  EXPECT_THAT(refusal(job("caam-v1", {"loss_weights=learnt"})), HasSubstr("loss_weights learnt"));
  auto early = job("caam");
  early.end_ms = kDayMs / 10;
  EXPECT_THAT(refusal(early), HasSubstr("ask for more days"));
  for (basket::AddOnSample& sample : samples_) {
    for (basket::OfferedItem& offered : sample.offered) offered.clicked = offered.carted = offered.bought = false;
  }
  EXPECT_THAT(refusal(job("caam")), HasSubstr("was clicked, put into a cart or bought"));
  samples_.clear();
  EXPECT_THAT(refusal(job("caam", {"teach=impressions"})), HasSubstr("teach=removals"));
}

TEST_F(CaamTraining, learns_under_extreme_imbalance_and_of_one_question_without_breaking) {
  for (std::size_t s = 0; s < samples_.size(); ++s) {
    for (basket::OfferedItem& offered : samples_[s].offered)
      offered.clicked = offered.carted = offered.bought = false;
  }
  samples_.back().offered.front().clicked = true;
  EXPECT_TRUE(ranking_half().train(job("caam", {"epochs=1"})).ok()) << "one click in thousands";
  samples_.erase(samples_.begin(), samples_.end() - 1);
  EXPECT_TRUE(ranking_half().train(job("caam", {"epochs=1"})).ok()) << "a single question";
}

}  // namespace
}  // namespace inkling::models::caam
