#include "apps/edge/event_reader.h"

#include <algorithm>

#include "apps/edge/gestures_reader.h"
#include "apps/edge/members.h"
#include "apps/edge/packed_event.h"
#include "base/core/suggest.h"

namespace inkling::edge {
namespace {

using base::JsonView;
using base::Result;
using base::Status;
using domain::Event;

template <typename Names>
Result<std::size_t> choice(const Members& members, std::string_view key, const Names& names) {
  INKLING_TRY(members.require(key));
  const JsonView view = *members.said(key);
  INKLING_ASSIGN(const std::string name, view.as_text());
  const auto place = std::ranges::find(names, name);
  if (place != names.end()) return static_cast<std::size_t>(place - names.begin());
  return view.refuse("\"" + name + "\" is not known; " + base::expected_one_of(name, names));
}

// The numbers of EventBody's alternatives are those of kEventTypeNames.
template <std::size_t... kIndexes>
domain::EventBody empty_body(std::size_t type, std::index_sequence<kIndexes...>) {
  domain::EventBody body;
  static_cast<void>(((kIndexes == type && (body.emplace<kIndexes>(), true)) || ...));
  return body;
}

Status read_attributes(const Members& members, std::vector<domain::Attribute>& out) {
  const auto view = members.said("attributes");
  if (!view) return {};
  const base::Json::Object* attributes = view->json().if_object();
  if (attributes == nullptr) return view->refuse(R"(expected an object of texts, such as {"size": "L"})");
  for (const base::JsonMember& attribute : *attributes) {
    if (attribute.key.size() > domain::kMaxIdBytes) return view->refuse("a name has more than 128 bytes");
    INKLING_ASSIGN(std::string text, view->text(attribute.key));
    out.emplace_back(attribute.key, std::move(text));
  }
  return {};
}

Status read_lines(const Members& members, std::vector<domain::OrderLine>& out) {
  const auto view = members.said("lines");
  if (!view) return {};
  INKLING_ASSIGN(const auto elements, view->as_elements());
  for (const JsonView& element : elements) {
    INKLING_TRY(element.only_keys({"item", "quantity", "price", "promotions", "coupons"}));
    const Members line(element);
    domain::OrderLine& read = out.emplace_back();
    INKLING_TRY(line.required_id("item", read.item));
    INKLING_TRY(line.amount("quantity", read.quantity));
    INKLING_TRY(line.price("price", read.price));
    INKLING_TRY(line.ids("promotions", read.promotions));
    INKLING_TRY(line.ids("coupons", read.coupons));
  }
  return {};
}

Status read_body(const Members& members, domain::Action& action) {
  INKLING_ASSIGN(const std::size_t kind, choice(members, "action", domain::kActionKindNames));
  action.action = static_cast<domain::ActionKind>(kind);
  INKLING_TRY(members.id("item", action.item));
  INKLING_TRY(members.ids("category", action.category));
  INKLING_TRY(members.id("page", action.page));
  INKLING_TRY(members.amount("stay_ms", action.stay_ms));
  INKLING_TRY(members.text("query", action.query));
  INKLING_TRY(members.id("tag", action.tag));
  INKLING_TRY(members.id("request", action.request));
  INKLING_TRY(members.amount("quantity", action.quantity));
  INKLING_TRY(members.price("price", action.price));
  INKLING_TRY(read_lines(members, action.lines));
  INKLING_TRY(members.id("coupon", action.coupon));
  return members.amount("expires_ms", action.expires_ms);
}
Status read_body(const Members& members, domain::Gestures& gestures) {
  return read_gestures(members, gestures);
}
Status read_body(const Members& members, domain::Profile& profile) {
  return read_attributes(members, profile.attributes);
}
Status read_body(const Members& members, domain::Link& link) {
  INKLING_TRY(members.required_id("device", link.device));
  return members.required_id("account", link.account);
}

Status read_envelope(const Members& members, Event& event) {
  INKLING_TRY(members.required_id("id", event.id));
  INKLING_TRY(members.require("ts_ms"));
  INKLING_ASSIGN(event.ts_ms, members.said("ts_ms")->as_integer(0, domain::kLastTimeMs - 1));
  INKLING_TRY(members.id("shopper", event.shopper));
  return members.id("session", event.session);
}

struct BodyReader {
  const Members& members;
  bool about_a_shopper = false;

  template <typename Body>
  Status operator()(Body& body) {
    about_a_shopper = true;
    return read_body(members, body);
  }
  Status operator()(domain::Item&) { return {}; }
  Status operator()(domain::Promotion&) { return {}; }
  Status operator()(domain::Campaign&) { return {}; }
  Status operator()(domain::Impression&) { return {}; }
};

}  // namespace

Result<Event> read_event(std::string_view json) {
  if (json.size() > kMaxEventBytes) {
    return base::invalid_input("the event has " + std::to_string(json.size()) + " bytes; at most " +
                               std::to_string(kMaxEventBytes) + " are allowed.");
  }
  INKLING_ASSIGN(const base::Json root, base::Json::parse(json));
  if (!root.is_object()) return base::invalid_input("the event is no JSON object.");
  const Members members((JsonView(root)));
  INKLING_ASSIGN(const std::size_t type, choice(members, "type", domain::kEventTypeNames));
  Event event;
  event.body = empty_body(type, std::make_index_sequence<domain::kEventTypeNames.size()>());
  INKLING_TRY(read_envelope(members, event));
  BodyReader reader{members};
  INKLING_TRY(std::visit(reader, event.body));
  if (reader.about_a_shopper) INKLING_TRY(members.required_id("shopper", event.shopper));
  return event;
}

}  // namespace inkling::edge
