// The journal and its per-shopper index: how events lie in RocksDB and how they are read back in fold order.
//
// Thread safety: reads from any thread, each sees a snapshot of the moment it began; add is for the committer alone.
// Failure: an entry that cannot be read is kCorrupt and named by its sequence.
#pragma once

#include <rocksdb/write_batch.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/core/result.h"
#include "store/store.h"

namespace inkling::store::rocks {

class Database;

class Journal {
 public:
  explicit Journal(const Database& database) : database_(database) {}

  // `json` is the event's canonical form; an empty shopper has no index entry.
  void add(rocksdb::WriteBatch& batch, std::uint64_t sequence, std::string_view shopper, std::string_view json);

  // 0 when nothing was journaled yet.
  [[nodiscard]] base::Result<std::uint64_t> last_sequence() const;
  [[nodiscard]] base::Status read(std::uint64_t from_sequence, const JournalVisitor& visit) const;
  [[nodiscard]] base::Status read_shopper(std::string_view shopper, std::uint64_t from_sequence,
                                          const JournalVisitor& visit) const;
  [[nodiscard]] base::Status read_shoppers(const std::function<bool(std::string_view)>& visit) const;

 private:
  const Database& database_;
  std::string key_;
};

}  // namespace inkling::store::rocks
