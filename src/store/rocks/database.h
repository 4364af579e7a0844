// The RocksDB folder with its column families open, its format checked and its errors in our words. Knows nothing of
// events. Only one process can have a folder open.
// Thread safety: every call from any thread; RocksDB sees to it.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/core/clock.h"
#include "base/core/result.h"
#include "store/rocks/tuning.h"

namespace inkling::store::rocks {

// Raised when an older program could no longer read the folder. It is on disk from the first start on.
inline constexpr std::uint64_t kFormatVersion = 2;

inline constexpr std::string_view kFormatVersionKey = "format_version";
inline constexpr std::string_view kFoldVersionKey = "fold_version";
inline constexpr std::string_view kCheckpointKey = "checkpoint_sequence";

class Database {
 public:
  // Opens `folder`, creating it when absent. kConflict: another process has it; kIo: cannot be created or written;
  // kCorrupt: damaged; kUnsupported: written by a newer program. `clock` must outlive the database.
  [[nodiscard]] static base::Result<std::unique_ptr<Database>> open(const std::string& folder,
                                                                    std::int64_t id_window_ms,
                                                                    const base::Clock& clock,
                                                                    const DatabaseSetting& setting = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] rocksdb::DB& db() const { return *db_; }
  [[nodiscard]] rocksdb::ColumnFamilyHandle* family(Family family) const {
    return handles_[static_cast<std::size_t>(family)];
  }
  [[nodiscard]] const std::string& folder() const { return folder_; }

  // Whether the family holds any key. Cost: one seek.
  [[nodiscard]] base::Result<bool> holds_any(Family family) const;
  // nullopt: no such key.
  [[nodiscard]] base::Result<std::optional<std::uint64_t>> meta(std::string_view key) const;
  void put_meta(rocksdb::WriteBatch& batch, std::string_view key, std::uint64_t value) const;
  [[nodiscard]] base::Status write(rocksdb::WriteBatch& batch, bool sync) const;

  // RocksDB's outcome with the folder named and, for damage, the file that RocksDB names.
  [[nodiscard]] base::Status status_of(const rocksdb::Status& status) const;

 private:
  explicit Database(std::string folder) : folder_(std::move(folder)) {}
  [[nodiscard]] base::Status open_families(std::int64_t id_window_ms, const base::Clock& clock,
                                           const DatabaseSetting& setting);
  [[nodiscard]] base::Status check_format();

  std::string folder_;
  std::unique_ptr<rocksdb::DB> db_;
  rocksdb::ColumnFamilyHandle* default_family_ = nullptr;  // RocksDB insists on it; it stays empty
  std::array<rocksdb::ColumnFamilyHandle*, kFamilyCount> handles_{};
};

}  // namespace inkling::store::rocks
