#include "content/post_item.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "base/core/number_text.h"

namespace inkling::content {
namespace {

using base::Json;

std::string attribute_text(const Json& value) {
  if (const std::string* text = value.if_text()) return *text;
  if (const double* number = value.if_number()) return base::number_text(*number);
  return value.to_text();  // cents and flags
}

Json attribute_value(const Field& field, const std::string& text) {
  if (field.kind == FieldKind::kFlag && (text == "true" || text == "false")) return Json(text == "true");
  if (field.kind == FieldKind::kNumber) {
    if (const auto number = base::number_of(text)) return Json(*number);
  }
  if (field.kind == FieldKind::kMoney) {
    std::int64_t cents = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), cents);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return Json(cents);
  }
  return Json(text);
}

}  // namespace

std::vector<domain::Attribute> item_attributes(const Template& form, const Json& checked) {
  std::vector<domain::Attribute> attributes = {{std::string(kTemplateAttribute), form.id}};
  for (const base::JsonMember& member : *checked.if_object()) {
    attributes.emplace_back(member.key, attribute_text(member.value));
  }
  return attributes;
}

std::optional<std::int64_t> price_cents_of(const Template& form, const Json& checked) {
  const Json* price = form.price.empty() ? nullptr : checked.find(form.price);
  if (price == nullptr || price->if_integer() == nullptr) return std::nullopt;
  return *price->if_integer();
}

bool is_post_of(const Template& form, const domain::Item& item) {
  return item.kind == domain::ItemKind::kPost &&
         std::ranges::find(item.attributes, domain::Attribute(kTemplateAttribute, form.id)) != item.attributes.end();
}

Json told_attributes(const Template& form, const domain::Item& item) {
  Json told = Json::object();
  for (const auto& [name, text] : item.attributes) {
    if (const Field* field = form.find(name)) told.set(name, attribute_value(*field, text));
  }
  return told;
}

}  // namespace inkling::content
