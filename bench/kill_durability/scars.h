// What a kill left half done in a store's folder: the proof of where it struck. Looks at files and at RocksDB itself,
// not through the store's interface, which shows none of this.
#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace inkling::bench {

// Tables without their end mark: the kill struck while RocksDB flushed or compacted.
[[nodiscard]] std::set<std::string> unfinished_tables(const std::filesystem::path& store);

// States were written after the newest checkpoint number: the kill struck inside a checkpoint. Opens the database as
// recovery does, so give it a copy. Throws std::runtime_error.
[[nodiscard]] bool inside_checkpoint(const std::filesystem::path& store);

// Names of all files, to see whether a start had begun to change them.
[[nodiscard]] std::set<std::string> file_names(const std::filesystem::path& store);

// Takes away the second half of the newest log, as a disk would that lied about its syncs. False: there is too
// little.
[[nodiscard]] bool cut_newest_log(const std::filesystem::path& store);

}  // namespace inkling::bench
