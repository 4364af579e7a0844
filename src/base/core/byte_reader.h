// Numbers and texts from bytes of somebody else, one after the other: device packages and packed events
// (docs/formats.md). Not for shoppers' states, whose reader says which part is wrong (src/state/bytes.h).
//
// Never reads outside its bytes and never fails loudly: past the end, and behind the first thing that cannot be, it
// gives zeros and empty texts, and ok() is false from there on. Ownership: borrows the bytes; texts point into them.
// Thread safety: one thread. Cost: O(bytes). Wasm-clean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace inkling::base {

class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  // Little-endian, 1 to 8 bytes.
  std::uint64_t fixed(std::size_t bytes);
  double real();  // 8 bytes, as IEEE 754 has them; what is not finite fails
  // LEB128: 7 bits a byte, low ones first, the top bit says that more follow. Above `most` it fails.
  std::uint64_t whole(std::uint64_t most = std::numeric_limits<std::uint64_t>::max());
  // The same of a number that may be negative: 2 n, or -2 n - 1.
  std::int64_t integer();
  // How many things follow that take at least `bytes_each`; more than there is room for fails.
  std::size_t count(std::size_t bytes_each);
  std::span<const std::byte> bytes(std::size_t size);
  std::string_view text(std::size_t most_bytes);  // its length in front

  // False, now and from now on, unless `holds`.
  bool require(bool holds) { return ok_ = ok_ && holds; }

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] std::size_t position() const { return position_; }
  [[nodiscard]] std::size_t left() const { return bytes_.size() - position_; }

 private:
  std::span<const std::byte> bytes_;
  std::size_t position_ = 0;
  bool ok_ = true;
};

}  // namespace inkling::base
