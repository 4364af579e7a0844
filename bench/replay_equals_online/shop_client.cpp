#include "bench/replay_equals_online/shop_client.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "base/core/json.h"
#include "bench/replay_equals_online/value_of.h"
#include "wire/event_json.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::JsonView;

constexpr std::uint64_t kLargestBatch = 8;
constexpr double kAskChance = 0.6;       // about a shopper whose events were just taken
constexpr double kAskOtherChance = 0.2;  // about one whose events came earlier
constexpr double kAskSceneChance = 0.5;  // through a scene, not by GET /v1/shoppers

// GET /v1/shoppers/{id}: the only model's only target. POST /v1/scenes/ask: what the decision was made from.
double answered_prob(const std::string& body, bool by_scene) {
  const Json json = value_of(Json::parse(body));
  const JsonView view(json);
  if (by_scene) return value_of(value_of(view.member("decision")).number("probability"));
  return value_of(value_of(view.elements("intent")).at(0).number("probability"));
}

}  // namespace

std::string ShopClient::body_of(const server::ClientAnswer& answer, const std::string& request) {
  ++served_.requests;
  if (answer.status == 200) return answer.body;
  throw std::runtime_error(request + " was answered " + std::to_string(answer.status) + ": " + answer.body);
}

void ShopClient::post(std::span<const domain::Event* const> events) {
  std::string lines;
  for (const domain::Event* event : events) {
    wire::write_event(*event, lines);
    lines += '\n';
  }
  const Json json =
      value_of(Json::parse(body_of(http_->post("/v1/events", lines, "application/x-ndjson"), "POST /v1/events")));
  for (const domain::Event* event : events) {
    if (acknowledged_.insert(event->id).second && is_folded(*event)) ++event_counts_[event->shopper];
  }
  const JsonView receipt(json);
  served_.events_accepted += static_cast<std::uint64_t>(value_of(receipt.integer("accepted", 0)));
  served_.duplicates_dropped += static_cast<std::uint64_t>(value_of(receipt.integer("duplicates", 0)));
}

void ShopClient::take(std::span<const domain::Event* const> events) {
  while (!events.empty()) {
    const std::size_t size = std::min<std::size_t>(1 + random_.below(kLargestBatch), events.size());
    post(events.first(size));
    std::set<std::string> shoppers;
    for (const domain::Event* event : events.first(size)) {
      if (is_folded(*event)) shoppers.insert(event->shopper);
    }
    for (const std::string& shopper : shoppers) {
      if (random_.chance(kAskChance)) ask(shopper);
      shoppers_.push_back(shopper);
    }
    if (!shoppers_.empty() && random_.chance(kAskOtherChance)) ask(std::string(shoppers_[random_.below(shoppers_.size())]));
    events = events.subspan(size);
  }
}

void ShopClient::ask(const std::string& shopper) {
  const bool by_scene = random_.chance(kAskSceneChance);
  const std::string target = by_scene ? "/v1/scenes/" + std::string(kAskScene) : "/v1/shoppers/" + shopper;
  const auto answer =
      by_scene ? http_->post(target, Json(Json::Object{{"shopper", shopper}}).to_text()) : http_->get(target);
  served_.asked.push_back({shopper, event_counts_.at(shopper), answered_prob(body_of(answer, target), by_scene)});
}

std::string ShopClient::metrics() {
  return body_of(http_->get("/metrics"), "GET /metrics");
}

}  // namespace inkling::bench
