// The lines of a file (plain, .gz, .zst), one after the other, in one buffer: for importers and for whoever reads a
// file line by line. A line that a CSV cell continues is extended in place, so that it stays one piece of memory.
//
// Line breaks are LF or CR LF; a byte order mark of UTF-8 is skipped. A line() is valid until next() or extend().
// Thread safety: one thread. Cost: one memchr over the bytes. Failure: I/O, a damaged stream, UTF-16, or a line over
// kMaxLineBytes; each names the file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "wire/byte_source.h"

namespace inkling::wire {

inline constexpr std::size_t kMaxLineBytes = std::size_t{16} << 20;

class LineReader {
 public:
  [[nodiscard]] static base::Result<LineReader> open(const std::string& path);

  // Goes to the next line; false at the end.
  [[nodiscard]] base::Result<bool> next();
  // Joins the following line to this one; false at the end, with the line as it was.
  [[nodiscard]] base::Result<bool> extend();
  // Takes all extensions back: the lines behind the first will come again.
  void shrink();

  [[nodiscard]] std::string_view line() const;  // without the line break
  [[nodiscard]] bool extended() const { return extensions_ > 0; }
  // 1-based, of the (first) line.
  [[nodiscard]] std::uint64_t line_number() const { return line_number_; }
  // Lines met so far.
  [[nodiscard]] std::uint64_t lines() const { return line_number_ + extensions_; }
  [[nodiscard]] std::uint64_t bytes_read() const { return source_->bytes_read(); }
  [[nodiscard]] std::uint64_t bytes_total() const { return source_->bytes_total(); }

 private:
  LineReader(std::string path, std::unique_ptr<ByteSource> source);
  [[nodiscard]] base::Result<bool> find_end(std::size_t from);
  [[nodiscard]] base::Status fill();
  [[nodiscard]] base::Status skip_byte_order_mark();

  std::string path_;
  std::unique_ptr<ByteSource> source_;
  std::vector<char> buffer_;
  std::size_t filled_ = 0;
  std::size_t start_ = 0;         // of the line
  std::size_t length_ = 0;        // up to the line break
  std::size_t next_ = 0;          // start of the line behind it
  std::size_t first_length_ = 0;  // as they were before the first extension, counted from start_
  std::size_t first_span_ = 0;
  std::uint64_t line_number_ = 0;
  std::uint64_t extensions_ = 0;
  bool ended_ = false;
};

}  // namespace inkling::wire
