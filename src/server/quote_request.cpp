#include "server/quote_request.h"

#include <utility>

#include "offer/quote_json.h"

namespace inkling::server {

namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

Result<domain::Money> read_money(const JsonView& view) {
  INKLING_TRY(view.only_keys({"cents", "currency"}));
  domain::Money money;
  INKLING_ASSIGN(money.cents, view.integer("cents", 0, offer::kMaxCents));
  if (!view.has("currency")) return money;
  INKLING_ASSIGN(money.currency, view.text("currency"));
  if (domain::is_currency_code(money.currency)) return money;
  INKLING_ASSIGN(const JsonView currency, view.member("currency"));
  return currency.refuse('"' + money.currency + R"(" is no currency; expected a code like "EUR")");
}

Result<QuoteRequest::Line> read_line(const JsonView& view) {
  INKLING_TRY(view.only_keys({"item", "quantity", "ticked", "price"}));
  QuoteRequest::Line line;
  INKLING_ASSIGN(const JsonView item, view.member("item"));
  INKLING_ASSIGN(line.item, offer::bounded_text(item, 1, domain::kMaxIdBytes));
  if (view.has("quantity")) {
    INKLING_ASSIGN(line.quantity, view.integer("quantity", 1, offer::kMaxQuantity));
  }
  if (view.has("ticked")) {
    INKLING_ASSIGN(line.ticked, view.boolean("ticked"));
  }
  if (view.has("price")) {
    INKLING_ASSIGN(const JsonView price, view.member("price"));
    INKLING_ASSIGN(line.shown, read_money(price));
  }
  return line;
}

Json left_out_json(const CartGoods& goods) {
  Json rows = Json::array();
  for (const auto& [item, reason] : goods.left_out()) rows.push(Json::Object{{"item", item}, {"reason", reason}});
  return rows;
}

Result<Json> quoted(const CartGoods& goods, std::shared_ptr<const offer::PromotionBook> offers, std::int64_t now_ms) {
  INKLING_ASSIGN(const auto quote, offer::CartQuote::make(std::move(offers), goods.lines(), now_ms));
  Json json = offer::to_json(quote, goods.lines());
  json.set("left_out", left_out_json(goods));
  return json;
}

}  // namespace

Result<QuoteRequest> parse_quote_request(std::string_view json) {
  auto body = Json::parse(json);
  if (!body.ok()) return body.status().within("body");
  const JsonView view(*body);
  INKLING_TRY(view.only_keys({"lines"}));
  INKLING_ASSIGN(const std::vector<JsonView> lines, view.elements("lines"));
  if (lines.empty() || lines.size() > kMaxQuoteLines) {
    return base::invalid_input("lines: has " + std::to_string(lines.size()) + " of them; expected a list of 1 to " +
                               std::to_string(kMaxQuoteLines));
  }
  QuoteRequest request;
  for (const JsonView& each : lines) {
    INKLING_ASSIGN(QuoteRequest::Line line, read_line(each));
    request.lines.push_back(std::move(line));
  }
  return request;
}

Result<std::string> quote_to_json(const QuoteRequest& request, const store::Store& store,
                                  std::shared_ptr<const offer::PromotionBook> offers, std::int64_t now_ms) {
  CartGoods goods(store);
  Json repriced = Json::array();
  for (std::size_t i = 0; i < request.lines.size(); ++i) {
    const QuoteRequest::Line& line = request.lines[i];
    INKLING_ASSIGN(const CartGoods::Row* row, goods.look_up(line.item, line.shown));
    if (!row->is_known) {
      return base::invalid_input("lines[" + std::to_string(i) + "].item: no event told of an item \"" + line.item +
                                 "\"; expected one of the catalogue");
    }
    if (line.shown && *row->price != *line.shown) {
      repriced.push(
          Json::Object{{"item", line.item}, {"shown", money_json(*line.shown)}, {"price", money_json(*row->price)}});
    }
    goods.take(*row, line.quantity, line.ticked);
  }
  INKLING_ASSIGN(Json json, quoted(goods, std::move(offers), now_ms));
  json.set("repriced", std::move(repriced));
  return json.to_text();
}

Json offers_json(const CartGoods& goods, std::shared_ptr<const offer::PromotionBook> offers, std::int64_t now_ms) {
  auto json = quoted(goods, std::move(offers), now_ms);
  return json.ok() ? *std::move(json) : Json(Json::Object{{"refused", json.status().message()}});
}

}  // namespace inkling::server
