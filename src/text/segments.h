// Words of a text as ICU's dictionary and rules cut it: the words that people write and a dictionary knows, in any
// script. Not for search (words.h, which needs no dictionary) and not for what no dictionary knows (src/mining).
//
// Ownership: keeps its memory between calls; segments live until the next one. Thread safety: one Segmenter a thread.
// Cost: about 4 M Chinese characters a second. Failure: create() when the system's ICU lacks its data.
// Source: Unicode Standard Annex 29; ICU's dictionary for Chinese and Japanese.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::text {

enum class SegmentKind : std::uint8_t { kMark, kNumber, kWord };  // kMark: blanks and punctuation too

struct Segment {
  std::uint32_t begin = 0;  // bytes of the text, [begin, end)
  std::uint32_t end = 0;
  SegmentKind kind = SegmentKind::kMark;
  friend bool operator==(const Segment&, const Segment&) = default;
};

// Changes whenever the same text may be cut otherwise, as with another release of ICU.
[[nodiscard]] std::string segmentation_version();

class Segmenter {
 public:
  [[nodiscard]] static base::Result<Segmenter> create();
  Segmenter(Segmenter&&) noexcept;
  Segmenter& operator=(Segmenter&&) noexcept;
  ~Segmenter();

  // The whole text, in order, without gaps. `text` below 2 GiB; bytes that are no UTF-8 are marks.
  [[nodiscard]] std::span<const Segment> cut(std::string_view text);

 private:
  struct Iterator;
  explicit Segmenter(std::unique_ptr<Iterator> iterator);
  std::unique_ptr<Iterator> iterator_;
  std::vector<Segment> segments_;
};

}  // namespace inkling::text
