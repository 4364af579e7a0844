#include "apps/cli/driver_http.h"

#include <algorithm>
#include <cmath>
#include <thread>

#include "base/core/json.h"
#include "wire/event_json.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

constexpr double kBinWidth = 1.02;
constexpr std::size_t kShownBytes = 300;
constexpr std::chrono::milliseconds kBetweenLooks{50};

// Whatever the server says, in the words of sim/shop.h.
Status refusal(const char* target, const server::ClientAnswer& answer) {
  const std::string message = std::string(target) + " was answered " + std::to_string(answer.status) + ": " +
                              answer.body.substr(0, kShownBytes);
  switch (answer.status) {
    case 404:
      return base::not_found(message);
    case 413:
      return base::too_large(message);
    case 503:
      return base::unavailable(message);
    default:
      return answer.status >= 500 ? base::internal_error(message) : base::invalid_input(message);
  }
}

Result<Json> parse_answer(const char* target, const std::string& body) {
  auto json = Json::parse(body);
  if (json.ok()) return json;
  return base::corrupt(std::string(target) + " answered no JSON: " + json.status().message());
}

// A member that is a text or null, which means "".
std::string text_or_empty(const JsonView& view, std::string_view key) {
  const Json* member = view.json().find(key);
  const std::string* text = member == nullptr ? nullptr : member->if_text();
  return text == nullptr ? "" : *text;
}

bool is_degraded(const Json& answer) {
  const Json* degraded = answer.find("degraded");
  return degraded != nullptr && !degraded->is_null();
}

// What does not look like an answer of this API is damage, not the caller's mistake.
Status damaged(const char* target, const Status& status) {
  return status.ok() ? status : base::corrupt(std::string(target) + ": " + status.message());
}

Result<sim::FeedAnswer> read_feed(const Json& json) {
  const JsonView view(json);
  sim::FeedAnswer answer;
  INKLING_ASSIGN(answer.request, view.text("request_id"));
  INKLING_ASSIGN(const std::vector<JsonView> items, view.elements("items"));
  for (const JsonView& item : items) {
    INKLING_ASSIGN(std::string id, item.text("item"));
    answer.items.push_back(std::move(id));
  }
  answer.cursor = text_or_empty(view, "cursor");
  answer.degraded = is_degraded(json);
  return answer;
}

Result<sim::AddOnAnswer> read_add_on(const Json& json) {
  sim::AddOnAnswer answer;
  INKLING_ASSIGN(answer.page, read_feed(json));
  const Json* offer = json.find("offer");
  if (offer == nullptr || offer->is_null()) return answer;
  const JsonView view(*offer, "offer");
  INKLING_ASSIGN(answer.promotion, view.text("promotion"));
  INKLING_ASSIGN(answer.gap_cents, view.integer("gap_cents"));
  return answer;
}

Json cart_json(const std::vector<sim::AskedLine>& cart) {
  Json lines = Json::array();
  for (const sim::AskedLine& line : cart) {
    Json one = Json::object();
    one.set("item", line.item).set("quantity", line.quantity).set("ticked", line.ticked);
    lines.push(std::move(one));
  }
  return lines;
}

Result<sim::CouponAnswer> read_coupon(const Json& json) {
  const JsonView view(json);
  sim::CouponAnswer answer;
  INKLING_ASSIGN(answer.request, view.text("request_id"));
  INKLING_ASSIGN(const JsonView decision, view.member("decision"));
  INKLING_ASSIGN(const bool offers, decision.boolean("offer"));
  if (offers) answer.offer = text_or_empty(decision, "what");
  answer.degraded = is_degraded(json);
  return answer;
}

Result<Json> definition_in(const std::string& target, const server::ClientAnswer& answer) {
  if (answer.status != 200) return refusal(target.c_str(), answer);
  INKLING_ASSIGN(const Json json, parse_answer(target.c_str(), answer.body));
  const Json* definition = json.find("definition");
  if (definition != nullptr) return *definition;
  return base::corrupt(target + " answered without a definition");
}

}  // namespace

Status bring_into_force(const server::HttpAddress& address, const domain::Promotion& promotion) {
  const std::string target = "/v1/promotions/" + promotion.promotion;
  server::HttpConnection connection(address, kAnswerLimit);
  INKLING_ASSIGN(const auto put, connection.send("PUT", target, promotion.definition_json, "application/json"));
  INKLING_ASSIGN(const Json wanted, definition_in(target, put));
  const auto latest = std::chrono::steady_clock::now() + kAnswerLimit;
  while (std::chrono::steady_clock::now() < latest) {
    INKLING_ASSIGN(const auto got, connection.send("GET", target, "", ""));
    if (got.status != 404) {
      INKLING_ASSIGN(const Json counted, definition_in(target, got));
      if (counted.to_text() == wanted.to_text()) return {};
    }
    std::this_thread::sleep_for(kBetweenLooks);
  }
  return base::unavailable(target + ": the server took the promotion and does not count it yet");
}

void Latencies::add(sim::Call call, std::int64_t duration_us) {
  const double bin = std::log(static_cast<double>(std::max<std::int64_t>(duration_us, 1))) / std::log(kBinWidth);
  const std::lock_guard lock(mutex_);
  ++bins_[static_cast<std::size_t>(call)][std::min(static_cast<std::size_t>(bin), kBins - 1)];
}

std::int64_t Latencies::quantile_us(sim::Call call, double share) const {
  const std::lock_guard lock(mutex_);
  const auto& bins = bins_[static_cast<std::size_t>(call)];
  std::uint64_t all = 0;
  for (const std::uint64_t count : bins) all += count;
  if (all == 0) return 0;
  std::uint64_t seen = 0;
  std::size_t bin = 0;
  while (bin + 1 < kBins && static_cast<double>(seen += bins[bin]) < share * static_cast<double>(all)) ++bin;
  return static_cast<std::int64_t>(std::pow(kBinWidth, static_cast<double>(bin) + 1));
}

Result<std::string> HttpShop::call(sim::Call call, const char* target, std::string_view body,
                                   const char* content_type) {
  const auto start = std::chrono::steady_clock::now();
  INKLING_ASSIGN(server::ClientAnswer answer, connection_.send("POST", target, body, content_type));
  if (answer.status != 200) return refusal(target, answer);
  const auto duration = std::chrono::steady_clock::now() - start;
  latencies_.add(call, std::chrono::duration_cast<std::chrono::microseconds>(duration).count());
  return std::move(answer.body);
}

Status HttpShop::post(std::span<const domain::Event> events) {
  std::string lines;
  for (const domain::Event& event : events) {
    wire::write_event(event, lines);
    lines += '\n';
  }
  constexpr const char* kTarget = "/v1/events";
  INKLING_ASSIGN(const std::string body, call(sim::Call::kEvents, kTarget, lines, "application/x-ndjson"));
  INKLING_ASSIGN(const Json receipt, parse_answer(kTarget, body));
  const JsonView view(receipt);
  const auto accepted = view.integer("accepted", 0);
  const auto duplicates = view.integer("duplicates", 0);
  INKLING_TRY(damaged(kTarget, accepted.status()));
  INKLING_TRY(damaged(kTarget, duplicates.status()));
  if (*accepted + *duplicates == static_cast<std::int64_t>(events.size())) return {};
  return base::corrupt("/v1/events acknowledged " + std::to_string(*accepted + *duplicates) + " of " +
                       std::to_string(events.size()) + " events");
}

Result<sim::FeedAnswer> HttpShop::feed(const sim::FeedQuestion& question) {
  constexpr const char* kTarget = "/v1/scenes/feed";
  Json request = Json::object();
  request.set("shopper", question.shopper);
  request.set("session", question.session);
  request.set("size", question.size);
  if (!question.cursor.empty()) request.set("cursor", question.cursor);
  INKLING_ASSIGN(const std::string body, call(sim::Call::kFeed, kTarget, request.to_text(), "application/json"));
  INKLING_ASSIGN(const Json json, parse_answer(kTarget, body));
  auto answer = read_feed(json);
  if (!answer.ok()) return damaged(kTarget, answer.status());
  return answer;
}

Result<sim::AddOnAnswer> HttpShop::add_on(const sim::AddOnQuestion& question) {
  const std::string target = "/v1/scenes/" + question.scene;
  Json request = Json::object();
  request.set("shopper", question.shopper).set("session", question.session).set("size", question.size);
  if (!question.cursor.empty()) request.set("cursor", question.cursor);
  request.set("cart", cart_json(question.cart));
  request.set("context", Json(Json::Object{{"promotion", question.promotion}}));
  INKLING_ASSIGN(const std::string body,
                 call(sim::Call::kAddOn, target.c_str(), request.to_text(), "application/json"));
  INKLING_ASSIGN(const Json json, parse_answer(target.c_str(), body));
  auto answer = read_add_on(json);
  if (!answer.ok()) return damaged(target.c_str(), answer.status());
  return answer;
}

Result<sim::CouponAnswer> HttpShop::coupon(const std::string& shopper, const std::string& session) {
  constexpr const char* kTarget = "/v1/scenes/coupon";
  Json request = Json::object();
  request.set("shopper", shopper);
  request.set("session", session);
  INKLING_ASSIGN(const std::string body, call(sim::Call::kCoupon, kTarget, request.to_text(), "application/json"));
  INKLING_ASSIGN(const Json json, parse_answer(kTarget, body));
  auto answer = read_coupon(json);
  if (!answer.ok()) return damaged(kTarget, answer.status());
  return answer;
}

}  // namespace inkling::cli
