#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <functional>
#include <optional>
#include <utility>

#include "base/core/suggest.h"
#include "scene/answer_json.h"
#include "scene/page_cursor.h"

namespace inkling::scene {
namespace {

namespace json = boost::json;

constexpr std::int64_t kMaxQuantity = 1'000'000;
constexpr std::int64_t kMaxGestures = 1'000'000'000;

std::string shown(const json::value& value) {
  constexpr std::size_t kShownBytes = 60;
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  const std::string text = json::serialize(value);
  if (text.size() <= kShownBytes) return text;
  return "a text of " + std::to_string(text.size() - 2) + " bytes";
}

class RequestReader {
 public:
  base::Result<Request> read(const json::value& root) {
    Request request;
    if (!root.is_object()) return base::invalid_input("the request is " + shown(root) + "; allowed is a JSON object");
    const json::object& object = root.get_object();
    only("", object, {"shopper", "session", "size", "cursor", "query", "cart", "context", "trace", "hint"});
    text(object, "", "shopper", domain::kMaxIdBytes, true, request.shopper);
    text(object, "", "session", domain::kMaxIdBytes, false, request.session);
    integer(object, "", "size", 1, kMaxAnswerItems, request.size);
    text(object, "", "cursor", kMaxCursorBytes, false, request.cursor);
    if (!SeenItems::parse(request.cursor).ok()) {
      complain("cursor", shown(json::value(request.cursor)), "what an answer gave, unchanged");
    }
    text(object, "", "query", kMaxTextBytes, false, request.query);
    boolean(object, "", "trace", request.trace);
    cart(object, request);
    context(object, request);
    hint(object, request);
    if (!complaints_.empty()) return base::invalid_input(complaints_);
    return request;
  }

 private:
  void complain(const std::string& path, const std::string& found, const std::string& allowed) {
    complaints_ += (complaints_.empty() ? "" : "; ") + path + ": " + found + ", allowed is " + allowed;
  }

  void only(const std::string& prefix, const json::object& object, std::initializer_list<std::string_view> known) {
    const std::span<const std::string_view> names(known.begin(), known.size());
    for (const auto& [key, value] : object) {
      const std::string_view name(key.data(), key.size());
      if (std::ranges::find(names, name) != names.end()) continue;
      complaints_ += (complaints_.empty() ? "" : "; ") + prefix + std::string(name) + ": there is no such field, " +
                     base::expected_one_of(name, names);
    }
  }

  // The member unless it is absent or null: both mean "not said".
  static const json::value* said(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value == nullptr || value->is_null() ? nullptr : value;
  }

  void text(const json::object& object, const std::string& prefix, const std::string& key, std::size_t max_bytes,
            bool required, std::string& out) {
    const std::string allowed =
        "a text of " + std::string(required ? "1" : "0") + " to " + std::to_string(max_bytes) + " bytes";
    const json::value* value = said(object, key);
    if (value == nullptr) {
      if (required) complain(prefix + key, "is missing", allowed);
      return;
    }
    const json::string* string = value->if_string();
    if (string == nullptr || string->size() > max_bytes || (required && string->empty())) {
      return complain(prefix + key, shown(*value), allowed);
    }
    out.assign(string->data(), string->size());
  }

  void integer(const json::object& object, const std::string& prefix, const std::string& key, std::int64_t low,
               std::int64_t high, std::int64_t& out) {
    const json::value* value = said(object, key);
    if (value == nullptr) return;
    const std::int64_t* number = value->if_int64();
    if (number == nullptr || *number < low || *number > high) {
      return complain(prefix + key, shown(*value),
                      "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    }
    out = *number;
  }

  void boolean(const json::object& object, const std::string& prefix, const std::string& key, bool& out) {
    const json::value* value = said(object, key);
    if (value == nullptr) return;
    if (!value->is_bool()) return complain(prefix + key, shown(*value), "true or false");
    out = value->get_bool();
  }

  void cart(const json::object& object, Request& request) {
    const json::value* value = said(object, "cart");
    if (value == nullptr) return;
    const json::array* lines = value->if_array();
    if (lines == nullptr || lines->size() > kMaxCartLines) {
      const std::string found = lines == nullptr ? shown(*value) : std::to_string(lines->size()) + " lines";
      return complain("cart", found, "a list of at most " + std::to_string(kMaxCartLines) + " lines");
    }
    request.cart.emplace();
    for (std::size_t i = 0; i < lines->size(); ++i) {
      cart_line("cart[" + std::to_string(i) + "]", (*lines)[i], request.cart->emplace_back());
    }
  }

  void cart_line(const std::string& path, const json::value& value, RequestCartLine& line) {
    if (!value.is_object()) return complain(path, shown(value), "an object with an item");
    const json::object& object = value.get_object();
    only(path + ".", object, {"item", "quantity", "ticked", "price"});
    text(object, path + ".", "item", domain::kMaxIdBytes, true, line.item);
    integer(object, path + ".", "quantity", 1, kMaxQuantity, line.quantity);
    boolean(object, path + ".", "ticked", line.ticked);
    price(path + ".price", said(object, "price"), line);
  }

  void price(const std::string& path, const json::value* value, RequestCartLine& line) {
    if (value == nullptr) return;
    const json::object* object = value->if_object();
    if (object == nullptr || said(*object, "cents") == nullptr) {
      return complain(path, shown(*value), "an object with cents and, if you like, a currency");
    }
    domain::Money& money = line.price.emplace();
    only(path + ".", *object, {"cents", "currency"});
    integer(*object, path + ".", "cents", 0, INT64_MAX, money.cents);
    text(*object, path + ".", "currency", 3, false, money.currency);
  }

  void hint(const json::object& object, Request& request) {
    const json::value* value = said(object, "hint");
    if (value == nullptr) return;
    const json::object* members = value->if_object();
    if (members == nullptr) return complain("hint", shown(*value), "an object with what a device's model says");
    DeviceHint& hint = request.hint.emplace();
    only("hint.", *members, {"model", "version", "session", "target", "probability", "gestures"});
    text(*members, "hint.", "model", domain::kMaxIdBytes, true, hint.model);
    text(*members, "hint.", "version", domain::kMaxIdBytes, true, hint.version);
    text(*members, "hint.", "session", domain::kMaxIdBytes, true, hint.session);
    text(*members, "hint.", "target", domain::kMaxIdBytes, true, hint.target);
    integer(*members, "hint.", "gestures", 0, kMaxGestures, hint.gestures);
    probability("hint.probability", said(*members, "probability"), hint.probability);
    if (said(*members, "gestures") == nullptr) complain("hint.gestures", "is missing", "a whole number from 0");
  }

  void probability(const std::string& path, const json::value* value, float& out) {
    const std::string allowed = "a number from 0 to 1";
    if (value == nullptr) return complain(path, "is missing", allowed);
    if (!value->is_number()) return complain(path, shown(*value), allowed);
    const double number = value->to_number<double>();
    if (!(number >= 0 && number <= 1)) return complain(path, shown(*value), allowed);
    out = static_cast<float>(number);
  }

  void context(const json::object& object, Request& request) {
    const json::value* value = said(object, "context");
    if (value == nullptr) return;
    const json::object* entries = value->if_object();
    if (entries == nullptr || entries->size() > kMaxContextEntries) {
      const std::string found = entries == nullptr ? shown(*value) : std::to_string(entries->size()) + " entries";
      return complain("context", found, "an object of at most " + std::to_string(kMaxContextEntries) + " entries");
    }
    for (const auto& [key, entry] : *entries) context_entry(std::string(key), entry, request);
  }

  // Numbers and truth values keep their JSON text: stages that want them parse it.
  void context_entry(const std::string& key, const json::value& value, Request& request) {
    const json::string* string = value.if_string();
    const bool nested = value.is_object() || value.is_array();
    const bool long_text = key.size() > domain::kMaxIdBytes || (string != nullptr && string->size() > kMaxTextBytes);
    if (nested || long_text) {
      return complain("context." + key.substr(0, domain::kMaxIdBytes), shown(value),
                      "a number, true, false or a text of at most " + std::to_string(kMaxTextBytes) + " bytes");
    }
    if (value.is_null()) return;
    request.context.emplace_back(
        key, string != nullptr ? std::string(string->data(), string->size()) : json::serialize(value));
  }

  std::string complaints_;
};

}  // namespace

base::Result<Request> request_from_json(std::string_view text) {
  json::error_code error;
  const json::value root = json::parse(text, error);
  if (error) return base::invalid_input("the request is no JSON: " + error.message());
  return RequestReader().read(root);
}

}  // namespace inkling::scene
