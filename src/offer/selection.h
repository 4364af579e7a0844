// Which goods a promotion is about: sorted lists of items, shops and categories. Not for prices.
// Thread safety: plain values. Cost of asking: O(log names), for a category times its depth; nothing allocates.
// Failure: reading answers kInvalidInput with the path, one sentence for each mistake.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"

namespace inkling::offer {

inline constexpr std::size_t kMaxSelectionNames = 1000;  // of one list
inline constexpr std::size_t kMaxCategoryDepth = 16;     // of a path in a list; goods may stand deeper

using CategoryPath = std::vector<std::string>;  // top first

struct Selection {
  std::vector<std::string> items;
  std::vector<std::string> shops;
  std::vector<CategoryPath> categories;  // each holds all below it

  bool operator==(const Selection&) const = default;
};

[[nodiscard]] bool holds_item(const Selection& selection, std::string_view item);
[[nodiscard]] bool holds_shop(const Selection& selection, std::string_view shop);
// Whether the path or one above it is listed.
[[nodiscard]] bool holds_path(const Selection& selection, std::span<const std::string> path);

// {"items": [...], "shops": [...], "categories": [[...], ...]}, every member optional; `items` only where allowed.
[[nodiscard]] base::Status read_selection(const base::JsonView& view, bool with_items, Selection& into);
[[nodiscard]] base::Json to_json(const Selection& selection);

// A text of so many bytes.
[[nodiscard]] base::Result<std::string> bounded_text(const base::JsonView& view, std::size_t least, std::size_t most);

}  // namespace inkling::offer
