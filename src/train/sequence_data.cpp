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

// [count, steps, features]. Filled by hand: LibTorch would start threads of its own to zero a large tensor.
class PaddedIds {
 public:
  PaddedIds(std::int64_t count, std::int64_t steps, std::size_t features)
      : tensor_(torch::empty({count, steps, static_cast<std::int64_t>(features)}, torch::kInt64)),
        lengths_(torch::empty({count}, torch::kInt64)),
        row_(steps * static_cast<std::int64_t>(features)),
        out_(tensor_.data_ptr<std::int64_t>()),
        length_(lengths_.data_ptr<std::int64_t>()) {}

  // The next sample's records [begin, end), then padding.
  void add(const sample::Shard::ViewData& view, std::int64_t begin, std::int64_t end) {
    const auto features = static_cast<std::int64_t>(view.features);
    const std::int32_t* ids = view.ids.data();
    std::int64_t* padding = std::copy(ids + begin * features, ids + end * features, out_);
    out_ += row_;
    std::fill(padding, out_, 0);
    *length_++ = end - begin;
  }
  [[nodiscard]] const torch::Tensor& tensor() const { return tensor_; }
  [[nodiscard]] const torch::Tensor& lengths() const { return lengths_; }

 private:
  torch::Tensor tensor_, lengths_;
  std::int64_t row_;
  std::int64_t* out_;
  std::int64_t* length_;
};

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
  const std::size_t features = shards_.front().views[view].features;
  PaddedIds prefix(count, longest_prefix, features), window(count, longest, features);
  for (const SampleRef& sample : samples) {
    const auto& data = shards_[sample.shard].views[view];
    const Extent e = extent(data, sample.index, windows_[view]);
    prefix.add(data, e.begin, e.window_begin);
    window.add(data, e.window_begin, e.end);
  }
  return {prefix.tensor(), prefix.lengths(), window.tensor(), window.lengths()};
}

Batch SequenceData::batch(std::span<const SampleRef> samples) const {
  const sample::Shard& first = shards_.front();
  const auto count = static_cast<std::int64_t>(samples.size());
  Batch batch;
  batch.numbers = torch::empty({count, static_cast<std::int64_t>(first.number_count)});
  batch.statistic_ids = torch::empty({count, static_cast<std::int64_t>(first.statistic_id_count)}, torch::kInt64);
  batch.labels = torch::empty({count, static_cast<std::int64_t>(first.target_count)});
  auto* numbers = batch.numbers.data_ptr<float>();
  auto* ids = batch.statistic_ids.data_ptr<std::int64_t>();
  auto* labels = batch.labels.data_ptr<float>();
  for (const SampleRef& sample : samples) {
    const sample::Shard& shard = shards_[sample.shard];
    const auto row = [&](const auto& values, std::size_t width) {
      return values.subspan(sample.index * width, width);
    };
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
