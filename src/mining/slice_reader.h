// The slices of input files: reads them, has those counted that are not counted yet, and opens all. A file is cut
// after so many lines, whatever stands in the others, so the order of files and the number of threads change nothing.
// What was counted stays in the cache folder: a run that is interrupted goes on where it was, a new file is counted
// alone, and a file that was read before and has not changed is not read again (file_memory.h). The folder may be
// removed at any time.
//
// Thread safety: one call a cache folder at a time, in all processes. Cost: reading at
// some 500 MB/s; counting as slice.h says; at most threads + 2 slices of lines in memory. Failure: what reading and
// writing files may meet; kInvalidInput that names file and line when more lines are bad than the limit allows;
// kUnavailable when `stop` was set.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "mining/slice.h"
#include "wire/importer.h"

namespace inkling::mining {

struct ReadProgress {
  std::uint64_t bytes_read = 0;  // of the files as they lie on disk
  std::uint64_t bytes_total = 0;
  std::uint64_t lines = 0;
};

struct ReadOptions {
  std::filesystem::path cache;
  std::size_t threads = 1;
  wire::BadLineLimit limit;
  std::function<void(const ReadProgress&)> on_progress;  // from the calling thread
  const std::atomic<bool>* stop = nullptr;               // looked at after every slice
  // A file that changed later than this before it was read is read again the next time.
  std::chrono::nanoseconds settled = std::chrono::seconds(2);
};

// Where a slice came from.
struct SlicePlace {
  std::string file;
  std::uint64_t first_line = 1;
};

struct ReadSlices {
  std::vector<Slice> slices;  // by file as they were given, then by line
  std::vector<SlicePlace> places;
  std::size_t counted = 0;    // in this run; the others were in the cache
  std::size_t repeated = 0;   // left out: the very lines of a slice before
  std::size_t unchanged = 0;  // files that were not read again
};

[[nodiscard]] base::Result<ReadSlices> read_slices(const std::vector<std::string>& files, const ReadOptions& options);

}  // namespace inkling::mining
