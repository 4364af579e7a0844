// Where the records of a batch stand once padding is left out: sample after sample, each sample's records in order.
// States have one row more a sample, before its first record: the state that it starts from.
// Thread safety: immutable. Cost: one pass and one sort over the lengths.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace inkling::train::fused {

class RowLayout {
 public:
  RowLayout() = default;
  explicit RowLayout(std::vector<std::size_t> lengths);

  [[nodiscard]] std::size_t samples() const { return lengths_.size(); }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t state_rows() const { return rows_ + samples(); }
  [[nodiscard]] std::size_t longest() const { return order_.empty() ? 0 : lengths_[order_.front()]; }
  [[nodiscard]] std::size_t length(std::size_t sample) const { return lengths_[sample]; }
  [[nodiscard]] std::size_t begin(std::size_t sample) const { return begins_[sample]; }
  // The row of the state before the sample's first record; the one after record t is t + 1 rows further.
  [[nodiscard]] std::size_t state_begin(std::size_t sample) const { return begins_[sample] + sample; }
  // Samples from the longest to the shortest, equal ones in their own order: those that still run at a step lead.
  [[nodiscard]] std::span<const std::size_t> order() const { return order_; }
  // How many samples have more than `step` records.
  [[nodiscard]] std::size_t running(std::size_t step) const;

 private:
  std::vector<std::size_t> lengths_, begins_, order_;
  std::size_t rows_ = 0;
};

}  // namespace inkling::train::fused
