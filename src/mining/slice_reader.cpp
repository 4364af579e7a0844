#include "mining/slice_reader.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include "base/files.h"
#include "mining/file_memory.h"
#include "wire/line_reader.h"

namespace inkling::mining {
namespace {

using base::Result;
using base::Status;

constexpr std::uint64_t kLinesAReport = 8192;

// Lines of one slice on their way, and what became of them.
struct Piece {
  std::string file;
  std::uint64_t first_line = 1;
  std::string lines;  // empty once counted, and of files that are not read again
  std::string key;
  Status status;
};

struct OpenSlice {
  Slice slice;
  bool was_counted = false;  // just now
};

// Counts pieces on threads of its own, in the order in which they are given, at most `room` waiting, and opens the
// slices that they make or that were there: what is kept of a month takes as long to check as a day takes to count.
class CountingThreads {
 public:
  CountingThreads(const std::filesystem::path& cache, std::size_t threads) : cache_(cache), room_(threads + 1) {
    for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i) threads_.emplace_back([this] { run(); });
  }
  ~CountingThreads() { end(); }
  CountingThreads(const CountingThreads&) = delete;
  CountingThreads& operator=(const CountingThreads&) = delete;

  // Waits for room. The piece must live until end().
  void give(Piece& piece) {
    std::unique_lock lock(mutex_);
    has_room_.wait(lock, [this] { return waiting_.size() < room_; });
    waiting_.push_back(&piece);
    has_work_.notify_one();
  }
  [[nodiscard]] bool failed() const { return failed_; }

  // Waits for all pieces. Of those that did not fail, by key.
  std::map<std::string, OpenSlice> end() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    has_work_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    return std::move(open_);
  }

 private:
  void run() {
    while (Piece* piece = take()) {
      if (piece->key.empty()) piece->key = slice_key(piece->lines);
      if (claim(piece->key)) piece->status = open(*piece);
      if (!piece->status.ok()) failed_ = true;
      piece->lines = std::string();
    }
  }

  // Whether no other piece has the very same lines.
  bool claim(const std::string& key) {
    const std::lock_guard lock(mutex_);
    return claimed_.insert(key).second;
  }

  Piece* take() {
    std::unique_lock lock(mutex_);
    has_work_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
    if (waiting_.empty()) return nullptr;
    Piece* piece = waiting_.front();
    waiting_.pop_front();
    has_room_.notify_one();
    return piece;
  }

  Status open(const Piece& piece) {
    const std::filesystem::path file = slice_file(cache_, piece.key);
    std::error_code ignored;
    const bool is_there = std::filesystem::exists(file, ignored);
    if (!is_there && piece.lines.empty()) {
      return base::io_error(file.string() + ": went while it was read; the same command makes it anew");
    }
    if (!is_there) INKLING_TRY(count(piece.lines, file));
    INKLING_ASSIGN(Slice slice, Slice::open(file));
    const std::lock_guard lock(mutex_);
    open_.emplace(piece.key, OpenSlice{std::move(slice), !is_there});
    return {};
  }

  static Status count(std::string_view lines, const std::filesystem::path& file) {
    INKLING_ASSIGN(const CountedSlice counted, count_slice(lines));
    return write_slice(file, counted);
  }

  const std::filesystem::path cache_;
  const std::size_t room_;
  std::mutex mutex_;
  std::condition_variable has_room_, has_work_;
  std::deque<Piece*> waiting_;
  std::set<std::string> claimed_;
  std::map<std::string, OpenSlice> open_;
  bool ended_ = false;
  std::atomic<bool> failed_ = false;
  std::vector<std::thread> threads_;
};

class Reading {
 public:
  Reading(const std::vector<std::string>& files, const ReadOptions& options)
      : files_(files),
        options_(options),
        memory_(FileMemory::load(options.cache)),
        counting_(options.cache, options.threads) {}

  Result<ReadSlices> run() {
    for (const std::string& file : files_) {
      if (const auto* known = memory_.find(file)) {
        INKLING_TRY(take(file, *known));
      } else {
        const auto stamp = stamp_of(file);
        INKLING_TRY(read_file(file));
        if (stamp) read_.emplace_back(file, *stamp);
      }
    }
    INKLING_ASSIGN(ReadSlices read, in_order(counting_.end()));
    read.unchanged = unchanged_;
    INKLING_TRY(remember());
    return read;
  }

 private:
  [[nodiscard]] bool is_stopped() const { return options_.stop != nullptr && *options_.stop; }

  Status take(const std::string& file, const std::vector<KnownPiece>& known) {
    ++unchanged_;
    for (const KnownPiece& piece : known) {
      counting_.give(pieces_.emplace_back(Piece{file, piece.first_line, {}, piece.key, {}}));
      if (is_stopped()) return stopped();
    }
    return {};
  }

  // Which slices the files have that were read.
  Status remember() {
    if (read_.empty()) return {};
    for (const auto& [file, stamp] : read_) {
      std::vector<KnownPiece> own;
      for (const Piece& piece : pieces_) {
        if (piece.file == file) own.push_back({piece.key, piece.first_line});
      }
      memory_.remember(file, stamp, std::move(own), options_.settled);
    }
    return memory_.save();
  }

  static Status stopped() { return base::unavailable("mining was stopped; the same command goes on where it was"); }

  Status read_file(const std::string& file) {
    INKLING_ASSIGN(wire::LineReader lines, wire::LineReader::open(file));
    const std::uint64_t lines_before = lines_;
    Piece* piece = nullptr;
    std::uint64_t in_piece = 0;
    while (true) {
      INKLING_ASSIGN(const bool more, lines.next());
      const bool is_full = piece != nullptr && (in_piece == kSliceLines || piece->lines.size() >= kSliceBytes);
      if (piece != nullptr && (!more || is_full)) {
        counting_.give(*std::exchange(piece, nullptr));
        if (is_stopped()) return stopped();
        if (counting_.failed()) return {};  // in_order() tells why
      }
      lines_ = lines_before + lines.lines();
      if (!more || lines_ % kLinesAReport == 0) report(lines);
      if (!more) return {};
      if (piece == nullptr) {
        piece = &pieces_.emplace_back(Piece{file, lines.line_number(), {}, {}, {}});
        in_piece = 0;
      }
      piece->lines += lines.line();
      piece->lines += '\n';
      ++in_piece;
    }
  }

  void report(const wire::LineReader& lines) const {
    if (options_.on_progress) options_.on_progress({lines.bytes_read(), lines.bytes_total(), lines_});
  }

  // As the input has them, whichever thread was first; the same lines once.
  Result<ReadSlices> in_order(std::map<std::string, OpenSlice> open) {
    ReadSlices read;
    std::uint64_t bad = 0, lines = 0;
    for (const Piece& piece : pieces_) {
      INKLING_TRY(piece.status);
      auto found = open.extract(piece.key);
      if (found.empty()) {
        ++read.repeated;
        continue;
      }
      read.counted += found.mapped().was_counted ? 1 : 0;
      read.slices.push_back(std::move(found.mapped().slice));
      read.places.push_back({piece.file, piece.first_line});
      const Tally& tally = read.slices.back().tally();
      bad += tally.bad;
      lines += tally.lines;
      if (options_.limit.exceeded(bad, lines, false))
        return base::invalid_input(told_bad(read, read.slices.size() - 1, bad));
    }
    if (options_.limit.exceeded(bad, lines, true)) return base::invalid_input(told_bad(read, first_bad(read), bad));
    return read;
  }

  static std::size_t first_bad(const ReadSlices& read) {
    const auto is_bad = [](const Slice& slice) { return slice.tally().bad > 0; };
    return static_cast<std::size_t>(std::ranges::find_if(read.slices, is_bad) - read.slices.begin());
  }

  [[nodiscard]] std::string told_bad(const ReadSlices& read, std::size_t slice, std::uint64_t bad) const {
    const Tally::Line& line = read.slices[slice].tally().bad_lines.front();
    const SlicePlace& place = read.places[slice];
    std::string told = place.file + ":" + std::to_string(place.first_line + line.line) + ": " + line.reason;
    if (bad > 1) told += " (" + std::to_string(bad) + " bad lines so far; " + options_.limit.text() + " are allowed)";
    return told;
  }

  const std::vector<std::string>& files_;
  const ReadOptions& options_;
  FileMemory memory_;
  std::vector<std::pair<std::string, FileStamp>> read_;  // in this run, as they were before
  std::size_t unchanged_ = 0;
  std::deque<Piece> pieces_;  // grows while others are counted, so they must stay where they are
  CountingThreads counting_;
  std::uint64_t lines_ = 0;
};

}  // namespace

Result<ReadSlices> read_slices(const std::vector<std::string>& files, const ReadOptions& options) {
  INKLING_TRY(base::make_directories(options.cache.string()));
  return Reading(files, options).run();
}

}  // namespace inkling::mining
