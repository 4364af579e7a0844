#include "store/rocks/id_window.h"

#include <rocksdb/db.h>

#include <algorithm>
#include <array>

#include "store/rocks/database.h"
#include "store/rocks/encoding.h"
#include "store/rocks/id_key.h"

namespace inkling::store::rocks {
namespace {

// Keys a MultiGet: enough to share the table look-ups, small enough for the stack.
constexpr std::size_t kChunk = 32;

class IdExpiryFilter final : public rocksdb::CompactionFilter {
 public:
  explicit IdExpiryFilter(std::int64_t forget_until_ms) : forget_until_ms_(forget_until_ms) {}

  bool Filter(int, const rocksdb::Slice&, const rocksdb::Slice& value, std::string*, bool*) const override {
    const auto arrival_ms = read_arrival_ms(view(value));
    return arrival_ms && *arrival_ms <= forget_until_ms_;
  }
  const char* Name() const override { return "inkling.id_expiry"; }

 private:
  std::int64_t forget_until_ms_;
};

}  // namespace

std::optional<std::int64_t> read_arrival_ms(std::string_view bytes) {
  if (bytes.size() != kNumberBytes) return std::nullopt;
  return static_cast<std::int64_t>(read_number(bytes));
}

std::unique_ptr<rocksdb::CompactionFilter> IdExpiryFilterFactory::CreateCompactionFilter(
    const rocksdb::CompactionFilter::Context&) {
  return std::make_unique<IdExpiryFilter>(clock_.now_ms() - window_ms_);
}

base::Status IdWindow::look_up(std::span<const std::string_view> ids, std::int64_t now_ms,
                               std::vector<bool>& seen) const {
  seen.assign(ids.size(), false);
  std::string bytes;
  std::array<rocksdb::Slice, kChunk> keys;
  std::array<rocksdb::PinnableSlice, kChunk> values;
  std::array<rocksdb::Status, kChunk> statuses;
  for (std::size_t begin = 0; begin < ids.size(); begin += kChunk) {
    const std::size_t count = std::min(kChunk, ids.size() - begin);
    bytes.clear();
    for (std::size_t i = 0; i < count; ++i) append_id_key(bytes, id_key(ids[begin + i]));
    for (std::size_t i = 0; i < count; ++i) keys[i] = {bytes.data() + i * kIdKeyBytes, kIdKeyBytes};
    database_.db().MultiGet({}, database_.family(Family::kIds), count, keys.data(), values.data(), statuses.data());
    for (std::size_t i = 0; i < count; ++i) {
      if (statuses[i].IsNotFound()) continue;
      INKLING_TRY(database_.status_of(statuses[i]));
      const auto arrival_ms = read_arrival_ms(view(values[i]));
      seen[begin + i] = arrival_ms && now_ms - *arrival_ms < window_ms_;
      values[i].Reset();
    }
  }
  return {};
}

void IdWindow::add(rocksdb::WriteBatch& batch, std::string_view id, std::int64_t arrival_ms) {
  key_.clear();
  append_id_key(key_, id_key(id));
  value_.clear();
  append_number(value_, static_cast<std::uint64_t>(arrival_ms));
  batch.Put(database_.family(Family::kIds), key_, value_);
}

}  // namespace inkling::store::rocks
