// Memory for large tables that are looked up all over: in huge pages where the system grants them, so that a look-up
// misses the cache alone and not the page table too. Not for small vectors (they are allocated as ever) and not
// wasm-clean. Thread safety: none kept. Cost: at most one huge page (2 MiB) more than asked for. Linux only.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>

namespace inkling::base {

template <typename T>
struct HugePageAllocator {
  using value_type = T;
  static constexpr std::size_t kPageBytes = std::size_t{2} << 20;

  HugePageAllocator() = default;
  template <typename Other>
  HugePageAllocator(const HugePageAllocator<Other>&) {}  // NOLINT: implicit, as allocators are

  [[nodiscard]] T* allocate(std::size_t count) {
    void* memory = ::operator new(count * sizeof(T), alignment_of(count));
    if (count * sizeof(T) >= kPageBytes) (void)::madvise(memory, count * sizeof(T), MADV_HUGEPAGE);  // advice only
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) { ::operator delete(memory, alignment_of(count)); }

  friend bool operator==(const HugePageAllocator&, const HugePageAllocator&) { return true; }

 private:
  static std::align_val_t alignment_of(std::size_t count) {
    return std::align_val_t{count * sizeof(T) < kPageBytes ? alignof(std::max_align_t) : kPageBytes};
  }
};

}  // namespace inkling::base
