// Numbers as people write them in a text: 15, 4.2, 1,200, 十五, 两, 3万, 三千五百; each with the place where it
// stands. What they count is not known here (post_reader.h). Thread safety: pure. Cost: linear in the text.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace inkling::content {

struct Amount {
  double value = 0;
  std::size_t begin = 0;  // bytes of the text, [begin, end)
  std::size_t end = 0;
};

// `form`: a text in normal form (text/normal_form.h), so that digits are plain ones. From left to right. Digits in a
// word of letters (mp3, 5g) count as numbers too: what follows them must fit a unit.
[[nodiscard]] std::vector<Amount> amounts_of(std::string_view form);

}  // namespace inkling::content
