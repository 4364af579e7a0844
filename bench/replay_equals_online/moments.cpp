#include "bench/replay_equals_online/moments.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/core/clock.h"
#include "base/core/hash.h"
#include "bench/replay_equals_online/value_of.h"
#include "sample/build_samples.h"
#include "sample/shard.h"

namespace inkling::bench {
namespace {

using base::Status;

std::string described(std::string_view shopper, const Recording& moment) {
  return "shopper " + std::string(shopper) + " after " + std::to_string(moment.event_count) + " events at " +
         std::to_string(moment.now_ms);
}

void count_mismatch(std::string_view shopper, const Recording& moment, ReplayCheck& check) {
  if (check.mismatches++ == 0) check.first_mismatch = described(shopper, moment);
}

class MomentVisitor final : public sample::ReplayVisitor {
 public:
  MomentVisitor(const feature::Blueprint& blueprint, const Moments& moments)
      : blueprint_(blueprint), moments_(moments), session_(blueprint) {}

  Status begin_shopper(std::string_view shopper) override {
    miss_the_rest();
    shopper_ = shopper;
    session_.forget();
    const auto found = moments_.find(shopper);
    left_ = found == moments_.end() ? std::span<const Recording>() : std::span<const Recording>(found->second);
    // Somebody may be asked about before anything is known of them.
    return compare_all({});
  }

  Status folded(const state::ShopperState& state) override {
    return compare_all(state);
  }

  Status point(const state::ShopperState&, const sample::DecisionPoint&) override { return {}; }

  ReplayCheck take() {
    miss_the_rest();
    return std::move(check_);
  }

 private:
  Status compare_all(const state::ShopperState& state) {
    const bool followed = session_.catch_up(state);
    for (; !left_.empty() && left_.front().event_count == state.event_count; left_ = left_.subspan(1)) {
      if (!followed) return base::internal_error("the replay cannot follow " + described(shopper_, left_.front()));
      compare(state, left_.front());
    }
    return {};
  }

  void compare(const state::ShopperState& state, const Recording& moment) {
    ++check_.compared;
    check_.live += blueprint_.session_live(state, moment.now_ms) ? 1 : 0;
    // Never before the shopper's clock, as a server asks; only a planted difference can move the clock past it.
    const std::int64_t now_ms = std::max(moment.now_ms, state.clock_ms);
    if (feature_bytes(blueprint_, session_, state, now_ms) != moment.bytes) count_mismatch(shopper_, moment, check_);
  }

  // Moments of states that the replay never reached.
  void miss_the_rest() {
    for (const Recording& moment : left_) count_mismatch(shopper_, moment, check_);
    left_ = {};
  }

  const feature::Blueprint& blueprint_;
  const Moments& moments_;
  SessionIds session_;
  std::string shopper_;
  std::span<const Recording> left_;
  ReplayCheck check_;
};

// A shard knows shoppers by hash and states by the sequence of their last event.
using RowKey = std::tuple<std::int64_t, std::int64_t, std::int64_t>;  // shopper, sequence, ts_ms

std::map<RowKey, const Recording*> by_row(const store::Store& store, const Moments& moments) {
  std::map<RowKey, const Recording*> rows;
  for (const auto& [shopper, recordings] : moments) {
    auto next = recordings.begin();
    std::uint64_t event_count = 0;
    expect_ok(store.read_shopper(shopper, 1, [&](const store::JournalEntry& entry) {
      if (!is_folded(entry.event)) return true;
      ++event_count;
      for (; next != recordings.end() && next->event_count == event_count; ++next) {
        rows[{std::bit_cast<std::int64_t>(base::name_hash(shopper)), static_cast<std::int64_t>(entry.sequence),
              next->now_ms}] = &*next;
      }
      return true;
    }));
  }
  return rows;
}

std::string row_bytes(const sample::Shard& shard, std::size_t row) {
  FeatureBytes bytes;
  for (const auto& view : shard.views) {
    const auto begin = static_cast<std::size_t>(view.begin[row]) * view.features;
    const auto end = static_cast<std::size_t>(view.end[row]) * view.features;
    bytes.add_sequence(view.ids.subspan(begin, end - begin));
  }
  bytes.add_all(shard.numbers.subspan(row * shard.number_count, shard.number_count));
  bytes.add_all(shard.statistic_ids.subspan(row * shard.statistic_id_count, shard.statistic_id_count));
  return bytes.take();
}

}  // namespace

Moments moments_of(const std::vector<Asked>& asked, const Recorder& recorder) {
  Moments moments;
  for (const Asked& one : asked) moments[one.shopper].push_back(recorder.recording(one.answered_prob));
  for (auto& [shopper, recordings] : moments) {
    std::stable_sort(recordings.begin(), recordings.end(),
                     [](const Recording& a, const Recording& b) { return a.event_count < b.event_count; });
  }
  return moments;
}

std::uint64_t answers_behind(const std::vector<Asked>& asked, const Recorder& recorder) {
  return static_cast<std::uint64_t>(std::count_if(asked.begin(), asked.end(), [&](const Asked& one) {
    return recorder.recording(one.answered_prob).event_count != one.event_count;
  }));
}

ReplayCheck check_replay(const store::Store& store, const feature::Blueprint& blueprint, const Moments& moments,
                         const sample::SamplePlan& plan, const sample::LogSpan& span) {
  MomentVisitor visitor(blueprint, moments);
  expect_ok(sample::replay(store, plan, blueprint.spec().utc_offset_ms, span, visitor));
  return visitor.take();
}

ReplayCheck check_shards(const store::Store& store, const feature::BlueprintSpec& fitted, const Moments& moments,
                         const sample::SamplePlan& plan, const sample::LogSpan& span, const std::string& folder) {
  const sample::SampleSet set = value_of(sample::encode_samples(store, plan, fitted, span, folder));
  const auto rows = by_row(store, moments);
  ReplayCheck check;
  for (const auto& path : set.shards) {
    const sample::Shard shard = value_of(sample::Shard::open(path));
    for (std::size_t row = 0; row < shard.sample_count(); ++row) {
      const auto found = rows.find({shard.shopper[row], shard.sequence[row], shard.ts_ms[row]});
      if (found == rows.end()) continue;
      ++check.compared;
      if (row_bytes(shard, row) != found->second->bytes) {
        count_mismatch("of row " + std::to_string(row), *found->second, check);
      }
    }
  }
  return check;
}

JournalOrder journal_order(const store::Store& store) {
  JournalOrder order;
  std::unordered_map<std::string, std::int64_t> newest_ms;
  expect_ok(store.read_journal(1, [&](const store::JournalEntry& entry) {
    if (entry.event.shopper.empty()) return true;
    std::int64_t& clock_ms = newest_ms.try_emplace(entry.event.shopper, entry.event.ts_ms).first->second;
    const std::int64_t behind_ms = clock_ms - entry.event.ts_ms;
    ++order.events;
    order.behind += behind_ms > 0 ? 1 : 0;
    order.behind_a_minute += behind_ms >= base::kMinuteMs ? 1 : 0;
    order.behind_an_hour += behind_ms >= base::kHourMs ? 1 : 0;
    order.behind_a_day += behind_ms >= base::kDayMs ? 1 : 0;
    clock_ms = std::max(clock_ms, entry.event.ts_ms);
    return true;
  }));
  return order;
}

}  // namespace inkling::bench
