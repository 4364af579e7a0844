#include "basket/sample_request.h"

namespace inkling::basket {

SampleRequest::SampleRequest(const AddOnSample& sample, const CoBasket& statistics, const Histories& histories) {
  for (const ItemRef& item : sample.ticked) {
    if (const auto row = statistics.find(item.item)) triggers_.push_back(*row);
  }
  request_ = {&statistics, histories.find(sample.shopper), triggers_, sample.gap_cents, sample.now_ms};
  request_.threshold_cents = sample.threshold_cents;
  request_.promotion = sample.promotion;
  request_.tier = sample.tier;
  request_.intent_prob = sample.intent_prob;
  request_.ticked = sample.ticked;
  request_.unticked = sample.unticked;
  request_.behaviours = sample.behaviours;
  for (const OfferedItem& offered : sample.offered) {
    const ItemRef& item = offered.item;
    candidates_.push_back({statistics.find(item.item).value_or(kUnknownItem), item.price_cents, item.item, item.leaf,
                           item.top, item.shop, std::span(offered.recalls).first(offered.recall_count)});
  }
}

}  // namespace inkling::basket
