// What a text is made of for weighing its tone: the runs of one to max_length neighbouring characters it has, each
// once, as buckets of a hash. Full-width letters count as plain ones, capitals as small, blanks not at all.
//
// Ownership: the caller's vectors, used again. Thread safety: pure functions. Cost: max_length hashes a character and
// one sort. Wasm-clean. Source: Wang and Manning (ACL 2012) for presence instead of counts; Weinberger et al. (ICML
// 2009) for hashing.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/core/utf8.h"

namespace inkling::models::text_polarity {

struct FeatureSpace {
  std::size_t max_length = 4;
  std::uint32_t bucket_bits = 20;
  [[nodiscard]] std::size_t buckets() const { return std::size_t{1} << bucket_bits; }
};

// Buckets increasing, each once. `room` is memory to work in.
void read_features(std::string_view text, const FeatureSpace& space, std::vector<base::CodePoint>& room,
                   std::vector<std::uint32_t>& out);

}  // namespace inkling::models::text_polarity
