#include "apps/cli/table_samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/core/random.h"
#include "base/files.h"
#include "sample/fit.h"
#include "sample/shard.h"

namespace inkling::cli {
namespace {

using base::Result;
using feature::EncoderKind;
using feature::FeatureSpec;
using feature::Value;
using sample::Part;

// Streams of randomness that must not follow each other's draws.
constexpr std::uint64_t kFoldStream = 1, kValidationStream = 2;
constexpr std::uint32_t kMostNames = 2000, kLeastCount = 2, kSharedIds = 4, kQuantiles = 16;

// The rows of one label, in a drawn order.
std::array<std::vector<std::size_t>, 2> shuffled_by_label(const Table& table, base::Random random) {
  std::array<std::vector<std::size_t>, 2> rows;
  for (std::size_t i = 0; i < table.row_count(); ++i) rows.at(table.labels[i]).push_back(i);
  for (auto& same : rows) {
    for (std::size_t i = same.size(); i > 1; --i) std::swap(same[i - 1], same[random.below(i)]);
  }
  return rows;
}

FeatureSpec feature_of(const std::string& source, EncoderKind kind) {
  FeatureSpec feature{source, {}};
  feature.encoder.kind = kind;
  feature.encoder.bins = kQuantiles;
  feature.encoder.max_entries = kMostNames;
  feature.encoder.min_count = kLeastCount;
  feature.encoder.fallback = kSharedIds;
  return feature;
}

std::vector<Value> training_values(const Table& table, const std::vector<Part>& parts, std::size_t column) {
  std::vector<Value> values;
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    if (parts[i] == Part::kTrain) values.push_back(table.row(i)[column]);
  }
  return values;
}

// Amounts and counts spread over powers; what has a negative side does not.
bool has_no_negative(const std::vector<Value>& values) {
  return std::ranges::none_of(values, [](const Value& value) { return !value.missing && value.number < 0; });
}

feature::BlueprintSpec fitted_blueprint(const Table& table, const std::vector<Part>& parts,
                                        const models::ServingModel& model) {
  feature::BlueprintSpec spec;
  for (std::size_t column = 0; column < table.sources.size(); ++column) {
    const std::string& source = table.sources[column];
    const std::vector<Value> values = training_values(table, parts, column);
    const auto add = [&](FeatureSpec feature) {
      feature.encoder = sample::fit_encoder(std::move(feature.encoder), values);
      spec.statistics.push_back(std::move(feature));
    };
    if (source.starts_with(feature::kCategoryPrefix)) {
      add(feature_of(source, EncoderKind::kVocabulary));
    } else if (model.takes_raw_numbers) {
      add(feature_of(source, EncoderKind::kRaw));
    } else {
      FeatureSpec number = feature_of(source, EncoderKind::kNumber);
      number.encoder.log1p = has_no_negative(values);
      add(std::move(number));
      add(feature_of(source, EncoderKind::kQuantile));
    }
  }
  return spec;
}

void append_row(const Table& table, std::size_t row, Part part, RowEncoder& encoder, sample::ShardColumns& columns) {
  encoder.encode(table.row(row));
  columns.numbers.insert(columns.numbers.end(), encoder.numbers().begin(), encoder.numbers().end());
  columns.statistic_ids.insert(columns.statistic_ids.end(), encoder.ids().begin(), encoder.ids().end());
  columns.labels.push_back(table.labels[row]);
  columns.part.push_back(static_cast<std::uint8_t>(part));
  columns.ts_ms.push_back(0);
  columns.sequence.push_back(static_cast<std::int64_t>(table.lines[row]));
  columns.shopper.push_back(static_cast<std::int64_t>(table.lines[row]));
}

void count_parts(const Table& table, const std::vector<Part>& parts, sample::SampleSet& set) {
  std::array<double, 3> positives{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    ++set.part_counts.at(static_cast<std::size_t>(parts[i]));
    positives.at(static_cast<std::size_t>(parts[i])) += table.labels[i];
  }
  std::array<double, 3> rates{};
  for (std::size_t part = 0; part < rates.size(); ++part) {
    const auto all = static_cast<double>(set.part_counts[part]);
    rates[part] = all > 0 ? positives[part] / all : 0;
  }
  set.base_rates = {rates};
}

}  // namespace

std::vector<int> draw_folds(const Table& table, int folds, std::uint64_t seed) {
  std::vector<int> fold(table.row_count(), 0);
  int next = 0;
  for (const auto& same : shuffled_by_label(table, base::Random::stream(seed, kFoldStream))) {
    for (const std::size_t row : same) fold[row] = next++ % folds;
  }
  return fold;
}

std::vector<bool> draw_test(const Table& table, double share, std::uint64_t seed) {
  std::vector<bool> test(table.row_count(), false);
  for (const auto& same : shuffled_by_label(table, base::Random::stream(seed, kFoldStream))) {
    const auto count = static_cast<std::size_t>(std::lround(share * static_cast<double>(same.size())));
    for (std::size_t i = 0; i < count; ++i) test[same[i]] = true;
  }
  return test;
}

std::vector<Part> draw_parts(const Table& table, const std::vector<bool>& test, double validation_share,
                             std::uint64_t seed) {
  std::vector<Part> parts(table.row_count(), Part::kTest);
  for (const auto& same : shuffled_by_label(table, base::Random::stream(seed, kValidationStream))) {
    const auto learnt = static_cast<double>(std::ranges::count_if(same, [&](std::size_t row) { return !test[row]; }));
    auto held_out = std::llround(validation_share * learnt);
    for (const std::size_t row : same) {
      if (!test[row]) parts[row] = held_out-- > 0 ? Part::kValidation : Part::kTrain;
    }
  }
  return parts;
}

Result<sample::SampleSet> make_table_samples(const Table& table, const std::string& label,
                                             const std::vector<Part>& parts, const models::ServingModel& model,
                                             const std::filesystem::path& folder) {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);  // derived data: always made anew
  INKLING_TRY(base::make_directories(folder.string()));
  sample::SampleSet set;
  set.folder = folder;
  set.shards = {folder / "part-00000.safetensors"};
  set.blueprint = fitted_blueprint(table, parts, model);
  set.plan.targets = {{label, 1}};  // a row is about its own session: no horizon lies before its label
  set.plan.train_until_ms = set.plan.test_from_ms = set.plan.test_until_ms = 1;
  count_parts(table, parts, set);
  INKLING_ASSIGN(const feature::Blueprint blueprint, feature::Blueprint::make(set.blueprint));
  INKLING_ASSIGN(RowEncoder encoder, RowEncoder::make(set.blueprint, table));
  sample::ShardColumns columns;
  for (std::size_t row = 0; row < table.row_count(); ++row) append_row(table, row, parts[row], encoder, columns);
  INKLING_TRY(sample::write_shard(set.shards.front(), columns, blueprint, set.plan));
  return set;
}

std::vector<std::string> idle_columns(const Table& table, const std::vector<Part>& parts) {
  std::vector<std::string> sentences;
  for (std::size_t column = 0; column < table.sources.size(); ++column) {
    const std::vector<Value> values = training_values(table, parts, column);
    const auto same = [&](const Value& value) {
      return value.missing == values.front().missing && value.number == values.front().number &&
             value.name == values.front().name;
    };
    if (values.empty() || !std::ranges::all_of(values, same)) continue;
    const std::string name = table.sources[column].substr(table.sources[column].find('.') + 1);
    sentences.push_back(fmt::format("column \"{}\" {} in every training row; nothing can be learnt from it", name,
                                    values.front().missing ? "is empty" : "says the same"));
  }
  return sentences;
}

Result<RowEncoder> RowEncoder::make(const feature::BlueprintSpec& blueprint, const Table& table) {
  RowEncoder encoder;
  for (const FeatureSpec& feature : blueprint.statistics) {
    const auto found = std::ranges::find(table.sources, feature.source);
    if (found == table.sources.end()) {
      return base::invalid_input("the package reads " + feature.source + ", which is no column of a table");
    }
    encoder.reads_.push_back({static_cast<std::size_t>(found - table.sources.begin()), &feature.encoder});
  }
  return encoder;
}

void RowEncoder::encode(std::span<const Value> row) {
  numbers_.clear();
  ids_.clear();
  for (const Read& read : reads_) {
    if (read.encoder->gives_number()) {
      numbers_.push_back(read.encoder->number(row[read.column]));
    } else {
      ids_.push_back(read.encoder->id(row[read.column]));
    }
  }
}

}  // namespace inkling::cli
