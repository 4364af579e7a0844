#include "basket/sample_scoring.h"

namespace inkling::basket {

std::span<const float> SampleScorer::score(const AddOnSample& sample, const PersonalHistory* history) {
  const CoBasket& statistics = scorer_.statistics();
  triggers_.clear();
  for (const ItemRef& item : sample.ticked) {
    if (const auto row = statistics.find(item.item)) triggers_.push_back(*row);
  }
  candidates_.clear();
  for (const OfferedItem& offered : sample.offered) {
    const ItemRef& item = offered.item;
    candidates_.push_back({.row = statistics.find(item.item).value_or(kUnknownItem),
                           .price_cents = item.price_cents,
                           .item = item.item,
                           .leaf = item.leaf,
                           .top = item.top,
                           .shop = item.shop,
                           .recalls = std::span(offered.recalls).first(offered.recall_count)});
  }
  scores_.resize(candidates_.size());
  scorer_.start({.statistics = &statistics,
                 .history = history,
                 .triggers = triggers_,
                 .gap_cents = sample.gap_cents,
                 .now_ms = sample.now_ms,
                 .threshold_cents = sample.threshold_cents,
                 .promotion = sample.promotion,
                 .tier = sample.tier,
                 .intent_prob = sample.intent_prob,
                 .ticked = sample.ticked,
                 .unticked = sample.unticked,
                 .behaviours = sample.behaviours},
                *workspace_);
  scorer_.score(candidates_, *workspace_, scores_);
  return scores_;
}

double recall_score(const OfferedItem& offered) {
  double sum = 0;
  for (std::size_t i = 0; i < offered.recall_count; ++i) sum += offered.recalls[i].score;
  return sum;
}

}  // namespace inkling::basket
