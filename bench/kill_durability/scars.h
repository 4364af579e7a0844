// What a kill left half done in a store's folder: the proof of where it struck. Looks at files and at RocksDB itself,
// not through the store's interface, which shows none of this.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

namespace inkling::bench {

// Tables without their end mark: the kill struck while RocksDB flushed or compacted.
[[nodiscard]] std::set<std::string> unfinished_tables(const std::filesystem::path& store);

// States were written after the newest checkpoint number: a kill struck inside a checkpoint, and this is RocksDB's
// number of the newest such write; 0: none. The scar stays until the next checkpoint is complete. Opens the database
// as recovery does, so give it a copy. Throws std::runtime_error.
[[nodiscard]] std::uint64_t unfinished_checkpoint(const std::filesystem::path& store);

// Names of all files, to see whether a start had begun to change them.
[[nodiscard]] std::set<std::string> file_names(const std::filesystem::path& store);

// Takes away the second half of the newest log, as a disk would that lied about its syncs. False: there is too
// little.
[[nodiscard]] bool cut_newest_log(const std::filesystem::path& store);

}  // namespace inkling::bench
