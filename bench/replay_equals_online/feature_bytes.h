// Everything that a model reads about one shopper at one moment, as one string of bytes: the sequence of every view
// since the session began, then the statistics as numbers and as ids. Two moments are the same exactly when their
// bytes are. Not for computing features: that is src/feature. Thread safety: plain values.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "feature/blueprint.h"
#include "feature/record_reader.h"

namespace inkling::bench {

class FeatureBytes {
 public:
  // Ids of a view's records, one record after another.
  template <typename Id>
  void add_sequence(std::span<const Id> ids) {
    add_value(static_cast<std::uint64_t>(ids.size()));
    add_all(ids);
  }
  template <typename Value>
  void add_all(std::span<const Value> values) {
    const std::size_t start = bytes_.size();
    bytes_.resize(start + values.size_bytes());
    if (!values.empty()) std::memcpy(bytes_.data() + start, values.data(), values.size_bytes());
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  template <typename Value>
  void add_value(const Value& value) {
    add_all(std::span<const Value>(&value, 1));
  }
  std::string bytes_;
};

// The encoded records of the shopper's session, view by view, as far as they were read.
class SessionIds final : public feature::RecordSink {
 public:
  explicit SessionIds(const feature::Blueprint& blueprint) : blueprint_(blueprint) { forget(); }

  // Reads on; false: the state no longer holds all of it.
  [[nodiscard]] bool catch_up(const state::ShopperState& state) {
    return feature::read_new_records(blueprint_, state, cursor_, *this);
  }
  void forget() {
    cursor_ = {};
    begin_session();
  }
  void begin_session() override { ids_.assign(blueprint_.spec().views.size(), {}); }
  void record(std::size_t view_index, std::int64_t, std::span<const feature::Value> values) override {
    auto& ids = ids_[view_index];
    ids.resize(ids.size() + values.size());
    blueprint_.encode_values(view_index, values, std::span(ids).last(values.size()));
  }

  [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& views() const { return ids_; }
  [[nodiscard]] bool has_read() const { return cursor_.swipes + cursor_.taps + cursor_.browses > 0; }
  [[nodiscard]] std::size_t memory_bytes() const {
    std::size_t bytes = sizeof(*this);
    for (const auto& ids : ids_) bytes += sizeof(ids) + ids.capacity() * sizeof(std::uint32_t);
    return bytes;
  }

 private:
  const feature::Blueprint& blueprint_;
  feature::RecordCursor cursor_;
  std::vector<std::vector<std::uint32_t>> ids_;
};

[[nodiscard]] inline std::string feature_bytes(const feature::Blueprint& blueprint, const SessionIds& session,
                                               const state::ShopperState& state, std::int64_t now_ms) {
  FeatureBytes bytes;
  const bool live = blueprint.session_live(state, now_ms);
  for (const auto& ids : session.views()) bytes.add_sequence(std::span(ids).first(live ? ids.size() : 0));
  std::vector<float> numbers(blueprint.number_count());
  std::vector<std::uint32_t> ids(blueprint.statistic_id_count());
  blueprint.encode_statistics(state, now_ms, numbers, ids);
  bytes.add_all(std::span<const float>(numbers));
  bytes.add_all(std::span<const std::uint32_t>(ids));
  return bytes.take();
}

}  // namespace inkling::bench
