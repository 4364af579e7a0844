// A post as its author tells it, by a text, by attributes or by both: checked attributes, where in the text they
// stand, and what is doubtful. Not for publishing it (post_item.h).
//
// Attributes win over what the text says. Doubts are sentences: told twice in different ways, text and attributes
// apart, a text that tells no field, or tells much of another template and hardly anything of this one. Thread
// safety: pure functions. Cost: as read_post; with all templates where the text tells hardly anything of its own.
// Failure: kInvalidInput for a text without a letter, kTooLarge for one beyond kMaxTextBytes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "content/post_check.h"
#include "content/post_reader.h"

namespace inkling::content {

struct PostDescription {
  CheckedPost post;
  std::vector<Evidence> evidence;  // of what counts: not of fields that the attributes tell
  std::vector<std::string> doubts;
};

// `attributes`: an object, or null for none. `all`: the templates that a text may be of instead.
[[nodiscard]] base::Result<PostDescription> describe_post(const Template& form, std::span<const Template> all,
                                                          std::optional<std::string_view> text,
                                                          const base::Json& attributes);

}  // namespace inkling::content
