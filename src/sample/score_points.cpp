#include "sample/score_points.h"

#include <utility>

namespace inkling::sample {
namespace {

using base::Status;

class ScoringVisitor final : public ReplayVisitor {
 public:
  ScoringVisitor(const feature::Scorer& scorer, Part part)
      : scorer_(scorer), part_(part), targets_(scorer.info().targets.size()), workspace_(scorer.new_workspace()) {}

  Status begin_shopper(std::string_view) override {
    memory_ = scorer_.new_memory();
    return {};
  }
  Status folded(const state::ShopperState& state) override {
    if (scorer_.catch_up(state, *memory_)) return {};
    return lost_records();
  }
  Status point(const state::ShopperState& state, const DecisionPoint& point) override {
    if (point.part != part_) return {};
    ScoredPoint scored{std::string(point.shopper), point.ts_ms, point.sequence, point.labels, {}};
    scorer_.score(state, *memory_, point.ts_ms, *workspace_, std::span(scored.probs).first(targets_));
    points_.push_back(std::move(scored));
    return {};
  }
  std::vector<ScoredPoint> take() { return std::move(points_); }

 private:
  const feature::Scorer& scorer_;
  Part part_;
  std::size_t targets_;
  std::unique_ptr<feature::ScorerWorkspace> workspace_;
  std::unique_ptr<feature::ScorerMemory> memory_;
  std::vector<ScoredPoint> points_;
};

Status check_targets(const SamplePlan& plan, const feature::ScorerInfo& info) {
  bool same = plan.targets.size() == info.targets.size();
  for (std::size_t i = 0; same && i < plan.targets.size(); ++i) {
    same = plan.targets[i].horizon_ms == info.targets[i].horizon_ms;
  }
  return same ? Status()
              : base::invalid_input("the plan's horizons are not those that " + info.model + " " + info.version +
                                    " was trained for; evaluate it with its own plan");
}

}  // namespace

base::Result<std::vector<ScoredPoint>> score_points(const store::Store& store, const SamplePlan& plan,
                                                    std::int64_t utc_offset_ms, const LogSpan& span,
                                                    const feature::Scorer& scorer, Part part,
                                                    const store::Progress& progress) {
  INKLING_TRY(check_targets(plan, scorer.info()));
  ScoringVisitor visitor(scorer, part);
  INKLING_TRY(replay(store, plan, utc_offset_ms, span, visitor, progress));
  return visitor.take();
}

}  // namespace inkling::sample
