// At most 200,000 values of a stream of any length, evenly chosen and without randomness: for quantiles.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace inkling::sample {

// Every value at first; when full, every second of those held and of those to come, and so on: even and repeatable.
template <typename T>
class ThinnedValues {
 public:
  void add(T value) {
    if (seen_++ % stride_ != 0) return;
    values_.push_back(value);
    if (values_.size() < kLimit) return;
    for (std::size_t i = 0; 2 * i < values_.size(); ++i) values_[i] = values_[2 * i];
    values_.resize(values_.size() / 2);
    stride_ *= 2;
  }
  std::vector<T> sorted() {
    std::sort(values_.begin(), values_.end());
    return values_;
  }

 private:
  static constexpr std::size_t kLimit = 200'000;
  std::vector<T> values_;
  std::uint64_t seen_ = 0;
  std::uint64_t stride_ = 1;
};

}  // namespace inkling::sample
