// A list of at most N values kept in place: slots that are filled on the request path without allocating.
// Thread safety: plain value. Failure: push answers false when it is full.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

namespace inkling::scene {

template <typename T, std::size_t N>
class ShortList {
 public:
  [[nodiscard]] bool push(T value) {
    if (size_ == N) return false;
    values_[size_++] = std::move(value);
    return true;
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] const T& operator[](std::size_t i) const { return values_[i]; }
  [[nodiscard]] T& operator[](std::size_t i) { return values_[i]; }
  [[nodiscard]] const T* begin() const { return values_.data(); }
  [[nodiscard]] const T* end() const { return values_.data() + size_; }

 private:
  std::array<T, N> values_{};
  std::size_t size_ = 0;
};

}  // namespace inkling::scene
