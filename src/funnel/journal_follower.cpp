#include "funnel/journal_follower.h"

#include <algorithm>
#include <utility>

#include "base/core/hash.h"
#include "funnel/question.h"
#include "offer/cart_quote.h"

namespace inkling::funnel {
namespace {

using domain::ActionKind;

constexpr const char* kNoArm = "no experiment";

bool is_simulated(std::string_view id) {
  return id.starts_with("sim-") || id.starts_with("drive-");
}

std::vector<std::uint32_t> different(std::vector<std::uint32_t> leaves) {
  std::erase(leaves, kNoCategory);
  std::ranges::sort(leaves);
  leaves.erase(std::unique(leaves.begin(), leaves.end()), leaves.end());
  return leaves;
}

// The category numbers of many items, for cross-scores with others.
class Company {
 public:
  Company(const ItemBook& items, const std::vector<std::uint32_t>& rows) {
    for (const std::uint32_t row : rows) {
      leaves_.push_back(items.facts(row).leaf);
      tops_.push_back(items.facts(row).top);
    }
  }
  [[nodiscard]] CrossScore with(const ItemBook::Facts& facts) const {
    return {share(leaves_, facts.leaf), share(tops_, facts.top)};
  }
  [[nodiscard]] std::vector<std::uint32_t> leaves() const { return different(leaves_); }

 private:
  [[nodiscard]] static float share(const std::vector<std::uint32_t>& all, std::uint32_t category) {
    if (all.empty() || category == kNoCategory) return 0;
    return static_cast<float>(std::ranges::count(all, category)) / static_cast<float>(all.size());
  }
  std::vector<std::uint32_t> leaves_;
  std::vector<std::uint32_t> tops_;
};

}  // namespace

void JournalFollower::take(const domain::Event& event) {
  if (is_simulated(event.id)) ++simulated_events_;
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

void JournalFollower::take_impression(const domain::Event& event, const domain::Impression& impression) {
  Shopper& shopper = shoppers_[event.shopper];
  Look& look = look_of(event, impression, shopper);
  ++look.answers;
  look.positions += static_cast<std::uint32_t>(impression.positions.size());
  look_by_request_[base::name_hash(impression.request)] = shopper.look;
  show(look, impression, shopper);
}

Look& JournalFollower::look_of(const domain::Event& event, const domain::Impression& impression, Shopper& shopper) {
  const std::uint64_t question = question_of(event, impression);
  const bool goes_on = shopper.question == question && event.ts_ms - shopper.answered_ms <= options_.look_gap_ms;
  shopper.answered_ms = event.ts_ms;
  if (goes_on) return looks_[shopper.look];
  shopper.question = question;
  shopper.look = static_cast<std::uint32_t>(looks_.size());
  Look& look = looks_.emplace_back();
  look.ts_ms = event.ts_ms;
  for (const auto& [experiment, arm] : impression.arms) {
    look.arms.push_back(number_of(arms_, experiment + ": " + arm));
  }
  if (look.arms.empty()) look.arms.push_back(number_of(arms_, kNoArm));
  return look;
}

void JournalFollower::show(Look& look, const domain::Impression& impression, const Shopper& shopper) {
  std::vector<std::uint32_t> ticked;
  for (const std::string& item : impression.ticked) ticked.push_back(items_.row(item));
  const Company triggers(items_, ticked);
  const Company history(items_, shopper.history);
  if (look.answers == 1) {
    look.ticked_leaves = triggers.leaves();
    look.history_leaves = history.leaves();
  }
  for (const domain::ImpressionPosition& position : impression.positions) {
    const std::uint32_t item = items_.row(position.item);
    if (std::ranges::find(look.shown, item, &Shown::item) != look.shown.end()) continue;
    const ItemBook::Facts& facts = items_.facts(item);
    look.shown.push_back({.item = item, .to_ticked = triggers.with(facts), .to_history = history.with(facts)});
  }
}

Shown* JournalFollower::shown_in(std::uint64_t request, std::uint32_t item, std::uint32_t& look,
                                 std::uint32_t& place) {
  const auto found = look_by_request_.find(request);
  if (found == look_by_request_.end()) return nullptr;
  auto& shown = looks_[found->second].shown;
  const auto at = std::ranges::find(shown, item, &Shown::item);
  if (at == shown.end()) return nullptr;
  look = found->second;
  place = static_cast<std::uint32_t>(at - shown.begin());
  return &*at;
}

void JournalFollower::take_action(const domain::Event& event, const domain::Action& action) {
  Shopper& shopper = shoppers_[event.shopper];
  if (action.action == ActionKind::kPurchase) return take_order(event, action, shopper);
  if (action.item.empty()) return;
  const std::uint32_t item = items_.row(action.item);
  if (action.action == ActionKind::kCartRemove) shopper.credit.remove(item);
  if (!is_on_item(action.action)) return;
  const std::optional<Deed> deed = deed_of(action.action);
  std::uint32_t look = 0;
  std::uint32_t place = 0;
  Shown* shown = action.request.empty() ? nullptr : shown_in(base::name_hash(action.request), item, look, place);
  if (shown != nullptr && deed == Deed::kCarted) {
    shown->carted = true;
    shopper.credit.add(item, {look, place, event.ts_ms});
  } else if (shown != nullptr && deed == Deed::kClicked) {
    shown->clicked = true;
  }
  remember(shopper, item);
}

void JournalFollower::remember(Shopper& shopper, std::uint32_t item) {
  if (shopper.history.size() == options_.history) shopper.history.erase(shopper.history.begin());
  shopper.history.push_back(item);
}

void JournalFollower::take_order(const domain::Event& event, const domain::Action& action, Shopper& shopper) {
  std::vector<domain::OrderLine> own = action.lines;
  if (own.empty()) own.push_back({action.item, action.quantity, action.price, {}, {}});
  std::vector<offer::CartLine> lines;
  for (const domain::OrderLine& line : own) {
    lines.push_back({items_.goods(items_.row(line.item), line.price), line.quantity, true});
  }
  const auto quote = offer::CartQuote::make(shelf_.publish(), lines, event.ts_ms);
  if (!quote.ok()) ++unpriced_orders_;
  Order order{event.ts_ms, quote.ok() ? quote->ticked_cents() : 0, quote.ok() ? quote->currency() : "", {}, {}};
  for (std::size_t i = 0; i < own.size(); ++i) {
    const std::uint32_t item = items_.row(own[i].item);
    credit(order, shopper, item, quote.ok() ? quote->line_cents()[i] : 0);
    remember(shopper, item);
  }
  if (!quote.ok()) return;
  for (const offer::PromotionQuote& each : quote->promotions()) {
    order.steps.push_back({number_of(promotions_, each.promotion->id), each.eligible_cents,
                           spend_of(*each.promotion, each.step), each.threshold_cents.value_or(0)});
  }
  orders_.push_back(std::move(order));
}

void JournalFollower::credit(Order& order, Shopper& shopper, std::uint32_t item, std::int64_t cents) {
  const auto added = shopper.credit.take(item, order.ts_ms, options_.credit_ms);
  if (!added) return;
  looks_[added->look].shown[added->place].bought = true;
  order.added.push_back({added->look, cents});
}

std::uint32_t JournalFollower::number_of(std::vector<std::string>& names, const std::string& name) {
  const auto place = static_cast<std::uint32_t>(std::ranges::find(names, name) - names.begin());
  if (place == names.size()) names.push_back(name);
  return place;
}

}  // namespace inkling::funnel
