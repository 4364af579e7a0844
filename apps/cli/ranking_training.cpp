#include "apps/cli/ranking_training.h"

#ifdef INKLING_HAS_TORCH

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "apps/cli/journal_package.h"
#include "apps/cli/ranker_zoo.h"
#include "basket/purchase_reader.h"
#include "funnel/sample_maker.h"
#include "train/ranking_half.h"

namespace inkling::cli {
namespace {

using base::Result;
using base::Status;

using basket::Purchase;

const train::RankingHalf* find_half(const std::string& name) {
  const auto halves = plugins::ranking_halves();
  const auto found = std::ranges::find(halves, name, [](const auto* half) { return half->name(); });
  return found == halves.end() ? nullptr : *found;
}

struct Taught {
  std::vector<Purchase> purchases;  // both in the order of time
  std::vector<basket::AddOnSample> samples;
  funnel::SampleCounts counts;
};

// What was bought, and what became of what the scene add-on showed.
Result<Taught> read_journal(const store::Store& store) {
  Taught taught;
  basket::PurchaseReader reader;
  funnel::SampleMaker maker({}, [&taught](auto&& sample) { taught.samples.push_back(std::move(sample)); });
  INKLING_TRY(store.read_journal(1, [&](const store::JournalEntry& entry) {
    if (auto purchase = reader.read(entry.event)) taught.purchases.push_back(*std::move(purchase));
    maker.take(entry.event);
    return true;
  }));
  maker.finish();
  taught.counts = maker.counts();
  basket::order_by_time(taught.purchases);
  std::ranges::stable_sort(taught.samples, {}, &basket::AddOnSample::now_ms);
  if (!taught.purchases.empty()) return taught;
  return base::not_found("the journal tells of no purchase; import some, or run inkling simulate");
}

void say_taught(const Taught& taught, Console& console) {
  using funnel::Deed;
  console.say(fmt::format("{} purchases", taught.purchases.size()));
  const funnel::SampleCounts& counts = taught.counts;
  if (counts.looks == 0) return;
  console.say(
      fmt::format("{} of {} looks at the scene add-on have a click: {:.1f} shown to a click, {:.1f} clicks to "
                  "a cart add, {:.1f} cart adds to an item bought; {} of {} positions were shown again",
                  counts.samples(), counts.looks, to_one(counts.kept, Deed::kShown, Deed::kClicked),
                  to_one(counts.kept, Deed::kClicked, Deed::kCarted),
                  to_one(counts.kept, Deed::kCarted, Deed::kBought), counts.shown_again, counts.positions));
}

Result<base::Json> params_of(const RankerEntry& entry, const TrainingRequest& request) {
  for (const std::string& assignment : request.assignments) {
    INKLING_TRY(train::check_assignment(assignment, entry.variant));
  }
  TrainingRequest preset = request;
  preset.file.params = train::with_presets(request.file.params, entry.variant);
  return journal_params(entry.model->name, entry.model->params_yaml, preset);
}

artifact::PackageManifest describe(const TrainingRequest& request, const std::string& model,
                                   const train::RankingJob& job, const train::RankedModel& trained,
                                   std::int64_t now_ms) {
  artifact::PackageManifest manifest = journal_manifest(request, job.params, now_ms);
  if (model != manifest.name) manifest.model = model;
  manifest.data_from_ms = job.purchases.front().ts_ms;
  manifest.data_to_ms = job.purchases.back().ts_ms;
  manifest.metrics = trained.metrics;
  manifest.features = trained.features;
  return manifest;
}

void say_metrics(const train::RankedModel& trained, Console& console) {
  if (!trained.metrics.contains("test.hr10")) return;
  console.say(fmt::format("test: {:.0f} items taken out of later baskets, HR@10 {:.4f}, MRR@10 {:.4f}",
                          trained.metrics.at("test.points"), trained.metrics.at("test.hr10"),
                          trained.metrics.at("test.mrr10")));
}

}  // namespace

Result<artifact::PackageManifest> train_ranking(DataFolder& folder, const TrainingRequest& request,
                                                Console& console) {
  INKLING_TRY(check_journal_request(request, "set its days with --set days=75"));
  INKLING_ASSIGN(const RankerEntry entry, find_ranker(request.file.model));
  const train::RankingHalf* half = find_half(entry.variant.model);
  if (half == nullptr) return base::internal_error("the model " + entry.variant.model + " has no training half");
  train::RankingJob job;
  INKLING_ASSIGN(job.params, params_of(entry, request));
  INKLING_ASSIGN(const Taught taught, read_journal(*folder.store));
  say_taught(taught, console);
  job.purchases = taught.purchases;
  job.samples = taught.samples;
  job.end_ms = taught.purchases.back().ts_ms + 1;
  if (!taught.samples.empty()) job.end_ms = std::max(job.end_ms, taught.samples.back().now_ms + 1);
  job.seed = request.seed;
  job.threads = request.threads > 0 ? request.threads : static_cast<int>(std::thread::hardware_concurrency());
  INKLING_ASSIGN(train::RankedModel trained, half->train(job));
  say_metrics(trained, console);
  artifact::PackageManifest manifest = describe(request, entry.variant.model, job, trained, folder.clock->now_ms());
  INKLING_TRY(write_journal_package(folder, request.publish, std::move(trained.weights), manifest, console));
  return manifest;
}

}  // namespace inkling::cli

#else

namespace inkling::cli {

base::Result<artifact::PackageManifest> train_ranking(DataFolder&, const TrainingRequest&, Console&) {
  return no_training_half();
}

}  // namespace inkling::cli

#endif
