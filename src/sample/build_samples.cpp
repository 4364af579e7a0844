#include "sample/build_samples.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <utility>

#include "base/core/hash.h"
#include "base/files.h"
#include "feature/record_reader.h"
#include "sample/fit.h"
#include "sample/shard.h"

namespace inkling::sample {
namespace {

using base::Result;
using base::Status;

constexpr std::size_t kShardBytes = 64 << 20;

std::string shard_name(std::size_t index) {
  char name[40];
  std::snprintf(name, sizeof(name), "part-%05zu.safetensors", index);
  return name;
}

class EncodeVisitor final : public ReplayVisitor, public feature::RecordSink {
 public:
  EncodeVisitor(const feature::Blueprint& blueprint, SampleSet& set) : blueprint_(blueprint), set_(set) {
    numbers_.resize(blueprint.number_count());
    ids_.resize(std::max(blueprint.statistic_id_count(), feature::kMaxViewFeatures));
    positives_.resize(set.plan.targets.size());
    set.view_records.assign(blueprint.spec().views.size(), 0);
    start_shard();
  }

  Status begin_shopper(std::string_view shopper) override {
    cursor_ = {};
    shopper_ = shopper;
    begin_session();
    if (columns_.bytes() < kShardBytes) return {};
    INKLING_TRY(write());
    start_shard();
    return {};
  }
  Status folded(const state::ShopperState& state) override {
    if (feature::read_new_records(blueprint_, state, cursor_, *this)) return {};
    return lost_records();
  }
  Status point(const state::ShopperState& state, const DecisionPoint& point) override;

  void begin_session() override {
    drop_unread_records();
    begin_ = read_until_;
  }
  void record(std::size_t view_index, std::int64_t, std::span<const feature::Value> values) override {
    const std::span<std::uint32_t> ids(ids_.data(), values.size());
    blueprint_.encode_values(view_index, values, ids);
    auto& out = columns_.views[view_index].ids;
    out.insert(out.end(), ids.begin(), ids.end());
  }

  Status finish() {
    if (columns_.sample_count() > 0) INKLING_TRY(write());
    for (const auto& counts : positives_) {
      std::array<double, 3> rates{};
      for (std::size_t part = 0; part < rates.size(); ++part) {
        const auto all = static_cast<double>(set_.part_counts[part]);
        rates[part] = all > 0 ? static_cast<double>(counts[part]) / all : 0;
      }
      set_.base_rates.push_back(rates);
    }
    return {};
  }

 private:
  [[nodiscard]] std::int64_t record_count(std::size_t view) const {
    return static_cast<std::int64_t>(columns_.views[view].ids.size() / blueprint_.spec().views[view].features.size());
  }
  void start_shard() {
    columns_ = {};
    columns_.views.resize(blueprint_.spec().views.size());
    begin_.assign(columns_.views.size(), 0);
    read_until_ = begin_;
  }
  // Records behind a session's last sample: all of a session before the training days, for instance.
  void drop_unread_records() {
    for (std::size_t v = 0; v < read_until_.size(); ++v) {
      const auto width = static_cast<std::int64_t>(blueprint_.spec().views[v].features.size());
      columns_.views[v].ids.resize(static_cast<std::size_t>(read_until_[v] * width));
    }
  }
  void add_statistics(const state::ShopperState& state, std::int64_t now_ms) {
    const std::span<std::uint32_t> ids(ids_.data(), blueprint_.statistic_id_count());
    blueprint_.encode_statistics(state, now_ms, numbers_, ids);
    columns_.numbers.insert(columns_.numbers.end(), numbers_.begin(), numbers_.end());
    columns_.statistic_ids.insert(columns_.statistic_ids.end(), ids.begin(), ids.end());
  }
  Status write() {
    drop_unread_records();
    for (std::size_t v = 0; v < read_until_.size(); ++v) {
      set_.view_records[v] += static_cast<std::uint64_t>(read_until_[v]);
    }
    const std::filesystem::path path = set_.folder / shard_name(set_.shards.size());
    INKLING_TRY(write_shard(path, columns_, blueprint_, set_.plan));
    set_.shards.push_back(path);
    return {};
  }

  const feature::Blueprint& blueprint_;
  SampleSet& set_;
  ShardColumns columns_;
  feature::RecordCursor cursor_;
  std::string_view shopper_;
  std::vector<std::int64_t> begin_;       // of the session under way, per view
  std::vector<std::int64_t> read_until_;  // one past the last record of any sample, per view
  std::vector<float> numbers_;
  std::vector<std::uint32_t> ids_;
  std::vector<std::array<std::uint64_t, 3>> positives_;
};

Status EncodeVisitor::point(const state::ShopperState& state, const DecisionPoint& point) {
  if (point.part == Part::kUnused) return {};
  const bool live = blueprint_.session_live(state, point.ts_ms);
  for (std::size_t v = 0; v < begin_.size(); ++v) {
    const std::int64_t end = live ? record_count(v) : begin_[v];
    columns_.views[v].begin.push_back(begin_[v]);
    columns_.views[v].end.push_back(end);
    read_until_[v] = std::max(read_until_[v], end);
  }
  add_statistics(state, point.ts_ms);
  const auto part = static_cast<std::size_t>(point.part);
  for (std::size_t k = 0; k < positives_.size(); ++k) {
    columns_.labels.push_back(point.labels[k] ? 1 : 0);
    positives_[k][part] += point.labels[k] ? 1 : 0;
  }
  ++set_.part_counts[part];
  columns_.part.push_back(static_cast<std::uint8_t>(part));
  columns_.ts_ms.push_back(point.ts_ms);
  columns_.sequence.push_back(static_cast<std::int64_t>(point.sequence));
  columns_.shopper.push_back(std::bit_cast<std::int64_t>(base::name_hash(shopper_)));
  return {};
}

store::Progress stage(const BuildProgress& progress, std::string_view name) {
  if (!progress) return {};
  return [&progress, name](std::uint64_t done, std::uint64_t total) { progress(name, done, total); };
}

}  // namespace

Result<SampleSet> encode_samples(const store::Store& store, const SamplePlan& plan,
                                 const feature::BlueprintSpec& fitted, const LogSpan& span,
                                 const std::filesystem::path& folder, const BuildProgress& progress) {
  INKLING_TRY(base::make_directories(folder.string()));
  INKLING_ASSIGN(const feature::Blueprint blueprint, feature::Blueprint::make(fitted));
  SampleSet set;
  set.folder = folder;
  set.blueprint = fitted;
  set.plan = plan;
  set.span = span;
  EncodeVisitor visitor(blueprint, set);
  INKLING_TRY(replay(store, plan, fitted.utc_offset_ms, span, visitor, stage(progress, "encoding")));
  INKLING_TRY(visitor.finish());
  return set;
}

Result<SampleSet> build_samples(const store::Store& store, const SamplePlan& plan,
                                const feature::BlueprintSpec& unfitted, const std::filesystem::path& folder,
                                const BuildProgress& progress) {
  INKLING_ASSIGN(const LogSpan span, log_span(store));
  INKLING_ASSIGN(const SamplePlan bounded, with_boundaries(plan, span));
  INKLING_ASSIGN(const feature::BlueprintSpec fitted,
                 fit_blueprint(store, unfitted, bounded, span, stage(progress, "fitting encoders")));
  return encode_samples(store, bounded, fitted, span, folder, progress);
}

Result<SampleSet> grow_samples(const store::Store& store, const SamplePlan& plan,
                               const feature::BlueprintSpec& fitted, const std::filesystem::path& folder,
                               const BuildProgress& progress) {
  INKLING_ASSIGN(const LogSpan span, log_span(store));
  INKLING_ASSIGN(const SamplePlan bounded, with_boundaries(plan, span));
  INKLING_ASSIGN(const feature::BlueprintSpec grown,
                 grow_blueprint(store, fitted, bounded, span, stage(progress, "growing vocabularies")));
  return encode_samples(store, bounded, grown, span, folder, progress);
}

}  // namespace inkling::sample
