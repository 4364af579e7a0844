#include "content/amounts.h"

#include <cmath>
#include <optional>

#include "text/letter_kind.h"

namespace inkling::content {
namespace {

constexpr double kMost = 1e15;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<int> chinese_digit(char32_t letter) {
  constexpr std::u32string_view digits = U"零一二三四五六七八九";
  if (letter == U'两') return 2;
  const auto at = digits.find(letter);
  return at == digits.npos ? std::nullopt : std::optional<int>(static_cast<int>(at));
}

double chinese_unit(char32_t letter) {
  switch (letter) {
    case U'十':
      return 10;
    case U'百':
      return 100;
    case U'千':
      return 1000;
    case U'万':
      return 10000;
    default:
      return 0;
  }
}

// Whether the 千 or 百 before `at` belongs to a unit: 千米, 千克, 千瓦.
bool begins_unit(std::string_view form, std::size_t at) {
  const std::string_view behind = form.substr(at);
  return behind.starts_with("米") || behind.starts_with("克") || behind.starts_with("瓦");
}

// 15, 4.2 and 1,200 from `at` on; the end, or `at` where there is none.
std::size_t take_digits(std::string_view form, std::size_t at, double& value) {
  std::size_t end = at;
  value = 0;
  for (; end < form.size(); ++end) {
    const bool groups = form[end] == ',' && end > at && end + 3 < form.size() && is_digit(form[end + 1]) &&
                        is_digit(form[end + 2]) && is_digit(form[end + 3]) &&
                        (end + 4 == form.size() || !is_digit(form[end + 4]));
    if (groups) continue;
    if (!is_digit(form[end])) break;
    value = std::fmin(kMost, value * 10 + (form[end] - '0'));
  }
  if (end == at || end + 1 >= form.size() || form[end] != '.' || !is_digit(form[end + 1])) return end;
  double place = 0.1;
  for (++end; end < form.size() && is_digit(form[end]); ++end, place /= 10) value += place * (form[end] - '0');
  return end;
}

// 十五, 两千三百, 半; the end, or `at` where there is none.
std::size_t take_chinese(std::string_view form, std::size_t at, double& value) {
  double total = 0, section = 0, digit = 0, last_unit = 10000;  // units of a section fall: 十五千 is no number
  bool has_digit = false;
  std::size_t end = at;
  while (end < form.size()) {
    const text::Letter letter = text::first_letter(form.substr(end));
    const double unit = chinese_unit(letter.code);
    if (const auto told = chinese_digit(letter.code)) {
      digit = has_digit ? digit * 10 + *told : *told;  // 二〇 is not told; 一五 is fifteen
      has_digit = true;
    } else if (unit == 10000 && end > at) {
      total += (section + digit) * unit;
      section = digit = 0;
      has_digit = false;
      last_unit = unit;
    } else if (unit > 0 && unit < last_unit && (has_digit || letter.code == U'十') &&
               !begins_unit(form, end + letter.bytes)) {
      section += (has_digit ? digit : 1) * unit;
      last_unit = unit;
      digit = 0;
      has_digit = false;
    } else if (letter.code == U'半' && end == at) {
      value = 0.5;
      return end + letter.bytes;
    } else {
      break;
    }
    end += letter.bytes;
  }
  value = std::fmin(kMost, total + section + digit);
  return end;
}

}  // namespace

std::vector<Amount> amounts_of(std::string_view form) {
  std::vector<Amount> amounts;
  for (std::size_t at = 0; at < form.size();) {
    Amount amount{0, at, at};
    amount.end = take_digits(form, at, amount.value);
    if (amount.end > at && amount.end < form.size()) {  // 3万
      const text::Letter next = text::first_letter(form.substr(amount.end));
      if (const double unit = chinese_unit(next.code); unit >= 100 && !begins_unit(form, amount.end + next.bytes)) {
        amount.value *= unit;
        amount.end += next.bytes;
      }
    }
    if (amount.end == at) amount.end = take_chinese(form, at, amount.value);
    if (amount.end > at) {
      amounts.push_back(amount);
      at = amount.end;
    } else {
      at += text::first_letter(form.substr(at)).bytes;
    }
  }
  return amounts;
}

}  // namespace inkling::content
