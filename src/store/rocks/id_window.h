// The event ids of the last days, so that an event told twice is journaled once. An id is remembered, by a hash of
// 128 bits, for a window of time after its arrival; older entries do not count, and compactions drop them. Thread
// safety: look_up and add are for the committing thread only; the filter runs on RocksDB's threads.
#pragma once

#include <rocksdb/compaction_filter.h>
#include <rocksdb/write_batch.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/clock.h"
#include "base/core/result.h"

namespace inkling::store::rocks {

class Database;

// When an id arrived. nullopt when these are not the bytes of that.
[[nodiscard]] std::optional<std::int64_t> read_arrival_ms(std::string_view bytes);

class IdWindow {
 public:
  IdWindow(const Database& database, std::int64_t window_ms) : database_(database), window_ms_(window_ms) {}

  // seen[i]: whether ids[i] arrived less than the window before `now_ms`. Cost: one batched read.
  [[nodiscard]] base::Status look_up(std::span<const std::string_view> ids, std::int64_t now_ms,
                                     std::vector<bool>& seen) const;
  void add(rocksdb::WriteBatch& batch, std::string_view id, std::int64_t arrival_ms);

 private:
  const Database& database_;
  std::int64_t window_ms_;
  std::string key_;
  std::string value_;
};

// Drops, while RocksDB compacts, the ids that are past the window at that moment.
class IdExpiryFilterFactory final : public rocksdb::CompactionFilterFactory {
 public:
  IdExpiryFilterFactory(std::int64_t window_ms, const base::Clock& clock) : window_ms_(window_ms), clock_(clock) {}
  std::unique_ptr<rocksdb::CompactionFilter> CreateCompactionFilter(
      const rocksdb::CompactionFilter::Context& context) override;
  const char* Name() const override { return "inkling.id_expiry"; }

 private:
  std::int64_t window_ms_;
  const base::Clock& clock_;
};

}  // namespace inkling::store::rocks
