// Which of several rankers, trained here, finds the item that was taken out of a basket, and how sure that is.
//   contest <purchases> <test_from_ms> <test_until_ms> <seed,seed,...> <NAME:MODEL[,parameter=value ...]> ...
// Contenders are set against the first one: paired differences over the cases of all seeds, whole shoppers drawn
// again. One JSON object: cases, HR@10 and MRR@10 a ranker and seed, differences with their intervals, and costs.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "base/core/json.h"
#include "basket/removal_cases.h"
#include "bench/baskets/arguments.h"
#include "bench/baskets/contenders.h"
#include "bench/baskets/hits.h"
#include "bench/baskets/purchase_file.h"
#include "eval/bootstrap.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::Result;
using base::Status;

constexpr std::uint64_t kBootstrapSeed = 1;
constexpr float kPersonalWeight = 0.05F;  // of online-retail-add-on's best formula

struct Request {
  std::string purchases;
  std::int64_t from_ms = 0, until_ms = 0;
  std::vector<std::uint64_t> seeds;
};

// What one contender made of all cases.
struct Record {
  std::vector<double> hits, reciprocal_ranks;  // a case
  Json seeds = Json::array();
  double score_seconds = 0;
};

class Contest {
 public:
  Contest(const Request& request, std::vector<basket::Purchase> purchases)
      : request_(request), purchases_(std::move(purchases)) {}

  Result<Json> run(std::span<char* const> words) {
    INKLING_ASSIGN(contenders_, train_contenders(words, {purchases_, request_.from_ms, 1}));
    INKLING_TRY(prepare());
    for (const std::uint64_t seed : request_.seeds) INKLING_TRY(test(seed));
    return answer();
  }

 private:
  Status prepare() {
    for (const Contender& contender : contenders_) {
      workspaces_.push_back(contender.scorer ? contender.scorer->new_workspace() : nullptr);
      if (statistics_ == nullptr && contender.scorer) statistics_ = &contender.scorer->statistics();
    }
    if (statistics_ == nullptr) return base::invalid_input("at least one contender must be a model that is trained");
    records_.resize(contenders_.size());
    scores_.resize(contenders_.size());
    for (const basket::Purchase& purchase : purchases_) {
      if (purchase.ts_ms < request_.from_ms) histories_.add(purchase);
    }
    return {};
  }

  Status test(std::uint64_t seed) {
    basket::CaseMaker maker(*statistics_, {});
    base::Random random(seed);
    std::vector<Hits> hits(contenders_.size());
    for (std::size_t i = 0; i < purchases_.size(); ++i) {
      const basket::Purchase& purchase = purchases_[i];
      if (purchase.ts_ms < request_.from_ms || purchase.ts_ms >= request_.until_ms) continue;
      const auto made = maker.make(purchase, random);
      if (!made) continue;
      // Somebody unknown is a shopper of one basket.
      shoppers_.push_back(purchase.shopper != 0 ? purchase.shopper : i);
      candidates_ += made->candidates.size();
      judge(*made, hits);
    }
    if (hits.front().cases == 0) return base::invalid_input("no purchase of the tested time makes a case");
    for (std::size_t i = 0; i < hits.size(); ++i) records_[i].seeds.push(to_json(hits[i]));
    return {};
  }

  void judge(const basket::AddOnCase& made, std::vector<Hits>& hits) {
    const basket::AddOnRequest request = basket::request_of(*statistics_, histories_, made);
    for (std::size_t i = 0; i < contenders_.size(); ++i) {
      score(i, made, request);
      Hits one;
      one.add(scores_[i], made.target);
      hits[i].add(scores_[i], made.target);
      records_[i].hits.push_back(one.hit_rate());
      records_[i].reciprocal_ranks.push_back(one.mean_reciprocal_rank());
    }
  }

  void score(std::size_t which, const basket::AddOnCase& made, const basket::AddOnRequest& request) {
    const Contender& contender = contenders_[which];
    std::vector<float>& scores = scores_[which];
    scores.assign(made.candidates.size(), 0);
    for (const auto& [other, weight] : contender.mixed) {
      for (std::size_t i = 0; i < scores.size(); ++i) scores[i] += static_cast<float>(weight) * scores_[other][i];
    }
    if (!contender.mixed.empty()) return;
    if (!contender.scorer) return recall_order(made, request, scores);
    const auto start = std::chrono::steady_clock::now();
    contender.scorer->start(request, *workspaces_[which]);
    contender.scorer->score(made.candidates, *workspaces_[which], scores);
    records_[which].score_seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

  void recall_order(const basket::AddOnCase& made, const basket::AddOnRequest& request, std::vector<float>& scores) {
    reader_.start(request);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const auto features = reader_.read(made.candidates[i].row, made.candidates[i].price_cents);
      scores[i] = features.autoencoder + kPersonalWeight * features.personal_purchases;
    }
  }

  Result<Json> answer() const {
    Json rankers = Json::object(), costs = Json::object(), differences = Json::object();
    for (std::size_t i = 0; i < contenders_.size(); ++i) {
      const Contender& contender = contenders_[i];
      rankers.set(contender.name, records_[i].seeds);
      costs.set(contender.name, Json::object()
                                    .set("training_seconds", contender.training_seconds)
                                    .set("package_bytes", static_cast<std::int64_t>(contender.package_bytes))
                                    .set("score_seconds", records_[i].score_seconds));
      if (i == 0) continue;
      INKLING_ASSIGN(auto hr10, difference(records_[i].hits, records_[0].hits));
      INKLING_ASSIGN(auto mrr10, difference(records_[i].reciprocal_ranks, records_[0].reciprocal_ranks));
      differences.set(contender.name, Json::object().set("hr10", std::move(hr10)).set("mrr10", std::move(mrr10)));
    }
    Json out = Json::object();
    out.set("cases", static_cast<std::int64_t>(shoppers_.size()));
    out.set("candidates", static_cast<std::int64_t>(candidates_));
    out.set("items", static_cast<std::int64_t>(statistics_->item_count()));
    out.set("rankers", std::move(rankers)).set("costs", std::move(costs)).set("differences", std::move(differences));
    return out;
  }

  Result<Json> difference(const std::vector<double>& first, const std::vector<double>& second) const {
    const eval::Groups groups = eval::Groups::of(shoppers_);
    INKLING_ASSIGN(const auto mean_of_first, eval::mean_metric(first, groups));
    INKLING_ASSIGN(const auto mean_of_second, eval::mean_metric(second, groups));
    INKLING_ASSIGN(const auto found, eval::paired_bootstrap(*mean_of_first, *mean_of_second, kBootstrapSeed));
    return Json::object().set("value", found.value).set("low", found.low).set("high", found.high);
  }

  const Request& request_;
  std::vector<basket::Purchase> purchases_;
  std::vector<Contender> contenders_;
  std::vector<std::unique_ptr<basket::CandidateWorkspace>> workspaces_;
  std::vector<Record> records_;
  std::vector<std::vector<float>> scores_;  // of the case in hand, by contender
  std::vector<std::uint64_t> shoppers_;     // a case
  const basket::CoBasket* statistics_ = nullptr;
  basket::Histories histories_;
  basket::CandidateReader reader_;
  std::size_t candidates_ = 0;
};

int run(int count, char** words) {
  if (count < 6) {
    std::fprintf(stderr,
                 "usage: contest PURCHASES TEST_FROM_MS TEST_UNTIL_MS SEEDS NAME:MODEL[,parameter=value ...] ...\n");
    return 2;
  }
  const Request request{words[1], std::atoll(words[2]), std::atoll(words[3]), seeds_of(words[4])};
  auto purchases = read_purchases(request.purchases);
  auto answer =
      purchases.ok() ? Contest(request, *std::move(purchases)).run({words + 5, words + count}) : purchases.status();
  if (!answer.ok()) {
    std::fprintf(stderr, "%s\n", answer.status().message().c_str());
    return 1;
  }
  std::printf("%s\n", answer->to_text().c_str());
  return 0;
}

}  // namespace
}  // namespace inkling::bench

int main(int count, char** words) {
  return inkling::bench::run(count, words);
}
