#include <cstring>
#include <set>
#include <utility>

#include "artifact/header_format.h"
#include "artifact/safetensors.h"
#include "base/core/json.h"

namespace inkling::artifact {
namespace {

using base::Json;
using base::Result;
using base::Status;

Status refuse(std::string_view tensor, const std::string& complaint) {
  return base::invalid_input("tensor \"" + std::string(tensor) + "\": " + complaint + ".");
}

Status check_name(const std::string& name) {
  if (name.empty()) return refuse(name, "a tensor needs a name");
  if (name == kMetadataName || name.starts_with(kFillerPrefix)) return refuse(name, "this name is reserved");
  return {};
}

Result<std::size_t> checked_size(const std::string& name, Dtype dtype, const Shape& shape) {
  const auto bytes = tensor_bytes(dtype, shape);
  if (bytes) return *bytes;
  return refuse(name, "the shape " + shape_text(shape) + " is negative or too large");
}

Json slot_json(const SafetensorsLayout::Slot& slot) {
  Json shape = Json::array();
  for (const std::int64_t size : slot.spec.shape) shape.push(size);
  Json offsets = Json::array();
  offsets.push(static_cast<std::int64_t>(slot.begin)).push(static_cast<std::int64_t>(slot.end));
  Json json = Json::object();
  json.set("dtype", dtype_name(slot.spec.dtype)).set("shape", std::move(shape));
  json.set("data_offsets", std::move(offsets));
  return json;
}

std::size_t filler_bytes(std::size_t position) {
  return (kTensorAlignmentBytes - position % kTensorAlignmentBytes) % kTensorAlignmentBytes;
}

}  // namespace

Result<SafetensorsLayout> SafetensorsLayout::plan(std::span<const TensorSpec> specs) {
  SafetensorsLayout layout;
  std::set<std::string_view> names;
  std::size_t position = 0;
  const auto add = [&](TensorSpec spec, std::size_t bytes, bool is_filler) {
    layout.slots.push_back({std::move(spec), position, position + bytes, is_filler});
    position += bytes;
  };
  for (const TensorSpec& spec : specs) {
    INKLING_TRY(check_name(spec.name));
    if (!names.insert(spec.name).second) return refuse(spec.name, "this name is given twice");
    INKLING_ASSIGN(const std::size_t bytes, checked_size(spec.name, spec.dtype, spec.shape));
    const std::size_t filler = bytes > 0 ? filler_bytes(position) : 0;
    if (filler > 0) {
      std::string name = std::string(kFillerPrefix) + std::to_string(layout.slots.size());
      add({std::move(name), Dtype::kU8, {static_cast<std::int64_t>(filler)}}, filler, true);
    }
    add(spec, bytes, false);
  }
  layout.data_bytes = position;
  return layout;
}

Result<std::vector<std::byte>> SafetensorsLayout::header_bytes(const Metadata& metadata,
                                                               std::span<const std::string> checksums) const {
  Json sums = Json::object();
  sums.if_object()->push_back({std::string(kMetadataName), metadata_checksum(metadata)});
  Json texts = Json::object();
  for (const auto& [key, value] : metadata) {
    if (key != kChecksumsKey) texts.if_object()->push_back({key, value});
  }
  Json header = Json::object();
  Json::Object& members = *header.if_object();
  members.push_back({std::string(kMetadataName), Json()});
  std::size_t next = 0;
  for (const Slot& slot : slots) {
    members.push_back({slot.spec.name, slot_json(slot)});
    if (!slot.is_filler) sums.if_object()->push_back({slot.spec.name, checksums[next++]});
  }
  texts.if_object()->push_back({std::string(kChecksumsKey), sums.to_text()});
  members.front().value = std::move(texts);

  std::string text = header.to_text();
  const auto readable = Json::parse(text);
  if (!readable.ok()) return readable.status().within("the header of the safetensors file");
  text.append(filler_bytes(kLengthPrefixBytes + text.size()), ' ');
  std::vector<std::byte> bytes(kLengthPrefixBytes + text.size());
  const std::uint64_t length = text.size();
  std::memcpy(bytes.data(), &length, kLengthPrefixBytes);
  std::memcpy(bytes.data() + kLengthPrefixBytes, text.data(), text.size());
  return bytes;
}

Status SafetensorsWriter::add_bytes(std::string name, Dtype dtype, Shape shape, std::span<const std::byte> bytes) {
  INKLING_ASSIGN(const std::size_t expected, checked_size(name, dtype, shape));
  if (expected != bytes.size()) {
    return refuse(name, std::string(dtype_name(dtype)) + " of shape " + shape_text(shape) + " takes " +
                            std::to_string(expected) + " bytes, but " + std::to_string(bytes.size()) + " were given");
  }
  specs_.push_back({std::move(name), dtype, std::move(shape)});
  data_.emplace_back(bytes.begin(), bytes.end());
  return {};
}

Result<std::vector<std::byte>> SafetensorsWriter::bytes() const {
  INKLING_ASSIGN(const SafetensorsLayout layout, SafetensorsLayout::plan(specs_));
  std::vector<std::string> checksums;
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    TensorChecksum checksum(specs_[i]);
    checksum.update(data_[i]);
    checksums.push_back(checksum.text());
  }
  INKLING_ASSIGN(std::vector<std::byte> file, layout.header_bytes(metadata_, checksums));
  file.reserve(file.size() + layout.data_bytes);
  std::size_t next = 0;
  for (const SafetensorsLayout::Slot& slot : layout.slots) {
    if (slot.is_filler) {
      file.resize(file.size() + slot.end - slot.begin);
      continue;
    }
    file.insert(file.end(), data_[next].begin(), data_[next].end());
    ++next;
  }
  return file;
}

}  // namespace inkling::artifact
