// A blueprint says what a model reads: which views with which features, which statistics, and where sessions end. It
// is checked and resolved once; after that it turns records and states into ids and numbers without allocating. The
// same object runs while serving, in replay and on the device; its JSON form travels in the package.
//
// Thread safety: immutable. Wasm-clean. Source: models.md A.2 (feature lists), A.3 step 5 (sessions and windows).
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "feature/encoder.h"
#include "feature/source.h"
#include "state/shopper_state.h"

namespace inkling::feature {

// Raised whenever the same state would give other features; packages name the version they were trained with.
inline constexpr std::uint32_t kFeatureVersion = 1;
inline constexpr std::uint32_t kMaxWindow = 128;
inline constexpr std::int64_t kLongestSessionGapMs = std::numeric_limits<std::int64_t>::max() / 4;
inline constexpr std::int64_t kFarthestOffsetMs = 14 * 3'600'000;  // Kiribati; nobody lives farther from UTC

struct FeatureSpec {
  std::string source;  // src/feature/source.h names them
  Encoder encoder;
};

struct ViewSpec {
  View view = View::kBrowse;
  std::uint32_t window = 50;          // attention sees the last `window` records, 1..kMaxWindow
  std::vector<FeatureSpec> features;  // all encoders give ids
};

struct BlueprintSpec {
  std::int64_t session_gap_ms = 30 * 60'000;  // silence that ends a session; kNoSessionGap: never
  std::int64_t utc_offset_ms = 0;
  std::vector<ViewSpec> views;          // at most one of each view, in View order
  std::vector<FeatureSpec> statistics;  // encoder kinds number and raw -> a float, others -> an id
};

[[nodiscard]] base::Json blueprint_to_json(const BlueprintSpec& spec);
// Errors name the path inside the document ("views[0].window: 0 is not between 1 and 128").
[[nodiscard]] base::Result<BlueprintSpec> blueprint_from_json(const base::JsonView& json);
// The numbers of all sources (source.h): of the views' features in order, then of the statistics. All are known.
[[nodiscard]] std::vector<std::uint32_t> source_numbers(const BlueprintSpec& spec);

class Blueprint {
 public:
  Blueprint() = default;  // reads nothing
  // Resolves every name and checks what the parts demand of each other; errors say where, and the nearest known name.
  [[nodiscard]] static base::Result<Blueprint> make(BlueprintSpec spec);
  // Into a blueprint that reads nothing, for devices: of a checked spec with ascending views whose sources have
  // numbers in place of names. False when a number has no source; the blueprint is then of no use.
  [[nodiscard]] bool assign(BlueprintSpec spec, std::span<const std::uint32_t> sources);

  [[nodiscard]] const BlueprintSpec& spec() const { return spec_; }
  [[nodiscard]] std::size_t number_count() const { return number_sources_.size(); }
  [[nodiscard]] std::size_t statistic_id_count() const { return id_sources_.size(); }
  // The encoders behind statistic ids, in the order of encode_statistics' `ids`.
  [[nodiscard]] std::vector<const Encoder*> statistic_id_encoders() const;

  // Raw values, before encoding: for fitting and for tables. `values` has one place per feature of the view.
  void read_record(std::size_t view_index, const state::SwipeRecord& record, std::span<Value> values) const;
  void read_record(std::size_t view_index, const state::TapRecord& record, std::span<Value> values) const;
  void read_record(std::size_t view_index, const state::BrowseRecord& record, std::span<Value> values) const;
  // One place per statistic, in the order of the spec.
  void read_statistics(const state::ShopperState& state, std::int64_t now_ms, std::span<Value> values) const;

  void encode_values(std::size_t view_index, std::span<const Value> values, std::span<std::uint32_t> ids) const;
  // numbers: number_count() floats; ids: statistic_id_count() ids.
  void encode_statistics(const state::ShopperState& state, std::int64_t now_ms, std::span<float> numbers,
                         std::span<std::uint32_t> ids) const;

  // Whether a record that came `idle_ms` after the one before it starts a new session.
  [[nodiscard]] bool starts_session(std::int64_t idle_ms) const {
    return feature::starts_session(idle_ms, spec_.session_gap_ms);
  }
  // Whether the shopper's last session is still going on at `now_ms`; if not, sequences count as empty.
  [[nodiscard]] bool session_live(const state::ShopperState& state, std::int64_t now_ms) const {
    return state.last_record_ms >= 0 &&
           !starts_session(now_ms > state.last_record_ms ? now_ms - state.last_record_ms : 0);
  }
  // -1 when the blueprint does not read that view.
  [[nodiscard]] int view_index(View view) const { return view_index_[static_cast<std::size_t>(view)]; }

 private:
  struct ViewSources {
    std::vector<const RecordSource<state::SwipeRecord>*> swipe;
    std::vector<const RecordSource<state::TapRecord>*> tap;
    std::vector<const RecordSource<state::BrowseRecord>*> browse;
  };
  struct Statistic {
    StatisticSource source;
    std::size_t feature = 0;  // index into spec_.statistics
  };
  [[nodiscard]] bool take_sources(std::size_t view_index, std::span<const std::uint32_t> numbers);
  [[nodiscard]] SessionSummary session_of(const state::ShopperState& state, std::int64_t now_ms) const;
  [[nodiscard]] Value read(const StatisticSource& source, const state::ShopperState& state,
                           const SessionSummary& session, std::int64_t now_ms) const;

  BlueprintSpec spec_;
  LocalTime local_;
  int view_index_[kViewCount] = {-1, -1, -1};
  std::vector<ViewSources> view_sources_;
  std::vector<StatisticSource> statistic_sources_;  // all, in the order of the spec
  bool reads_session_ = false;                      // whether any of them does
  std::vector<Statistic> number_sources_;
  std::vector<Statistic> id_sources_;
};

}  // namespace inkling::feature
