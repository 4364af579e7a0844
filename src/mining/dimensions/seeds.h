// What people say of dimensions: words that belong to each, by industry. Read from a file that they write:
//   家电:               an industry; "" stands for no industry in particular
//     服务: [上门, 维修]  a dimension and its seeds
//     物品: [空调, 冰箱]
// Not for finding more of them (grow.h).
//
// Ownership: plain values; words stay as people wrote them. Thread safety: plain values. Failure: kInvalidInput, one
// sentence a mistake with file and line: a word in two dimensions of one industry, a dimension without words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::dimensions {

struct DimensionSeeds {
  std::string industry;  // "": general
  std::string dimension;
  std::vector<std::string> words;
};

// By industry, then in the order of the file.
[[nodiscard]] base::Result<std::vector<DimensionSeeds>> parse_seeds(std::string_view yaml,
                                                                    const std::string& shown_name);
[[nodiscard]] base::Result<std::vector<DimensionSeeds>> read_seeds(const std::string& path);

}  // namespace inkling::dimensions
