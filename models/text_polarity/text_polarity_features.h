// What a text is made of for weighing its tone, each once, as buckets of a hash: the runs of one to max_length
// neighbouring characters it has; pairs of neighbours near its beginning and near its end once more, as there it is
// summed up; characters and pairs behind a denial (不 没 无 未 别) once more, up to a mark. Full-width letters count
// as plain ones, capitals as small, blanks not at all.
//
// Ownership: the caller's vectors, used again. Thread safety: pure functions. Cost: most_features_a_character()
// hashes a character and one sort. Wasm-clean. Source: Wang and Manning (ACL 2012) for presence instead of counts;
// Weinberger et al. (ICML 2009) for hashing.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/core/utf8.h"

namespace inkling::models::text_polarity {

struct FeatureSpace {
  std::size_t max_length = 4;
  std::uint32_t bucket_bits = 22;
  std::size_t edge_length = 20;   // characters at each end whose pairs count once more; 0: none do
  std::size_t denied_length = 5;  // characters behind a denial that count once more; 0: none do
  [[nodiscard]] std::size_t buckets() const { return std::size_t{1} << bucket_bits; }
};

// A text gives at most so many features for each of its characters.
[[nodiscard]] constexpr std::size_t most_features_a_character(const FeatureSpace& space) {
  return space.max_length + 2 + 2;  // runs, at both ends, denied
}

// Buckets increasing, each once. `room` is memory to work in.
void read_features(std::string_view text, const FeatureSpace& space, std::vector<base::CodePoint>& room,
                   std::vector<std::uint32_t>& out);

}  // namespace inkling::models::text_polarity
