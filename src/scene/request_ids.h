// Unique request ids: "<process>-<count>" in hexadecimal. Unique within the process by its count, across processes by
// a seed that the application draws from the system's entropy. Not secrets: ids can be guessed. Thread safety: any
// thread.
#pragma once

#include <atomic>
#include <charconv>
#include <cstdint>
#include <string>

namespace inkling::scene {

class RequestIds {
 public:
  explicit RequestIds(std::uint64_t process_seed) : prefix_(hexadecimal(process_seed) + "-") {}
  [[nodiscard]] std::string next() {
    return prefix_ + hexadecimal(count_.fetch_add(1, std::memory_order_relaxed) + 1);
  }

 private:
  static std::string hexadecimal(std::uint64_t value) {
    char digits[16];
    const auto written = std::to_chars(digits, digits + sizeof digits, value, 16);
    return std::string(digits, written.ptr);
  }
  std::string prefix_;
  std::atomic<std::uint64_t> count_ = 0;
};

}  // namespace inkling::scene
