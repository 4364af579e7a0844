#include "store/rocks/id_window.h"

#include <rocksdb/db.h>

#include <algorithm>
#include <array>

#include "store/rocks/database.h"
#include "store/rocks/encoding.h"

namespace inkling::store::rocks {
namespace {

// Keys a MultiGet: enough to share the table look-ups, small enough for the stack.
constexpr std::size_t kChunk = 32;

class IdExpiryFilter final : public rocksdb::CompactionFilter {
 public:
  explicit IdExpiryFilter(std::int64_t forget_until_ms) : forget_until_ms_(forget_until_ms) {}

  bool Filter(int, const rocksdb::Slice&, const rocksdb::Slice& value, std::string*, bool*) const override {
    const auto record = read_id_record(view(value));
    return record && record->arrival_ms <= forget_until_ms_;
  }
  const char* Name() const override { return "inkling.id_expiry"; }

 private:
  std::int64_t forget_until_ms_;
};

}  // namespace

void append_id_record(std::string& out, const IdRecord& record) {
  append_number(out, static_cast<std::uint64_t>(record.arrival_ms));
  append_number(out, record.sequence);
}

std::optional<IdRecord> read_id_record(std::string_view bytes) {
  if (bytes.size() != 2 * kNumberBytes) return std::nullopt;
  return IdRecord{static_cast<std::int64_t>(read_number(bytes)), read_number(bytes.substr(kNumberBytes))};
}

std::unique_ptr<rocksdb::CompactionFilter> IdExpiryFilterFactory::CreateCompactionFilter(
    const rocksdb::CompactionFilter::Context&) {
  return std::make_unique<IdExpiryFilter>(clock_.now_ms() - window_ms_);
}

base::Status IdWindow::look_up(std::span<const std::string_view> ids, std::int64_t now_ms,
                               std::vector<bool>& seen) const {
  seen.assign(ids.size(), false);
  std::array<rocksdb::Slice, kChunk> keys;
  std::array<rocksdb::PinnableSlice, kChunk> values;
  std::array<rocksdb::Status, kChunk> statuses;
  for (std::size_t begin = 0; begin < ids.size(); begin += kChunk) {
    const std::size_t count = std::min(kChunk, ids.size() - begin);
    for (std::size_t i = 0; i < count; ++i) keys[i] = slice(ids[begin + i]);
    database_.db().MultiGet({}, database_.family(Family::kIds), count, keys.data(), values.data(), statuses.data());
    for (std::size_t i = 0; i < count; ++i) {
      if (statuses[i].IsNotFound()) continue;
      INKLING_TRY(database_.status_of(statuses[i]));
      const auto record = read_id_record(view(values[i]));
      seen[begin + i] = record && now_ms - record->arrival_ms < window_ms_;
      values[i].Reset();
    }
  }
  return {};
}

void IdWindow::add(rocksdb::WriteBatch& batch, std::string_view id, const IdRecord& record) {
  value_.clear();
  append_id_record(value_, record);
  batch.Put(database_.family(Family::kIds), slice(id), value_);
}

}  // namespace inkling::store::rocks
