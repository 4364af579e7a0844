// How RocksDB is set up: one place for every number that decides memory, durability and speed of the store.
#pragma once

#include <rocksdb/options.h>

#include <cstdint>

#include "base/core/clock.h"

namespace inkling::store::rocks {

// The column families. Names are on disk and never change.
enum class Family : std::uint8_t {
  kMeta,       // name -> number (big-endian): format_version, fold_version, checkpoint_sequence
  kJournal,    // sequence -> event, canonical JSON
  kByShopper,  // shopper, NUL, sequence -> postings: the shopper's sequences after that one
  kIds,        // hash of the event id -> arrival ms
  kStates,     // shopper -> sequence of the newest event folded in, state::encode bytes
  kCatalogue,  // item id -> newest item event, canonical JSON
};
inline constexpr std::size_t kFamilyCount = 6;
[[nodiscard]] const char* family_name(Family family);

// What differs between one database and another.
struct DatabaseSetting {
  std::size_t write_buffer_bytes = 0;  // as StoreOptions says
  rocksdb::Env* env = nullptr;         // nullptr: this machine's; tests lend one that loses power
};
// `setting.env` must outlive the database.
[[nodiscard]] rocksdb::DBOptions database_options(const DatabaseSetting& setting);
// `clock` must outlive the database: compactions ask it which event ids are old enough to forget.
[[nodiscard]] rocksdb::ColumnFamilyOptions family_options(Family family, std::int64_t id_window_ms,
                                                          const base::Clock& clock);

// For tables that are written whole and taken in as they are.
[[nodiscard]] rocksdb::ColumnFamilyOptions bulk_options(Family family, const rocksdb::ColumnFamilyOptions& options);

}  // namespace inkling::store::rocks
