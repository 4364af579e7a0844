#include "apps/edge/packed_event.h"

#include <limits>
#include <string>
#include <type_traits>
#include <variant>

#include "base/core/byte_reader.h"

namespace inkling::edge {
namespace {

using domain::Event;

constexpr std::size_t kLeastLineBytes = 5;

enum Type : std::uint64_t { kProfile = 1, kLink = 2, kAction = 6, kGestures = 7 };
static_assert(std::is_same_v<std::variant_alternative_t<kProfile, domain::EventBody>, domain::Profile>);
static_assert(std::is_same_v<std::variant_alternative_t<kLink, domain::EventBody>, domain::Link>);
static_assert(std::is_same_v<std::variant_alternative_t<kAction, domain::EventBody>, domain::Action>);
static_assert(std::is_same_v<std::variant_alternative_t<kGestures, domain::EventBody>, domain::Gestures>);

class PackedReader {
 public:
  explicit PackedReader(std::span<const std::byte> bytes) : in_(bytes) {}

  void read(Event& event) {
    const std::uint64_t type = in_.whole();
    event.ts_ms = static_cast<std::int64_t>(in_.whole(domain::kLastTimeMs - 1));
    required_id(event.id);
    required_id(event.shopper);
    text(event.session, domain::kMaxIdBytes);
    switch (type) {
      case kAction:
        read(event.body.emplace<domain::Action>());
        break;
      case kGestures:
        read(event.body.emplace<domain::Gestures>());
        break;
      case kProfile:
        event.body.emplace<domain::Profile>();
        break;
      case kLink:
        event.body.emplace<domain::Link>();
        break;
      default:
        in_.require(false);
    }
    in_.require(in_.left() == 0);
  }
  [[nodiscard]] base::Status status() const {
    if (in_.ok()) return {};
    return base::invalid_input("the packed event is none: what stands before byte " + std::to_string(in_.position()) +
                               " cannot be.");
  }

 private:
  void read(domain::Action& action) {
    action.action = static_cast<domain::ActionKind>(in_.whole(domain::kActionKindCount - 1));
    id(action.item);
    ids(action.category);
    id(action.page);
    amount(action.stay_ms);
    text(action.query, std::numeric_limits<std::size_t>::max());
    id(action.tag);
    id(action.request);
    amount(action.quantity);
    price(action.price);
    action.lines.resize(in_.count(kLeastLineBytes));
    for (domain::OrderLine& line : action.lines) read(line);
    id(action.coupon);
    amount(action.expires_ms);
  }
  void read(domain::OrderLine& line) {
    required_id(line.item);
    amount(line.quantity);
    price(line.price);
    ids(line.promotions);
    ids(line.coupons);
  }
  void read(domain::Gestures& gestures) {
    gestures.pointer = static_cast<domain::Pointer>(in_.whole(domain::kPointerNames.size() - 1));
    gestures.swipes.resize(static_cast<std::size_t>(in_.whole(domain::kMaxSwipes)));
    for (domain::Swipe& swipe : gestures.swipes) {
      for (std::int32_t* wide : {&swipe.offset_ms, &swipe.duration_ms}) cell(*wide);
      for (std::int16_t* place : {&swipe.tap_x, &swipe.tap_y, &swipe.start_x, &swipe.start_y, &swipe.end_x,
                                  &swipe.end_y, &swipe.page, &swipe.action}) {
        cell(*place);
      }
    }
    gestures.taps.resize(static_cast<std::size_t>(in_.whole(domain::kMaxTaps)));
    for (domain::Tap& tap : gestures.taps) {
      cell(tap.offset_ms);
      for (std::int16_t* place : {&tap.x, &tap.y, &tap.page, &tap.event, &tap.button}) cell(*place);
    }
  }

  template <typename Integer>
  void cell(Integer& out) {
    const std::int64_t value = in_.integer();
    out = static_cast<Integer>(value);
    in_.require(out == value);
  }
  void text(std::string& out, std::size_t most) { out = in_.text(most); }
  void id(std::string& out) { text(out, domain::kMaxIdBytes); }
  void required_id(std::string& out) {
    id(out);
    in_.require(!out.empty());
  }
  void ids(std::vector<std::string>& out) {
    out.resize(in_.count(1));
    for (std::string& each : out) id(each);
  }
  // Stays as it is when nobody said it.
  bool amount(std::int64_t& out) {
    const std::uint64_t said = in_.whole(std::uint64_t{1} << 63);
    if (said > 0) out = static_cast<std::int64_t>(said - 1);
    return said > 0;
  }
  void price(std::optional<domain::Money>& out) {
    domain::Money money;
    if (!amount(money.cents)) return;
    text(money.currency, domain::kMaxIdBytes);
    in_.require(money.currency.empty() || domain::is_currency_code(money.currency));
    out = std::move(money);
  }

  base::ByteReader in_;
};

}  // namespace

base::Status read_packed(std::span<const std::byte> bytes, Event& event) {
  if (bytes.size() > kMaxEventBytes) return base::too_large("the packed event has more than 256 KiB.");
  PackedReader reader(bytes);
  reader.read(event);
  return reader.status();
}

}  // namespace inkling::edge
