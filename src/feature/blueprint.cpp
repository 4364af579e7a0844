#include "feature/blueprint.h"

#include <array>
#include <utility>

#include "feature/record_reader.h"

namespace inkling::feature {
namespace {

using base::Status;

// What encoder_from_json refuses may still come from a spec that was put together in C++.
Status check_sizes(const FeatureSpec& feature) {
  const Encoder& encoder = feature.encoder;
  if (encoder.kind == EncoderKind::kIndex && encoder.size == 0) {
    return base::invalid_input("feature \"" + feature.source + "\": an index encoder needs a size of at least 1");
  }
  if (encoder.kind == EncoderKind::kVocabulary && encoder.fallback == 0) {
    return base::invalid_input("feature \"" + feature.source + "\": a vocabulary needs a fallback of at least 1 id");
  }
  return {};
}

Status check_kind(const FeatureSpec& feature, ValueKind source_kind, bool number_allowed) {
  const EncoderKind kind = feature.encoder.kind;
  if (kind == EncoderKind::kNumber && !number_allowed) {
    return base::invalid_input("feature \"" + feature.source +
                               "\": a view's feature needs an encoder that gives ids, "
                               "found \"number\"; use quantile, log, cuts, index or vocabulary");
  }
  if (encoder_input(kind) == source_kind) return check_sizes(feature);
  const bool name = source_kind == ValueKind::kName;
  return base::invalid_input("feature \"" + feature.source + "\" is a " + (name ? "name" : "number") +
                             ", which encoder \"" + std::string(encoder_kind_name(kind)) + "\" cannot read; use " +
                             (name ? "vocabulary" : "quantile, log, cuts, index or number"));
}

// Shards keep views in View order, so a blueprint that lists them otherwise would read another view's records.
Status check_place(const std::vector<ViewSpec>& views, std::size_t index) {
  const View view = views[index].view;
  for (std::size_t before = 0; before < index; ++before) {
    if (views[before].view < view) continue;
    const std::string name(view_name(view));
    if (views[before].view == view) return base::invalid_input("view \"" + name + "\" is named twice");
    return base::invalid_input("view \"" + name + "\" comes after \"" + std::string(view_name(views[before].view)) +
                               "\"; the order is swipe, tap, browse");
  }
  return {};
}

template <typename Source>
Status resolve_features(const std::vector<FeatureSpec>& features,
                        base::Result<const Source*> (*find)(std::string_view), std::vector<const Source*>& sources) {
  for (const FeatureSpec& feature : features) {
    INKLING_ASSIGN(const Source* source, find(feature.source));
    INKLING_TRY(check_kind(feature, source->kind, false));
    sources.push_back(source);
  }
  return {};
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
  for (std::size_t i = 0; i < blueprint.spec_.views.size(); ++i) {
    INKLING_TRY(blueprint.resolve_view(i).within("views[" + std::to_string(i) + "]"));
  }
  for (std::size_t i = 0; i < blueprint.spec_.statistics.size(); ++i) {
    INKLING_TRY(blueprint.resolve_statistic(i).within("statistics[" + std::to_string(i) + "]"));
  }
  return blueprint;
}

Status Blueprint::resolve_view(std::size_t index) {
  const ViewSpec& view = spec_.views[index];
  INKLING_TRY(check_place(spec_.views, index));
  if (view.window < 1 || view.window > kMaxWindow) {
    return base::invalid_input("window " + std::to_string(view.window) + " is not between 1 and " +
                               std::to_string(kMaxWindow));
  }
  if (view.features.empty() || view.features.size() > kMaxViewFeatures) {
    return base::invalid_input("a view has between 1 and " + std::to_string(kMaxViewFeatures) + " features, found " +
                               std::to_string(view.features.size()));
  }
  view_index_[static_cast<std::size_t>(view.view)] = static_cast<int>(index);
  ViewSources& sources = view_sources_[index];
  switch (view.view) {
    case View::kSwipe:
      return resolve_features(view.features, swipe_source, sources.swipe);
    case View::kTap:
      return resolve_features(view.features, tap_source, sources.tap);
    case View::kBrowse:
      return resolve_features(view.features, browse_source, sources.browse);
  }
  return {};
}

Status Blueprint::resolve_statistic(std::size_t index) {
  const FeatureSpec& feature = spec_.statistics[index];
  INKLING_ASSIGN(const StatisticSource source, statistic_source(feature.source));
  INKLING_TRY(check_kind(feature, source.kind, true));
  statistic_sources_.push_back(source);
  auto& list = feature.encoder.kind == EncoderKind::kNumber ? number_sources_ : id_sources_;
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

void Blueprint::read_statistics(const state::ShopperState& state, std::int64_t now_ms,
                                std::span<Value> values) const {
  for (std::size_t i = 0; i < statistic_sources_.size(); ++i) {
    const StatisticSource& source = statistic_sources_[i];
    values[i] = source.value(state, now_ms, local_, source.group, source.half_life);
  }
}

void Blueprint::encode_values(std::size_t view_index, std::span<const Value> values,
                              std::span<std::uint32_t> ids) const {
  const auto& features = spec_.views[view_index].features;
  for (std::size_t i = 0; i < features.size(); ++i) ids[i] = features[i].encoder.id(values[i]);
}

void Blueprint::encode_statistics(const state::ShopperState& state, std::int64_t now_ms, std::span<float> numbers,
                                  std::span<std::uint32_t> ids) const {
  const auto value = [&](const Statistic& statistic) {
    return statistic.source.value(state, now_ms, local_, statistic.source.group, statistic.source.half_life);
  };
  for (std::size_t i = 0; i < number_sources_.size(); ++i) {
    numbers[i] = spec_.statistics[number_sources_[i].feature].encoder.number(value(number_sources_[i]));
  }
  for (std::size_t i = 0; i < id_sources_.size(); ++i) {
    ids[i] = spec_.statistics[id_sources_[i].feature].encoder.id(value(id_sources_[i]));
  }
}

}  // namespace inkling::feature
