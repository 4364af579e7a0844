#include "server/post_request.h"

#include <utility>
#include <vector>

#include "base/core/suggest.h"
#include "content/post_item.h"
#include "wire/event_json.h"

namespace inkling::server {

namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

Result<Json> parse_object(std::string_view body, std::string_view expected) {
  INKLING_ASSIGN(Json json, Json::parse(body));
  if (json.is_object()) return json;
  return base::invalid_input("body: expected an object with " + std::string(expected));
}

Result<Json> read_attributes(const JsonView& view) {
  INKLING_ASSIGN(const JsonView attributes, view.member("attributes"));
  if (attributes.json().is_object()) return attributes.json();
  return attributes.refuse("is no object of fields and values");
}

Status check_said(std::string_view member, const std::string& text, std::size_t most) {
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return base::invalid_input(std::string(member) + ": is empty; expected words");
  }
  if (text.size() <= most) return {};
  return base::too_large(std::string(member) + ": has " + std::to_string(text.size()) + " bytes; at most " +
                         std::to_string(most) + " are allowed");
}

// The texts of a post that the catalogue takes as they are.
Status check_texts(const JsonView& view) {
  INKLING_ASSIGN(const std::string title, view.text("title"));
  INKLING_TRY(check_said("title", title, kMaxTitleBytes));
  if (view.has("text")) {
    INKLING_ASSIGN(const std::string text, view.text("text"));
    INKLING_TRY(check_said("text", text, content::kMaxTextBytes));
  }
  if (!view.has("shop")) return {};
  INKLING_ASSIGN(const std::string shop, view.text("shop"));
  return check_said("shop", shop, domain::kMaxIdBytes);
}

Status check_lists(const JsonView& view) {
  for (const std::string_view member : {"category", "tags", "pictures"}) {
    if (!view.has(member)) continue;
    INKLING_ASSIGN(const auto elements, view.elements(member));
    if (elements.size() <= kMaxListed) continue;
    return base::invalid_input(std::string(member) + ": has " + std::to_string(elements.size()) +
                               " elements; at most " + std::to_string(kMaxListed) + " are allowed");
  }
  return {};
}

Json attributes_json(const PostRequest& request) {
  Json made = Json::object();
  for (auto& [name, text] : content::item_attributes(*request.form, request.checked.attributes)) {
    made.set(name, std::move(text));
  }
  return made;
}

}  // namespace

Result<const content::Template*> find_template(std::span<const content::Template> templates, std::string_view id) {
  std::vector<std::string> known;
  for (const content::Template& form : templates) {
    if (form.id == id) return &form;
    known.push_back(form.id);
  }
  return base::not_found("template: \"" + std::string(id) + "\" is none; " + base::expected_one_of(id, known));
}

Result<CheckRequest> read_check_request(std::string_view body) {
  INKLING_ASSIGN(const Json json, parse_object(body, "text, attributes or both"));
  const JsonView view(json);
  INKLING_TRY(view.only_keys({"text", "attributes"}));
  CheckRequest request;
  if (view.has("text")) {
    INKLING_ASSIGN(request.text, view.text("text"));
  }
  if (view.has("attributes")) {
    INKLING_ASSIGN(request.attributes, read_attributes(view));
  }
  if (!request.text && request.attributes.is_null()) {
    return base::invalid_input("body: has neither text nor attributes; expected one of them at least");
  }
  return request;
}

Result<EstimateRequest> read_estimate_request(std::string_view body) {
  INKLING_ASSIGN(const Json json, parse_object(body, "attributes and, to have it judged, quote_cents"));
  const JsonView view(json);
  INKLING_TRY(view.only_keys({"attributes", "quote_cents"}));
  EstimateRequest request;
  INKLING_ASSIGN(request.attributes, read_attributes(view));
  if (view.has("quote_cents")) {
    INKLING_ASSIGN(request.quote_cents, view.integer("quote_cents", 1, content::kMaxCents));
  }
  return request;
}

Result<PostRequest> read_post_request(std::string_view body, std::span<const content::Template> templates) {
  PostRequest request;
  INKLING_ASSIGN(request.members, parse_object(body, "template, title and attributes"));
  const JsonView view(request.members);
  INKLING_TRY(view.only_keys(
      {"template", "title", "text", "shop", "market", "location", "category", "tags", "pictures", "attributes"}));
  INKLING_ASSIGN(const std::string id, view.text("template"));
  const auto form = find_template(templates, id);
  // The path names nothing that is not there.
  if (!form.ok()) return base::invalid_input(form.status().message());
  request.form = *form;
  INKLING_TRY(check_texts(view));
  INKLING_TRY(check_lists(view));
  INKLING_ASSIGN(const Json attributes, read_attributes(view));
  request.checked = content::check_post(*request.form, attributes);
  return request;
}

Result<domain::Event> post_event(const PostRequest& request, std::string_view post, std::string event_id,
                                 std::int64_t now_ms) {
  Json event = Json::object();
  event.set("type", "item").set("id", std::move(event_id)).set("ts_ms", now_ms).set("item", post).set("kind", "post");
  for (const std::string_view member : {"title", "text", "market", "location", "category", "tags", "pictures"}) {
    if (const Json* told = request.members.find(member)) event.set(member, *told);
  }
  if (const Json* shop = request.members.find("shop")) event.set("parent", *shop);
  event.set("attributes", attributes_json(request));
  if (const auto cents = content::price_cents_of(*request.form, request.checked.attributes)) {
    event.set("price", Json::object().set("cents", *cents));
  }
  // Through the one reader of events, so that it knows the same mistakes and reads back as it was written.
  return wire::EventParser().parse(event.to_text());
}

}  // namespace inkling::server
