#include "wire/event_json.h"

#include <algorithm>
#include <utility>

#include "base/core/utf8.h"
#include "wire/event_fields.h"
#include "wire/event_reset.h"
#include "wire/gestures_form.h"

namespace inkling::wire {
namespace {

using domain::Event;
using domain::kEventTypeNames;

constexpr std::string_view kTypeWhat = "an event type";

// The type decides how the other members are read, wherever it stands.
bool read_type(const simdjson::dom::object& object, Event& event, ReadContext& context) {
  Element json;
  if (object.at_key("type").get(json) != simdjson::SUCCESS) {
    context.fail("is missing; " + base::expected_one_of("", kEventTypeNames));
    return context.fail_within("type");
  }
  std::size_t type = 0;
  if (!read_choice(json, kEventTypeNames, kTypeWhat, type, context)) return context.fail_within("type");
  reset_event(event, type);
  return true;
}

void keep_unknown(const RawMember& member, std::string& unknown_json) {
  if (unknown_json.empty()) {
    unknown_json = "{";
  } else {
    unknown_json.back() = ',';
  }
  unknown_json += member.key;
  unknown_json += ':';
  append_minified(member.value, unknown_json);
  unknown_json += '}';
}

bool needs_shopper(const domain::EventBody& body) {
  return std::holds_alternative<domain::Profile>(body) || std::holds_alternative<domain::Link>(body) ||
         std::holds_alternative<domain::Impression>(body) || std::holds_alternative<domain::Action>(body) ||
         std::holds_alternative<domain::Gestures>(body);
}

template <typename Body>
bool read_members(const simdjson::dom::object& object, Event& event, Body& body, ReadContext& context) {
  constexpr std::span<const Field<Event>> kEnvelope(FieldsOf<Event>::kAll);
  constexpr std::span<const Field<Body>> kBody(FieldsOf<Body>::kAll);
  MembersMet envelope_met;
  MembersMet body_met;
  bool type_met = false;
  for (const auto [name, json] : object) {
    Match match = Match::kUnknown;
    if (name == "type") {
      if (type_met) return context.fail("is given twice") || context.fail_within("type");
      type_met = true;
      match = Match::kRead;
    }
    if (match == Match::kUnknown) match = read_member(kEnvelope, name, json, event, envelope_met, context);
    if (match == Match::kUnknown) match = read_member(kBody, name, json, body, body_met, context);
    if (match == Match::kFailed) return false;
    if (match == Match::kUnknown) keep_unknown(context.raw_member(), event.unknown_json);
    ++context.member;
  }
  return has_required(kEnvelope, envelope_met, context) && has_required(kBody, body_met, context);
}

template <typename Body>
bool read_body(const simdjson::dom::object& object, Event& event, Body& body, ReadContext& context) {
  return read_members(object, event, body, context);
}
bool read_body(const simdjson::dom::object& object, Event& event, domain::Gestures& body, ReadContext& context) {
  GesturesForm form;
  if (!read_members(object, event, form, context) || !extract_gestures(form, context)) return false;
  body = std::move(form);
  return true;
}

bool read_event(const simdjson::dom::object& object, Event& event, ReadContext& context) {
  if (!read_type(object, event, context)) return false;
  const bool read = std::visit([&](auto& body) { return read_body(object, event, body, context); }, event.body);
  if (!read) return false;
  if (!event.shopper.empty() || !needs_shopper(event.body)) return true;
  context.fail("is missing; an event of type " + std::string(domain::event_type_name(event)) + " needs one");
  return context.fail_within("shopper");
}

base::Status malformed(std::string_view json, simdjson::error_code error) {
  const std::size_t valid = base::utf8_valid_bytes(json);
  if (valid < json.size()) {
    return base::invalid_input("is not UTF-8: byte " + std::to_string(valid + 1) + " belongs to no character");
  }
  if (json.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return base::invalid_input("is empty; expected a JSON object");
  }
  if (cut_off(json))
    return base::invalid_input("is cut off: the JSON ends before its last string or bracket is closed");
  return base::invalid_input("is not JSON: " + std::string(simdjson::error_message(error)));
}

}  // namespace

struct EventParser::Buffers {
  simdjson::dom::parser parser;
  ReadContext context;
};

EventParser::EventParser() : buffers_(std::make_unique<Buffers>()) {}
EventParser::~EventParser() = default;
EventParser::EventParser(EventParser&&) noexcept = default;
EventParser& EventParser::operator=(EventParser&&) noexcept = default;

base::Result<Event> EventParser::parse(std::string_view json) {
  base::Result<Event> result{Event{}};
  if (auto status = parse_into(json, *result); !status.ok()) return status;
  return result;
}

base::Status EventParser::parse_into(std::string_view json, Event& event) {
  Element root;
  const auto error = buffers_->parser.parse(json.data(), json.size(), true).get(root);
  if (error != simdjson::SUCCESS) return malformed(json, error);
  simdjson::dom::object object;
  if (root.get_object().get(object) != simdjson::SUCCESS) {
    return base::invalid_input(shown(root) + " is not an event; expected a JSON object");
  }
  ReadContext& context = buffers_->context;
  context.json = json;
  context.member = 0;
  context.raw.clear();
  if (!read_event(object, event, context)) return base::invalid_input(context.path + ": " + context.message);
  return {};
}

void write_event(const Event& event, std::string& out) {
  out += "{\"type\":\"";
  out += domain::event_type_name(event);
  out += '"';
  char separator = ',';
  write_members(std::span<const Field<Event>>(FieldsOf<Event>::kAll), event, separator, out);
  std::visit(
      [&]<typename Body>(const Body& body) {
        write_members(std::span<const Field<Body>>(FieldsOf<Body>::kAll), body, separator, out);
      },
      event.body);
  if (event.unknown_json.size() > 2) {  // more than {}
    out += ',';
    out.append(event.unknown_json, 1, event.unknown_json.size() - 1);
  } else {
    out += '}';
  }
}

void write_item(const domain::Item& item, std::string& out) {
  char separator = '{';
  write_members(std::span<const Field<domain::Item>>(FieldsOf<domain::Item>::kAll), item, separator, out);
  out += '}';
}

}  // namespace inkling::wire
