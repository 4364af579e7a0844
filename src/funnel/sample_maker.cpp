#include "funnel/sample_maker.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "base/core/hash.h"
#include "funnel/question.h"

namespace inkling::funnel {
namespace {

using basket::AddOnSample;
using basket::BehaviourKind;
using basket::OfferedItem;
using domain::ActionKind;

constexpr std::size_t kManyAdded = 64;  // in one cart: old ones are looked for

BehaviourKind kind_of(ActionKind action) {
  if (action == ActionKind::kClick) return BehaviourKind::kClick;
  if (action == ActionKind::kFavourite) return BehaviourKind::kFavourite;
  if (action == ActionKind::kCartAdd) return BehaviourKind::kCartAdd;
  return BehaviourKind::kView;
}

// Steps reached, as impressions write them; what is no number says nothing.
std::uint32_t tier_of(const std::string& text) {
  std::uint32_t tier = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), tier);
  return error == std::errc() && end == text.data() + text.size() ? tier : 0;
}

SampleCounts::ByDeed deeds_of(const AddOnSample& sample) {
  SampleCounts::ByDeed deeds{};
  for (const OfferedItem& item : sample.offered) {
    ++deeds[static_cast<std::size_t>(Deed::kShown)];
    deeds[static_cast<std::size_t>(Deed::kClicked)] += item.clicked ? 1 : 0;
    deeds[static_cast<std::size_t>(Deed::kCarted)] += item.carted ? 1 : 0;
    deeds[static_cast<std::size_t>(Deed::kBought)] += item.bought ? 1 : 0;
  }
  return deeds;
}

void add_up(const SampleCounts::ByDeed& deeds, SampleCounts::ByDeed& sums) {
  for (std::size_t deed = 0; deed < kDeeds; ++deed) sums[deed] += deeds[deed];
}

}  // namespace

double to_one(const SampleCounts::ByDeed& deeds, Deed deed, Deed next) {
  const std::uint64_t few = deeds[static_cast<std::size_t>(next)];
  if (few == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(deeds[static_cast<std::size_t>(deed)]) / static_cast<double>(few);
}

void SampleMaker::take(const domain::Event& event) {
  newest_ms_ = std::max(newest_ms_, event.ts_ms);
  tell_settled();
  if (const auto* item = std::get_if<domain::Item>(&event.body)) {
    items_.tell(*item);
  } else if (const auto* promotion = std::get_if<domain::Promotion>(&event.body)) {
    shelf_.tell(promotion->promotion, promotion->definition_json);
  } else if (const auto* impression = std::get_if<domain::Impression>(&event.body)) {
    if (impression->scene == options_.scene) take_impression(event, *impression);
  } else if (const auto* action = std::get_if<domain::Action>(&event.body)) {
    take_action(event, *action);
  }
}

void SampleMaker::finish() {
  while (!waiting_.empty()) {
    counts_.looks_open += waiting_.front().newest_ms + options_.settle_ms >= newest_ms_ ? 1 : 0;
    tell_first();
  }
}

void SampleMaker::take_impression(const domain::Event& event, const domain::Impression& impression) {
  Waiting& look = look_of(event, impression, shoppers_[event.shopper]);
  ++counts_.answers;
  counts_.positions += impression.positions.size();
  show(impression, look);
}

SampleMaker::Waiting& SampleMaker::look_of(const domain::Event& event, const domain::Impression& impression,
                                           Shopper& shopper) {
  const std::uint64_t question = question_of(event, impression);
  const bool goes_on = shopper.question == question && event.ts_ms - shopper.answered_ms <= options_.look_gap_ms;
  shopper.answered_ms = event.ts_ms;
  Waiting* look = goes_on ? find(shopper.look) : nullptr;
  if (look == nullptr) {
    shopper.question = question;
    shopper.look = first_ + static_cast<std::uint32_t>(waiting_.size());
    look = &waiting_.emplace_back();
    begin(event, impression, shopper, look->sample);
  }
  look->newest_ms = std::max(look->newest_ms, event.ts_ms);
  const std::uint64_t request = base::name_hash(impression.request);
  look->requests.push_back(request);
  look_by_request_[request] = shopper.look;
  return *look;
}

void SampleMaker::begin(const domain::Event& event, const domain::Impression& impression, const Shopper& shopper,
                        AddOnSample& sample) {
  sample.shopper = base::name_hash(event.shopper);
  sample.now_ms = event.ts_ms;
  sample.promotion = base::name_hash(impression.promotion);
  sample.tier = tier_of(impression.tier);
  sample.gap_cents = std::max<std::int64_t>(impression.gap_cents, 0);
  sample.threshold_cents = threshold(sample, impression.promotion);
  if (impression.intent_prob) sample.intent_prob = static_cast<float>(*impression.intent_prob);
  sample.ticked = refs(impression.ticked);
  sample.unticked = refs(impression.unticked);
  shopper.past.before(event.ts_ms, [&](const ShopperPast::Done& done) {
    basket::ItemRef item = ref(done.item, {});
    item.price_cents = done.price_cents;
    sample.behaviours.push_back({item, done.kind, done.ts_ms});
  });
}

std::int64_t SampleMaker::threshold(const AddOnSample& sample, const std::string& promotion) {
  if (sample.gap_cents == 0) return 0;
  const auto book = shelf_.publish();
  const auto row = book->find(promotion);
  return row ? spend_of(book->promotion(*row), std::int64_t{sample.tier} + 1) : 0;
}

void SampleMaker::show(const domain::Impression& impression, Waiting& look) {
  for (const domain::ImpressionPosition& position : impression.positions) {
    const std::uint32_t item = items_.row(position.item);
    if (std::ranges::find(look.items, item) != look.items.end()) {
      ++counts_.shown_again;
    } else if (look.items.size() == kMostOffered) {
      ++counts_.beyond_offered;
    } else {
      look.items.push_back(item);
      look.sample.offered.push_back(offered(item, position));
      look.sample.offered.back().position = static_cast<std::uint16_t>(look.items.size() - 1);
    }
  }
}

OfferedItem SampleMaker::offered(std::uint32_t item, const domain::ImpressionPosition& position) {
  OfferedItem offered;
  offered.item = ref(item, position.price);
  for (const domain::RecallScore& recall : position.recalls) {
    if (offered.recall_count == basket::kMaxRecalls) break;
    offered.recalls[offered.recall_count++] = {base::name_hash(recall.recall), static_cast<float>(recall.score)};
  }
  return offered;
}

basket::ItemRef SampleMaker::ref(std::uint32_t item, const std::optional<domain::Money>& said) {
  const ItemBook::Facts& facts = items_.facts(item);
  return {base::name_hash(facts.item), base::name_hash(items_.category_name(facts.leaf)),
          base::name_hash(items_.category_name(facts.top)), base::name_hash(facts.shop),
          currency_.cents(said ? said : facts.price)};
}

std::vector<basket::ItemRef> SampleMaker::refs(const std::vector<std::string>& items) {
  std::vector<basket::ItemRef> found;
  const std::size_t first = items.size() > basket::kMaxTriggers ? items.size() - basket::kMaxTriggers : 0;
  for (std::size_t i = first; i < items.size(); ++i) found.push_back(ref(items_.row(items[i]), {}));
  return found;
}

void SampleMaker::take_action(const domain::Event& event, const domain::Action& action) {
  Shopper& shopper = shoppers_[event.shopper];
  if (action.action == ActionKind::kPurchase) return take_order(event, action, shopper);
  if (action.item.empty()) return;
  const std::uint32_t item = items_.row(action.item);
  if (action.action == ActionKind::kCartRemove) shopper.credit.remove(item);
  if (!is_on_item(action.action)) return;
  if (!action.request.empty()) follow(event, action, item, shopper);
  shopper.past.add({event.ts_ms, ref(item, action.price).price_cents, item, kind_of(action.action)});
}

void SampleMaker::follow(const domain::Event& event, const domain::Action& action, std::uint32_t item,
                         Shopper& shopper) {
  const auto deed = deed_of(action.action);
  const auto request = look_by_request_.find(base::name_hash(action.request));
  if (!deed || request == look_by_request_.end()) return;
  Waiting& look = *find(request->second);
  const auto place = std::ranges::find(look.items, item) - look.items.begin();
  if (static_cast<std::size_t>(place) == look.items.size()) return;
  look.newest_ms = std::max(look.newest_ms, event.ts_ms);
  OfferedItem& offered = look.sample.offered[static_cast<std::size_t>(place)];
  if (deed == Deed::kCarted) {
    counts_.carted_at_once += offered.clicked ? 0 : 1;
    offered.carted = true;
    if (shopper.credit.size() >= kManyAdded) shopper.credit.forget_before(event.ts_ms - options_.credit_ms);
    shopper.credit.add(item, {request->second, static_cast<std::uint32_t>(place), event.ts_ms});
  }
  offered.clicked = true;
}

void SampleMaker::take_order(const domain::Event& event, const domain::Action& action, Shopper& shopper) {
  std::vector<domain::OrderLine> lines = action.lines;
  if (lines.empty()) lines.push_back({action.item, action.quantity, action.price, {}, {}});
  for (const domain::OrderLine& line : lines) {
    if (line.item.empty()) continue;
    const std::uint32_t item = items_.row(line.item);
    shopper.past.add({event.ts_ms, ref(item, line.price).price_cents, item, BehaviourKind::kPurchase});
    const auto added = shopper.credit.take(item, event.ts_ms, options_.credit_ms);
    if (!added) continue;
    Waiting* look = find(added->look);
    counts_.late_orders += look == nullptr ? 1 : 0;
    if (look != nullptr) look->sample.offered[added->place].bought = true;
  }
}

SampleMaker::Waiting* SampleMaker::find(std::uint32_t look) {
  return look < first_ || look - first_ >= waiting_.size() ? nullptr : &waiting_[look - first_];
}

void SampleMaker::tell_settled() {
  while (!waiting_.empty() && waiting_.front().newest_ms + options_.settle_ms < newest_ms_) tell_first();
}

void SampleMaker::tell_first() {
  Waiting look = std::move(waiting_.front());
  waiting_.pop_front();
  ++first_;
  for (const std::uint64_t request : look.requests) look_by_request_.erase(request);
  const SampleCounts::ByDeed deeds = deeds_of(look.sample);
  ++counts_.looks;
  add_up(deeds, counts_.all);
  if (look.sample.offered.empty()) {
    ++counts_.looks_empty;
  } else if (options_.only_clicked && deeds[static_cast<std::size_t>(Deed::kClicked)] == 0) {
    ++counts_.looks_unclicked;
  } else {
    add_up(deeds, counts_.kept);
    on_sample_(std::move(look.sample));
  }
}

}  // namespace inkling::funnel
