// The events of a marketplace: everything that Inkling is ever told. Plain structs; the wire names beside the fields are
// fixed for ever (src/wire reads and writes them). Not for behaviour: what an event changes is src/state.
//
// Units: time in milliseconds since 1970 UTC, money in integer minor units (cents), screen positions in 1/10000 of the
// screen's width or height. Empty string, kMissing and nullopt mean "not said". Thread safety: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "domain/money.h"

namespace inkling::domain {

inline constexpr std::int64_t kMissing = std::numeric_limits<std::int64_t>::min();
inline constexpr std::size_t kMaxIdBytes = 128;  // any id or page name; longer ones are refused at the door
inline constexpr std::int64_t kLastTimeMs = 7'258'118'400'000;  // 2200-01-01 UTC; times are 0 or later and before it

// Of one "gestures" event, so that it never pushes a record of its own out of a shopper's bounded history.
inline constexpr std::size_t kMaxSwipes = 100;
inline constexpr std::size_t kMaxTaps = 50;

using Attribute = std::pair<std::string, std::string>;

enum class ItemKind : std::uint8_t { kGoods, kSku, kPost, kShop, kService, kTag, kTask };

// "item": what is known of a thing on sale. A later event about the same item replaces the earlier one whole.
struct Item {
  std::string item;                        // the id
  ItemKind kind = ItemKind::kGoods;
  std::string parent;                      // goods of a sku, shop of goods ...
  std::string market;                      // market or city
  std::optional<std::array<double, 2>> location;  // [latitude, longitude] in degrees
  std::vector<std::string> category;       // path, top first
  std::optional<Money> price;
  std::vector<std::string> tags;
  std::vector<Attribute> attributes;
  std::string title;
  std::string text;
  std::vector<std::string> pictures;
  bool on_sale = true;
  std::int64_t stock = kMissing;           // pieces

  bool operator==(const Item&) const = default;
};

// "shopper": profile facts, merged key by key into what is known.
struct Profile {
  std::vector<Attribute> attributes;

  bool operator==(const Profile&) const = default;
};

// "link": this device or cookie belongs to that account.
struct Link {
  std::string device;
  std::string account;

  bool operator==(const Link&) const = default;
};

// "promotion" and "campaign": carried whole as JSON for src/offer, which owns their meaning.
struct Promotion {
  std::string promotion;
  std::string definition_json;

  bool operator==(const Promotion&) const = default;
};
struct Campaign {
  std::string campaign;
  std::string definition_json;

  bool operator==(const Campaign&) const = default;
};

struct RecallScore {
  std::string recall;
  double score = 0;

  bool operator==(const RecallScore&) const = default;
};

struct ImpressionPosition {
  std::string item;
  std::optional<Money> price;              // as shown
  std::vector<RecallScore> recalls;
  double score = 0;                        // the model's
  std::string display;                     // display variant

  bool operator==(const ImpressionPosition&) const = default;
};

// "impression": what a scene put in front of the shopper, and all it knew then.
struct Impression {
  std::string request;
  std::string scene;
  std::string query;
  std::vector<std::string> ticked;         // item ids in the cart
  std::vector<std::string> unticked;
  std::int64_t gap_cents = kMissing;
  std::string promotion;
  std::string tier;
  std::vector<ImpressionPosition> positions;
  std::vector<Attribute> models;           // name -> version
  std::string snapshot;                    // the world snapshot used
  std::vector<Attribute> arms;             // experiment -> arm
  std::optional<double> intent_prob;       // of buying within the hour; nullopt: not known

  bool operator==(const Impression&) const = default;
};

enum class ActionKind : std::uint8_t {
  kPageEnter, kPageLeave, kBack, kView, kSearch, kFilter, kTagPick, kClick, kFavourite, kCartAdd, kCartRemove,
  kCartTick, kCartUntick, kCall, kChat, kShare, kSkip, kCheckout, kPurchase, kGrant, kRedeem, kExpire,
};
inline constexpr std::size_t kActionKindCount = 22;

struct OrderLine {
  std::string item;
  std::int64_t quantity = 1;
  std::optional<Money> price;              // of one piece
  std::vector<std::string> promotions;     // applied
  std::vector<std::string> coupons;        // applied

  bool operator==(const OrderLine&) const = default;
};

// "action": something the shopper did (or, for grant and expire, was given or lost).
struct Action {
  ActionKind action = ActionKind::kView;
  std::string item;
  std::vector<std::string> category;       // of the item; filled from the catalogue before journaling when not said
  std::string page;
  std::int64_t stay_ms = kMissing;         // page_leave, view
  std::string query;                       // search
  std::string tag;                         // tag_pick, filter
  std::string request;                     // the request id it came from
  std::int64_t quantity = 1;
  std::optional<Money> price;
  std::vector<OrderLine> lines;            // purchase with several items; empty: `item` x `quantity`
  std::string coupon;                      // grant, redeem, expire
  std::int64_t expires_ms = kMissing;      // grant

  bool operator==(const Action&) const = default;
};

// One swipe of a "gestures" event; on the wire an array of these ten integers in this order.
struct Swipe {
  std::int32_t offset_ms = 0;              // end of the swipe, after the event's ts_ms
  std::int32_t duration_ms = 0;
  std::int16_t tap_x = 0, tap_y = 0;       // last tap before it; -1: none yet
  std::int16_t start_x = 0, start_y = 0, end_x = 0, end_y = 0;
  std::int16_t page = 0;                   // index of the page kind, the application's own small table
  std::int16_t action = 0;                 // index of the page action going on

  bool operator==(const Swipe&) const = default;
};
// One tap; on the wire an array of these six integers in this order.
struct Tap {
  std::int32_t offset_ms = 0;
  std::int16_t x = 0, y = 0;
  std::int16_t page = 0;
  std::int16_t event = 0;                  // what kind of control
  std::int16_t button = 0;                 // which one

  bool operator==(const Tap&) const = default;
};

// What made a gesture. A mouse's bursts of movement, drags and wheel turns are swipes, its clicks taps (src/gesture).
enum class Pointer : std::uint8_t { kTouch, kMouse, kPen };

// "gestures": a batch of gestures of one pointer kind, oldest first: at most kMaxSwipes and kMaxTaps.
struct Gestures {
  std::vector<Swipe> swipes;
  std::vector<Tap> taps;
  Pointer pointer = Pointer::kTouch;

  bool operator==(const Gestures&) const = default;
};

// The order of the alternatives is the order of kEventTypeNames.
using EventBody = std::variant<Item, Profile, Link, Promotion, Campaign, Impression, Action, Gestures>;

struct Event {
  std::string id;                          // idempotency key
  std::int64_t ts_ms = 0;
  std::string shopper;                     // required for shopper, link, impression, action, gestures
  std::string session;
  EventBody body;
  std::string unknown_json;                // members this version does not know, "" or a JSON object, kept verbatim

  bool operator==(const Event&) const = default;
};

inline constexpr std::array<std::string_view, 8> kEventTypeNames = {
    "item", "shopper", "link", "promotion", "campaign", "impression", "action", "gestures"};
inline constexpr std::array<std::string_view, 7> kItemKindNames = {"goods", "sku", "post", "shop",
                                                                  "service", "tag", "task"};
inline constexpr std::array<std::string_view, 3> kPointerNames = {"touch", "mouse", "pen"};
inline constexpr std::array<std::string_view, kActionKindCount> kActionKindNames = {
    "page_enter", "page_leave", "back", "view", "search", "filter", "tag_pick", "click", "favourite", "cart_add",
    "cart_remove", "cart_tick", "cart_untick", "call", "chat", "share", "skip", "checkout", "purchase", "grant",
    "redeem", "expire"};

[[nodiscard]] inline std::string_view event_type_name(const Event& event) { return kEventTypeNames[event.body.index()]; }
[[nodiscard]] inline std::string_view action_name(ActionKind kind) {
  return kActionKindNames[static_cast<std::size_t>(kind)];
}
// nullopt when there is no such action.
[[nodiscard]] inline std::optional<ActionKind> action_kind(std::string_view name) {
  for (std::size_t i = 0; i < kActionKindCount; ++i) {
    if (kActionKindNames[i] == name) return static_cast<ActionKind>(i);
  }
  return std::nullopt;
}

}  // namespace inkling::domain
