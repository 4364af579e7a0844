// The page beside a graph whose tags were given dimensions: by industry, which words joined which dimension in which
// round, which were left over, and which dimensions may be missing. Thread safety: pure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "mining/dimensions/grow.h"
#include "mining/dimensions/seeds.h"

namespace inkling::cli {

struct GrownIndustry {
  std::string name;  // "": general
  std::span<const dimensions::DimensionSeeds> dimensions;
  std::vector<std::string> words;  // that were asked about
  dimensions::Growth growth;
};

[[nodiscard]] std::string mine_dimensions_page(const std::vector<GrownIndustry>& industries, std::size_t sentences);

}  // namespace inkling::cli
