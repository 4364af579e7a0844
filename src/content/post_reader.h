// What a free text says of the fields of a template: "4.2米厢货, 电梯房, 15公里, 每公里6元, 2名师傅". By the words
// that the template names, not learnt; each answer with the bytes that it rests on. Whether the values may be is
// post_check's.
//
// Words of scripts with blanks only whole; longer words before shorter ones, which is how 无电梯 is not 电梯. A
// number needs a unit of its field behind it, or one of its words before it; a sum needs a currency, and where it is
// for each of something, that (每公里6元, 6元/公里, 一公里6元). Thread safety: pure. Cost: linear in the text times
// the template's words. Texts beyond kMaxTextBytes are refused.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "content/template_file.h"

namespace inkling::content {

struct Evidence {
  std::string field;
  std::size_t begin = 0;  // bytes of the text as it was given, [begin, end)
  std::size_t end = 0;
};

struct ReadPost {
  base::Json attributes;            // an object by field, as check_post takes it
  std::vector<Evidence> evidence;   // from left to right; what was told again too
  std::vector<std::string> doubts;  // fields told twice in different ways: the first counts, a sentence each
};

[[nodiscard]] base::Result<ReadPost> read_post(const Template& form, std::string_view text);

}  // namespace inkling::content
