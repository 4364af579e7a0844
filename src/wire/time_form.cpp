#include "wire/time_form.h"

#include <array>
#include <charconv>
#include <chrono>

#include "base/core/clock.h"
#include "base/core/suggest.h"

namespace inkling::wire {
namespace {

constexpr std::string_view kDirectives = "YmdHMSfz%";
constexpr std::array<std::string_view, 4> kForms = {"epoch_s", "epoch_ms", "iso8601", "%Y-%m-%d"};

// What a text has said so far, and what is left of it.
struct TimeText {
  explicit TimeText(std::string_view text) : rest(text) {}

  std::string_view rest;
  int year = 1970;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int ms = 0;
  std::optional<std::int64_t> zone_ms;

  bool literal(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }

  // Up to `most` digits, as many as there are, at least `least`.
  bool digits(std::size_t least, std::size_t most, int& value) {
    std::size_t count = 0;
    value = 0;
    while (count < most && count < rest.size() && rest[count] >= '0' && rest[count] <= '9') {
      value = value * 10 + (rest[count] - '0');
      ++count;
    }
    rest.remove_prefix(count);
    return count >= least;
  }

  // Digits behind the decimal point; what is finer than a millisecond is dropped.
  bool fraction() {
    int digit = 0;
    int scale = 100;
    std::size_t count = 0;
    ms = 0;
    for (; count < 9 && digits(1, 1, digit); ++count) {
      ms += digit * scale;
      scale /= 10;
    }
    return count > 0;
  }

  bool zone() {
    if (literal('Z')) {
      zone_ms = 0;
      return true;
    }
    const bool west = !rest.empty() && rest.front() == '-';
    int hours = 0;
    int minutes = 0;
    if (!literal(west ? '-' : '+') || !digits(2, 2, hours)) return false;
    const bool colon = literal(':');
    const bool has_minutes = !rest.empty() && rest.front() >= '0' && rest.front() <= '9';
    if ((colon || has_minutes) && !digits(2, 2, minutes)) return false;
    if (hours > 18 || minutes > 59) return false;
    const std::int64_t offset = hours * base::kHourMs + minutes * base::kMinuteMs;
    zone_ms = west ? -offset : offset;
    return true;
  }

  bool directive(char c) {
    switch (c) {
      case 'Y':
        return digits(4, 4, year);
      case 'm':
        return digits(1, 2, month);
      case 'd':
        return digits(1, 2, day);
      case 'H':
        return digits(1, 2, hour);
      case 'M':
        return digits(1, 2, minute);
      case 'S':
        return digits(1, 2, second);
      case 'f':
        return fraction();
      case 'z':
        return zone();
      default:
        return literal('%');
    }
  }

  [[nodiscard]] std::optional<std::int64_t> finish(std::int64_t utc_offset_ms) const {
    using namespace std::chrono;
    const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                              std::chrono::day(static_cast<unsigned>(day))};
    if (!rest.empty() || !date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const std::int64_t days = sys_days(date).time_since_epoch().count();
    return days * base::kDayMs + hour * base::kHourMs + minute * base::kMinuteMs + second * base::kSecondMs + ms -
           zone_ms.value_or(utc_offset_ms);
  }
};

std::optional<std::int64_t> read_pattern(std::string_view form, TimeText text, std::int64_t utc_offset_ms) {
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool read = form[i] == '%' ? text.directive(form[++i]) : text.literal(form[i]);
    if (!read) return std::nullopt;
  }
  return text.finish(utc_offset_ms);
}

std::optional<std::int64_t> read_iso8601(TimeText text, std::int64_t utc_offset_ms) {
  const bool date = text.digits(4, 4, text.year) && text.literal('-') && text.digits(2, 2, text.month) &&
                    text.literal('-') && text.digits(2, 2, text.day);
  if (!date) return std::nullopt;
  if (text.rest.empty()) return text.finish(utc_offset_ms);
  if (!text.literal('T') && !text.literal(' ')) return std::nullopt;
  if (!text.digits(2, 2, text.hour) || !text.literal(':') || !text.digits(2, 2, text.minute)) return std::nullopt;
  if (text.literal(':')) {
    if (!text.digits(2, 2, text.second)) return std::nullopt;
    if ((text.literal('.') || text.literal(',')) && !text.fraction()) return std::nullopt;
  }
  if (!text.rest.empty() && !text.zone()) return std::nullopt;
  return text.finish(utc_offset_ms);
}

std::optional<std::int64_t> read_epoch(std::string_view text, bool seconds) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  TimeText rest(text.substr(static_cast<std::size_t>(end - text.data())));
  if (!seconds) return rest.rest.empty() ? std::optional(value) : std::nullopt;
  // Seconds of any year that is let in later fit; beyond, the product would overflow.
  if (value < 0 || value > base::kDayMs * 365) return std::nullopt;
  if (!rest.rest.empty() && (!rest.literal('.') || !rest.fraction() || !rest.rest.empty())) return std::nullopt;
  return value * base::kSecondMs + rest.ms;
}

}  // namespace

base::Result<TimeForm> TimeForm::parse(std::string_view form, std::optional<int> year) {
  TimeForm result;
  result.form_ = form;
  if (form == "epoch_s" || form == "epoch_ms" || form == "iso8601") {
    result.kind_ = form == "epoch_s" ? Kind::kEpochSeconds : form == "epoch_ms" ? Kind::kEpochMs : Kind::kIso8601;
    return result;
  }
  result.kind_ = Kind::kPattern;
  const std::string quoted = "\"" + std::string(form) + "\" ";
  if (form.find('%') == std::string_view::npos) {
    return base::invalid_input(quoted + "is not a time form; " + base::expected_one_of(form, kForms));
  }
  std::string met;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] != '%') continue;
    ++i;
    if (i == form.size() || kDirectives.find(form[i]) == std::string_view::npos) {
      return base::invalid_input(quoted + "holds " + std::string(form.substr(i - 1, 2)) +
                                 "; expected only %Y %m %d %H %M %S %f %z and %%");
    }
    met += form[i];
  }
  result.year_ = year.value_or(0);
  const bool names_year = met.find('Y') != met.npos || year;
  if (!names_year || met.find('m') == met.npos || met.find('d') == met.npos) {
    return base::invalid_input(quoted + "names no day; it needs %Y (or the key year), %m and %d");
  }
  return result;
}

std::optional<std::int64_t> TimeForm::read(std::string_view text, std::int64_t utc_offset_ms) const {
  switch (kind_) {
    case Kind::kEpochSeconds:
      return read_epoch(text, true);
    case Kind::kEpochMs:
      return read_epoch(text, false);
    case Kind::kIso8601:
      return read_iso8601(TimeText(text), utc_offset_ms);
    case Kind::kPattern:
      break;
  }
  TimeText pattern_text(text);
  pattern_text.year = year_;
  return read_pattern(form_, pattern_text, utc_offset_ms);
}

std::optional<std::int64_t> parse_utc_offset(std::string_view text) {
  TimeText offset(text);
  if (!offset.zone() || !offset.rest.empty()) return std::nullopt;
  return offset.zone_ms;
}

}  // namespace inkling::wire
