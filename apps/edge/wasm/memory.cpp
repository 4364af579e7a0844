// Memory for C++ from malloc, in place of the library's own operators, which bring exceptions and their types along.
// Exhausted memory ends the program: the one trap of the core.
#include <cstdlib>
#include <new>

namespace {

void* must(void* memory) {
  if (memory == nullptr) __builtin_trap();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) {
  return must(std::malloc(size));
}
void* operator new[](std::size_t size) {
  return must(std::malloc(size));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto step = static_cast<std::size_t>(alignment);
  return must(std::aligned_alloc(step, (size + step - 1) / step * step));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return operator new(size, alignment);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}

// The library's report would print the sentence, and bring printf.
extern "C" [[noreturn]] void abort_message(const char*, ...) {
  __builtin_trap();
}

// The library was compiled with types of objects, whose tables bring dynamic_cast and catch along; nothing asks for
// either here.
extern "C" {
void* _ZTVN10__cxxabiv117__class_type_infoE[3];
void* _ZTVN10__cxxabiv120__si_class_type_infoE[3];
void* _ZTVN10__cxxabiv121__vmi_class_type_infoE[3];
}
