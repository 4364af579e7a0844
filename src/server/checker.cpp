#include "server/checker.h"

#include <boost/asio/ip/address.hpp>

#include "base/core/json.h"
#include "offer/promotion.h"

namespace inkling::server {
namespace {

using base::Json;
using base::JsonView;

// The member, where it is there and not null.
bool says(const JsonView& facts, std::string_view name) {
  const Json* value = facts.json().find(name);
  return value != nullptr && !value->is_null();
}

base::Result<scene::ToldFacts> facts_of(const JsonView& view) {
  scene::ToldFacts facts;
  INKLING_ASSIGN(facts.item, view.text("item"));
  if (says(view, "price_cents")) {
    facts.price.emplace();
    INKLING_ASSIGN(facts.price->cents, view.integer("price_cents", 0, offer::kMaxCents));
    if (says(view, "currency")) {
      INKLING_ASSIGN(facts.price->currency, view.text("currency"));
    }
  }
  if (says(view, "on_sale")) {
    INKLING_ASSIGN(facts.on_sale, view.boolean("on_sale"));
  }
  if (says(view, "stock")) {
    INKLING_ASSIGN(facts.stock, view.integer("stock", 0));
  }
  return facts;
}

}  // namespace

Checker::Checker(const ServerOptions& options)
    : address_(*checker_address(options.checker)),
      deadline_ms_(options.checker_deadline_ms),
      breaker_(options.checker_failures, options.checker_rest_ms) {}

CheckerCounts Checker::counts() const {
  const auto count = [&](CheckOutcome outcome) { return counts_[static_cast<std::size_t>(outcome)].load(); };
  return {count(CheckOutcome::kAnswered),
          count(CheckOutcome::kFailed),
          count(CheckOutcome::kLate),
          count(CheckOutcome::kResting),
          count(CheckOutcome::kBusy),
          count(CheckOutcome::kNoTime),
          breaker_.opened(),
          breaker_.is_open()};
}

base::Result<HttpAddress> checker_address(std::string_view url) {
  auto address = parse_http_address(url);
  boost::system::error_code error;
  if (address.ok()) boost::asio::ip::make_address(address->host, error);
  if (address.ok() && !error) return address;
  return base::invalid_input("\"" + std::string(url) +
                             "\" is no HTTP address; allowed is one without a name, as http://127.0.0.1:9100");
}

std::string question_json(const std::vector<std::string>& items) {
  Json list = Json::array();
  for (const std::string& item : items) list.push(item);
  return Json::object().set("items", std::move(list)).to_text();
}

base::Result<std::vector<scene::ToldFacts>> told_from_json(std::string_view text) {
  INKLING_ASSIGN(const Json json, Json::parse(text));
  INKLING_ASSIGN(const auto items, JsonView(json).elements("items"));
  std::vector<scene::ToldFacts> told;
  told.reserve(items.size());
  for (const JsonView& item : items) {
    INKLING_ASSIGN(auto facts, facts_of(item));
    told.push_back(std::move(facts));
  }
  return told;
}

}  // namespace inkling::server
