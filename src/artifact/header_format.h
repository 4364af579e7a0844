// The names and arithmetic that the reader and the writer of safetensors share. Not for other folders.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "artifact/safetensors.h"

namespace inkling::artifact {

inline constexpr std::size_t kLengthPrefixBytes = 8;
inline constexpr std::string_view kMetadataName = "__metadata__";
inline constexpr std::string_view kFillerPrefix = "__pad__";

// Of the elements of a tensor; nothing if a size is negative or the product does not fit.
[[nodiscard]] std::optional<std::size_t> tensor_bytes(Dtype dtype, const Shape& shape);
[[nodiscard]] std::optional<Dtype> dtype_from_name(std::string_view name);
// Of every key and value except the checksums themselves.
[[nodiscard]] std::string metadata_checksum(const Metadata& metadata);

}  // namespace inkling::artifact
