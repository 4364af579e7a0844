#include "store/rocks/database.h"

#include <filesystem>
#include <system_error>
#include <vector>

#include "store/rocks/encoding.h"
#include "store/rocks/log_check.h"

namespace inkling::store::rocks {
namespace {

bool is_lock_conflict(const std::string& message) {
  return message.find("While lock file") != std::string::npos ||
         message.find("lock hold by current process") != std::string::npos;
}

base::Status open_failure(const rocksdb::Status& status, const std::string& folder) {
  const std::string text = status.ToString();
  if (status.IsIOError() && is_lock_conflict(text)) {
    return base::conflict(folder + " is in use by another inkling; stop that one or choose another --data folder");
  }
  if (status.IsInvalidArgument() && text.find("Column families not opened") != std::string::npos) {
    return base::unsupported(folder + " was written by a newer inkling (" + text +
                             "); use that version or a newer one to open it");
  }
  if (status.IsIOError()) return base::io_error(folder + " cannot be opened for writing: " + text);
  return base::corrupt(folder + " is damaged: " + text + "; restore it from a backup");
}

}  // namespace

base::Result<std::unique_ptr<Database>> Database::open(const std::string& folder, std::int64_t id_window_ms,
                                                       const base::Clock& clock, const DatabaseSetting& setting) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return base::io_error(folder + " cannot be created: " + error.message());
  INKLING_TRY(check_logs(folder));
  std::unique_ptr<Database> database(new Database(folder));
  INKLING_TRY(database->open_families(id_window_ms, clock, setting));
  INKLING_TRY(database->check_format());
  return database;
}

Database::~Database() {
  if (!db_) return;
  for (auto* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
  db_->DestroyColumnFamilyHandle(default_family_);
  db_->Close();
}

base::Status Database::open_families(std::int64_t id_window_ms, const base::Clock& clock,
                                     const DatabaseSetting& setting) {
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  families.emplace_back(rocksdb::kDefaultColumnFamilyName, rocksdb::ColumnFamilyOptions());
  for (std::size_t i = 0; i < kFamilyCount; ++i) {
    const auto family = static_cast<Family>(i);
    families.emplace_back(family_name(family), family_options(family, id_window_ms, clock));
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const auto status = rocksdb::DB::Open(database_options(setting), folder_, families, &handles, &db);
  if (!status.ok()) return open_failure(status, folder_);
  db_.reset(db);
  default_family_ = handles[0];
  for (std::size_t i = 0; i < kFamilyCount; ++i) handles_[i] = handles[i + 1];
  return {};
}

base::Status Database::check_format() {
  INKLING_ASSIGN(const auto found, meta(kFormatVersionKey));
  if (!found) {
    rocksdb::WriteBatch batch;
    put_meta(batch, kFormatVersionKey, kFormatVersion);
    return write(batch, true);
  }
  if (*found == kFormatVersion) return {};
  if (*found < kFormatVersion) {
    return base::unsupported(folder_ + " has format version " + std::to_string(*found) +
                             ", written by an older inkling; this one reads format version " +
                             std::to_string(kFormatVersion) + " only, so import its logs into a new --data folder");
  }
  return base::unsupported(folder_ + " has format version " + std::to_string(*found) +
                           ", written by a newer inkling; this one reads format version " +
                           std::to_string(kFormatVersion) + ", so use that version or a newer one to open it");
}

base::Result<bool> Database::holds_any(Family family) const {
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, this->family(family)));
  it->SeekToFirst();
  INKLING_TRY(status_of(it->status()));
  return it->Valid();
}

base::Result<std::optional<std::uint64_t>> Database::meta(std::string_view key) const {
  std::string value;
  const auto status = db_->Get({}, family(Family::kMeta), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::uint64_t>();
  INKLING_TRY(status_of(status));
  if (value.size() != kNumberBytes) {
    return base::corrupt(folder_ + " is damaged: meta entry " + std::string(key) + " has " +
                         std::to_string(value.size()) + " bytes instead of 8; restore it from a backup");
  }
  return std::optional(read_number(value));
}

void Database::put_meta(rocksdb::WriteBatch& batch, std::string_view key, std::uint64_t value) const {
  std::string bytes;
  append_number(bytes, value);
  batch.Put(family(Family::kMeta), slice(key), bytes);
}

base::Status Database::write(rocksdb::WriteBatch& batch, bool sync) const {
  rocksdb::WriteOptions options;
  options.sync = sync;
  return status_of(db_->Write(options, &batch));
}

base::Status Database::status_of(const rocksdb::Status& status) const {
  if (status.ok()) return {};
  const std::string text = status.ToString();
  if (status.IsCorruption()) {
    return base::corrupt(folder_ + " is damaged: " + text + "; restore it from a backup");
  }
  if (status.IsIOError()) return base::io_error(folder_ + ": " + text);
  return base::internal_error(folder_ + ": " + text);
}

}  // namespace inkling::store::rocks
