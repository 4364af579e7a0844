#include "wire/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>
#include <vector>

namespace inkling::wire {
namespace {

constexpr std::size_t kInputBytes = std::size_t{256} << 10;
constexpr std::string_view kGzipMagic = "\x1f\x8b";
constexpr std::string_view kZstdMagic = "\x28\xb5\x2f\xfd";

// The file as it lies on disk, with the next bytes of it in memory.
class Input {
 public:
  Input(std::string path, int file, std::uint64_t total)
      : path_(std::move(path)), file_(file), total_(total), buffer_(kInputBytes) {}
  ~Input() { ::close(file_); }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  [[nodiscard]] std::string_view pending() const { return {buffer_.data() + begin_, end_ - begin_}; }
  void consume(std::size_t bytes) { begin_ += bytes; }

  // Reads until at least `bytes` are pending or the file ends.
  base::Status want(std::size_t bytes) {
    if (pending().size() >= bytes || ended_) return {};
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    while (end_ < bytes) {
      const ssize_t count = ::read(file_, buffer_.data() + end_, buffer_.size() - end_);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return base::io_error("cannot read " + path_ + ": " + std::generic_category().message(errno));
      ended_ = count == 0;
      if (ended_) break;
      end_ += static_cast<std::size_t>(count);
      read_ += static_cast<std::uint64_t>(count);
    }
    return {};
  }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::uint64_t bytes_read() const { return read_ - pending().size(); }
  [[nodiscard]] std::uint64_t bytes_total() const { return total_; }
  [[nodiscard]] base::Status cut_off(std::string_view kind) const {
    return base::corrupt(path_ + ": the " + std::string(kind) + " stream is cut off after " + std::to_string(read_) +
                         " bytes; copy or download the file again");
  }
  [[nodiscard]] base::Status damaged(std::string_view kind, std::string_view reason) const {
    return base::corrupt(path_ + ": the " + std::string(kind) + " stream is damaged before byte " +
                         std::to_string(read_) + ": " + std::string(reason));
  }

 private:
  std::string path_;
  int file_;
  std::uint64_t total_;
  std::uint64_t read_ = 0;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool ended_ = false;
};

class SourceOnInput : public ByteSource {
 public:
  explicit SourceOnInput(std::unique_ptr<Input> input) : input_(std::move(input)) {}
  [[nodiscard]] std::uint64_t bytes_read() const override { return input_->bytes_read(); }
  [[nodiscard]] std::uint64_t bytes_total() const override { return input_->bytes_total(); }

 protected:
  std::unique_ptr<Input> input_;
};

class PlainSource final : public SourceOnInput {
 public:
  using SourceOnInput::SourceOnInput;
  base::Result<std::size_t> read(std::span<char> to) override {
    INKLING_TRY(input_->want(1));
    const std::size_t count = std::min(to.size(), input_->pending().size());
    std::copy_n(input_->pending().data(), count, to.data());
    input_->consume(count);
    return count;
  }
};

class GzipSource final : public SourceOnInput {
 public:
  explicit GzipSource(std::unique_ptr<Input> input) : SourceOnInput(std::move(input)) {
    ready_ = ::inflateInit2(&stream_, 15 + 16) == Z_OK;  // 16: gzip's header and checksum
  }
  ~GzipSource() override { ::inflateEnd(&stream_); }

  base::Result<std::size_t> read(std::span<char> to) override {
    if (!ready_) return base::unavailable("no memory to unpack " + input_->path());
    while (true) {
      INKLING_TRY(input_->want(1));
      if (between_ && !next_member()) return std::size_t{0};
      const std::string_view pending = input_->pending();
      if (pending.empty()) return input_->cut_off("gzip");
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(pending.data()));
      stream_.avail_in = static_cast<uInt>(pending.size());
      stream_.next_out = reinterpret_cast<Bytef*>(to.data());
      stream_.avail_out = static_cast<uInt>(to.size());
      const int outcome = ::inflate(&stream_, Z_NO_FLUSH);
      input_->consume(pending.size() - stream_.avail_in);
      if (outcome != Z_OK && outcome != Z_STREAM_END) {
        return input_->damaged("gzip", stream_.msg != nullptr ? stream_.msg : "unknown reason");
      }
      between_ = outcome == Z_STREAM_END;
      if (const std::size_t count = to.size() - stream_.avail_out; count > 0) return count;
    }
  }

 private:
  // Behind a member comes another, the end, or padding, which gzip's own tools ignore too.
  bool next_member() {
    if (!input_->want(kGzipMagic.size()).ok() || !input_->pending().starts_with(kGzipMagic)) return false;
    between_ = false;
    return ::inflateReset(&stream_) == Z_OK;
  }

  z_stream stream_{};
  bool ready_ = false;
  bool between_ = false;
};

class ZstdSource final : public SourceOnInput {
 public:
  explicit ZstdSource(std::unique_ptr<Input> input)
      : SourceOnInput(std::move(input)), stream_(::ZSTD_createDStream()) {}
  ~ZstdSource() override { ::ZSTD_freeDStream(stream_); }

  base::Result<std::size_t> read(std::span<char> to) override {
    if (stream_ == nullptr) return base::unavailable("no memory to unpack " + input_->path());
    while (true) {
      INKLING_TRY(input_->want(1));
      const std::string_view pending = input_->pending();
      // At the end of the file a call without input still hands out what the stream holds back.
      ZSTD_inBuffer in{pending.data(), pending.size(), 0};
      ZSTD_outBuffer out{to.data(), to.size(), 0};
      if (pending.empty() && between_) return std::size_t{0};
      const std::size_t outcome = ::ZSTD_decompressStream(stream_, &out, &in);
      if (::ZSTD_isError(outcome) != 0) return input_->damaged("zstd", ::ZSTD_getErrorName(outcome));
      input_->consume(in.pos);
      between_ = outcome == 0;
      if (out.pos > 0) return out.pos;
      if (pending.empty() && !between_) return input_->cut_off("zstd");
    }
  }

 private:
  ZSTD_DStream* stream_;
  bool between_ = true;
};

}  // namespace

base::Result<std::unique_ptr<ByteSource>> open_bytes(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat facts {};
  if (file < 0 || ::fstat(file, &facts) != 0 || S_ISDIR(facts.st_mode)) {
    const int reason = file >= 0 && S_ISDIR(facts.st_mode) ? EISDIR : errno;
    if (file >= 0) ::close(file);
    const std::string message = "cannot read " + path + ": " + std::generic_category().message(reason);
    return reason == ENOENT ? base::not_found(message) : base::io_error(message);
  }
  const std::uint64_t total = S_ISREG(facts.st_mode) ? static_cast<std::uint64_t>(facts.st_size) : 0;
  auto input = std::make_unique<Input>(path, file, total);
  INKLING_TRY(input->want(kZstdMagic.size()));
  std::unique_ptr<ByteSource> source;
  if (input->pending().starts_with(kGzipMagic)) {
    source = std::make_unique<GzipSource>(std::move(input));
  } else if (input->pending().starts_with(kZstdMagic)) {
    source = std::make_unique<ZstdSource>(std::move(input));
  } else {
    source = std::make_unique<PlainSource>(std::move(input));
  }
  return source;
}

}  // namespace inkling::wire
