// Whether the attributes of a post fit its template: every mistake in one sentence with field, value and what would
// be right, and the attributes in one form. Not for text (post_reader.h).
//
// A choice is told by its option's id, by a name or by any of its surfaces; a number as such, or as text with a unit
// ("15 公里"); money in whole cents, or as text ("6.5元"); a flag by true or false; a text as text.
// Thread safety: pure functions. Cost: linear in fields and options.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "content/priced_post.h"
#include "content/template_file.h"

namespace inkling::content {

inline constexpr std::size_t kMaxTextBytes = 64 * 1024;  // of a text field, and of a whole post

struct FieldMistake {
  std::string field;
  std::string message;      // "<field>: <found> <complaint>; expected <what is right>; did you mean <nearest>?"
  bool is_missing = false;  // all that is wrong is that it is not told
};

struct CheckedPost {
  base::Json attributes;  // what is right, by field: option ids, numbers in the field's unit, cents, flags, texts
  std::vector<FieldMistake> mistakes;  // in the template's order, unknown fields last
};

// `attributes`: an object by field ids; null stands for a field that is not told.
[[nodiscard]] CheckedPost check_post(const Template& form, const base::Json& attributes);

// The whole text as a number in the field's unit, or as cents; kInvalidInput says what is wrong with it.
[[nodiscard]] base::Result<double> number_of_text(const Field& field, std::string_view text);

// Checked attributes as an estimate needs them; its price is the template's price field, 0 where it is not told.
[[nodiscard]] PricedPost priced_post(const Template& form, const base::Json& checked, std::string id);

}  // namespace inkling::content
