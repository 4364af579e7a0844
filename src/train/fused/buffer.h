// Working memory that grows and stays: values at 64-byte boundaries, undefined until written. Not for values that
// must survive a take() of more. Large buffers ask Linux for huge pages, as a micro-batch walks over more small ones
// than the processor remembers. Thread safety: one thread. Failure: std::bad_alloc, as everything in LibTorch.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>

namespace inkling::train::fused {

template <class Real>
class Buffer {
 public:
  [[nodiscard]] std::span<Real> take(std::size_t size) {
    if (size > capacity_) {
      values_.reset(static_cast<Real*>(allocate(size * sizeof(Real))));
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
  static constexpr std::size_t kAlignment = 64, kHugePage = std::size_t{1} << 21;

  static void* allocate(std::size_t bytes) {
    const std::size_t unit = bytes < kHugePage ? kAlignment : kHugePage;
    void* memory = std::aligned_alloc(unit, (bytes + unit - 1) / unit * unit);
    if (memory == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
    if (unit == kHugePage) (void)::madvise(memory, bytes, MADV_HUGEPAGE);  // a wish; nothing depends on it
#endif
    return memory;
  }
  struct Free {
    void operator()(Real* values) const { std::free(values); }
  };
  std::unique_ptr<Real, Free> values_;
  std::size_t capacity_ = 0;
};

}  // namespace inkling::train::fused
