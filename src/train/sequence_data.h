// Sample shards as LibTorch batches: each view's window of records, and the records before it since the session began
// (through which the recurrent state is carried without gradient, models.md A.3 step 5).
// Thread safety: immutable after load; batch() may run on any thread and starts none. Cost of batch(): one copy of
// the records it names. Shards stay memory-mapped: what is not in a batch is not read, and the page cache keeps what
// is.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <span>
#include <vector>

#include "base/core/result.h"
#include "sample/build_samples.h"
#include "sample/shard.h"

namespace inkling::train {

struct ViewBatch {
  torch::Tensor prefix_ids;      // [B, P, F] int64, left-aligned, padding 0; P may be 0
  torch::Tensor prefix_lengths;  // [B] int64
  torch::Tensor ids;             // [B, T, F] int64, left-aligned, padding 0; T may be 0
  torch::Tensor lengths;         // [B] int64, at most the view's window
};

struct Batch {
  std::vector<ViewBatch> views;
  torch::Tensor numbers;        // [B, S] float
  torch::Tensor statistic_ids;  // [B, D] int64
  torch::Tensor labels;         // [B, K] float
  [[nodiscard]] std::int64_t size() const { return labels.size(0); }
};

struct SampleRef {
  std::uint32_t shard = 0;
  std::uint32_t index = 0;
};

class SequenceData {
 public:
  [[nodiscard]] static base::Result<SequenceData> load(const sample::SampleSet& set);

  [[nodiscard]] const std::vector<SampleRef>& part(sample::Part part) const {
    return parts_[static_cast<std::size_t>(part)];
  }
  [[nodiscard]] Batch batch(std::span<const SampleRef> samples) const;
  // Records of all views that a sample carries: batches of similar length waste little padding.
  [[nodiscard]] std::int64_t length(SampleRef sample) const;
  [[nodiscard]] float label(SampleRef sample, std::size_t target) const;

 private:
  ViewBatch view_batch(std::size_t view, std::span<const SampleRef> samples) const;
  std::vector<sample::Shard> shards_;
  std::vector<std::int64_t> windows_;
  std::array<std::vector<SampleRef>, 3> parts_;
};

}  // namespace inkling::train
