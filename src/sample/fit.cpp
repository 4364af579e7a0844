#include "sample/fit.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>
#include <vector>

#include "feature/record_reader.h"
#include "sample/thinned_values.h"

namespace inkling::sample {
namespace {

using base::Status;
using feature::Encoder;
using feature::EncoderKind;
using feature::Value;

class EncoderFit {
 public:
  explicit EncoderFit(Encoder encoder) : encoder_(std::move(encoder)) {}

  void add(const Value& value) {
    if (encoder_.kind == EncoderKind::kNumber) return add_number(encoder_.raw_number(value));
    if (value.missing) return;
    switch (encoder_.kind) {
      case EncoderKind::kQuantile:
        values_.add(value.number);
        break;
      case EncoderKind::kVocabulary:
        ++counts_[value.name];
        break;
      default:
        break;
    }
  }

  Encoder fitted() {
    switch (encoder_.kind) {
      case EncoderKind::kQuantile:
        fit_quantiles();
        break;
      case EncoderKind::kLog:
        fit_log_spacing();
        break;
      case EncoderKind::kVocabulary:
        fit_vocabulary();
        break;
      case EncoderKind::kNumber:
        fit_number();
        break;
      default:
        break;
    }
    return std::move(encoder_);
  }

 private:
  void add_number(std::optional<double> value) {
    if (!value.has_value()) return;
    ++count_;
    const double step = *value - mean_;
    mean_ += step / static_cast<double>(count_);
    squares_ += step * (*value - mean_);
  }

  void fit_number() {
    encoder_.mean = count_ > 0 ? mean_ : 0;
    const double variance = count_ > 1 ? squares_ / static_cast<double>(count_ - 1) : 0;
    encoder_.deviation = variance > 1e-12 ? std::sqrt(variance) : 1;
  }

  void fit_quantiles() {
    const std::vector<double> sorted = values_.sorted();
    encoder_.cuts.clear();
    for (std::uint32_t i = 1; i < encoder_.bins && !sorted.empty(); ++i) {
      const double cut = sorted[sorted.size() * i / encoder_.bins];
      const bool grows = encoder_.cuts.empty() ? cut > sorted.front() : cut > encoder_.cuts.back();
      if (grows) encoder_.cuts.push_back(cut);
    }
  }

  void fit_log_spacing() {
    encoder_.cuts.clear();
    const double low = std::log(encoder_.minimum);
    const double step = (std::log(encoder_.maximum) - low) / (encoder_.bins - 1);
    for (std::uint32_t i = 0; i + 1 < encoder_.bins; ++i) {
      const double cut = std::exp(low + step * i);
      const bool grows = encoder_.cuts.empty() || cut > encoder_.cuts.back();  // many bins may round to one number
      if (grows) encoder_.cuts.push_back(cut);
    }
  }

  void fit_vocabulary() {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> frequent;  // count, name
    for (const auto& [name, count] : counts_) {
      if (count >= encoder_.min_count) frequent.emplace_back(count, name);
    }
    std::sort(frequent.begin(), frequent.end(), std::greater<>());
    if (frequent.size() > encoder_.max_entries) frequent.resize(encoder_.max_entries);
    encoder_.entries.clear();
    for (const auto& [count, name] : frequent) encoder_.entries.push_back(name);
    std::sort(encoder_.entries.begin(), encoder_.entries.end());
  }

  Encoder encoder_;
  ThinnedValues<double> values_;
  std::unordered_map<std::uint64_t, std::uint64_t> counts_;
  std::uint64_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

std::vector<EncoderFit> fits_of(const std::vector<feature::FeatureSpec>& features) {
  std::vector<EncoderFit> fits;
  for (const auto& feature : features) fits.emplace_back(feature.encoder);
  return fits;
}

class FitVisitor final : public ReplayVisitor, public feature::RecordSink {
 public:
  FitVisitor(const feature::Blueprint& blueprint, const SamplePlan& plan) : blueprint_(blueprint), plan_(plan) {
    for (const auto& view : blueprint.spec().views) views_.push_back(fits_of(view.features));
    statistics_ = fits_of(blueprint.spec().statistics);
    values_.resize(statistics_.size());
  }

  Status begin_shopper(std::string_view shopper) override {
    cursor_ = {};
    in_train_ = part_of(plan_, shopper, plan_.train_until_ms - 1) == Part::kTrain;
    return {};
  }
  Status folded(const state::ShopperState& state) override {
    if (feature::read_new_records(blueprint_, state, cursor_, *this)) return {};
    return lost_records();
  }
  Status point(const state::ShopperState& state, const DecisionPoint& point) override {
    if (point.part != Part::kTrain) return {};
    ++points_;
    blueprint_.read_statistics(state, point.ts_ms, values_);
    for (std::size_t i = 0; i < values_.size(); ++i) statistics_[i].add(values_[i]);
    return {};
  }
  void begin_session() override {}
  void record(std::size_t view_index, std::int64_t ts_ms, std::span<const Value> values) override {
    if (!in_train_ || ts_ms >= plan_.train_until_ms) return;
    for (std::size_t i = 0; i < values.size(); ++i) views_[view_index][i].add(values[i]);
  }

  [[nodiscard]] std::uint64_t points() const { return points_; }
  feature::BlueprintSpec fitted() {
    feature::BlueprintSpec spec = blueprint_.spec();
    for (std::size_t v = 0; v < views_.size(); ++v) {
      for (std::size_t f = 0; f < views_[v].size(); ++f) spec.views[v].features[f].encoder = views_[v][f].fitted();
    }
    for (std::size_t i = 0; i < statistics_.size(); ++i) spec.statistics[i].encoder = statistics_[i].fitted();
    return spec;
  }

 private:
  const feature::Blueprint& blueprint_;
  const SamplePlan& plan_;
  feature::RecordCursor cursor_;
  bool in_train_ = false;
  std::uint64_t points_ = 0;
  std::vector<std::vector<EncoderFit>> views_;
  std::vector<EncoderFit> statistics_;
  std::vector<Value> values_;
};

}  // namespace

base::Result<feature::BlueprintSpec> fit_blueprint(const store::Store& store, feature::BlueprintSpec unfitted,
                                                   const SamplePlan& plan, const LogSpan& span,
                                                   const store::Progress& progress) {
  INKLING_ASSIGN(const feature::Blueprint blueprint, feature::Blueprint::make(std::move(unfitted)));
  FitVisitor visitor(blueprint, plan);
  INKLING_TRY(replay(store, plan, blueprint.spec().utc_offset_ms, span, visitor, progress));
  if (visitor.points() == 0) {
    return base::invalid_input(
        "no decision point falls into the training part; check points, horizons and split "
        "against the time span of the log");
  }
  return visitor.fitted();
}

feature::Encoder fit_encoder(feature::Encoder unfitted, std::span<const feature::Value> values) {
  EncoderFit fit(std::move(unfitted));
  for (const feature::Value& value : values) fit.add(value);
  return fit.fitted();
}

}  // namespace inkling::sample
