// Sorted tables written in a folder beside the database and taken in all at once: what an import makes is nowhere to
// be seen before ingest(), and all there after it, even if the process dies in between. The folder goes with this
// object; what a killed process left in it is removed when the store is opened.
//
// Thread safety: one thread. Cost: an add costs a copy into the open table; every table is synced once, when it is
// full. Failure: kIo (disk full ...); nothing can be added after one.
#pragma once

#include <rocksdb/options.h>
#include <rocksdb/sst_file_writer.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "store/rocks/database.h"

namespace inkling::store::rocks {

class BulkTables {
 public:
  static constexpr std::size_t kTableBytes = 256 * 1024 * 1024;

  // Makes `folder`, which must not be there.
  [[nodiscard]] static base::Result<std::unique_ptr<BulkTables>> make(const Database& database, std::string folder);
  ~BulkTables();
  BulkTables(const BulkTables&) = delete;
  BulkTables& operator=(const BulkTables&) = delete;

  // Keys of one family ascend from one cut to the next. Of two equal keys the one added later wins.
  [[nodiscard]] base::Status add(Family family, std::string_view key, std::string_view value);
  [[nodiscard]] base::Status cut(Family family);
  // Cuts all families, then makes the database see every table in one step.
  [[nodiscard]] base::Status ingest();

  [[nodiscard]] const std::string& folder() const { return folder_; }
  // Tables finished so far, oldest first.
  [[nodiscard]] const std::vector<std::string>& files(Family family) const { return of(family).files; }

 private:
  struct Tables {
    std::unique_ptr<rocksdb::SstFileWriter> writer;  // made once, opened for each table
    bool open = false;
    std::vector<std::string> files;
  };
  BulkTables(const Database& database, std::string folder) : database_(database), folder_(std::move(folder)) {}
  [[nodiscard]] Tables& of(Family family) { return tables_[static_cast<std::size_t>(family)]; }
  [[nodiscard]] const Tables& of(Family family) const { return tables_[static_cast<std::size_t>(family)]; }
  [[nodiscard]] base::Status open_table(Family family);
  [[nodiscard]] base::Status status_of(const rocksdb::Status& status) const;

  const Database& database_;
  std::string folder_;
  std::array<Tables, kFamilyCount> tables_;
};

// Where the database's import is made; a killed one may have left it.
[[nodiscard]] std::string bulk_folder(const Database& database);
void remove_bulk_folder(const std::string& folder);

}  // namespace inkling::store::rocks
