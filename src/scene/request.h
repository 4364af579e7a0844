// What a scene is asked. Plain structs: the wire form is in answer_json.h. Empty string and nullopt mean "not said".
// Thread safety: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/money.h"

namespace inkling::scene {

inline constexpr std::int64_t kMaxAnswerItems = 200;
inline constexpr std::size_t kMaxCartLines = 200;
inline constexpr std::size_t kMaxContextEntries = 32;
inline constexpr std::size_t kMaxTextBytes = 1024;  // of a query or a context value

struct RequestCartLine {
  std::string item;
  std::int64_t quantity = 1;
  bool ticked = true;
  std::optional<domain::Money> price;  // of one piece
};

// What the shopper's device says that its own model answers. A hint: anybody may send anything.
struct DeviceHint {
  std::string model;  // "dipn"
  std::string version;
  std::string session;
  std::string target;         // "purchase_1h"
  float probability = 0;      // 0 .. 1
  std::int64_t gestures = 0;  // swipes and taps that the device saw in that session
};

struct Request {
  std::string shopper;
  std::string session;
  std::int64_t size = 10;  // items wanted, 1 .. kMaxAnswerItems
  std::string cursor;      // of the answer before this page
  std::string query;
  std::optional<std::vector<RequestCartLine>> cart;  // nullopt: the cart that is known of the shopper
  std::vector<domain::Attribute> context;            // page, city, promotion ... as the application says them
  std::optional<DeviceHint> hint;
  bool trace = false;  // the answer tells how it came about
};

}  // namespace inkling::scene
