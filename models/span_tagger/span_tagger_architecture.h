// What a span tagger is built of: the labels found in the file and the sizes of its layers. Types whose spans overlap
// stand in different chains, so that each chain tells every character one tag. Thread safety: plain values.
// Wasm-clean.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"

namespace inkling::models::span_tagger {

// Which types of spans are joined by pairs.
struct Joint {
  std::uint32_t first = 0, second = 0;
  friend bool operator==(const Joint&, const Joint&) = default;
};

struct Architecture {
  std::vector<std::string> types;       // at least one
  std::vector<std::uint32_t> chain_of;  // of each type; 0 ... chains() - 1, none left out
  std::vector<std::string> relations;   // none: no pairs
  std::vector<Joint> joints;
  std::size_t character_dim = 64, bigram_dim = 64, word_dim = 12;
  std::size_t hidden = 128;  // of each direction
  std::size_t pair_hidden = 64;

  [[nodiscard]] std::size_t chains() const;
  // The types of a chain in order; the place of a type among them.
  [[nodiscard]] std::vector<std::uint32_t> types_of(std::size_t chain) const;
  [[nodiscard]] std::uint32_t place_of(std::uint32_t type) const;
  // Where a chain's tags begin in a row of emissions, chains() for their number.
  [[nodiscard]] std::size_t first_tag(std::size_t chain) const;
  [[nodiscard]] bool joins(std::uint32_t first, std::uint32_t second) const;
};

// The manifest's `features`: names, chains and joints. Sizes are those of the tensors.
[[nodiscard]] base::Json features_json(const Architecture& architecture);
[[nodiscard]] base::Result<Architecture> architecture_of(const base::JsonView& features);

}  // namespace inkling::models::span_tagger
