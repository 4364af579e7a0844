#include <bit>
#include <cstring>

#include "artifact/safetensors.h"
#include "base/core/hash.h"

namespace inkling::artifact {
namespace {

constexpr std::size_t kWordBytes = sizeof(std::uint64_t);
static_assert(std::endian::native == std::endian::little, "tensors are read in place and are little-endian");

// A bijection in `word` for every `state`, so no single damaged word can go unnoticed.
std::uint64_t step(std::uint64_t state, std::uint64_t word) {
  return base::mix64(state ^ word) + 0x9e3779b97f4a7c15ULL;
}

}  // namespace

TensorChecksum::TensorChecksum(const TensorSpec& spec)
    : state_(base::name_hash(std::string(dtype_name(spec.dtype)) + shape_text(spec.shape))) {}

void TensorChecksum::update(std::span<const std::byte> bytes) {
  const auto take_one = [&] {
    const std::size_t place = length_bytes_++ % kWordBytes;
    tail_ |= std::to_integer<std::uint64_t>(bytes.front()) << (8 * place);
    bytes = bytes.subspan(1);
    if (place + 1 < kWordBytes) return;
    state_ = step(state_, tail_);
    tail_ = 0;
  };
  while (!bytes.empty() && length_bytes_ % kWordBytes != 0) take_one();
  while (bytes.size() >= kWordBytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), kWordBytes);
    state_ = step(state_, word);
    length_bytes_ += kWordBytes;
    bytes = bytes.subspan(kWordBytes);
  }
  while (!bytes.empty()) take_one();
}

std::string TensorChecksum::text() const {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::uint64_t sum = step(step(state_, tail_), length_bytes_);
  std::string text(16, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, sum >>= 4) *digit = kDigits[sum & 15];
  return text;
}

}  // namespace inkling::artifact
