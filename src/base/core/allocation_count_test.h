// Counts what a test program allocates: include it in exactly one file of the program, since it replaces the global
// operator new. For tests that say "does not allocate"; they run on one thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace inkling::base {

inline std::size_t allocations = 0;

// nullptr when there is no memory.
inline void* counted_or_null(std::size_t size, std::size_t alignment) {
  ++allocations;
  void* memory = nullptr;
  const int failed = ::posix_memalign(&memory, std::max(alignment, sizeof(void*)), std::max<std::size_t>(size, 1));
  return failed == 0 ? memory : nullptr;
}

inline void* counted_allocation(std::size_t size, std::size_t alignment) {
  void* memory = counted_or_null(size, alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace inkling::base

// None of these may be inlined: GCC would then see free() meet a pointer from operator new and warn of a mismatch.
// Those that throw nothing are here for the address sanitizer: it brings its own, which do not call these.
[[gnu::noinline]] void* operator new(std::size_t size) {
  return inkling::base::counted_allocation(size, alignof(std::max_align_t));
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
  return inkling::base::counted_allocation(size, static_cast<std::size_t>(alignment));
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return inkling::base::counted_or_null(size, alignof(std::max_align_t));
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return inkling::base::counted_or_null(size, static_cast<std::size_t>(alignment));
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}
