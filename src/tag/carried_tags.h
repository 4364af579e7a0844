// Which things carry which tags, both ways, and how much a tag tells. Things are rows of somebody else's table; those
// that may be shown also have a place, the most wanted first, so that a list of carriers may be cut off anywhere.
// Not for finding tags in a text (extractor.h) nor for what a thing is.
//
// Ownership: owns its arrays. Thread safety: immutable, any thread. Cost: 16 bytes a row, 8 bytes a tag of a row, 12
// bytes a node of the graph; making one is linear. Nothing allocates afterwards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tag/kinds.h"

namespace inkling::tag {

// The tags of each row: tag[start[i]] .. tag[start[i + 1] - 1] are row i's, rising.
struct TagLists {
  std::vector<std::uint32_t> start = {0};
  std::vector<std::uint32_t> tag;

  [[nodiscard]] std::size_t rows() const { return start.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> of(std::size_t row) const {
    return std::span(tag).subspan(start[row], start[row + 1] - start[row]);
  }
  // The next row's; `tags` rise.
  void add(std::span<const std::uint32_t> tags);
};

class CarriedTags {
 public:
  // `order`: the rows that may be shown, the most wanted first, each once. `nodes`: of the graph; tags are below it.
  CarriedTags(TagLists lists, std::vector<std::uint32_t> order, std::size_t nodes);

  [[nodiscard]] std::size_t rows() const { return lists_.rows(); }
  [[nodiscard]] std::size_t places() const { return row_.size(); }
  // Empty for a row that is not known yet.
  [[nodiscard]] std::span<const std::uint32_t> tags_of(std::uint32_t row) const {
    return row < rows() ? lists_.of(row) : std::span<const std::uint32_t>();
  }
  [[nodiscard]] std::uint32_t row_at(std::uint32_t place) const { return row_[place]; }
  // kNoRow: it is not shown.
  [[nodiscard]] std::uint32_t place_of(std::uint32_t row) const { return row < rows() ? place_[row] : kNoRow; }
  // Places, rising.
  [[nodiscard]] std::span<const std::uint32_t> carriers(std::uint32_t tag) const {
    return std::span(carrier_).subspan(carrier_start_[tag], carrier_start_[tag + 1] - carrier_start_[tag]);
  }
  // ln(1 + places / carriers): above 0 for whatever is carried, so that in a market of two posts a tag of both still
  // counts; 0 for what nobody carries. After Spärck Jones, "A statistical interpretation of term specificity", 1972.
  [[nodiscard]] float idf(std::uint32_t tag) const { return idf_[tag]; }
  // The square root of the sum of idf squared over the row's tags; 0 without tags.
  [[nodiscard]] float length(std::uint32_t row) const { return row < rows() ? length_[row] : 0; }

 private:
  void put_carriers();
  void put_lengths();

  TagLists lists_;
  std::vector<std::uint32_t> row_;    // by place
  std::vector<std::uint32_t> place_;  // by row
  std::vector<std::uint32_t> carrier_start_, carrier_;
  std::vector<float> idf_;     // by node
  std::vector<float> length_;  // by row
};

}  // namespace inkling::tag
