// Working memory that grows and stays: values at 64-byte boundaries, undefined until written. Not for values that must
// survive the next take(). Thread safety: one thread. Failure: std::bad_alloc, as everything in LibTorch.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>

namespace inkling::train::fused {

template <class Real>
class Buffer {
 public:
  [[nodiscard]] std::span<Real> take(std::size_t size) {
    if (size > capacity_) {
      values_.reset(static_cast<Real*>(::operator new(size * sizeof(Real), kAlignment)));
      capacity_ = size;
    }
    return {values_.get(), size};
  }
  [[nodiscard]] std::span<Real> zeros(std::size_t size) {
    const std::span<Real> values = take(size);
    for (Real& value : values) value = Real(0);
    return values;
  }

 private:
  static constexpr std::align_val_t kAlignment{64};
  struct Free {
    void operator()(Real* values) const { ::operator delete(values, kAlignment); }
  };
  std::unique_ptr<Real, Free> values_;
  std::size_t capacity_ = 0;
};

}  // namespace inkling::train::fused
