#include "feature/feature_check.h"

namespace inkling::feature {
namespace {

using base::Result;
using base::Status;

// What encoder_from_json refuses may still come from a spec that was put together in C++.
Status check_sizes(const Encoder& encoder) {
  if (encoder.kind == EncoderKind::kIndex && encoder.size == 0) {
    return base::invalid_input("an index encoder needs a size of at least 1");
  }
  if (encoder.kind == EncoderKind::kVocabulary && encoder.fallback == 0) {
    return base::invalid_input("a vocabulary needs a fallback of at least 1 id");
  }
  return {};
}

Status fits(const FeatureSpec& feature, ValueKind source_kind, bool number_allowed) {
  const EncoderKind kind = feature.encoder.kind;
  if (feature.encoder.gives_number() && !number_allowed) {
    return base::invalid_input(
        "\"" + std::string(encoder_kind_name(kind)) + "\" gives no ids, which a view needs; expected " +
        std::string(source_kind == ValueKind::kName ? "vocabulary" : "one of quantile, log, cuts, index"));
  }
  if (encoder_input(kind) == source_kind) return check_sizes(feature.encoder);
  const bool name = source_kind == ValueKind::kName;
  return base::invalid_input("\"" + std::string(encoder_kind_name(kind)) + "\" cannot read " + feature.source +
                             ", which is a " + (name ? "name" : "number") + "; expected " +
                             (name             ? "vocabulary"
                              : number_allowed ? "one of quantile, log, cuts, index, number, raw"
                                               : "one of quantile, log, cuts, index"));
}

template <typename Source>
Result<ValueKind> kind_of(const Result<const Source*>& source) {
  if (!source.ok()) return source.status();
  return (*source)->kind;
}

Result<ValueKind> source_kind(const std::string& source, std::optional<View> view) {
  if (!view.has_value()) {
    INKLING_ASSIGN(const StatisticSource statistic, statistic_source(source));
    return statistic.kind;
  }
  switch (*view) {
    case View::kSwipe:
      return kind_of(swipe_source(source));
    case View::kTap:
      return kind_of(tap_source(source));
    case View::kBrowse:
      break;
  }
  return kind_of(browse_source(source));
}

}  // namespace

Result<ValueKind> check_source(const std::string& place, const std::string& source, std::optional<View> view) {
  auto kind = source_kind(source, view);
  return kind.ok() ? kind : Result<ValueKind>(kind.status().within(place + ".source"));
}

Status check_encoder(const std::string& place, const FeatureSpec& feature, ValueKind source_kind,
                     std::optional<View> view) {
  return fits(feature, source_kind, !view.has_value()).within(place + ".encoder.kind");
}

// Shards keep views in View order, so a blueprint that lists them otherwise would read another view's records.
Status check_place(const std::vector<ViewSpec>& views, std::size_t index) {
  const std::string here = "views[" + std::to_string(index) + "].view: ";
  const View view = views[index].view;
  for (std::size_t before = 0; before < index; ++before) {
    if (views[before].view < view) continue;
    const std::string name(view_name(view));
    if (views[before].view == view) {
      return base::invalid_input(here + "\"" + name + "\" stands twice; expected each view at most once");
    }
    return base::invalid_input(here + "\"" + name + "\" comes after \"" + std::string(view_name(views[before].view)) +
                               "\"; expected the order swipe, tap, browse");
  }
  return {};
}

}  // namespace inkling::feature
