#include "feature/blueprint.h"

#include <array>
#include <utility>

#include "base/core/file_mistakes.h"
#include "feature/feature_check.h"
#include "feature/record_reader.h"

namespace inkling::feature {
namespace {

using base::Status;

std::string element(std::string_view list, std::size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

template <typename Source>
Status resolve_features(const std::string& place, const ViewSpec& view,
                        base::Result<const Source*> (*find)(std::string_view), std::vector<const Source*>& sources) {
  base::Refusals refusals;
  for (std::size_t i = 0; i < view.features.size(); ++i) {
    const FeatureSpec& feature = view.features[i];
    const std::string here = place + "." + element("features", i);
    const auto kind = check_source(here, feature.source, view.view);
    if (!refusals.note(kind.status()) || !refusals.note(check_encoder(here, feature, *kind, view.view))) continue;
    sources.push_back(*find(feature.source));
  }
  return refusals.status();
}

template <typename Source, typename Record>
void read_values(const std::vector<const Source*>& sources, const Record& record, const LocalTime& local,
                 std::span<Value> values) {
  for (std::size_t i = 0; i < sources.size(); ++i) values[i] = sources[i]->value(record, local);
}

}  // namespace

base::Result<Blueprint> Blueprint::make(BlueprintSpec spec) {
  Blueprint blueprint;
  blueprint.spec_ = std::move(spec);
  blueprint.local_.utc_offset_ms = blueprint.spec_.utc_offset_ms;
  blueprint.view_sources_.resize(blueprint.spec_.views.size());
  base::Refusals refusals;
  for (std::size_t i = 0; i < blueprint.spec_.views.size(); ++i) refusals.note(blueprint.resolve_view(i));
  for (std::size_t i = 0; i < blueprint.spec_.statistics.size(); ++i) refusals.note(blueprint.resolve_statistic(i));
  if (!refusals.empty()) return refusals.status();
  return blueprint;
}

Status Blueprint::resolve_view(std::size_t index) {
  const ViewSpec& view = spec_.views[index];
  const std::string place = element("views", index);
  base::Refusals refusals;
  refusals.note(check_place(spec_.views, index));
  if (view.window < 1 || view.window > kMaxWindow) {
    refusals.note(base::invalid_input(place + ".window: " + std::to_string(view.window) + " is not between 1 and " +
                                      std::to_string(kMaxWindow)));
  }
  if (view.features.empty() || view.features.size() > kMaxViewFeatures) {
    refusals.note(base::invalid_input(place + ".features: holds " + std::to_string(view.features.size()) +
                                      "; expected between 1 and " + std::to_string(kMaxViewFeatures) + " features"));
  }
  view_index_[static_cast<std::size_t>(view.view)] = static_cast<int>(index);
  ViewSources& sources = view_sources_[index];
  switch (view.view) {
    case View::kSwipe:
      refusals.note(resolve_features(place, view, swipe_source, sources.swipe));
      break;
    case View::kTap:
      refusals.note(resolve_features(place, view, tap_source, sources.tap));
      break;
    case View::kBrowse:
      refusals.note(resolve_features(place, view, browse_source, sources.browse));
      break;
  }
  return refusals.status();
}

Status Blueprint::resolve_statistic(std::size_t index) {
  const FeatureSpec& feature = spec_.statistics[index];
  const std::string place = element("statistics", index);
  INKLING_ASSIGN(const ValueKind kind, check_source(place, feature.source, std::nullopt));
  INKLING_TRY(check_encoder(place, feature, kind, std::nullopt));
  INKLING_ASSIGN(const StatisticSource source, statistic_source(feature.source));
  statistic_sources_.push_back(source);
  reads_session_ = reads_session_ || source.session_value != nullptr;
  auto& list = feature.encoder.gives_number() ? number_sources_ : id_sources_;
  list.push_back({source, index});
  return {};
}

std::vector<const Encoder*> Blueprint::statistic_id_encoders() const {
  std::vector<const Encoder*> encoders;
  for (const Statistic& statistic : id_sources_) encoders.push_back(&spec_.statistics[statistic.feature].encoder);
  return encoders;
}

void Blueprint::read_record(std::size_t view_index, const state::SwipeRecord& record, std::span<Value> values) const {
  read_values(view_sources_[view_index].swipe, record, local_, values);
}
void Blueprint::read_record(std::size_t view_index, const state::TapRecord& record, std::span<Value> values) const {
  read_values(view_sources_[view_index].tap, record, local_, values);
}
void Blueprint::read_record(std::size_t view_index, const state::BrowseRecord& record,
                            std::span<Value> values) const {
  read_values(view_sources_[view_index].browse, record, local_, values);
}

SessionSummary Blueprint::session_of(const state::ShopperState& state, std::int64_t now_ms) const {
  return reads_session_ ? summarise_session(state, now_ms, spec_.session_gap_ms) : SessionSummary();
}

Value Blueprint::read(const StatisticSource& source, const state::ShopperState& state, const SessionSummary& session,
                      std::int64_t now_ms) const {
  if (source.session_value != nullptr) return source.session_value(session, local_, source.group);
  return source.value(state, now_ms, local_, source.group, source.half_life);
}

void Blueprint::read_statistics(const state::ShopperState& state, std::int64_t now_ms,
                                std::span<Value> values) const {
  const SessionSummary session = session_of(state, now_ms);
  for (std::size_t i = 0; i < statistic_sources_.size(); ++i) {
    values[i] = read(statistic_sources_[i], state, session, now_ms);
  }
}

void Blueprint::encode_values(std::size_t view_index, std::span<const Value> values,
                              std::span<std::uint32_t> ids) const {
  const auto& features = spec_.views[view_index].features;
  for (std::size_t i = 0; i < features.size(); ++i) ids[i] = features[i].encoder.id(values[i]);
}

void Blueprint::encode_statistics(const state::ShopperState& state, std::int64_t now_ms, std::span<float> numbers,
                                  std::span<std::uint32_t> ids) const {
  const SessionSummary session = session_of(state, now_ms);
  const auto value = [&](const Statistic& statistic) { return read(statistic.source, state, session, now_ms); };
  for (std::size_t i = 0; i < number_sources_.size(); ++i) {
    numbers[i] = spec_.statistics[number_sources_[i].feature].encoder.number(value(number_sources_[i]));
  }
  for (std::size_t i = 0; i < id_sources_.size(); ++i) {
    ids[i] = spec_.statistics[id_sources_[i].feature].encoder.id(value(id_sources_[i]));
  }
}

}  // namespace inkling::feature
