#include "server/cart_patch.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <utility>

#include "base/core/suggest.h"

namespace inkling::server {

namespace {

namespace json = boost::json;
using domain::ActionKind;
using Kind = CartChange::Kind;

constexpr std::array<std::string_view, 3> kPatchKeys = {"id", "session", "changes"};
constexpr std::array<std::string_view, 5> kChangeKeys = {"item", "add", "remove", "ticked", "quantity"};
constexpr std::string_view kOneChange = R"(expected one of "add", "remove", "ticked" and "quantity" beside the item)";

base::Status only(const json::object& object, std::span<const std::string_view> keys) {
  for (const auto& [key, value] : object) {
    const std::string_view name(key.data(), key.size());
    if (std::ranges::find(keys, name) != keys.end()) continue;
    return base::invalid_input(std::string(name) + ": there is no such member, " + base::expected_one_of(name, keys));
  }
  return {};
}

base::Result<std::string> text(const json::object& object, std::string_view key, std::size_t max_bytes,
                               bool required) {
  const json::value* value = object.if_contains(key);
  if (!required && (value == nullptr || value->is_null())) return std::string();
  const json::string* string = value == nullptr ? nullptr : value->if_string();
  if (string == nullptr || string->size() > max_bytes || (required && string->empty())) {
    return base::invalid_input(std::string(key) + ": expected a text of " + (required ? "1" : "0") + " to " +
                               std::to_string(max_bytes) + " bytes");
  }
  return std::string(string->data(), string->size());
}

base::Status read_pieces(const json::value& value, std::string_view key, std::int64_t least, CartChange& change) {
  const std::int64_t* number = value.if_int64();
  if (number == nullptr || *number < least || *number > kMaxPatchQuantity) {
    return base::invalid_input(std::string(key) + ": expected a whole number from " + std::to_string(least) + " to " +
                               std::to_string(kMaxPatchQuantity));
  }
  change.quantity = *number;
  return {};
}

base::Status read_kind(const json::object& object, CartChange& change) {
  if (const json::value* add = object.if_contains("add")) {
    change.kind = Kind::kAdd;
    return read_pieces(*add, "add", 1, change);
  }
  if (const json::value* quantity = object.if_contains("quantity")) {
    change.kind = Kind::kQuantity;
    return read_pieces(*quantity, "quantity", 0, change);
  }
  if (const json::value* ticked = object.if_contains("ticked")) {
    if (!ticked->is_bool()) return base::invalid_input("ticked: expected true or false");
    change.kind = ticked->get_bool() ? Kind::kTick : Kind::kUntick;
    return {};
  }
  const json::value* remove = object.if_contains("remove");
  if (remove == nullptr) return base::invalid_input(std::string(kOneChange));
  if (!remove->is_bool() || !remove->get_bool()) return base::invalid_input("remove: expected true");
  change.kind = Kind::kRemove;
  return {};
}

base::Result<CartChange> read_change(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) return base::invalid_input("expected an object with an item and what changes");
  INKLING_TRY(only(*object, kChangeKeys));
  CartChange change;
  INKLING_ASSIGN(change.item, text(*object, "item", domain::kMaxIdBytes, true));
  if (object->size() != 2) return base::invalid_input(std::string(kOneChange));
  INKLING_TRY(read_kind(*object, change));
  return change;
}

base::Status read_changes(const json::object& object, CartPatch& patch) {
  const json::value* value = object.if_contains("changes");
  const json::array* changes = value == nullptr ? nullptr : value->if_array();
  if (changes == nullptr || changes->empty() || changes->size() > kMaxCartChanges) {
    const std::string found = changes == nullptr ? "" : " has " + std::to_string(changes->size()) + " of them;";
    return base::invalid_input("changes:" + found + " expected a list of 1 to " + std::to_string(kMaxCartChanges));
  }
  for (std::size_t i = 0; i < changes->size(); ++i) {
    auto change = read_change((*changes)[i]);
    if (!change.ok()) return change.status().within("changes[" + std::to_string(i) + "]");
    patch.changes.push_back(*std::move(change));
  }
  return {};
}

// Makes the events of one patch, folding each into the state so that the next change sees it.
class EventMaker {
 public:
  EventMaker(const CartPatch& patch, std::string_view shopper, std::int64_t now_ms, state::ShopperState& state)
      : patch_(patch), shopper_(shopper), now_ms_(now_ms), state_(state) {}

  void make(const CartChange& change) {
    switch (change.kind) {
      case Kind::kAdd:
        return act(ActionKind::kCartAdd, change.item, change.quantity);
      case Kind::kRemove:
        return take_out(change.item);
      case Kind::kTick:
        return act(ActionKind::kCartTick, change.item, 1);
      case Kind::kUntick:
        return act(ActionKind::kCartUntick, change.item, 1);
      case Kind::kQuantity:
        return bring_to(change.item, change.quantity);
    }
  }

  std::vector<domain::Event> take() { return std::move(events_); }

 private:
  const state::CartLine* line(std::string_view item) const {
    const auto found = std::ranges::find(state_.cart, item, &state::CartLine::item);
    return found == state_.cart.end() ? nullptr : &*found;
  }

  void take_out(const std::string& item) {
    const state::CartLine* known = line(item);
    act(ActionKind::kCartRemove, item, known == nullptr ? 1 : known->quantity);
  }

  // Adding ticks a line; whoever only wants more of an unticked one does not mean that. A line that has as many
  // already is told as what it is, ticked or not, for the patch to leave its id.
  void bring_to(const std::string& item, std::int64_t quantity) {
    const state::CartLine* known = line(item);
    const std::int64_t held = known == nullptr ? 0 : known->quantity;
    const bool ticked = known == nullptr || known->ticked;
    if (quantity == 0) return take_out(item);
    if (quantity < held) return act(ActionKind::kCartRemove, item, held - quantity);
    if (quantity > held) act(ActionKind::kCartAdd, item, quantity - held);
    if (quantity == held || !ticked) act(ticked ? ActionKind::kCartTick : ActionKind::kCartUntick, item, 1);
  }

  void act(ActionKind kind, const std::string& item, std::int64_t quantity) {
    domain::Action action;
    action.action = kind;
    action.item = item;
    action.quantity = quantity;
    domain::Event event;
    event.id = patch_.id + ":" + std::to_string(events_.size());
    event.ts_ms = now_ms_;
    event.shopper = shopper_;
    event.session = patch_.session;
    event.body = std::move(action);
    state::apply(state_, event);
    events_.push_back(std::move(event));
  }

  const CartPatch& patch_;
  std::string_view shopper_;
  std::int64_t now_ms_;
  state::ShopperState& state_;
  std::vector<domain::Event> events_;
};

}  // namespace

base::Result<CartPatch> parse_cart_patch(std::string_view body) {
  json::error_code error;
  const json::value root = json::parse(json::string_view(body.data(), body.size()), error);
  if (error) return base::invalid_input("body: is no JSON: " + error.message());
  const json::object* object = root.if_object();
  if (object == nullptr) return base::invalid_input("body: expected a JSON object with id and changes");
  INKLING_TRY(only(*object, kPatchKeys));
  CartPatch patch;
  INKLING_ASSIGN(patch.id, text(*object, "id", kMaxPatchIdBytes, true));
  INKLING_ASSIGN(patch.session, text(*object, "session", domain::kMaxIdBytes, false));
  INKLING_TRY(read_changes(*object, patch));
  return patch;
}

std::vector<domain::Event> events_of(const CartPatch& patch, std::string_view shopper, std::int64_t now_ms,
                                     state::ShopperState& state) {
  EventMaker maker(patch, shopper, now_ms, state);
  for (const CartChange& change : patch.changes) maker.make(change);
  return maker.take();
}

}  // namespace inkling::server
