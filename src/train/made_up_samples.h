// Samples on the edges with random ids, and logits to compare: for tests and figures of sequence models, never for
// the product. Samples are empty, have one record, a window less one, exactly, plus one, three windows; and anything
// between. Thread safety: none. Failure: a Status that names what did not fit; LibTorch throws.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/core/random.h"
#include "feature/blueprint.h"
#include "feature/scorer.h"
#include "sample/build_samples.h"
#include "sample/shard.h"
#include "train/fit_network.h"
#include "train/sequence_data.h"

namespace inkling::train::made_up {

using Logits = std::vector<std::vector<float>>;  // one row a sample, one column a target

inline feature::FeatureSpec indexed(std::string source, std::uint32_t size) {
  feature::Encoder encoder;
  encoder.kind = feature::EncoderKind::kIndex;
  encoder.size = size;
  return {std::move(source), encoder};
}

inline std::vector<feature::Target> two_targets() {
  return {{"purchase_1h", 3'600'000}, {"purchase_1d", 86'400'000}};
}

// Records of each view that each sample has: every edge in all views at once, then shifted against each other so that
// long views meet empty ones, then `random_count` in between.
inline std::vector<std::vector<std::size_t>> edge_lengths(const feature::BlueprintSpec& spec,
                                                          std::size_t random_count, base::Random& random) {
  constexpr std::size_t kEdges = 6;
  std::vector<std::vector<std::size_t>> samples;
  for (std::size_t i = 0; i < 3 * kEdges + random_count; ++i) {
    std::vector<std::size_t> lengths;
    for (std::size_t v = 0; v < spec.views.size(); ++v) {
      const std::size_t window = spec.views[v].window;
      const std::array<std::size_t, kEdges> edges = {0, 1, window - 1, window, window + 1, 3 * window};
      const std::size_t edge = (i % kEdges + i / kEdges * v) % kEdges;
      lengths.push_back(i < 3 * kEdges ? edges[edge] : random.below(3 * window + 1));
    }
    samples.push_back(std::move(lengths));
  }
  return samples;
}

inline std::int32_t random_id(const feature::Encoder& encoder, base::Random& random) {
  return static_cast<std::int32_t>(feature::kMissingId + random.below(encoder.id_count() - feature::kMissingId));
}

inline sample::ShardColumns random_columns(const feature::Blueprint& blueprint,
                                           const std::vector<std::vector<std::size_t>>& lengths,
                                           base::Random& random) {
  sample::ShardColumns columns;
  columns.views.resize(blueprint.spec().views.size());
  for (const auto& sample : lengths) {
    for (std::size_t v = 0; v < sample.size(); ++v) {
      const auto& features = blueprint.spec().views[v].features;
      auto& view = columns.views[v];
      view.begin.push_back(static_cast<std::int64_t>(view.ids.size() / features.size()));
      view.end.push_back(view.begin.back() + static_cast<std::int64_t>(sample[v]));
      for (std::size_t r = 0; r < sample[v]; ++r) {
        for (const auto& feature : features) view.ids.push_back(random_id(feature.encoder, random));
      }
    }
    for (std::size_t i = 0; i < blueprint.number_count(); ++i) {
      columns.numbers.push_back(static_cast<float>(random.normal()));
    }
    for (const auto* encoder : blueprint.statistic_id_encoders()) {
      columns.statistic_ids.push_back(random_id(*encoder, random));
    }
    for (std::size_t k = 0; k < two_targets().size(); ++k) columns.labels.push_back(random.chance(0.5) ? 1 : 0);
    columns.part.push_back(static_cast<std::uint8_t>(sample::Part::kTrain));
    for (auto* column : {&columns.ts_ms, &columns.sequence, &columns.shopper}) column->push_back(0);
  }
  return columns;
}

// Samples in memory and, read back from a shard, as the training half sees them.
struct Samples {
  sample::ShardColumns columns;
  sample::SampleSet set;
};

inline base::Result<Samples> write_samples(sample::ShardColumns columns, const feature::Blueprint& blueprint,
                                           const std::filesystem::path& folder) {
  Samples samples;
  samples.set.folder = folder;
  samples.set.shards = {folder / "part-00000.safetensors"};
  samples.set.blueprint = blueprint.spec();
  samples.set.plan.targets = two_targets();
  samples.set.plan.train_until_ms = samples.set.plan.test_from_ms = samples.set.plan.test_until_ms = 1;
  samples.set.base_rates.assign(two_targets().size(), {0.5, 0.5, 0.5});
  for (const std::uint8_t part : columns.part) ++samples.set.part_counts.at(part);
  INKLING_TRY(sample::write_shard(samples.set.shards.front(), columns, blueprint, samples.set.plan));
  samples.columns = std::move(columns);
  return samples;
}

// As training computes them: through batches of `batch_size` samples of mixed length, padded.
inline Logits network_logits(Network& network, const SequenceData& data, std::size_t batch_size) {
  const torch::NoGradGuard no_gradient;
  network.eval();
  Logits rows;
  const auto& refs = data.part(sample::Part::kTrain);
  for (std::size_t at = 0; at < refs.size(); at += batch_size) {
    const auto batch = data.batch(std::span(refs).subspan(at, std::min(batch_size, refs.size() - at)));
    const torch::Tensor logits = network.forward(batch).contiguous();
    const float* values = logits.data_ptr<float>();
    for (std::int64_t i = 0; i < logits.size(0); ++i, values += logits.size(1))
      rows.emplace_back(values, values + logits.size(1));
  }
  return rows;
}

inline double largest_difference(const Logits& a, const Logits& b) {
  double largest = a.size() == b.size() ? 0 : INFINITY;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    for (std::size_t k = 0; k < a[i].size(); ++k) {
      const double difference = std::abs(static_cast<double>(a[i][k]) - static_cast<double>(b[i][k]));
      largest = std::isnan(difference) ? INFINITY : std::max(largest, difference);
    }
  }
  return largest;
}

// Standard deviation over all samples and targets: how much there is to tell apart.
inline double deviation(const Logits& logits) {
  double sum = 0, squares = 0, count = 0;
  for (const auto& row : logits) {
    for (const float value : row) {
      sum += value;
      squares += static_cast<double>(value) * static_cast<double>(value);
      ++count;
    }
  }
  return std::sqrt(std::max(0.0, squares / count - sum / count * (sum / count)));
}

}  // namespace inkling::train::made_up
