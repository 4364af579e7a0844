#include "apps/edge/members.h"

namespace inkling::edge {
namespace {

using base::JsonView;
using base::Status;

Status read_id(const JsonView& view, std::string& out) {
  INKLING_ASSIGN(std::string id, view.as_text());
  if (id.size() > domain::kMaxIdBytes) {
    return view.refuse("the id has " + std::to_string(id.size()) + " bytes; at most " +
                       std::to_string(domain::kMaxIdBytes) + " are allowed");
  }
  out = std::move(id);
  return {};
}

}  // namespace

std::optional<JsonView> Members::said(std::string_view key) const {
  const base::Json* found = object_.json().find(key);
  if (found == nullptr || found->is_null()) return std::nullopt;
  return JsonView(*found, object_.path().empty() ? std::string(key) : object_.path() + "." + std::string(key));
}

Status Members::require(std::string_view key) const {
  return said(key) ? Status() : object_.refuse("the member \"" + std::string(key) + "\" is missing");
}

Status Members::text(std::string_view key, std::string& out) const {
  const auto view = said(key);
  if (!view) return {};
  INKLING_ASSIGN(out, view->as_text());
  return {};
}

Status Members::id(std::string_view key, std::string& out) const {
  const auto view = said(key);
  return view ? read_id(*view, out) : Status();
}

Status Members::required_id(std::string_view key, std::string& out) const {
  INKLING_TRY(require(key));
  INKLING_TRY(id(key, out));
  return out.empty() ? said(key)->refuse("it is empty; expected 1 to 128 bytes") : Status();
}

Status Members::ids(std::string_view key, std::vector<std::string>& out) const {
  const auto view = said(key);
  if (!view) return {};
  INKLING_ASSIGN(const auto elements, view->as_elements());
  out.reserve(elements.size());
  for (const JsonView& element : elements) INKLING_TRY(read_id(element, out.emplace_back()));
  return {};
}

Status Members::amount(std::string_view key, std::int64_t& out) const {
  const auto view = said(key);
  if (!view) return {};
  INKLING_ASSIGN(out, view->as_integer(0));
  return {};
}

Status Members::price(std::string_view key, std::optional<domain::Money>& out) const {
  const auto view = said(key);
  if (!view) return {};
  INKLING_TRY(view->only_keys({"cents", "currency"}));
  const Members members(*view);
  domain::Money& money = out.emplace();
  INKLING_TRY(members.require("cents"));
  INKLING_TRY(members.amount("cents", money.cents));
  INKLING_TRY(members.text("currency", money.currency));
  if (money.currency.empty() || domain::is_currency_code(money.currency)) return {};
  return members.said("currency")->refuse("this is no ISO 4217 code of three capitals, such as EUR");
}

}  // namespace inkling::edge
