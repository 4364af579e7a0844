#include "apps/cli/add_on_summary.h"

#include <algorithm>
#include <utility>

namespace inkling::cli {
namespace {

using base::Json;
using funnel::Beside;
using funnel::Deed;

constexpr std::array kPairDeeds = {Deed::kShown, Deed::kClicked, Deed::kCarted, Deed::kBought};

Json count(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

PairTable pair_table(const funnel::JournalFollower& follower, Beside beside, Deed deed) {
  PairTable table{beside, deed, {}};
  const auto lifts = funnel::pair_lifts(follower.looks(), follower.items(), beside, deed);
  for (std::size_t i = 0; i < std::min(lifts.size(), kMostPairs); ++i) {
    table.pairs.push_back(
        {follower.items().category_name(lifts[i].beside), follower.items().category_name(lifts[i].added), lifts[i]});
  }
  return table;
}

Json overshoot_json(const funnel::Overshoot& overshoot) {
  Json json = Json::object();
  json.set("orders", count(overshoot.orders)).set("median_cents", overshoot.median_cents);
  json.set("p90_cents", overshoot.p90_cents);
  return json;
}

Json steps_json(const PromotionSteps& promotion) {
  const funnel::StepSummary& steps = promotion.steps;
  Json bins = Json::array();
  for (const std::uint64_t orders : steps.ratio_bins) bins.push(count(orders));
  Json histogram = Json::object();
  histogram.set("first_ratio", funnel::kFirstRatio).set("width", funnel::kRatioWidth).set("orders", std::move(bins));
  histogram.set("below", count(steps.below_bins)).set("above", count(steps.above_bins));
  Json json = Json::object();
  json.set("promotion", promotion.promotion).set("orders", count(steps.orders)).set("reached", count(steps.reached));
  json.set("just_below", count(steps.just_below)).set("just_below_share", steps.just_below_share());
  json.set("ratio_to_nearest_step", std::move(histogram));
  json.set("overshoot", overshoot_json(steps.overshoot));
  json.set("overshoot_with_add_on", overshoot_json(steps.overshoot_added));
  json.set("overshoot_without_add_on", overshoot_json(steps.overshoot_other));
  return json;
}

Json arm_json(const funnel::ArmSummary& arm) {
  Json json = Json::object();
  json.set("arm", arm.arm).set("looks", count(arm.looks)).set("answers", count(arm.answers));
  json.set("positions", count(arm.positions)).set("shown_again", count(arm.shown_again()));
  for (std::size_t deed = 0; deed < funnel::kDeeds; ++deed) json.set(kDeedKeys[deed], count(arm.deeds[deed]));
  Json alike = Json::object();
  for (std::size_t deed = 0; deed < funnel::kDeeds; ++deed) {
    alike.set(kDeedKeys[deed], arm.alike_share(static_cast<Deed>(deed)));
  }
  json.set("own_category_share", std::move(alike));
  json.set("looks_with_click", count(arm.looks_with_click)).set("exposure_with_click", count(arm.shown_with_click));
  Json depth = Json::object();
  depth.set("mean", arm.depth_mean).set("median", arm.depth_median).set("p90", arm.depth_p90);
  json.set("scroll_depth", std::move(depth));
  json.set("cart_to_buy", share_of(arm.of(Deed::kBought), arm.of(Deed::kCarted)));
  json.set("orders", count(arm.orders)).set("gmv_cents", arm.gmv_cents).set("added_cents", arm.added_cents);
  return json;
}

Json cross_scores_json(const std::array<funnel::MeanCrossScores, funnel::kDeeds>& means) {
  Json json = Json::object();
  for (std::size_t deed = 0; deed < funnel::kDeeds; ++deed) {
    Json row = Json::object();
    row.set("count", count(means[deed].count)).set("ticked_leaf", means[deed].leaf_to_ticked);
    row.set("ticked_top", means[deed].top_to_ticked).set("history_leaf", means[deed].leaf_to_history);
    row.set("history_top", means[deed].top_to_history);
    json.set(kDeedKeys[deed], std::move(row));
  }
  return json;
}

Json pairs_json(const PairTable& table) {
  Json pairs = Json::array();
  for (const NamedPair& pair : table.pairs) {
    Json row = Json::object();
    row.set("beside", pair.beside).set("added", pair.added).set("shown", count(pair.lift.shown));
    row.set("deeds", count(pair.lift.deeds)).set("expected", pair.lift.expected).set("lift", pair.lift.lift());
    pairs.push(std::move(row));
  }
  Json json = Json::object();
  json.set("beside", table.beside == Beside::kTicked ? "ticked" : "history");
  json.set("deed", kDeedKeys[static_cast<std::size_t>(table.deed)]).set("pairs", std::move(pairs));
  return json;
}

template <typename Element, typename Write>
Json list_json(const std::vector<Element>& elements, const Write& write) {
  Json list = Json::array();
  for (const Element& element : elements) list.push(write(element));
  return list;
}

}  // namespace

double share_of(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

AddOnSummary summarise_add_on(const funnel::JournalFollower& follower, std::uint64_t events) {
  AddOnSummary summary;
  summary.scene = follower.options().scene;
  summary.events = events;
  summary.simulated_events = follower.simulated_events();
  summary.orders = follower.orders().size();
  summary.unpriced_orders = follower.unpriced_orders();
  if (!follower.orders().empty()) summary.currency = follower.orders().front().currency;
  for (std::uint32_t i = 0; i < follower.promotions().size(); ++i) {
    summary.promotions.push_back({follower.promotions()[i], funnel::summarise_steps(follower.orders(), i)});
  }
  std::ranges::stable_sort(summary.promotions, std::greater<>(),
                           [](const PromotionSteps& each) { return each.steps.orders; });
  summary.arms = funnel::summarise_arms(follower.looks(), follower.orders(), follower.arms());
  summary.cross_scores = funnel::mean_cross_scores(follower.looks());
  for (const Beside beside : {Beside::kTicked, Beside::kHistory}) {
    for (const Deed deed : kPairDeeds) summary.pairs.push_back(pair_table(follower, beside, deed));
  }
  return summary;
}

Json to_json(const AddOnSummary& summary) {
  Json json = Json::object();
  json.set("scene", summary.scene).set("currency", summary.currency).set("events", count(summary.events));
  json.set("simulated_events", count(summary.simulated_events)).set("orders", count(summary.orders));
  json.set("unpriced_orders", count(summary.unpriced_orders));
  json.set("promotions", list_json(summary.promotions, steps_json));
  json.set("arms", list_json(summary.arms, arm_json));
  json.set("cross_scores", cross_scores_json(summary.cross_scores));
  json.set("pair_lifts", list_json(summary.pairs, pairs_json));
  return json;
}

}  // namespace inkling::cli
