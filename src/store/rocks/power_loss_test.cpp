// Acknowledged means on the disk: what a cut of the power leaves when everything that was not synced is gone.
#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <atomic>
#include <set>
#include <thread>

#include "store/rocks/losing_disk.h"
#include "store/rocks/rocks_store.h"
#include "store/store_fixture.h"

namespace inkling::store {
namespace {

constexpr int kWriters = 3;

// One folder that goes through one cut of the power after the other.
class PowerLoss : public testing::Test {
 protected:
  // Appends from several threads until the power is cut after about `appends` acknowledgements.
  void run_until_cut(std::uint64_t seed, int appends) {
    const auto disk = std::make_shared<rocks::LosingDisk>();
    const std::unique_ptr<rocksdb::Env> env = rocksdb::NewCompositeEnv(disk);
    auto opened = rocks::RocksStore::open(folder_.path() + "/store", options_, clock_, {}, env.get());
    ASSERT_TRUE(opened.ok()) << opened.status().message();
    std::atomic<int> acknowledged{0};
    std::vector<std::set<std::string>> ids(kWriters);
    std::vector<std::thread> writers;
    for (int w = 0; w < kWriters; ++w) {
      writers.emplace_back([&, w] {
        base::Random random = base::Random::stream(seed, static_cast<std::uint64_t>(w));
        for (int i = 0;; ++i) {
          const std::string prefix = std::to_string(seed) + "-" + std::to_string(w) + "-" + std::to_string(i) + "-";
          std::vector<domain::Event> events;
          for (std::uint64_t n = 1 + random.below(12); n > 0; --n) {
            events.push_back(random_event(random, prefix + std::to_string(n)));
          }
          if (!(*opened)->append(events).ok()) return;
          for (const auto& event : events) ids[static_cast<std::size_t>(w)].insert(event.id);
          if (++acknowledged == appends) disk->cut();
        }
      });
    }
    for (auto& writer : writers) writer.join();
    opened->reset();
    for (auto& more : ids) acknowledged_.merge(more);
    base::Random random(seed);
    disk->lose_unsynced(random, kept_at_most_);
  }

  std::size_t lost_of_acknowledged(const Store& store) const {
    const auto ids = journal_ids(store);
    const std::set<std::string> there(ids.begin(), ids.end());
    EXPECT_EQ(there.size(), ids.size());
    std::size_t lost = 0;
    for (const auto& id : acknowledged_) lost += there.contains(id) ? 0 : 1;
    return lost;
  }

  TempFolder folder_;
  base::FixedClock clock_{1'700'000'000'000};
  StoreOptions options_;
  double kept_at_most_ = 1;
  std::set<std::string> acknowledged_;
};

TEST_F(PowerLoss, everything_acknowledged_is_there_exactly_once) {
  options_.checkpoint_every_events = 200;
  options_.write_buffer_bytes = 128 * 1024;  // flushed all the time
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    ASSERT_NO_FATAL_FAILURE(run_until_cut(seed, 20 + static_cast<int>(seed * 37 % 150)));
    // Opened on a plain disk every other time only, so that recovery itself is cut short too.
    if (seed % 2 == 1) continue;
    const auto store = open_or_fail(folder_.path(), options_, clock_);
    ASSERT_NE(store, nullptr) << "after cut " << seed;
    EXPECT_EQ(lost_of_acknowledged(*store), 0U) << "after cut " << seed;
    EXPECT_EQ(stored_states(*store), fresh_fold(*store)) << "after cut " << seed;
  }
  EXPECT_GT(acknowledged_.size(), 3'000U);
}

// What `sync` buys, and the proof that this disk does lose what is not synced.
TEST_F(PowerLoss, without_sync_the_newest_are_lost_and_the_rest_is_whole) {
  options_.sync = false;
  kept_at_most_ = 0;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    options_.write_buffer_bytes = seed * 100 * 1024;
    ASSERT_NO_FATAL_FAILURE(run_until_cut(seed, 60));
    const auto store = open_or_fail(folder_.path(), options_, clock_);
    ASSERT_NE(store, nullptr);
    EXPECT_GT(lost_of_acknowledged(*store), 0U);
    EXPECT_EQ(stored_states(*store), fresh_fold(*store));
  }
}

}  // namespace
}  // namespace inkling::store
