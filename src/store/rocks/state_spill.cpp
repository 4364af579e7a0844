#include "store/rocks/state_spill.h"

#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include "store/rocks/encoding.h"
#include "store/rocks/silent_logger.h"

namespace inkling::store::rocks {

base::Result<std::unique_ptr<StateSpill>> StateSpill::open(std::string folder) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.error_if_exists = true;
  options.write_buffer_size = 64 * 1024 * 1024;
  options.compression = rocksdb::kLZ4Compression;
  options.info_log = silent_logger();
  rocksdb::BlockBasedTableOptions table;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  std::unique_ptr<StateSpill> spill(new StateSpill(std::move(folder)));
  rocksdb::DB* db = nullptr;
  INKLING_TRY(spill->status_of(rocksdb::DB::Open(options, spill->folder_, &db)));
  spill->db_.reset(db);
  return spill;
}

base::Status StateSpill::put(std::string_view shopper, std::string_view bytes) {
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  return status_of(db_->Put(options, slice(shopper), slice(bytes)));
}

base::Result<bool> StateSpill::get(std::string_view shopper, std::string& bytes) const {
  const auto status = db_->Get({}, slice(shopper), &bytes);
  if (status.IsNotFound()) return false;
  INKLING_TRY(status_of(status));
  return true;
}

base::Status StateSpill::read(
    const std::function<base::Status(std::string_view shopper, std::string_view bytes)>& take) const {
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}));
  for (it->SeekToFirst(); it->Valid(); it->Next()) INKLING_TRY(take(view(it->key()), view(it->value())));
  return status_of(it->status());
}

base::Status StateSpill::status_of(const rocksdb::Status& status) const {
  return status.ok() ? base::Status() : base::io_error("importing in " + folder_ + ": " + status.ToString());
}

}  // namespace inkling::store::rocks
