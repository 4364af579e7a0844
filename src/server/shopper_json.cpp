#include "server/shopper_json.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "base/core/json.h"
#include "base/core/number_text.h"

namespace inkling::server {

namespace {

using base::Json;

// A hash as text: JSON numbers lose the low bits of 64-bit integers in most readers.
Json hash_text(std::uint64_t hash) {
  if (hash == 0) return nullptr;
  constexpr std::size_t kDigits = 16;
  char digits[kDigits];
  const auto written = std::to_chars(digits, digits + kDigits, hash, 16);
  const auto length = static_cast<std::size_t>(written.ptr - digits);
  return std::string(kDigits - length, '0') + std::string(digits, length);
}

Json count(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

// -1 is the state's "not said" and "never".
Json or_null(std::int64_t value) {
  return value < 0 ? Json(nullptr) : Json(value);
}

Json actions_json(const state::ShopperState& state, std::int64_t now_ms) {
  Json actions = Json::object();
  for (std::size_t group = 0; group < state::kActionGroupCount; ++group) {
    const state::GroupStatistics& statistics = state.groups[group];
    Json decayed = Json::object();
    for (std::size_t i = 0; i < state::kHalfLivesMs.size(); ++i) {
      decayed.set(state::kHalfLifeNames[i], statistics.decayed_at(i, std::max(now_ms, statistics.as_of_ms)));
    }
    actions.set(state::kActionGroupNames[group], Json::Object{{"total", statistics.total},
                                                              {"active_days", statistics.active_days},
                                                              {"last_ms", or_null(statistics.last_ms)},
                                                              {"decayed", std::move(decayed)}});
  }
  return actions;
}

Json::Array cart_json(const state::ShopperState& state) {
  Json::Array cart;
  for (const auto& line : state.cart) {
    cart.push_back(Json::Object{{"item", line.item},
                                {"quantity", line.quantity},
                                {"ticked", line.ticked},
                                {"price_cents", or_null(line.price_cents)},
                                {"added_ms", line.added_ms}});
  }
  return cart;
}

// Newest first: that is what one looks for.
Json::Array recent_json(const state::ShopperState& state) {
  Json::Array recent;
  for (std::uint64_t i = state.browses.total(); i > state.browses.first(); --i) {
    const state::BrowseRecord& record = state.browses.at(i - 1);
    recent.push_back(Json::Object{{"ts_ms", record.time.ts_ms},
                                  {"action", domain::action_name(record.action)},
                                  {"item_hash", hash_text(record.item)},
                                  {"page_hash", hash_text(record.page)},
                                  {"top_category_hash", hash_text(record.top_category)},
                                  {"leaf_category_hash", hash_text(record.leaf_category)},
                                  {"stay_ms", or_null(record.stay_ms)},
                                  {"idle_ms", or_null(record.time.idle_ms)},
                                  {"item_repeat", record.item_repeat}});
  }
  return recent;
}

Json::Array coupons_json(const state::ShopperState& state) {
  Json::Array coupons;
  for (const auto& coupon : state.coupons) {
    coupons.push_back(Json::Object{{"coupon", coupon.coupon},
                                   {"granted_ms", coupon.granted_ms},
                                   {"expires_ms", or_null(coupon.expires_ms)},
                                   {"redeemed", coupon.redeemed}});
  }
  return coupons;
}

Json::Array repurchases_json(const state::ShopperState& state) {
  Json::Array rows;
  for (const auto& row : state.repurchases) {
    rows.push_back(Json::Object{
        {"item", row.item}, {"purchases", row.purchases}, {"first_ms", row.first_ms}, {"last_ms", row.last_ms}});
  }
  return rows;
}

Json::Array interests_json(const state::ShopperState& state) {
  Json::Array interests;
  for (const auto& interest : state.interests) {
    interests.push_back(Json::Object{{"category_hash", hash_text(interest.category)},
                                     {"weight", interest.weight},
                                     {"as_of_ms", interest.as_of_ms}});
  }
  return interests;
}

Json::Array intent_json(ShopperKnowledge& knowledge, const Scorers& scorers, std::int64_t now_ms) {
  Json::Array intent;
  for (const auto& scorer : scorers) {
    const feature::ScorerInfo& info = scorer->info();
    const auto answer = knowledge.score(info.model, now_ms);
    for (std::size_t i = 0; i < info.targets.size(); ++i) {
      Json row = Json::Object{{"model", info.model},
                              {"version", info.version},
                              {"target", info.targets[i].name},
                              {"horizon_ms", info.targets[i].horizon_ms},
                              {"probability", nullptr}};
      if (answer.ok()) {
        row.set("probability", base::tidy_double(answer->probs[i]));
      } else {
        row.set("unavailable", answer.status().message());
      }
      intent.push_back(std::move(row));
    }
  }
  return intent;
}

}  // namespace

std::string shopper_to_json(std::string_view shopper, ShopperKnowledge& knowledge, const Scorers& scorers,
                            std::int64_t now_ms) {
  const state::ShopperState& state = knowledge.shopper_state();
  Json profile = Json::object();
  for (const auto& [name, value] : state.profile) profile.set(name, value);
  const Json document = Json::Object{{"shopper", shopper},
                                     {"now_ms", std::max(now_ms, state.clock_ms)},
                                     {"first_ms", or_null(state.first_ms)},
                                     {"newest_ms", state.clock_ms},
                                     {"event_count", count(state.event_count)},
                                     {"active_days", state.active_days},
                                     {"session", state.session},
                                     {"spent_cents", state.spent_cents},
                                     {"records", Json::Object{{"swipes", count(state.swipes.total())},
                                                              {"taps", count(state.taps.total())},
                                                              {"browses", count(state.browses.total())}}},
                                     {"intent", intent_json(knowledge, scorers, now_ms)},
                                     {"actions", actions_json(state, now_ms)},
                                     {"cart", cart_json(state)},
                                     {"recent", recent_json(state)},
                                     {"profile", std::move(profile)},
                                     {"coupons", coupons_json(state)},
                                     {"repurchases", repurchases_json(state)},
                                     {"interests", interests_json(state)}};
  return document.to_text();
}

}  // namespace inkling::server
