#include "train/sequence_data.h"

#include <algorithm>
#include <utility>

namespace inkling::train {
namespace {

struct Extent {
  std::int64_t begin = 0, window_begin = 0, end = 0;
};

Extent extent(const sample::Shard::ViewData& view, std::uint32_t index, std::int64_t window) {
  const std::int64_t begin = view.begin[index];
  const std::int64_t end = view.end[index];
  return {begin, std::max(begin, end - window), end};
}

void copy_records(const sample::Shard::ViewData& view, std::int64_t begin, std::int64_t end, std::int64_t* out) {
  const auto features = static_cast<std::int64_t>(view.features);
  const std::int32_t* ids = view.ids.data();
  std::copy(ids + begin * features, ids + end * features, out);
}

}  // namespace

base::Result<SequenceData> SequenceData::load(const sample::SampleSet& set) {
  SequenceData data;
  for (const auto& view : set.blueprint.views) data.windows_.push_back(view.window);
  for (const auto& path : set.shards) {
    INKLING_ASSIGN(sample::Shard shard, sample::Shard::open(path));
    const auto number = static_cast<std::uint32_t>(data.shards_.size());
    for (std::uint32_t i = 0; i < shard.sample_count(); ++i) data.parts_.at(shard.part[i]).push_back({number, i});
    data.shards_.push_back(std::move(shard));
  }
  return data;
}

std::int64_t SequenceData::length(SampleRef sample) const {
  std::int64_t sum = 0;
  for (const auto& view : shards_[sample.shard].views) sum += view.end[sample.index] - view.begin[sample.index];
  return sum;
}

float SequenceData::label(SampleRef sample, std::size_t target) const {
  const sample::Shard& shard = shards_[sample.shard];
  return static_cast<float>(shard.labels[sample.index * shard.target_count + target]);
}

ViewBatch SequenceData::view_batch(std::size_t view, std::span<const SampleRef> samples) const {
  const auto count = static_cast<std::int64_t>(samples.size());
  std::int64_t longest_prefix = 0, longest = 0;
  for (const SampleRef& sample : samples) {
    const Extent e = extent(shards_[sample.shard].views[view], sample.index, windows_[view]);
    longest_prefix = std::max(longest_prefix, e.window_begin - e.begin);
    longest = std::max(longest, e.end - e.window_begin);
  }
  const auto features = static_cast<std::int64_t>(shards_.front().views[view].features);
  ViewBatch batch{torch::zeros({count, longest_prefix, features}, torch::kInt64), torch::zeros({count}, torch::kInt64),
                  torch::zeros({count, longest, features}, torch::kInt64), torch::zeros({count}, torch::kInt64)};
  auto* prefix = batch.prefix_ids.data_ptr<std::int64_t>();
  auto* ids = batch.ids.data_ptr<std::int64_t>();
  for (std::int64_t i = 0; i < count; ++i) {
    const SampleRef sample = samples[static_cast<std::size_t>(i)];
    const auto& data = shards_[sample.shard].views[view];
    const Extent e = extent(data, sample.index, windows_[view]);
    copy_records(data, e.begin, e.window_begin, prefix + i * longest_prefix * features);
    copy_records(data, e.window_begin, e.end, ids + i * longest * features);
    batch.prefix_lengths.data_ptr<std::int64_t>()[i] = e.window_begin - e.begin;
    batch.lengths.data_ptr<std::int64_t>()[i] = e.end - e.window_begin;
  }
  return batch;
}

Batch SequenceData::batch(std::span<const SampleRef> samples) const {
  const sample::Shard& first = shards_.front();
  const auto count = static_cast<std::int64_t>(samples.size());
  Batch batch;
  batch.numbers = torch::zeros({count, static_cast<std::int64_t>(first.number_count)});
  batch.statistic_ids = torch::zeros({count, static_cast<std::int64_t>(first.statistic_id_count)}, torch::kInt64);
  batch.labels = torch::zeros({count, static_cast<std::int64_t>(first.target_count)});
  auto* numbers = batch.numbers.data_ptr<float>();
  auto* ids = batch.statistic_ids.data_ptr<std::int64_t>();
  auto* labels = batch.labels.data_ptr<float>();
  for (const SampleRef& sample : samples) {
    const sample::Shard& shard = shards_[sample.shard];
    const auto row = [&](const auto& values, std::size_t width) { return values.subspan(sample.index * width, width); };
    const auto number_row = row(shard.numbers, shard.number_count);
    const auto id_row = row(shard.statistic_ids, shard.statistic_id_count);
    const auto label_row = row(shard.labels, shard.target_count);
    numbers = std::copy(number_row.begin(), number_row.end(), numbers);
    ids = std::copy(id_row.begin(), id_row.end(), ids);
    labels = std::copy(label_row.begin(), label_row.end(), labels);
  }
  for (std::size_t v = 0; v < windows_.size(); ++v) batch.views.push_back(view_batch(v, samples));
  return batch;
}

}  // namespace inkling::train
