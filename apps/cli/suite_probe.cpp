#include "apps/cli/suite_probe.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "sample/probe_points.h"

namespace inkling::cli {
namespace {

using base::Status;

constexpr std::size_t kTimedPoints = 200;
constexpr int kTimesEach = 5;
constexpr std::size_t kSessionsEachClass = 2;
constexpr double kLeastRecords = 12;  // shorter sessions show little attention

// Points at even distances through the part.
std::vector<std::size_t> timed_points(std::size_t count) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < std::min(count, kTimedPoints); ++i)
    rows.push_back(i * count / std::min(count, kTimedPoints));
  return rows;
}

// For each class the points that the model was surest of, one a shopper, in sessions that are long enough.
std::vector<std::size_t> shown_sessions(const ModelRun& run) {
  std::vector<std::size_t> order(run.points.ts_ms.size()), chosen;
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const RunTarget& target = run.targets.front();
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return target.probs[a] > target.probs[b]; });
  std::map<std::uint64_t, bool> shown;
  std::array<std::size_t, 2> left = {kSessionsEachClass, kSessionsEachClass};
  for (const std::size_t row : order) {
    const std::size_t label = target.labels[row];
    if (left[label] == 0 || run.points.session_records[row] < kLeastRecords) continue;
    if (!shown.emplace(run.points.shopper[row], true).second) continue;
    chosen.push_back(row);
    --left[label];
  }
  return chosen;
}

RunSession session_of(const std::vector<feature::ViewAttention>& views, bool bought, double prob) {
  RunSession session{bought, prob, {}};
  for (const feature::ViewAttention& view : views) {
    RunAttention attention{view.view, view.rows, {}, {}, {}};
    attention.intra.assign(view.intra.begin(), view.intra.end());
    attention.inter.assign(view.inter.begin(), view.inter.end());
    for (std::size_t i = 0; i < view.column_views.size(); ++i) {
      attention.columns.emplace_back(view.column_views[i], view.column_counts[i]);
    }
    session.views.push_back(std::move(attention));
  }
  return session;
}

class Probe {
 public:
  Probe(const feature::Scorer& scorer, const TrainingRecord& record, ModelRun& run)
      : scorer_(scorer), run_(run), workspace_(scorer.new_workspace()), probs_(scorer.info().targets.size()) {
    for (const std::size_t row : timed_points(run.points.ts_ms.size())) timed_.insert(key_of(record, row));
    for (const std::size_t row : shown_sessions(run)) shown_.emplace(key_of(record, row), row);
    wanted_ = timed_;
    for (const auto& [key, row] : shown_) wanted_.insert(key);
  }

  [[nodiscard]] const std::set<sample::PointKey>& wanted() const { return wanted_; }

  void visit(const state::ShopperState& state, const feature::ScorerMemory& memory,
             const sample::DecisionPoint& point) {
    const sample::PointKey key{std::string(point.shopper), point.ts_ms};
    if (timed_.contains(key)) time(state, memory, point.ts_ms);
    const auto shown = shown_.find(key);
    if (shown == shown_.end()) return;
    const RunTarget& target = run_.targets.front();
    const auto views = scorer_.explain(state, memory, point.ts_ms, *workspace_);
    if (!views.empty()) {
      run_.sessions.push_back(session_of(views, target.labels[shown->second] == 1, target.probs[shown->second]));
    }
  }

  [[nodiscard]] double median_us() {
    if (times_us_.empty()) return 0;
    std::ranges::sort(times_us_);
    return times_us_[times_us_.size() / 2];
  }

 private:
  static sample::PointKey key_of(const TrainingRecord& record, std::size_t row) {
    return {record.evaluation.shoppers[row], record.evaluation.ts_ms[row]};
  }
  void time(const state::ShopperState& state, const feature::ScorerMemory& memory, std::int64_t now_ms) {
    for (int i = 0; i < kTimesEach; ++i) {
      const auto start = std::chrono::steady_clock::now();
      scorer_.score(state, memory, now_ms, *workspace_, probs_);
      const std::chrono::duration<double, std::micro> passed = std::chrono::steady_clock::now() - start;
      times_us_.push_back(passed.count());
    }
  }

  const feature::Scorer& scorer_;
  ModelRun& run_;
  std::unique_ptr<feature::ScorerWorkspace> workspace_;
  std::vector<float> probs_;
  std::set<sample::PointKey> timed_, wanted_;
  std::map<sample::PointKey, std::size_t> shown_;
  std::vector<double> times_us_;
};

}  // namespace

Status probe_model(DataFolder& folder, const TrainingRecord& record, ModelRun& run, Console& console) {
  if (run.targets.empty()) return {};
  INKLING_ASSIGN(const auto scorer, load_scorer(folder.path, record.manifest.name, record.manifest.version));
  Probe probe(*scorer, record, run);
  const sample::SampleSet& set = record.samples;
  INKLING_TRY(sample::probe_points(
      *folder.store, set.plan, set.blueprint.utc_offset_ms, set.span, *scorer, probe.wanted(),
      [&](const state::ShopperState& state, const feature::ScorerMemory& memory, const sample::DecisionPoint& point) {
        probe.visit(state, memory, point);
      },
      console.reporter("looking into it", "shoppers")));
  console.end_progress();
  run.cost.score_us = probe.median_us();
  return {};
}

}  // namespace inkling::cli
