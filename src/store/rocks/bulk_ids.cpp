#include "store/rocks/bulk_ids.h"

#include <rocksdb/db.h>

#include <algorithm>
#include <bit>
#include <span>
#include <utility>

namespace inkling::store::rocks {
namespace {

constexpr std::size_t kFirstSlots = std::size_t{1} << 16;
// Six bits of a block of 64 and about 16 bits an id: one false alarm in some two hundred.
constexpr int kBitsAnId = 6;
constexpr std::size_t kIdsABlock = 4;

bool is_free(const IdKey& key) {
  return key.high == 0 && key.low == 0;
}

std::size_t first_slot(const IdKey& key, std::size_t slot_count) {
  return static_cast<std::size_t>(key.high >> (64 - std::countr_zero(slot_count)));
}

std::string key_bytes(const IdKey& key) {
  std::string bytes;
  append_id_key(bytes, key);
  return bytes;
}

}  // namespace

BulkIds::Written::Written(const std::vector<IdKey>& keys, std::vector<std::string> files)
    : blocks_(std::bit_ceil(keys.size() / kIdsABlock + 1)), files_(std::move(files)) {
  for (const IdKey& key : keys) blocks_[block_of(key)] |= bits_of(key);
}

std::uint64_t BulkIds::Written::bits_of(const IdKey& key) {
  std::uint64_t bits = 0;
  for (int i = 0; i < kBitsAnId; ++i) bits |= std::uint64_t{1} << ((key.low >> (6 * i)) & 63);
  return bits;
}

bool BulkIds::Written::may_hold(const IdKey& key) const {
  const std::uint64_t bits = bits_of(key);
  return (blocks_[block_of(key)] & bits) == bits;
}

base::Result<bool> BulkIds::Written::holds(const IdKey& key, const rocksdb::Options& options) {
  const std::string wanted = key_bytes(key);
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (i == readers_.size()) {
      readers_.push_back(std::make_unique<rocksdb::SstFileReader>(options));
      if (const auto status = readers_[i]->Open(files_[i]); !status.ok()) {
        return base::io_error(files_[i] + " cannot be read: " + status.ToString());
      }
    }
    const std::unique_ptr<rocksdb::Iterator> it(readers_[i]->NewIterator({}));
    it->Seek(wanted);
    if (!it->status().ok()) return base::io_error(files_[i] + " cannot be read: " + it->status().ToString());
    if (it->Valid() && it->key() == rocksdb::Slice(wanted)) return true;
  }
  return false;
}

BulkIds::BulkIds(const Database& database, const IdWindow& window, BulkTables& tables, std::int64_t arrival_ms,
                 bool database_has_ids)
    : database_(database),
      window_(window),
      tables_(tables),
      arrival_ms_(arrival_ms),
      database_has_ids_(database_has_ids),
      slots_(kFirstSlots) {}

void BulkIds::expect(const IdKey& key) const {
  __builtin_prefetch(&slots_[first_slot(key, slots_.size())]);
}

base::Result<bool> BulkIds::insert(std::string_view id, const IdKey& key) {
  if (database_has_ids_ || !written_.empty()) {
    INKLING_ASSIGN(const bool told, told_before(id, key));
    if (told) return false;
  }
  return gather(key);
}

base::Result<bool> BulkIds::told_before(std::string_view id, const IdKey& key) {
  for (Written& written : written_) {
    if (!written.may_hold(key)) continue;
    INKLING_ASSIGN(const bool held,
                   written.holds(key, rocksdb::Options(database_.db().GetDBOptions(),
                                                       database_.db().GetOptions(database_.family(Family::kIds)))));
    if (held) return true;
  }
  if (!database_has_ids_) return false;
  INKLING_TRY(window_.look_up(std::span(&id, 1), arrival_ms_, seen_));
  return static_cast<bool>(seen_[0]);
}

bool BulkIds::gather(const IdKey& key) {
  std::size_t slot = first_slot(key, slots_.size());
  for (; !is_free(slots_[slot]); slot = (slot + 1) & (slots_.size() - 1)) {
    if (slots_[slot] == key) return false;
  }
  slots_[slot] = key;
  if (++count_ * 4 > slots_.size() * 3) grow();
  return true;
}

void BulkIds::grow() {
  std::vector<IdKey> old(slots_.size() * 2);
  old.swap(slots_);
  for (const IdKey& key : old) {
    if (is_free(key)) continue;
    std::size_t slot = first_slot(key, slots_.size());
    while (!is_free(slots_[slot])) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = key;
  }
}

base::Status BulkIds::cut() {
  if (count_ == 0) return {};
  std::erase_if(slots_, is_free);
  std::sort(slots_.begin(), slots_.end());
  std::string arrival;
  append_number(arrival, static_cast<std::uint64_t>(arrival_ms_));
  std::string bytes;
  const std::size_t files_before = tables_.files(Family::kIds).size();
  for (const IdKey& key : slots_) {
    bytes.clear();
    append_id_key(bytes, key);
    INKLING_TRY(tables_.add(Family::kIds, bytes, arrival));
  }
  INKLING_TRY(tables_.cut(Family::kIds));
  const auto& files = tables_.files(Family::kIds);
  written_.emplace_back(
      slots_, std::vector<std::string>(files.begin() + static_cast<std::ptrdiff_t>(files_before), files.end()));
  slots_.assign(kFirstSlots, {});
  count_ = 0;
  return {};
}

}  // namespace inkling::store::rocks
