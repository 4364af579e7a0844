// The number of a category path, top first, as samples and rankers know categories (add_on_sample.h): base::name_hash
// of its names joined by " / ". One definition for journals and for catalogues that are served. 0: no path.
// Thread safety: pure function. Cost: one text of the path's length.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/core/hash.h"

namespace inkling::basket {

[[nodiscard]] inline std::string category_text(std::span<const std::string> path) {
  std::string text;
  for (const std::string& name : path) text += (text.empty() ? "" : " / ") + name;
  return text;
}

// For the request path: `text` is overwritten, and nothing is allocated once it is long enough.
[[nodiscard]] inline std::uint64_t category_hash(std::span<const std::string> path, std::string& text) {
  text.clear();
  for (const std::string& name : path) text.append(text.empty() ? "" : " / ").append(name);
  return base::name_hash(text);
}

[[nodiscard]] inline std::uint64_t category_hash(std::span<const std::string> path) {
  return base::name_hash(category_text(path));
}

}  // namespace inkling::basket
