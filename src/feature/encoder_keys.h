// The keys of every kind of encoder, described once: encoder_from_json and the published schema of training files
// read this table. Not for values: those are in Encoder. Thread safety: static data. Wasm-clean.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "feature/encoder.h"

namespace inkling::feature {

struct EncoderKey {
  using Member =
      std::variant<std::uint32_t Encoder::*, double Encoder::*, bool Encoder::*, std::optional<double> Encoder::*,
                   std::vector<double> Encoder::*, std::vector<std::uint64_t> Encoder::*, AddedNames Encoder::*>;
  std::string_view name;
  std::string_view meaning;
  Member member;
  double low = 0;  // of numbers, inclusive
  double high = 0;
  bool required = false;
  bool fitted = false;  // training finds it, nobody writes it
};

[[nodiscard]] std::span<const EncoderKind> encoder_kinds();
[[nodiscard]] std::span<const EncoderKey> encoder_keys(EncoderKind kind);

}  // namespace inkling::feature
