// Packs an event as web/sdk/src/packed_event.ts does: tests only.
#pragma once

#include <string>
#include <vector>

#include "base/core/byte_writer.h"
#include "domain/event.h"

namespace inkling::edge {

class EventPacker {
 public:
  std::vector<std::byte> pack(const domain::Event& event) {
    out_.whole(event.body.index());
    out_.whole(static_cast<std::uint64_t>(event.ts_ms));
    for (const std::string& text : {event.id, event.shopper, event.session}) out_.text(text);
    if (const auto* action = std::get_if<domain::Action>(&event.body)) write(*action);
    if (const auto* gestures = std::get_if<domain::Gestures>(&event.body)) write(*gestures);
    return out_.take();
  }

 private:
  void write(const domain::Action& action) {
    out_.whole(static_cast<std::uint64_t>(action.action));
    out_.text(action.item);
    write(action.category);
    out_.text(action.page);
    maybe(action.stay_ms);
    for (const std::string& text : {action.query, action.tag, action.request}) out_.text(text);
    maybe(action.quantity);
    write(action.price);
    out_.whole(action.lines.size());
    for (const domain::OrderLine& line : action.lines) {
      out_.text(line.item);
      maybe(line.quantity);
      write(line.price);
      write(line.promotions);
      write(line.coupons);
    }
    out_.text(action.coupon);
    maybe(action.expires_ms);
  }
  void write(const domain::Gestures& gestures) {
    out_.whole(static_cast<std::uint64_t>(gestures.pointer));
    out_.whole(gestures.swipes.size());
    for (const domain::Swipe& s : gestures.swipes) {
      cells({s.offset_ms, s.duration_ms, s.tap_x, s.tap_y, s.start_x, s.start_y, s.end_x, s.end_y, s.page, s.action});
    }
    out_.whole(gestures.taps.size());
    for (const domain::Tap& t : gestures.taps) cells({t.offset_ms, t.x, t.y, t.page, t.event, t.button});
  }
  void write(const std::vector<std::string>& texts) {
    out_.whole(texts.size());
    for (const std::string& text : texts) out_.text(text);
  }
  void write(const std::optional<domain::Money>& price) {
    maybe(price ? price->cents : domain::kMissing);
    if (price) out_.text(price->currency);
  }
  void cells(std::initializer_list<std::int32_t> numbers) {
    for (const std::int32_t number : numbers) out_.integer(number);
  }
  void maybe(std::int64_t amount) { out_.whole(amount < 0 ? 0 : static_cast<std::uint64_t>(amount) + 1); }

  base::ByteWriter out_;
};

}  // namespace inkling::edge
