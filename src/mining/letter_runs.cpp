#include "mining/letter_runs.h"

#include <algorithm>

#include "mining/slice.h"

namespace inkling::mining {

bool may_be_tag(std::string_view word) {
  if (word.size() > kMaxWordBytes || text::first_letter(word).bytes == word.size()) return false;
  return !std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace inkling::mining
