#include "store/rocks/bulk_tables.h"

#include <rocksdb/db.h>

#include <filesystem>
#include <system_error>

#include "store/rocks/encoding.h"

namespace inkling::store::rocks {

base::Result<std::unique_ptr<BulkTables>> BulkTables::make(const Database& database, std::string folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return base::io_error(folder + " cannot be created: " + error.message());
  return std::unique_ptr<BulkTables>(new BulkTables(database, std::move(folder)));
}

BulkTables::~BulkTables() {
  tables_ = {};
  remove_bulk_folder(folder_);
}

base::Status BulkTables::status_of(const rocksdb::Status& status) const {
  return status.ok() ? base::Status() : base::io_error("importing in " + folder_ + ": " + status.ToString());
}

base::Status BulkTables::open_table(Family family) {
  Tables& tables = of(family);
  if (!tables.writer) {
    auto* handle = database_.family(family);
    const rocksdb::Options options(database_.db().GetDBOptions(),
                                   bulk_options(family, database_.db().GetOptions(handle)));
    tables.writer = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(options), options, handle, false);
  }
  const std::string file =
      folder_ + "/" + family_name(family) + "-" + std::to_string(tables.files.size() + 1) + ".sst";
  INKLING_TRY(status_of(tables.writer->Open(file)));
  tables.files.push_back(file);
  tables.open = true;
  return {};
}

base::Status BulkTables::add(Family family, std::string_view key, std::string_view value) {
  Tables& tables = of(family);
  if (!tables.open) INKLING_TRY(open_table(family));
  if (const auto status = tables.writer->Put(slice(key), slice(value)); !status.ok()) return status_of(status);
  return tables.writer->FileSize() < kTableBytes ? base::Status() : cut(family);
}

base::Status BulkTables::cut(Family family) {
  Tables& tables = of(family);
  if (!tables.open) return {};
  tables.open = false;
  return status_of(tables.writer->Finish());
}

base::Status BulkTables::ingest() {
  std::vector<rocksdb::IngestExternalFileArg> all;
  for (std::size_t i = 0; i < kFamilyCount; ++i) {
    const auto family = static_cast<Family>(i);
    INKLING_TRY(cut(family));
    if (files(family).empty()) continue;
    rocksdb::IngestExternalFileArg& one = all.emplace_back();
    one.column_family = database_.family(family);
    one.external_files = files(family);
    one.options.move_files = true;
    one.options.write_global_seqno = false;  // the manifest has it
  }
  if (all.empty()) return {};
  return database_.status_of(database_.db().IngestExternalFiles(all));
}

std::string bulk_folder(const Database& database) {
  return database.folder() + "/import.tmp";
}

void remove_bulk_folder(const std::string& folder) {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

}  // namespace inkling::store::rocks
