// What an answer's cursor says: which items were on the pages before. It needs no memory on the server and no
// snapshot of the marketplace, so the next page is made of what is best by then and shows nothing twice.
//
// Form: "1", then 8 hexadecimal digits (the low half of base::name_hash) for each item, oldest first; opaque to
// applications. Bounds: the newest kMaxSeenItems; who pages further may meet the oldest again. Two items of one mark
// pass for one (one chance in 10^5 for a page against a full cursor). Thread safety: plain value. Failure:
// kInvalidInput when the text is no cursor of ours.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::scene {

inline constexpr std::size_t kMaxSeenItems = 500;
inline constexpr std::size_t kMaxCursorBytes = 1 + 8 * kMaxSeenItems;

class SeenItems {
 public:
  // "": nothing was seen.
  [[nodiscard]] static base::Result<SeenItems> parse(std::string_view cursor);

  [[nodiscard]] bool hold(std::string_view item) const;
  [[nodiscard]] std::size_t size() const { return marks_.size(); }
  // The marks of the `count` newest, oldest first; fewer when there are fewer.
  [[nodiscard]] std::span<const std::uint32_t> newest(std::size_t count) const {
    return std::span(marks_).last(count < marks_.size() ? count : marks_.size());
  }
  void add(std::string_view item);
  [[nodiscard]] std::string cursor() const;

 private:
  std::vector<std::uint32_t> marks_;
};

}  // namespace inkling::scene
