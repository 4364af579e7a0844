#include "wire/line_reader.h"

#include <cstring>

namespace inkling::wire {
namespace {
constexpr std::size_t kFirstBufferBytes = std::size_t{1} << 20;
}  // namespace

LineReader::LineReader(std::string path, std::unique_ptr<ByteSource> source)
    : path_(std::move(path)), source_(std::move(source)), buffer_(kFirstBufferBytes) {}

base::Result<LineReader> LineReader::open(const std::string& path) {
  INKLING_ASSIGN(auto source, open_bytes(path));
  LineReader reader(path, std::move(source));
  INKLING_TRY(reader.skip_byte_order_mark());
  return reader;
}

base::Status LineReader::skip_byte_order_mark() {
  while (filled_ < 3 && !ended_) INKLING_TRY(fill());
  const std::string_view head(buffer_.data(), filled_);
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
    return base::invalid_input(path_ + " is UTF-16; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)");
  }
  if (head.starts_with("\xEF\xBB\xBF")) next_ = 3;
  return {};
}

// Reads more behind what is there; moves the present line to the front of the buffer when it needs the room.
base::Status LineReader::fill() {
  if (filled_ == buffer_.size() && start_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + start_, filled_ - start_);
    filled_ -= start_;
    next_ -= start_;
    start_ = 0;
  }
  if (filled_ == buffer_.size()) {
    if (buffer_.size() >= kMaxLineBytes) {
      return base::too_large(path_ + ":" + std::to_string(lines()) + ": the line has more than " +
                             std::to_string(kMaxLineBytes >> 20) + " MiB");
    }
    buffer_.resize(buffer_.size() * 2);
  }
  INKLING_ASSIGN(const std::size_t count, source_->read(std::span(buffer_).subspan(filled_)));
  filled_ += count;
  ended_ = count == 0;
  return {};
}

// Sets length_ and next_ to the first line break at or behind `from`, which counts from start_.
base::Result<bool> LineReader::find_end(std::size_t from) {
  while (true) {
    const char* const begin = buffer_.data() + start_;
    const std::size_t available = filled_ - start_;
    const void* const found = from < available ? std::memchr(begin + from, '\n', available - from) : nullptr;
    if (found != nullptr) {
      length_ = static_cast<std::size_t>(static_cast<const char*>(found) - begin);
      next_ = start_ + length_ + 1;
      return true;
    }
    if (ended_) {
      length_ = available;
      next_ = filled_;
      return true;
    }
    from = available;
    INKLING_TRY(fill());
  }
}

base::Result<bool> LineReader::next() {
  line_number_ += extensions_ + 1;
  extensions_ = 0;
  start_ = next_;
  length_ = 0;
  while (start_ == filled_ && !ended_) INKLING_TRY(fill());
  if (start_ == filled_) {
    --line_number_;
    return false;
  }
  return find_end(0);
}

base::Result<bool> LineReader::extend() {
  const std::size_t span = next_ - start_;
  while (next_ == filled_ && !ended_) INKLING_TRY(fill());
  if (next_ == filled_) return false;
  if (extensions_ == 0) {
    first_length_ = length_;
    first_span_ = span;
  }
  ++extensions_;
  return find_end(span);
}

void LineReader::shrink() {
  if (extensions_ == 0) return;
  length_ = first_length_;
  next_ = start_ + first_span_;
  extensions_ = 0;
}

std::string_view LineReader::line() const {
  const std::string_view line(buffer_.data() + start_, length_);
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace inkling::wire
