// Which tags stand in a text, and where: from left to right, at each place the longest surface that means a tag in
// the industry; categories, needs and scenes of the same words are passed over, unless they are sought too. Words of
// scripts with blanks only whole; Chinese anywhere. Not for tags that nobody wrote (mining).
//
// Ownership: keeps its memory between calls; matches live until the next call. Thread safety: one Extractor a thread;
// any number on one graph, which may be another one at every call. Cost: some microseconds for a title; linear in the
// text, in practice; nothing allocates from the second call on, unless a text is longer than those before.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tag/tag_graph.h"
#include "text/normal_form.h"

namespace inkling::tag {

struct TagMatch {
  std::uint32_t begin = 0;  // bytes of the text as it was given, [begin, end)
  std::uint32_t end = 0;
  std::uint32_t row = 0;
  std::uint32_t surface = 0;
  friend bool operator==(const TagMatch&, const TagMatch&) = default;
};

// What a surface must mean. Needs and categories of the words hide the tags among them, so whoever asks what a text
// carries seeks tags; whoever asks what a shopper wants seeks anything.
enum class Sought : std::uint8_t { kTags, kAnything };

class Extractor {
 public:
  // `industry`: the row of a category, whose meanings come before general ones and shut out those of others; kNoRow
  // when it is not known, and any meaning will do. `text` below 4 GiB.
  [[nodiscard]] std::span<const TagMatch> extract(const TagGraph& graph, std::string_view text,
                                                  std::uint32_t industry, Sought sought = Sought::kTags);

 private:
  struct Found {
    std::uint32_t row = 0;
    std::uint32_t surface = 0;
  };
  void mark_borders();
  [[nodiscard]] bool is_border(std::size_t at) const { return borders_[at] != 0; }
  [[nodiscard]] std::optional<Found> longest_at(const TagGraph& graph, std::size_t begin, std::uint32_t industry,
                                                Sought sought) const;

  text::NormalText form_;
  std::vector<std::uint8_t>
      borders_;  // of each byte of the form, and of its end: whether a tag may begin or end there
  std::vector<TagMatch> matches_;
};

}  // namespace inkling::tag
