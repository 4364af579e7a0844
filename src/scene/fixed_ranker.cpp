#include "scene/fixed_ranker.h"

#include <utility>

#include "basket/co_basket_builder.h"

namespace inkling::scene {
namespace {

class FixedWorkspace final : public basket::CandidateWorkspace {
 public:
  basket::CandidateReader reader;
};

class FixedScorer final : public basket::CandidateScorer {
 public:
  explicit FixedScorer(basket::CoBasket statistics) : statistics_(std::move(statistics)) {}

  [[nodiscard]] const basket::CoBasket& statistics() const override { return statistics_; }
  [[nodiscard]] std::unique_ptr<basket::CandidateWorkspace> new_workspace() const override {
    return std::make_unique<FixedWorkspace>();
  }
  void start(const basket::AddOnRequest& request, basket::CandidateWorkspace& workspace) const override {
    basket::AddOnRequest own = request;
    own.statistics = &statistics_;
    static_cast<FixedWorkspace&>(workspace).reader.start(own);
  }
  void score(std::span<const basket::Candidate> candidates, basket::CandidateWorkspace& workspace,
             std::span<float> scores) const override {
    const basket::CandidateReader& reader = static_cast<FixedWorkspace&>(workspace).reader;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const auto features = reader.read(candidates[i].row, candidates[i].price_cents);
      const bool is_known = candidates[i].row != basket::kUnknownItem;
      scores[i] = is_known ? features.conditional + features.personal_faded : -1;
    }
  }

 private:
  basket::CoBasket statistics_;
};

}  // namespace

base::Result<basket::RankingPackage> fixed_ranker(const std::string& model, const std::string& version,
                                                  std::span<const basket::Purchase> purchases) {
  basket::CoBasketBuilder builder(basket::CoBasketOptions{});
  for (const basket::Purchase& purchase : purchases) builder.add(purchase);
  INKLING_ASSIGN(basket::CoBasket statistics, builder.build(purchases.empty() ? 0 : purchases.back().ts_ms + 1));
  return basket::RankingPackage{model, version, std::make_shared<const FixedScorer>(std::move(statistics))};
}

}  // namespace inkling::scene
