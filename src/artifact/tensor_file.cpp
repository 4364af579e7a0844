#include "artifact/tensor_file.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace inkling::artifact {
namespace {

using base::Result;
using base::Status;

std::filesystem::path partial_path(const std::filesystem::path& path) {
  return path.string() + ".partial";
}

Status failure(const std::filesystem::path& path, int reason) {
  return base::io_error("cannot write " + path.string() + ": " + std::generic_category().message(reason));
}

}  // namespace

Result<TensorFileWriter> TensorFileWriter::create(const std::filesystem::path& path,
                                                  std::span<const TensorSpec> specs, Metadata metadata) {
  TensorFileWriter writer;
  INKLING_ASSIGN(writer.layout_, SafetensorsLayout::plan(specs));
  // The checksums come last but stand first: their room is kept now, as every checksum is equally long.
  std::vector<std::string> unknown;
  for (const TensorSpec& spec : specs) unknown.push_back(TensorChecksum(spec).text());
  INKLING_ASSIGN(const auto header, writer.layout_.header_bytes(metadata, unknown));
  writer.metadata_ = std::move(metadata);
  writer.path_ = path;
  writer.file_.reset(std::fopen(partial_path(path).c_str(), "wb"));
  if (writer.file_ == nullptr) return failure(path, errno);
  INKLING_TRY(writer.write(header));
  INKLING_TRY(writer.advance());
  return writer;
}

TensorFileWriter::~TensorFileWriter() {
  if (file_ == nullptr) return;
  file_.reset();
  std::error_code ignored;
  std::filesystem::remove(partial_path(path_), ignored);
}

Status TensorFileWriter::write(std::span<const std::byte> bytes) {
  if (bytes.empty() || std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size()) return {};
  return failure(path_, errno);
}

// Leaves every tensor that is complete and writes filler, until a tensor waits for bytes or all are there.
Status TensorFileWriter::advance() {
  while (slot_ < layout_.slots.size()) {
    const SafetensorsLayout::Slot& slot = layout_.slots[slot_];
    if (slot.is_filler) {
      static constexpr std::array<std::byte, kTensorAlignmentBytes> kZeros{};
      INKLING_TRY(write(std::span(kZeros).first(slot.end - slot.begin)));
      position_ = slot.end;
    } else {
      if (!checksum_) checksum_.emplace(slot.spec);
      if (position_ < slot.end) return {};
      checksums_.push_back(checksum_->text());
      checksum_.reset();
    }
    ++slot_;
  }
  return {};
}

Status TensorFileWriter::append(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    if (slot_ == layout_.slots.size()) {
      return base::invalid_input(path_.string() + ": " + std::to_string(bytes.size()) +
                                 " bytes came after the last tensor was complete.");
    }
    const std::size_t count = std::min(bytes.size(), layout_.slots[slot_].end - position_);
    INKLING_TRY(write(bytes.first(count)));
    checksum_->update(bytes.first(count));
    position_ += count;
    bytes = bytes.subspan(count);
    INKLING_TRY(advance());
  }
  return {};
}

Status TensorFileWriter::finish() {
  if (slot_ < layout_.slots.size()) {
    const SafetensorsLayout::Slot& slot = layout_.slots[slot_];
    return base::invalid_input(path_.string() + ": tensor \"" + slot.spec.name + "\" has " +
                               std::to_string(position_ - slot.begin) + " of its " +
                               std::to_string(slot.end - slot.begin) + " bytes.");
  }
  INKLING_ASSIGN(const auto header, layout_.header_bytes(metadata_, checksums_));
  if (std::fseek(file_.get(), 0, SEEK_SET) != 0) return failure(path_, errno);
  INKLING_TRY(write(header));
  if (std::fflush(file_.get()) != 0 || ::fsync(::fileno(file_.get())) != 0) return failure(path_, errno);
  std::error_code error;
  std::filesystem::rename(partial_path(path_), path_, error);
  if (error) return failure(path_, error.value());
  file_.reset();
  return {};
}

}  // namespace inkling::artifact
