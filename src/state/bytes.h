// Little-endian fields appended to and taken from a string of bytes. Private to src/state.
// A reader never reads outside its bytes: past the end it yields zeros and keeps the first failure for status().
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/core/result.h"

namespace inkling::state {

class ByteWriter {
 public:
  explicit ByteWriter(std::string& out) : out_(out) {}

  // The low `bytes` bytes of the value, 1 to 8.
  void put(std::uint64_t value, std::size_t bytes) {
    char field[8];
    for (std::size_t i = 0; i < bytes; ++i) field[i] = static_cast<char>((value >> (8 * i)) & 0xff);
    out_.append(field, bytes);
  }
  void put_real(double value) { put(std::bit_cast<std::uint64_t>(value), 8); }
  void put_text(std::string_view text, std::size_t length_bytes) {
    put(text.size(), length_bytes);
    out_.append(text);
  }

 private:
  std::string& out_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  // Names what is being read, for messages; `name` must outlive the reader.
  void enter(std::string_view name) { part_ = name; }

  std::uint64_t take(std::size_t bytes) {
    if (!has(bytes)) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
      value |= std::uint64_t{static_cast<unsigned char>(bytes_[position_ + i])} << (8 * i);
    }
    position_ += bytes;
    return value;
  }
  double take_real() { return std::bit_cast<double>(take(8)); }

  std::string_view take_text(std::size_t length_bytes) {
    const auto length = static_cast<std::size_t>(take(length_bytes));
    if (!has(length)) return {};
    const std::string_view text = bytes_.substr(position_, length);
    position_ += length;
    return text;
  }

  // Are so many bytes left, and nothing failed so far? No is a failure. The message is only built when needed.
  bool has(std::size_t bytes) {
    const std::size_t left = bytes_.size() - position_;
    if (bytes <= left) return ok();
    return require(false,
                   "needs " + std::to_string(bytes) + " bytes where only " + std::to_string(left) + " are left");
  }

  // Keeps `what` as the failure unless `holds` or something failed before. False once anything failed.
  bool require(bool holds, std::string_view what) {
    if (!holds && status_.ok()) {
      status_ = base::corrupt("shopper state: " + std::string(part_) + " (byte " + std::to_string(position_) +
                              "): " + std::string(what));
    }
    return status_.ok();
  }

  [[nodiscard]] bool ok() const { return status_.ok(); }
  [[nodiscard]] bool at_end() const { return position_ == bytes_.size(); }
  [[nodiscard]] const base::Status& status() const { return status_; }

 private:
  std::string_view bytes_;
  std::size_t position_ = 0;
  std::string_view part_ = "head";
  base::Status status_;
};

}  // namespace inkling::state
