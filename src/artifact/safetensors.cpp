#include "artifact/safetensors.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "artifact/header_format.h"
#include "base/core/json.h"
#include "base/core/suggest.h"

namespace inkling::artifact {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

Status damaged(std::string_view tensor, const std::string& complaint) {
  return base::corrupt("tensor \"" + std::string(tensor) + "\": " + complaint + ".");
}

Status as_corrupt(const Status& status) {
  return base::corrupt("header: " + status.message());
}

Result<std::string_view> header_text(std::span<const std::byte> file) {
  if (file.size() < kLengthPrefixBytes) {
    return base::corrupt("the file has " + std::to_string(file.size()) +
                         " bytes, but a safetensors file begins with 8 bytes of header length.");
  }
  std::uint64_t length = 0;
  std::memcpy(&length, file.data(), kLengthPrefixBytes);
  const std::size_t rest = file.size() - kLengthPrefixBytes;
  if (length > std::min(rest, kHeaderLimitBytes)) {
    return base::corrupt("offset 0: the header length " + std::to_string(length) + " is above " +
                         (rest < kHeaderLimitBytes ? "the " + std::to_string(rest) + " bytes that follow."
                                                   : "the limit of " + std::to_string(kHeaderLimitBytes) + "."));
  }
  const auto* text = reinterpret_cast<const char*>(file.data() + kLengthPrefixBytes);
  return std::string_view(text, static_cast<std::size_t>(length));
}

Result<Metadata> read_metadata(const Json& json) {
  const JsonView view(json, std::string(kMetadataName));
  const Json::Object* members = json.if_object();
  if (members == nullptr) return as_corrupt(view.refuse("expected an object of texts"));
  Metadata metadata;
  for (const base::JsonMember& member : *members) {
    auto value = view.text(member.key);
    if (!value.ok()) return as_corrupt(value.status());
    metadata[member.key] = *std::move(value);
  }
  return metadata;
}

Result<std::vector<std::int64_t>> sizes_of(const JsonView& view, std::string_view key) {
  INKLING_ASSIGN(const auto elements, view.elements(key));
  std::vector<std::int64_t> sizes;
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(const std::int64_t size, element.as_integer(0));
    sizes.push_back(size);
  }
  return sizes;
}

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Result<Range> read_range(const JsonView& view, std::size_t data_bytes) {
  INKLING_ASSIGN(const auto offsets, sizes_of(view, "data_offsets"));
  if (offsets.size() != 2) return view.refuse("data_offsets must be [begin, end]");
  const auto begin = static_cast<std::uint64_t>(offsets[0]);
  const auto end = static_cast<std::uint64_t>(offsets[1]);
  if (begin <= end && end <= data_bytes) return Range{static_cast<std::size_t>(begin), static_cast<std::size_t>(end)};
  return view.refuse("data_offsets [" + std::to_string(begin) + ", " + std::to_string(end) +
                     "] are not an ascending range within the " + std::to_string(data_bytes) + " bytes of data");
}

// `data_start`: where the data section begins in the file.
Result<TensorView> read_tensor(const std::string& name, const Json& json, std::span<const std::byte> file,
                               std::size_t data_start) {
  const JsonView view(json, name);
  INKLING_TRY(view.only_keys({"dtype", "shape", "data_offsets"}));
  INKLING_ASSIGN(const std::string dtype_text, view.text("dtype"));
  const auto dtype = dtype_from_name(dtype_text);
  if (!dtype) return base::unsupported("tensor \"" + name + "\": the dtype " + dtype_text + " is not supported.");
  INKLING_ASSIGN(Shape shape, sizes_of(view, "shape"));
  INKLING_ASSIGN(const Range range, read_range(view, file.size() - data_start));
  const auto expected_bytes = tensor_bytes(*dtype, shape);
  if (!expected_bytes) return view.refuse("the product of the shape " + shape_text(shape) + " is too large");
  if (*expected_bytes != range.end - range.begin) {
    return view.refuse("at offset " + std::to_string(data_start + range.begin) + " stand " +
                       std::to_string(range.end - range.begin) + " bytes, but " + dtype_text + " of shape " +
                       shape_text(shape) + " takes " + std::to_string(*expected_bytes));
  }
  TensorView tensor;
  tensor.name = name;
  tensor.dtype = *dtype;
  tensor.shape = std::move(shape);
  tensor.offset = data_start + range.begin;
  tensor.bytes = file.subspan(tensor.offset, range.end - range.begin);
  return tensor;
}

// `tensors` in the order of their offsets must cover the data section exactly.
Status check_coverage(const std::vector<TensorView>& tensors, std::size_t data_start, std::size_t file_bytes) {
  std::size_t reached = data_start;
  for (const TensorView& tensor : tensors) {
    if (tensor.offset != reached) {
      const char* what =
          tensor.offset < reached ? "overlaps what reaches to offset " : "leaves a hole behind offset ";
      return damaged(tensor.name,
                     "its begin at offset " + std::to_string(tensor.offset) + " " + what + std::to_string(reached));
    }
    reached += tensor.bytes.size();
  }
  if (reached == file_bytes) return {};
  return base::corrupt("offset " + std::to_string(reached) + ": " + std::to_string(file_bytes - reached) +
                       " bytes behind the last tensor belong to nothing.");
}

bool matches(const Shape& found, const Shape& expected) {
  return std::equal(found.begin(), found.end(), expected.begin(), expected.end(),
                    [](std::int64_t a, std::int64_t b) { return b < 0 || a == b; });
}

}  // namespace

Result<Safetensors> Safetensors::parse(std::span<const std::byte> file_bytes) {
  INKLING_ASSIGN(const std::string_view text, header_text(file_bytes));
  auto header = Json::parse(text);
  if (!header.ok()) return as_corrupt(header.status());
  if (!header->is_object()) return base::corrupt("header: expected a JSON object.");
  const std::size_t data_start = kLengthPrefixBytes + text.size();
  Safetensors result;
  for (const base::JsonMember& member : *header->if_object()) {
    if (member.key == kMetadataName) {
      INKLING_ASSIGN(result.metadata_, read_metadata(member.value));
      continue;
    }
    auto tensor = read_tensor(member.key, member.value, file_bytes, data_start);
    if (!tensor.ok()) {
      return tensor.status().code() == base::ErrorCode::kUnsupported ? tensor.status() : as_corrupt(tensor.status());
    }
    result.tensors_.push_back(*std::move(tensor));
  }
  auto& tensors = result.tensors_;
  std::sort(tensors.begin(), tensors.end(), [](const TensorView& a, const TensorView& b) {
    return std::pair(a.offset, a.bytes.size()) < std::pair(b.offset, b.bytes.size());
  });
  INKLING_TRY(check_coverage(tensors, data_start, file_bytes.size()));
  std::erase_if(tensors, [](const TensorView& tensor) { return tensor.name.starts_with(kFillerPrefix); });
  result.by_name_.resize(tensors.size());
  for (std::size_t i = 0; i < tensors.size(); ++i) result.by_name_[i] = static_cast<std::uint32_t>(i);
  std::sort(result.by_name_.begin(), result.by_name_.end(),
            [&](std::uint32_t a, std::uint32_t b) { return tensors[a].name < tensors[b].name; });
  return result;
}

const TensorView* Safetensors::find(std::string_view name) const {
  const auto place = std::lower_bound(by_name_.begin(), by_name_.end(), name,
                                      [&](std::uint32_t i, std::string_view n) { return tensors_[i].name < n; });
  if (place == by_name_.end() || tensors_[*place].name != name) return nullptr;
  return &tensors_[*place];
}

Result<std::span<const std::byte>> Safetensors::checked_bytes(std::string_view name, Dtype dtype,
                                                              const Shape& expected,
                                                              std::size_t alignment_bytes) const {
  const TensorView* tensor = find(name);
  if (tensor == nullptr) {
    std::vector<std::string_view> names;
    for (const TensorView& known : tensors_) names.push_back(known.name);
    const std::string near = base::nearest(name, names);
    return damaged(name, near.empty() ? "it is missing from the file"
                                      : "it is missing from the file, the nearest name is \"" + near + "\"");
  }
  if (tensor->dtype != dtype || !matches(tensor->shape, expected)) {
    return damaged(name, "found " + std::string(dtype_name(tensor->dtype)) + " of shape " +
                             shape_text(tensor->shape) + ", expected " + std::string(dtype_name(dtype)) +
                             " of shape " + shape_text(expected));
  }
  if (!tensor->bytes.empty() && reinterpret_cast<std::uintptr_t>(tensor->bytes.data()) % alignment_bytes != 0) {
    return damaged(name, "its data at offset " + std::to_string(tensor->offset) + " is not aligned to " +
                             std::to_string(alignment_bytes) + " bytes in memory; write the file anew with Inkling");
  }
  return tensor->bytes;
}

Status Safetensors::verify_checksums() const {
  const auto text = metadata_.find(std::string(kChecksumsKey));
  if (text == metadata_.end()) {
    return base::corrupt("the metadata has no \"" + std::string(kChecksumsKey) + "\", so damage cannot be noticed.");
  }
  const auto sums = Json::parse(text->second);
  if (!sums.ok()) return base::corrupt(std::string(kChecksumsKey) + ": " + sums.status().message());
  const auto agrees = [&](std::string_view name, const std::string& found) {
    const Json* stated = sums->find(name);
    return stated != nullptr && stated->if_text() != nullptr && *stated->if_text() == found;
  };
  if (!agrees(kMetadataName, metadata_checksum(metadata_))) {
    return base::corrupt("the metadata does not match its checksum.");
  }
  for (const TensorView& tensor : tensors_) {
    TensorChecksum checksum(tensor);
    checksum.update(tensor.bytes);
    if (agrees(tensor.name, checksum.text())) continue;
    return damaged(tensor.name, "its " + std::to_string(tensor.bytes.size()) + " bytes at offset " +
                                    std::to_string(tensor.offset) + " do not match their checksum");
  }
  return {};
}

}  // namespace inkling::artifact
