#include "train/batch_loader.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "artifact/test_folder.h"
#include "base/core/random.h"
#include "sample/shard.h"
#include "train/epoch_order.h"

namespace inkling::train {
namespace {

// Sessions of 0 to 40 records of two features, of which a view of window 10 sees the end.
class LoaderData {
 public:
  explicit LoaderData(std::size_t samples, std::int64_t longest = 40) {
    feature::Encoder index;
    index.kind = feature::EncoderKind::kIndex;
    index.size = 1000;
    feature::BlueprintSpec spec;
    spec.views.push_back({feature::View::kBrowse, 10, {{"action", index}, {"hour", index}}});
    spec.statistics.push_back({"age_ms", {}});
    spec.statistics.push_back({"hour", index});
    sample::SampleSet& set = set_;
    set.plan.targets = {{"purchase_1h", 3'600'000}};
    set.plan.train_until_ms = set.plan.test_from_ms = set.plan.test_until_ms = 1;
    set.blueprint = spec;
    set.shards = {folder_.path() / "part-00000.safetensors"};
    const auto made = feature::Blueprint::make(spec);
    EXPECT_TRUE(made.ok()) << made.status().message();
    const auto written = sample::write_shard(set.shards.front(), columns(samples, longest), *made, set.plan);
    EXPECT_TRUE(written.ok()) << written.message();
    auto data = SequenceData::load(set);
    EXPECT_TRUE(data.ok()) << data.status().message();
    if (data.ok()) data_ = *std::move(data);
  }
  [[nodiscard]] const SequenceData& data() const { return data_; }
  [[nodiscard]] const sample::SampleSet& set() const { return set_; }

 private:
  static sample::ShardColumns columns(std::size_t samples, std::int64_t longest) {
    base::Random random(4);
    sample::ShardColumns columns;
    columns.views.resize(1);
    auto& view = columns.views.front();
    for (std::size_t i = 0; i < samples; ++i) {
      view.begin.push_back(static_cast<std::int64_t>(view.ids.size() / 2));
      const std::uint64_t records = random.below(static_cast<std::uint64_t>(longest) + 1);
      for (std::uint64_t r = 0; r < 2 * records; ++r) view.ids.push_back(2 + static_cast<int>(random.below(1000)));
      view.end.push_back(static_cast<std::int64_t>(view.ids.size() / 2));
      columns.numbers.push_back(static_cast<float>(random.normal()));
      columns.statistic_ids.push_back(2 + static_cast<int>(random.below(24)));
      columns.labels.push_back(random.below(2) == 0 ? 0 : 1);
      columns.part.push_back(0);
      for (auto* column : {&columns.ts_ms, &columns.sequence, &columns.shopper}) column->push_back(0);
    }
    return columns;
  }
  artifact::TestFolder folder_;
  sample::SampleSet set_;
  SequenceData data_;
};

bool equal(const Batch& a, const Batch& b) {
  for (std::size_t v = 0; v < a.views.size(); ++v) {
    if (!torch::equal(a.views[v].ids, b.views[v].ids) || !torch::equal(a.views[v].lengths, b.views[v].lengths) ||
        !torch::equal(a.views[v].prefix_ids, b.views[v].prefix_ids) ||
        !torch::equal(a.views[v].prefix_lengths, b.views[v].prefix_lengths)) {
      return false;
    }
  }
  return torch::equal(a.numbers, b.numbers) && torch::equal(a.statistic_ids, b.statistic_ids) &&
         torch::equal(a.labels, b.labels);
}

std::vector<Batch> all_of(BatchLoader& loader) {
  std::vector<Batch> batches;
  while (!loader.done()) batches.push_back(loader.next());
  return batches;
}

TEST(BatchLoader, gives_the_same_batches_in_the_same_order_with_any_number_of_threads) {
  const LoaderData fixture(500);
  const BatchList batches = epoch_batches(fixture.data(), 7, 1, 1);
  BatchLoader inline_loader(fixture.data(), batches, 0, 0);
  const std::vector<Batch> expected = all_of(inline_loader);
  ASSERT_EQ(expected.size(), 72U);
  for (const int threads : {1, 2, 5, 100}) {
    BatchLoader loader(fixture.data(), batches, 0, threads);
    const std::vector<Batch> found = all_of(loader);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_TRUE(equal(found[i], expected[i])) << threads << " " << i;
  }
}

TEST(BatchLoader, begins_in_the_middle_of_the_list) {
  const LoaderData fixture(100);
  const BatchList batches = epoch_batches(fixture.data(), 7, 1, 1);
  for (const int threads : {0, 3}) {
    BatchLoader loader(fixture.data(), batches, 9, threads);
    const std::vector<Batch> found = all_of(loader);
    ASSERT_EQ(found.size(), batches.size() - 9);
    EXPECT_TRUE(equal(found.front(), fixture.data().batch(batches[9])));
    EXPECT_TRUE(equal(found.back(), fixture.data().batch(batches.back())));
    BatchLoader past(fixture.data(), batches, batches.size(), threads);
    EXPECT_TRUE(past.done());
  }
}

TEST(BatchLoader, is_left_in_the_middle_without_waiting_for_the_rest) {
  const LoaderData fixture(500);
  const BatchList batches = epoch_batches(fixture.data(), 1, 1, 1);
  for (int i = 0; i < 20; ++i) {
    BatchLoader loader(fixture.data(), batches, 0, 3);
    EXPECT_EQ(loader.next().size(), 1);
  }
}

// Memory that is this process's own, in KiB: what the page cache holds does not count.
std::int64_t own_memory_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("RssAnon:")) return std::stoll(line.substr(8));
  }
  return -1;
}

TEST(SequenceData, leaves_its_shards_to_the_page_cache) {
  const LoaderData fixture(200, 100'000);  // some 80 MB of ids, written and mapped anew
  const std::int64_t before_kib = own_memory_kib();
  ASSERT_GT(before_kib, 0);
  const auto again = SequenceData::load(fixture.set());
  ASSERT_TRUE(again.ok());
  for (const SampleRef& sample : again->part(sample::Part::kTrain)) {
    EXPECT_EQ(again->batch(std::span(&sample, 1)).size(), 1);
  }
  EXPECT_LT(own_memory_kib() - before_kib, 20'000) << "a batch, never the shard";
}

TEST(SequenceData, pads_a_session_of_ten_thousand_records_beside_an_empty_one) {
  const LoaderData fixture(40, 10'000);
  std::vector<SampleRef> samples = fixture.data().part(sample::Part::kTrain);
  const Batch batch = fixture.data().batch(samples);
  const ViewBatch& view = batch.views.front();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto row = static_cast<std::int64_t>(i);
    const std::int64_t prefix = view.prefix_lengths[row].item<std::int64_t>();
    const std::int64_t window = view.lengths[row].item<std::int64_t>();
    EXPECT_EQ(prefix + window, fixture.data().length(samples[i]));
    EXPECT_LE(window, 10);
    EXPECT_TRUE(prefix == 0 || window == 10);
    EXPECT_EQ((view.prefix_ids[row] != 0).sum().item<std::int64_t>(), 2 * prefix);
    EXPECT_EQ((view.ids[row] != 0).sum().item<std::int64_t>(), 2 * window);
  }
}

}  // namespace
}  // namespace inkling::train
