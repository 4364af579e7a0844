#include "server/event_body.h"

#include <algorithm>
#include <string>
#include <utility>

#include "offer/promotion_json.h"
#include "wire/event_json.h"

namespace inkling::server {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

wire::EventParser& parser_of_this_thread() {
  thread_local wire::EventParser parser;
  return parser;
}

std::uint64_t line_breaks(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

// The length of the JSON value at the front of an array's rest: up to the ',' or ']' that is not inside it. Whether
// it is valid JSON is the event parser's business.
std::size_t element_bytes(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == ']' || c == ',') && depth == 0) {
      return i;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return text.size();
}

class BodyReader {
 public:
  BodyReader(std::string_view body, const FutureLimit& limit) : rest_(body), limit_(limit) {}

  void read_lines() {
    while (!rest_.empty() && parsed_.status.ok()) {
      const std::size_t end = std::min(rest_.find('\n'), rest_.size());
      const std::string_view line = rest_.substr(0, end);
      if (line.find_first_not_of(kBlanks) != std::string_view::npos) add_event(line);
      skip(std::min(end + 1, rest_.size()));
    }
  }

  void read_object() {
    skip_blanks();
    add_event(rest_);
  }

  void read_array() {
    skip_blanks();
    skip(1);
    skip_blanks();
    if (rest_.starts_with(']')) return close_array();
    while (parsed_.status.ok()) {
      skip_blanks();
      const std::size_t bytes = element_bytes(rest_);
      add_event(rest_.substr(0, bytes));
      skip(bytes);
      if (!parsed_.status.ok()) return;
      if (rest_.empty()) return refuse(base::invalid_input("the array of events has no end; close it with ']'"));
      if (rest_.front() == ']') return close_array();
      skip(1);
    }
  }

  ParsedEvents take() {
    if (parsed_.status.ok() && parsed_.events.empty()) {
      parsed_.status = base::invalid_input("body: holds no event; send JSON Lines, one JSON object or a JSON array");
    }
    if (!parsed_.status.ok()) parsed_.events.clear();
    return std::move(parsed_);
  }

 private:
  void skip(std::size_t bytes) {
    line_ += line_breaks(rest_.substr(0, bytes));
    rest_.remove_prefix(bytes);
  }
  void skip_blanks() { skip(std::min(rest_.find_first_not_of(kBlanks), rest_.size())); }

  void refuse(const base::Status& status) {
    parsed_.status = status.within("line " + std::to_string(line_));
    parsed_.line = line_;
  }

  void add_event(std::string_view json) {
    auto event = parser_of_this_thread().parse(json);
    if (!event.ok()) return refuse(event.status());
    if (const base::Status status = offer::check_event(*event); !status.ok()) return refuse(status);
    if (event->ts_ms - limit_.now_ms > limit_.max_ahead_ms) return refuse(too_far_ahead(event->ts_ms));
    parsed_.events.push_back(*std::move(event));
  }

  [[nodiscard]] base::Status too_far_ahead(std::int64_t ts_ms) const {
    return base::invalid_input("ts_ms: " + std::to_string(ts_ms) + " is " + std::to_string(ts_ms - limit_.now_ms) +
                               " ms ahead of the server's clock; expected milliseconds since 1970 in UTC, at most " +
                               std::to_string(limit_.now_ms + limit_.max_ahead_ms));
  }

  void close_array() {
    skip(1);
    skip_blanks();
    if (!rest_.empty())
      refuse(base::invalid_input("there is more after the array of events; nothing may follow ']'"));
  }

  std::string_view rest_;
  FutureLimit limit_;
  std::uint64_t line_ = 1;
  ParsedEvents parsed_;
};

}  // namespace

ParsedEvents parse_events(std::string_view content_type, std::string_view body, const FutureLimit& limit) {
  BodyReader reader(body, limit);
  const std::size_t begin = body.find_first_not_of(kBlanks);
  const bool is_array = begin != std::string_view::npos && body[begin] == '[';
  if (begin == std::string_view::npos) return reader.take();
  if (is_array && content_type != kJsonLinesType) {
    reader.read_array();
  } else if (content_type == kJsonType) {
    reader.read_object();
  } else {
    reader.read_lines();
  }
  return reader.take();
}

}  // namespace inkling::server
