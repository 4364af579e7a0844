// What a shopper typed into the search field. Every word must be in the title; `"two words"` must stand together; OR
// joins the words beside it (red OR blue shoes: one of the two, and shoes); a word behind - must not be there; the
// last word may be the beginning of one. Whatever is typed means something: there is no mistake to tell.
// Thread safety: pure. Cost: that of text::words_of. Bounds: kMaxTerms terms, the rest is not looked at.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace inkling::index {

inline constexpr std::size_t kMaxTerms = 32;

// Words that stand together in this order.
struct TitleTerm {
  std::vector<std::string> words;  // never empty
  bool last_is_beginning = false;  // the last word may go on

  bool operator==(const TitleTerm&) const = default;
};

struct TitleQuery {
  std::vector<std::vector<TitleTerm>> all_of;  // of each, one term at least
  std::vector<TitleTerm> none_of;
};

[[nodiscard]] TitleQuery parse_title_query(std::string_view query);

}  // namespace inkling::index
