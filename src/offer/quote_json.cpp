#include "offer/quote_json.h"

#include <optional>
#include <utility>
#include <vector>

#include "offer/banner.h"
#include "offer/shares.h"

namespace inkling::offer {

namespace {

using base::Json;

Json banner_json(const Banner& banner) {
  return Json::Object{{"kind", kind_name(banner.kind)},
                      {"saved_cents", banner.saved_cents},
                      {"gap_cents", banner.gap_cents},
                      {"more_cents", banner.more_cents},
                      {"text", Json::Object{{"en", english(banner)}, {"zh", chinese(banner)}}}};
}

Json lines_json(const CartQuote& quote, std::span<const CartLine> lines) {
  std::vector<Json> promotions(lines.size(), Json::array());
  std::vector<std::int64_t> saved(lines.size());
  for (const Share& share : divide(quote)) {
    saved[share.line] += share.saved_cents;
    promotions[share.line].push(Json::Object{{"promotion", quote.promotions()[share.promotion].promotion->id},
                                             {"saved_cents", share.saved_cents}});
  }
  Json rows = Json::array();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].ticked) continue;
    const std::int64_t amount = quote.line_cents()[i];
    rows.push(Json::Object{{"item", lines[i].goods.item},
                           {"quantity", lines[i].quantity},
                           {"amount_cents", amount},
                           {"saved_cents", saved[i]},
                           {"pay_cents", amount - saved[i]},
                           {"promotions", std::move(promotions[i])}});
  }
  return rows;
}

}  // namespace

Json promotion_json(const CartQuote& quote, std::size_t i) {
  const PromotionQuote& told = quote.promotions()[i];
  Json json = Json::Object{{"promotion", told.promotion->id}};
  if (!told.promotion->title.empty()) json.set("title", told.promotion->title);
  json.set("applied", told.applied);
  json.set("eligible_cents", told.eligible_cents);
  json.set("step", told.step);
  json.set("saved_now_cents", told.saved_now_cents);
  if (told.threshold_cents) {
    json.set("threshold_cents", *told.threshold_cents);
    json.set("gap_cents", *told.gap_cents());
    json.set("saved_then_cents", told.saved_then_cents);
    json.set("more_cents", told.more_cents);
  }
  if (told.promotion->ends_ms < domain::kLastTimeMs) json.set("ends_ms", told.promotion->ends_ms);
  json.set("banner", banner_json(banner_of(quote, i)));
  return json;
}

Json to_json(const CartQuote& quote, std::span<const CartLine> lines) {
  Json json = Json::Object{{"currency", quote.currency()},
                           {"ticked_cents", quote.ticked_cents()},
                           {"saved_cents", quote.saved_cents()},
                           {"payable_cents", quote.payable_cents()},
                           {"now_ms", quote.now_ms()}};
  Json promotions = Json::array();
  for (std::size_t i = 0; i < quote.promotions().size(); ++i) promotions.push(promotion_json(quote, i));
  json.set("promotions", std::move(promotions));
  json.set("lines", lines_json(quote, lines));
  Json banner = banner_json(banner_of(quote));
  if (const auto next = nearest_step(quote)) banner.set("promotion", quote.promotions()[*next].promotion->id);
  json.set("banner", std::move(banner));
  return json;
}

}  // namespace inkling::offer
