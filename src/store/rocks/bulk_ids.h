// The ids of one import: which were told before, in the store or earlier in the import itself, and at the end all of
// them as sorted tables. Bounded memory: ids are gathered in a hash table; when that is full they are written out as
// one table, of which a bloom filter stays (two bytes an id), and gathering starts anew.
//
// Thread safety: one thread. Cost: one cache miss an id; one more for each table written before, and a disk read for
// one id in some hundreds there; a look-up in the database when that has ids. Failure: kIo, kCorrupt.
#pragma once

#include <rocksdb/sst_file_reader.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "store/rocks/bulk_tables.h"
#include "store/rocks/id_key.h"
#include "store/rocks/id_window.h"

namespace inkling::store::rocks {

class BulkIds {
 public:
  BulkIds(const Database& database, const IdWindow& window, BulkTables& tables, std::int64_t arrival_ms,
          bool database_has_ids);

  // Whether the id, whose key this is, is new; it is told from then on.
  [[nodiscard]] base::Result<bool> insert(std::string_view id, const IdKey& key);
  // Tells that it will be inserted soon, so that memory is fetched meanwhile.
  void expect(const IdKey& key) const;
  // Writes what was gathered out.
  [[nodiscard]] base::Status cut();

 private:
  // Ids of one table that was written out.
  class Written {
   public:
    Written(const std::vector<IdKey>& keys, std::vector<std::string> files);
    [[nodiscard]] bool may_hold(const IdKey& key) const;
    [[nodiscard]] base::Result<bool> holds(const IdKey& key, const rocksdb::Options& options);

   private:
    [[nodiscard]] std::size_t block_of(const IdKey& key) const { return key.high & (blocks_.size() - 1); }
    static std::uint64_t bits_of(const IdKey& key);

    std::vector<std::uint64_t> blocks_;  // a power of two of them; an id sets a few bits of one
    std::vector<std::string> files_;
    std::vector<std::unique_ptr<rocksdb::SstFileReader>> readers_;
  };

  [[nodiscard]] bool gather(const IdKey& key);
  void grow();
  [[nodiscard]] base::Result<bool> told_before(std::string_view id, const IdKey& key);

  const Database& database_;
  const IdWindow& window_;
  BulkTables& tables_;
  std::int64_t arrival_ms_;
  bool database_has_ids_;
  std::vector<IdKey> slots_;  // open addressing by the high bits; all zero: free
  std::size_t count_ = 0;
  std::vector<Written> written_;
  std::vector<bool> seen_;
};

}  // namespace inkling::store::rocks
