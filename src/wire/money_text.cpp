#include "wire/money_text.h"

#include <limits>
#include <string>

#include "base/core/utf8.h"

namespace inkling::wire {
namespace {

constexpr std::size_t kShownBytes = 60;

base::Status refuse(std::string_view text, const std::string& complaint) {
  return base::invalid_input("\"" + std::string(base::utf8_cut(text, kShownBytes)) + "\" " + complaint);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// False when the amount no longer fits.
bool push_digit(char digit, std::int64_t& amount) {
  const std::int64_t value = digit - '0';
  if (amount > (std::numeric_limits<std::int64_t>::max() - value) / 10) return false;
  amount = amount * 10 + value;
  return true;
}

}  // namespace

int minor_digits(std::string_view currency) {
  return currency == "JPY" || currency == "KRW" ? 0 : 2;
}

base::Result<std::int64_t> minor_units(std::string_view text, std::string_view currency) {
  const int digits = minor_digits(currency);
  if (text.starts_with('-')) return refuse(text, "is negative; a price is 0 or more");
  std::int64_t amount = 0;
  bool fits = true;
  std::size_t i = 0;
  for (; i < text.size() && is_digit(text[i]); ++i) fits = fits && push_digit(text[i], amount);
  int decimals = 0;
  if (i > 0 && i < text.size() && text[i] == '.') {
    for (++i; i < text.size() && is_digit(text[i]); ++i) {
      if (decimals < digits) {
        fits = fits && push_digit(text[i], amount);
        ++decimals;
      } else if (text[i] != '0') {
        return refuse(text, "has more than the " + std::to_string(digits) + " decimals of " +
                                (currency.empty() ? "a price" : std::string(currency)));
      }
    }
  }
  if (text.empty() || i < text.size()) return refuse(text, "is not an amount; expected digits such as 12.50");
  for (; decimals < digits; ++decimals) fits = fits && push_digit('0', amount);
  if (!fits) return refuse(text, "is too large an amount");
  return amount;
}

}  // namespace inkling::wire
