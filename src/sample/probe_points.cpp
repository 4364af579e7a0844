#include "sample/probe_points.h"

#include <limits>
#include <memory>

namespace inkling::sample {
namespace {

using base::Status;

class ProbeVisitor final : public ReplayVisitor {
 public:
  ProbeVisitor(const feature::Scorer& scorer, const std::set<PointKey>& points, const ProbeVisit& visit)
      : scorer_(scorer), points_(points), visit_(visit) {}

  Status begin_shopper(std::string_view shopper) override {
    const auto first = points_.lower_bound({std::string(shopper), std::numeric_limits<std::int64_t>::min()});
    const bool wanted = first != points_.end() && first->first == shopper;
    memory_ = wanted ? scorer_.new_memory() : nullptr;
    return {};
  }
  Status folded(const state::ShopperState& state) override {
    return !memory_ || scorer_.catch_up(state, *memory_) ? Status() : lost_records();
  }
  Status point(const state::ShopperState& state, const DecisionPoint& point) override {
    if (memory_ && points_.contains({std::string(point.shopper), point.ts_ms})) visit_(state, *memory_, point);
    return {};
  }

 private:
  const feature::Scorer& scorer_;
  const std::set<PointKey>& points_;
  const ProbeVisit& visit_;
  std::unique_ptr<feature::ScorerMemory> memory_;
};

}  // namespace

Status probe_points(const store::Store& store, const SamplePlan& plan, std::int64_t utc_offset_ms,
                    const LogSpan& span, const feature::Scorer& scorer, const std::set<PointKey>& points,
                    const ProbeVisit& visit, const store::Progress& progress) {
  ProbeVisitor visitor(scorer, points, visit);
  return replay(store, plan, utc_offset_ms, span, visitor, progress);
}

}  // namespace inkling::sample
