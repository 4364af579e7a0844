#include "apps/cli/simulation_truth.h"

#include "base/core/json.h"
#include "sim/category_names.h"

namespace inkling::cli {
namespace {

using base::Json;

Json numbers(const std::vector<double>& values) {
  Json array = Json::array();
  for (const double value : values) array.push(value);
  return array;
}

Json count(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

Json look_json(const sim::days::LookTruth& look) {
  Json requests = Json::array();
  for (const std::string& request : look.requests) requests.push(request);
  Json json = Json::object();
  json.set("requests", std::move(requests)).set("positions", count(look.positions)).set("shown", count(look.shown));
  json.set("clicks", count(look.clicks)).set("carts", count(look.carts));
  return json;
}

Json order_json(const sim::days::OrderTruth& order) {
  Json added = Json::array();
  for (const sim::days::AddedTruth& line : order.added) {
    Json one = Json::object();
    one.set("request", line.request).set("cents", line.cents).set("added_ms", line.added_ms);
    added.push(std::move(one));
  }
  Json json = Json::object();
  json.set("id", order.order).set("ts_ms", order.ts_ms).set("cents", order.standing.sum_cents);
  json.set("step", order.standing.step).set("reached_cents", order.standing.reached_cents);
  json.set("next_cents", order.standing.next_cents).set("added", std::move(added));
  return json;
}

}  // namespace

void write_truth(const sim::FeedTruth& truth, std::string& text) {
  Json line = Json::object();
  line.set("request", truth.request);
  line.set("examine_prob", numbers(truth.examine_probs));
  line.set("attraction_prob", numbers(truth.attraction_probs));
  text += line.to_text() + '\n';
}

void write_truth(const sim::VisitTruth& truth, std::string& text) {
  Json line = Json::object();
  line.set("visit", truth.session);
  line.set("shopper", truth.shopper);
  line.set("ts_ms", truth.ts_ms);
  line.set("phase", sim::kPhaseNames[static_cast<std::size_t>(truth.phase)]);
  line.set("mood", sim::kMoodNames[static_cast<std::size_t>(truth.resolve.mood)]);
  line.set("buy_prob", truth.resolve.buy_prob);
  line.set("coupon_uplift", truth.uplift());
  line.set("coupon", truth.resolve.has_coupon);
  line.set("buys_alone", truth.resolve.buys_alone);
  line.set("buys_with_coupon", truth.resolve.buys_with_coupon);
  text += line.to_text() + '\n';
}

void write_truth(const sim::days::AnswerTruth& truth, std::string& text) {
  write_truth(sim::FeedTruth{truth.request, truth.examine_probs, truth.attraction_probs}, text);
}

void write_truth(const sim::days::TripTruth& truth, std::string& text) {
  Json looks = Json::array();
  for (const sim::days::LookTruth& look : truth.looks) looks.push(look_json(look));
  Json line = Json::object();
  line.set("trip", truth.session).set("arm", truth.arm).set("looks", std::move(looks));
  if (truth.order) line.set("order", order_json(*truth.order));
  text += line.to_text() + '\n';
}

void write_truth(const sim::days::Complements& complements, std::string& text) {
  for (std::uint32_t leaf = 0; leaf < sim::kLeafCount; ++leaf) {
    Json after = Json::array();
    for (const std::uint32_t other : complements.after(leaf)) after.push(sim::leaf_categories()[other].leaf);
    Json line = Json::object();
    line.set("complements_of", sim::leaf_categories()[leaf].leaf).set("leaves", std::move(after));
    text += line.to_text() + '\n';
  }
}

}  // namespace inkling::cli
