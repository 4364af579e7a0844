#include "train/epoch_order.h"

#include <algorithm>
#include <utility>

#include "base/core/random.h"

namespace inkling::train {
namespace {

constexpr std::size_t kSortedBatches = 32;  // lengths are sorted within chunks of so many batches

template <typename T>
void shuffle(std::vector<T>& values, base::Random& random) {
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random.below(i)]);
}

}  // namespace

BatchList plain_batches(const std::vector<SampleRef>& samples, std::int64_t batch_size) {
  BatchList batches;
  for (auto at = samples.begin(); at < samples.end();) {
    const auto end = at + std::min<std::ptrdiff_t>(batch_size, samples.end() - at);
    batches.emplace_back(at, end);
    at = end;
  }
  return batches;
}

BatchList epoch_batches(const SequenceData& data, std::int64_t batch_size, std::uint64_t seed, int epoch) {
  base::Random random = base::Random::stream(seed, static_cast<std::uint64_t>(epoch));
  std::vector<SampleRef> order = data.part(sample::Part::kTrain);
  shuffle(order, random);
  const std::size_t chunk_size = static_cast<std::size_t>(batch_size) * kSortedBatches;
  const auto shorter = [&](SampleRef a, SampleRef b) { return data.length(a) < data.length(b); };
  for (std::size_t chunk = 0; chunk < order.size(); chunk += chunk_size) {
    const auto place = [&](std::size_t at) { return order.begin() + static_cast<std::ptrdiff_t>(at); };
    std::stable_sort(place(chunk), place(std::min(chunk + chunk_size, order.size())), shorter);
  }
  BatchList batches = plain_batches(order, batch_size);
  shuffle(batches, random);
  return batches;
}

}  // namespace inkling::train
