#include "apps/cli/add_on_trial.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/core/clock.h"
#include "basket/purchase_reader.h"

namespace inkling::cli {
namespace {

using base::Result;
using base::Status;
using basket::AddOnSample;
using funnel::SampleMaker;

SampleMaker::OnSample into(std::vector<AddOnSample>& samples) {
  return [&samples](AddOnSample&& sample) { samples.push_back(std::move(sample)); };
}

void order_by_time(std::vector<AddOnSample>& samples) {
  std::ranges::stable_sort(samples, {}, &AddOnSample::now_ms);
}

// Looks that began before the test part are followed in it as well, but tested on are those that begin in it.
Status play_promotion_days(const Simulation& simulation, AddOnTrial& trial, Console& console) {
  SampleMaker before({}, into(trial.train));
  SampleMaker after({}, [&trial](AddOnSample&& sample) {
    if (sample.now_ms >= trial.test_ms) trial.test.push_back(std::move(sample));
  });
  basket::PurchaseReader reader;
  std::uint64_t events = 0;
  INKLING_TRY(simulate_events(
      simulation,
      [&](domain::Event&& event) {
        if (event.ts_ms < trial.test_ms) before.take(event);
        after.take(event);
        if (auto purchase = reader.read(event)) trial.purchases.push_back(*std::move(purchase));
        console.progress("simulating", ++events, 0, "events");
        return Status();
      },
      nullptr));
  console.end_progress();
  before.finish();
  after.finish();
  trial.train_counts = before.counts();
  trial.all_counts = after.counts();
  return {};
}

// The same goods and shoppers on the days before, looking at the feed.
Status play_feed(const AddOnSuite& suite, AddOnTrial& trial) {
  if (suite.feed_days == 0) return {};
  Simulation feed;
  feed.market = suite.simulation.market;
  feed.market.seed = trial.seed;
  feed.market.days = suite.feed_days;
  feed.market.start_ms -= std::int64_t{suite.feed_days} * base::kDayMs;
  trial.feed_end_ms = suite.simulation.market.start_ms;
  SampleMaker maker({.scene = "feed"}, into(trial.feed));
  basket::PurchaseReader reader;
  INKLING_TRY(simulate_events(
      feed,
      [&](domain::Event&& event) {
        maker.take(event);
        if (auto purchase = reader.read(event)) trial.feed_purchases.push_back(*std::move(purchase));
        return Status();
      },
      nullptr));
  maker.finish();
  trial.feed_shown = maker.counts().all[static_cast<std::size_t>(funnel::Deed::kShown)];
  basket::order_by_time(trial.feed_purchases);
  order_by_time(trial.feed);
  return {};
}

}  // namespace

std::size_t AddOnTrial::test_offers() const {
  std::size_t count = 0;
  for (const AddOnSample& sample : test) count += sample.offered.size();
  return count;
}

Result<AddOnTrial> make_trial(const AddOnSuite& suite, std::uint64_t seed, Console& console) {
  AddOnTrial trial;
  trial.seed = seed;
  Simulation simulation = suite.simulation;
  simulation.market.seed = seed;
  const std::uint32_t days = simulation.market.days + simulation.days.days - suite.test_days;
  trial.test_ms = simulation.market.start_ms + std::int64_t{days} * base::kDayMs;
  INKLING_TRY(play_promotion_days(simulation, trial, console));
  INKLING_TRY(play_feed(suite, trial));
  basket::order_by_time(trial.purchases);
  order_by_time(trial.train);
  order_by_time(trial.test);
  if (!trial.train.empty() && !trial.test.empty()) return trial;
  return base::invalid_input(fmt::format(
      "seed {}: {} looks with a click to learn from, {} to test on; both need some: simulate more shoppers or days",
      seed, trial.train.size(), trial.test.size()));
}

}  // namespace inkling::cli
