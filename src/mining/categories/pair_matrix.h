// One number for each pair of different things. Thread safety: plain value. Cost: 2 n^2 bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace inkling::categories {

class PairMatrix {
 public:
  explicit PairMatrix(std::size_t size) : size_(size), values_(size < 2 ? 0 : size * (size - 1) / 2, 0) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  // a and b differ; their order does not matter.
  [[nodiscard]] float& at(std::uint32_t a, std::uint32_t b) { return values_[place(a, b)]; }
  [[nodiscard]] float at(std::uint32_t a, std::uint32_t b) const { return values_[place(a, b)]; }

  // Calls each(a, b, value) with a < b.
  template <typename Each>
  void for_each(Each each) {
    for (std::uint32_t b = 1; b < size_; ++b) {
      for (std::uint32_t a = 0; a < b; ++a) each(a, b, at(a, b));
    }
  }
  template <typename Each>
  void for_each(Each each) const {
    for (std::uint32_t b = 1; b < size_; ++b) {
      for (std::uint32_t a = 0; a < b; ++a) each(a, b, at(a, b));
    }
  }

 private:
  [[nodiscard]] static std::size_t place(std::size_t a, std::size_t b) {
    if (a > b) std::swap(a, b);
    return b * (b - 1) / 2 + a;
  }
  std::size_t size_;
  std::vector<float> values_;
};

}  // namespace inkling::categories
