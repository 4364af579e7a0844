#include "sample/point_facts.h"

#include <utility>

#include "feature/record_reader.h"

namespace inkling::sample {
namespace {

using base::Result;
using base::Status;
using feature::View;

// Every record of every view; nothing is made of their features.
feature::BlueprintSpec all_records(std::int64_t session_gap_ms) {
  feature::BlueprintSpec spec;
  spec.session_gap_ms = session_gap_ms;
  feature::Encoder encoder;
  encoder.kind = feature::EncoderKind::kIndex;
  encoder.size = 1;
  for (const auto& [view, source] :
       {std::pair(View::kSwipe, "page"), std::pair(View::kTap, "page"), std::pair(View::kBrowse, "action")}) {
    spec.views.push_back({view, 1, {{source, encoder}}});
  }
  return spec;
}

class FactsVisitor final : public ReplayVisitor, public feature::RecordSink {
 public:
  FactsVisitor(const feature::Blueprint& blueprint, Part part) : blueprint_(blueprint), part_(part) {}

  Status begin_shopper(std::string_view) override {
    cursor_ = {};
    records_ = 0;
    return {};
  }
  Status folded(const state::ShopperState& state) override {
    return feature::read_new_records(blueprint_, state, cursor_, *this) ? Status() : lost_records();
  }
  Status point(const state::ShopperState& state, const DecisionPoint& point) override {
    if (point.part != part_) return {};
    const bool live = blueprint_.session_live(state, point.ts_ms);
    facts_.push_back({std::string(point.shopper), point.ts_ms, live ? records_ : 0, point.next_purchase_ms});
    return {};
  }
  void begin_session() override { records_ = 0; }
  void record(std::size_t, std::int64_t, std::span<const feature::Value>) override { ++records_; }

  std::vector<PointFacts> take() { return std::move(facts_); }

 private:
  const feature::Blueprint& blueprint_;
  Part part_;
  feature::RecordCursor cursor_;
  std::int64_t records_ = 0;
  std::vector<PointFacts> facts_;
};

}  // namespace

Result<std::vector<PointFacts>> point_facts(const store::Store& store, const SamplePlan& plan,
                                            std::int64_t utc_offset_ms, std::int64_t session_gap_ms,
                                            const LogSpan& span, Part part, const store::Progress& progress) {
  INKLING_ASSIGN(const feature::Blueprint blueprint, feature::Blueprint::make(all_records(session_gap_ms)));
  FactsVisitor visitor(blueprint, part);
  INKLING_TRY(replay(store, plan, utc_offset_ms, span, visitor, progress));
  return visitor.take();
}

}  // namespace inkling::sample
