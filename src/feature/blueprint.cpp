#include "feature/blueprint.h"

#include <algorithm>
#include <utility>

namespace inkling::feature {
namespace {

template <typename Source>
bool find_all(std::span<const std::uint32_t> numbers, const Source* (*find)(std::size_t),
              std::vector<const Source*>& sources) {
  for (const std::uint32_t number : numbers) sources.push_back(find(number));
  return std::ranges::find(sources, nullptr) == sources.end();
}

template <typename Source, typename Record>
void read_values(const std::vector<const Source*>& sources, const Record& record, const LocalTime& local,
                 std::span<Value> values) {
  for (std::size_t i = 0; i < sources.size(); ++i) values[i] = sources[i]->value(record, local);
}

}  // namespace

bool Blueprint::assign(BlueprintSpec spec, std::span<const std::uint32_t> sources) {
  spec_ = std::move(spec);
  local_.utc_offset_ms = spec_.utc_offset_ms;
  view_sources_.resize(spec_.views.size());
  for (std::size_t i = 0; i < spec_.views.size(); ++i) {
    view_index_[static_cast<std::size_t>(spec_.views[i].view)] = static_cast<int>(i);
    const std::size_t features = spec_.views[i].features.size();
    if (!take_sources(i, sources.first(features))) return false;
    sources = sources.subspan(features);
  }
  for (std::size_t i = 0; i < spec_.statistics.size(); ++i) {
    const StatisticSource source = statistic_source_at(sources[i]);
    if (source.value == nullptr && source.session_value == nullptr) return false;
    statistic_sources_.push_back(source);
    reads_session_ = reads_session_ || source.session_value != nullptr;
    auto& list = spec_.statistics[i].encoder.gives_number() ? number_sources_ : id_sources_;
    list.push_back({source, i});
  }
  return true;
}

bool Blueprint::take_sources(std::size_t view_index, std::span<const std::uint32_t> numbers) {
  ViewSources& sources = view_sources_[view_index];
  switch (spec_.views[view_index].view) {
    case View::kSwipe:
      return find_all(numbers, swipe_source_at, sources.swipe);
    case View::kTap:
      return find_all(numbers, tap_source_at, sources.tap);
    case View::kBrowse:
      return find_all(numbers, browse_source_at, sources.browse);
  }
  return false;
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
