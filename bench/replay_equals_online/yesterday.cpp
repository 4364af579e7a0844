#include "bench/replay_equals_online/yesterday.h"

#include <span>
#include <utility>

#include "base/core/clock.h"
#include "bench/replay_equals_online/value_of.h"
#include "feature/source.h"
#include "sample/build_samples.h"
#include "store/store.h"

namespace inkling::bench {
namespace {

using feature::EncoderKind;
using feature::FeatureSpec;
using feature::ValueKind;
using feature::View;

constexpr std::uint32_t kWindow = 50;
constexpr std::uint32_t kBins = 20;
constexpr std::size_t kBatch = 2000;

FeatureSpec encoded(const std::string& source, EncoderKind kind) {
  FeatureSpec feature;
  feature.source = source;
  feature.encoder.kind = kind;
  feature.encoder.bins = kBins;
  return feature;
}

template <typename Source>
feature::ViewSpec view_of(View view, base::Result<const Source*> (*find)(std::string_view),
                          std::initializer_list<const char*> sources) {
  feature::ViewSpec spec{view, kWindow, {}};
  for (const char* source : sources) {
    const bool is_name = value_of(find(source))->kind == ValueKind::kName;
    spec.features.push_back(encoded(source, is_name ? EncoderKind::kVocabulary : EncoderKind::kQuantile));
  }
  return spec;
}

// Every statistic as a number, and every third as an id as well; names as ids only.
std::vector<FeatureSpec> all_statistics() {
  std::vector<FeatureSpec> statistics;
  for (const std::string& source : feature::statistic_source_names()) {
    if (value_of(feature::statistic_source(source)).kind == ValueKind::kName) {
      statistics.push_back(encoded(source, EncoderKind::kVocabulary));
      continue;
    }
    if (statistics.size() % 4 == 0) statistics.push_back(encoded(source, EncoderKind::kQuantile));
    statistics.push_back(encoded(source, EncoderKind::kNumber));
  }
  return statistics;
}

feature::BlueprintSpec unfitted_blueprint() {
  feature::BlueprintSpec spec;
  spec.utc_offset_ms = base::kHourMs;
  spec.views = {view_of(View::kSwipe, feature::swipe_source,
                        {"duration_ms", "gap_ms", "tap_x", "tap_y", "start_x", "start_y", "end_x", "end_y",
                         "length_x", "length_y", "page", "action", "direction_h", "direction_v"}),
                view_of(View::kTap, feature::tap_source, {"page", "event", "button", "x", "y", "gap_ms"}),
                view_of(View::kBrowse, feature::browse_source,
                        {"action", "top_category", "leaf_category", "page", "stay_ms", "timestamp", "gap_ms", "hour",
                         "weekday", "item_repeat", "item"})};
  spec.statistics = all_statistics();
  return spec;
}

}  // namespace

sample::SamplePlan every_action_plan() {
  sample::SamplePlan plan;
  plan.min_gap_ms = 0;
  plan.targets = {{"purchase_1h", base::kHourMs}};
  return plan;
}

feature::BlueprintSpec fitted_blueprint(const TrafficOptions& options, const std::string& folder) {
  const base::FixedClock clock(0);
  store::StoreOptions fast;
  fast.sync = false;
  const auto store = value_of(store::open_store(folder, fast, clock));
  const std::vector<domain::Event> events = value_of(simulated_events(options));
  const std::span<const domain::Event> all(events);
  for (std::size_t from = 0; from < all.size(); from += kBatch) {
    expect_ok(store->append(all.subspan(from, std::min(kBatch, all.size() - from))).status());
  }
  return value_of(sample::build_samples(*store, every_action_plan(), unfitted_blueprint(), folder + "/samples"))
      .blueprint;
}

}  // namespace inkling::bench
