#include "tag/carried_tags.h"

#include <cmath>
#include <numeric>
#include <utility>

namespace inkling::tag {

void TagLists::add(std::span<const std::uint32_t> tags) {
  tag.insert(tag.end(), tags.begin(), tags.end());
  start.push_back(static_cast<std::uint32_t>(tag.size()));
}

CarriedTags::CarriedTags(TagLists lists, std::vector<std::uint32_t> order, std::size_t nodes)
    : lists_(std::move(lists)),
      row_(std::move(order)),
      place_(lists_.rows(), kNoRow),
      carrier_start_(nodes + 2),
      idf_(nodes),
      length_(lists_.rows()) {
  for (std::uint32_t place = 0; place < row_.size(); ++place) place_[row_[place]] = place;
  put_carriers();
  put_lengths();
}

void CarriedTags::put_carriers() {
  std::size_t all = 0;
  for (const std::uint32_t row : row_) {
    for (const std::uint32_t tag : lists_.of(row)) ++carrier_start_[tag + 2];
    all += lists_.of(row).size();
  }
  std::partial_sum(carrier_start_.begin(), carrier_start_.end(), carrier_start_.begin());
  carrier_.resize(all);
  // One place further than the starts in the end, as every carrier that is put in moves its tag's on.
  for (std::uint32_t place = 0; place < row_.size(); ++place) {
    for (const std::uint32_t tag : lists_.of(row_[place])) carrier_[carrier_start_[tag + 1]++] = place;
  }
  carrier_start_.pop_back();
}

void CarriedTags::put_lengths() {
  for (std::uint32_t tag = 0; tag < idf_.size(); ++tag) {
    const std::size_t carried = carriers(tag).size();
    if (carried > 0)
      idf_[tag] = static_cast<float>(std::log1p(static_cast<double>(places()) / static_cast<double>(carried)));
  }
  for (std::uint32_t row = 0; row < rows(); ++row) {
    float squares = 0;
    for (const std::uint32_t tag : lists_.of(row)) squares += idf_[tag] * idf_[tag];
    length_[row] = std::sqrt(squares);
  }
}

}  // namespace inkling::tag
