// Events as JSON Lines: the wire form, and also the form in which the journal keeps them, so there is one codec.
// write_event(parse(x)) is canonical: members in a fixed order, defaults left out, unknown members kept verbatim.
//
// Errors name the field, the value found and what would be right ("ts_ms: \"yesterday\" is not an integer number of
// milliseconds"); the caller adds file and line. Strings must be UTF-8. Ids of more than kMaxIdBytes are refused.
// Raw pointer samples of a gestures event are read as the swipes and taps that they add up to, and written as those; an
// event of more than kMaxSwipes or kMaxTaps is refused. A member that is null counts as not said. Unknown
// members inside an event's own objects (a price, a position) are refused, for they could not be kept. Non-finite
// numbers are written as 0. Thread safety: one EventParser a thread. Cost: about a microsecond an event; a parser
// keeps its buffers.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/core/result.h"
#include "domain/event.h"

namespace inkling::wire {

class EventParser {
 public:
  EventParser();
  ~EventParser();
  EventParser(EventParser&&) noexcept;
  EventParser& operator=(EventParser&&) noexcept;

  // One JSON object, without the line break.
  [[nodiscard]] base::Result<domain::Event> parse(std::string_view json);
  // The same into an event that is there, whose memory is used again; after a failure it holds anything.
  [[nodiscard]] base::Status parse_into(std::string_view json, domain::Event& event);

 private:
  struct Buffers;
  std::unique_ptr<Buffers> buffers_;
};

// Appends the event's canonical JSON object to `out` (no line break).
void write_event(const domain::Event& event, std::string& out);

// The same of an item alone: the members of its event but `type`, `id` and `ts_ms`.
void write_item(const domain::Item& item, std::string& out);

}  // namespace inkling::wire
