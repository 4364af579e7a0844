// Which slices a file was cut into before, kept beside them: a file that has not changed since is not read again, as
// reading a month of posts takes as long as counting a day. Not for what was counted (slice.h).
//
// A file is the same while its device, inode, size and time of change (which nobody can set) are; one that changed
// just before it was read is not remembered, since it may change once more within the same tick of the clock. What is
// damaged, of other rules of counting or of slices that are gone is forgotten. Ownership: plain values. Thread
// safety: one thread. Cost: a stat a file and a look for each of its slices. Failure: only what writing may meet.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/core/result.h"

namespace inkling::mining {

struct FileStamp {
  std::int64_t device = 0;
  std::int64_t inode = 0;
  std::int64_t bytes = 0;
  std::int64_t changed_ns = 0;  // since 1970
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};
// Nothing where there is no such file.
[[nodiscard]] std::optional<FileStamp> stamp_of(const std::string& file);

struct KnownPiece {
  std::string key;  // of the slice
  std::uint64_t first_line = 1;
};

class FileMemory {
 public:
  [[nodiscard]] static FileMemory load(const std::filesystem::path& cache);

  // nullptr: the file must be read.
  [[nodiscard]] const std::vector<KnownPiece>* find(const std::string& file) const;
  // `stamp`: from before it was read. `settled`: how long before now it must have changed last.
  void remember(const std::string& file, const FileStamp& stamp, std::vector<KnownPiece> pieces,
                std::chrono::nanoseconds settled);
  [[nodiscard]] base::Status save() const;

 private:
  struct Known {
    FileStamp stamp;
    std::vector<KnownPiece> pieces;
  };
  explicit FileMemory(std::filesystem::path cache) : cache_(std::move(cache)) {}
  [[nodiscard]] base::Status read(const std::string& text);

  std::filesystem::path cache_;
  std::map<std::string, Known> files_;  // by absolute path
};

}  // namespace inkling::mining
