#include "store/rocks/tuning.h"

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <array>

#include "store/rocks/id_window.h"
#include "store/rocks/silent_logger.h"

namespace inkling::store::rocks {
namespace {

constexpr std::size_t kMiB = 1024 * 1024;
constexpr std::array<const char*, kFamilyCount> kFamilyNames = {"meta", "journal", "by_shopper",
                                                                "ids",  "states",  "catalogue"};
// Twice the rate of the write-heavy families: at 200,000 events/s of 300 bytes the journal fills one in a second.
constexpr std::array<std::size_t, kFamilyCount> kWriteBufferBytes = {1 * kMiB,  64 * kMiB, 32 * kMiB,
                                                                     32 * kMiB, 64 * kMiB, 16 * kMiB};

// One cache for all families, so that memory has one bound; index and filter blocks live in it too, because the ids
// of a week can need more filter than the machine has memory.
std::shared_ptr<rocksdb::TableFactory> table_factory(Family family) {
  static const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(256 * kMiB);
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  // A full filter: 1 % false alarms. Journal and index are scanned or asked for what is there.
  if (family != Family::kJournal && family != Family::kByShopper) {
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  }
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.block_size = 16 * 1024;
  return std::shared_ptr<rocksdb::TableFactory>(rocksdb::NewBlockBasedTableFactory(table));
}

void forget_old_ids(rocksdb::ColumnFamilyOptions& options, std::int64_t id_window_ms, const base::Clock& clock) {
  options.compaction_filter_factory = std::make_shared<IdExpiryFilterFactory>(id_window_ms, clock);
  // Files that no new write disturbs are rewritten once a window, or their ids would stay for ever.
  const std::int64_t window_s = std::max<std::int64_t>(id_window_ms / base::kSecondMs, 3600);
  options.periodic_compaction_seconds = static_cast<std::uint64_t>(window_s);
  // Nearly every look-up is of an id never seen: the memtable's own bloom filter answers it without a search.
  options.memtable_prefix_bloom_size_ratio = 0.1;
  options.memtable_whole_key_filtering = true;
}

}  // namespace

const char* family_name(Family family) {
  return kFamilyNames[static_cast<std::size_t>(family)];
}

rocksdb::DBOptions database_options(const DatabaseSetting& setting) {
  rocksdb::DBOptions options;
  if (setting.env != nullptr) options.env = setting.env;
  options.db_write_buffer_size = setting.write_buffer_bytes;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  // Point in time: recovery keeps the log's longest undamaged prefix. Every synced write lies before the torn record
  // that a crash may leave at the end, so all of them are kept, and what is kept has no holes. kAbsoluteConsistency
  // would refuse to start after every power cut in the middle of a write; kTolerateCorruptedTailRecords accepts a
  // torn end of an older log and replays the next one over the hole. A log shortened below what tables and
  // checkpoints already hold is reported as damage (by RocksDB, and by recovery of the store).
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  // Families that change rarely would otherwise keep old logs alive; this also bounds the time of recovery.
  options.max_total_wal_size = 256 * kMiB;
  options.bytes_per_sync = kMiB;
  options.max_background_jobs = 4;
  options.max_open_files = 512;
  options.info_log = silent_logger();
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

rocksdb::ColumnFamilyOptions family_options(Family family, std::int64_t id_window_ms, const base::Clock& clock) {
  rocksdb::ColumnFamilyOptions options;
  options.table_factory = table_factory(family);
  options.write_buffer_size = kWriteBufferBytes[static_cast<std::size_t>(family)];
  options.max_write_buffer_number = 4;
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  options.level_compaction_dynamic_level_bytes = true;
  if (family == Family::kIds) forget_old_ids(options, id_window_ms, clock);
  return options;
}

rocksdb::ColumnFamilyOptions bulk_options(Family family, const rocksdb::ColumnFamilyOptions& options) {
  rocksdb::ColumnFamilyOptions bulk = options;
  // Tables go to the last level at once, where they may stay for good; ids are hashes, which no method makes smaller.
  bulk.bottommost_compression = rocksdb::kDisableCompressionOption;
  if (family == Family::kIds) bulk.compression = rocksdb::kNoCompression;
  return bulk;
}

}  // namespace inkling::store::rocks
