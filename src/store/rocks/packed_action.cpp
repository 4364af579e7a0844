#include "store/rocks/packed_action.h"

#include <cstdint>
#include <cstring>
#include <variant>

namespace inkling::store::rocks {
namespace {

using domain::Action;

// Visits every part of an action that a state may depend on, in one order for both directions.
template <typename Visitor, typename Event, typename Body>
void visit_parts(Visitor& visitor, Event& event, Body& action) {
  visitor.number(event.ts_ms);
  visitor.number(action.action);
  visitor.number(action.stay_ms);
  visitor.number(action.quantity);
  visitor.number(action.expires_ms);
  visitor.text(event.session);
  visitor.text(action.item);
  visitor.texts(action.category);
  visitor.text(action.page);
  visitor.text(action.query);
  visitor.text(action.tag);
  visitor.text(action.request);
  visitor.text(action.coupon);
  visitor.price(action.price);
}

class Packer {
 public:
  explicit Packer(std::string& out) : out_(out) {}

  template <typename Number>
  void number(const Number& value) {
    out_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(const std::string& value) {
    number(static_cast<std::uint32_t>(value.size()));
    out_ += value;
  }
  void texts(const std::vector<std::string>& values) {
    number(static_cast<std::uint32_t>(values.size()));
    for (const std::string& value : values) text(value);
  }
  void price(const std::optional<domain::Money>& value) {
    number(value.has_value());
    if (!value) return;
    number(value->cents);
    text(value->currency);
  }

 private:
  std::string& out_;
};

class Unpacker {
 public:
  explicit Unpacker(const char* bytes) : bytes_(bytes) {}

  template <typename Number>
  void number(Number& value) {
    std::memcpy(&value, bytes_, sizeof value);
    bytes_ += sizeof value;
  }
  void text(std::string& value) {
    std::uint32_t size = 0;
    number(size);
    value.assign(bytes_, size);
    bytes_ += size;
  }
  void texts(std::vector<std::string>& values) {
    std::uint32_t count = 0;
    number(count);
    values.resize(count);
    for (std::string& value : values) text(value);
  }
  void price(std::optional<domain::Money>& value) {
    bool has_value = false;
    number(has_value);
    if (!has_value) {
      value.reset();
      return;
    }
    if (!value) value.emplace();
    number(value->cents);
    text(value->currency);
  }

 private:
  const char* bytes_;
};

}  // namespace

bool packs(const domain::Event& event) {
  const auto* action = std::get_if<Action>(&event.body);
  return action != nullptr && action->lines.empty();
}

void pack_action(const domain::Event& event, std::string& out) {
  Packer packer(out);
  visit_parts(packer, event, std::get<Action>(event.body));
}

void unpack_action(const char* bytes, const std::string& shopper, domain::Event& event) {
  event.shopper = shopper;
  Unpacker unpacker(bytes);
  visit_parts(unpacker, event, std::get<Action>(event.body));
}

}  // namespace inkling::store::rocks
