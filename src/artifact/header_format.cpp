#include "artifact/header_format.h"

#include <array>
#include <limits>

namespace inkling::artifact {
namespace {

struct DtypeRow {
  std::string_view name;
  std::size_t bytes;
};

// In the order of Dtype.
constexpr std::array<DtypeRow, 13> kDtypes = {{{"F32", 4},
                                               {"F64", 8},
                                               {"F16", 2},
                                               {"BF16", 2},
                                               {"I8", 1},
                                               {"U8", 1},
                                               {"I16", 2},
                                               {"U16", 2},
                                               {"I32", 4},
                                               {"U32", 4},
                                               {"I64", 8},
                                               {"U64", 8},
                                               {"BOOL", 1}}};
static_assert(static_cast<std::size_t>(Dtype::kBool) + 1 == kDtypes.size());

}  // namespace

std::string_view dtype_name(Dtype dtype) {
  return kDtypes[static_cast<std::size_t>(dtype)].name;
}
std::size_t dtype_bytes(Dtype dtype) {
  return kDtypes[static_cast<std::size_t>(dtype)].bytes;
}

std::optional<Dtype> dtype_from_name(std::string_view name) {
  for (std::size_t i = 0; i < kDtypes.size(); ++i) {
    if (kDtypes[i].name == name) return static_cast<Dtype>(i);
  }
  return std::nullopt;
}

std::string shape_text(const Shape& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

std::optional<std::size_t> tensor_bytes(Dtype dtype, const Shape& shape) {
  std::size_t product = dtype_bytes(dtype);
  for (const std::int64_t size : shape) {
    if (size < 0) return std::nullopt;
    const auto factor = static_cast<std::uint64_t>(size);
    if (factor > 0 && product > std::numeric_limits<std::size_t>::max() / 2 / factor) return std::nullopt;
    product *= static_cast<std::size_t>(factor);
  }
  return product;
}

std::string metadata_checksum(const Metadata& metadata) {
  TensorChecksum checksum({std::string(kMetadataName), Dtype::kU8, {}});
  const auto add = [&](const std::string& text) {
    checksum.update(std::as_bytes(std::span(text.c_str(), text.size() + 1)));
  };
  for (const auto& [key, value] : metadata) {
    if (key == kChecksumsKey) continue;
    add(key);
    add(value);
  }
  return checksum.text();
}

}  // namespace inkling::artifact
