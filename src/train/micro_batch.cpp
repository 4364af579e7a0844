#include "train/micro_batch.h"

#include <algorithm>

namespace inkling::train {

Batch part_of(const Batch& batch, std::int64_t begin, std::int64_t count) {
  const auto part = [&](const torch::Tensor& tensor) { return tensor.narrow(0, begin, count); };
  Batch result;
  for (const ViewBatch& view : batch.views) {
    result.views.push_back({part(view.prefix_ids), part(view.prefix_lengths), part(view.ids), part(view.lengths)});
  }
  result.numbers = part(batch.numbers);
  result.statistic_ids = part(batch.statistic_ids);
  result.labels = part(batch.labels);
  return result;
}

double accumulate_gradients(Network& network, const Batch& batch, const std::vector<double>& loss_weights) {
  const std::int64_t all = batch.size(), asked = network.micro_batch();
  const std::int64_t size = asked > 0 ? std::min(asked, all) : all;
  double sum = 0;
  for (std::int64_t begin = 0; begin < all; begin += size) {
    const std::int64_t count = std::min(size, all - begin);
    const Batch part = count == all ? batch : part_of(batch, begin, count);
    const double share = static_cast<double>(count) / static_cast<double>(all);
    sum += network.add_gradients(part, loss_weights, share);
  }
  return sum;
}

}  // namespace inkling::train
