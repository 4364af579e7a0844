#include "apps/cli/ranking_training.h"

#ifdef INKLING_HAS_TORCH

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "apps/cli/journal_package.h"
#include "apps/cli/zoo.h"
#include "basket/purchase_reader.h"
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

// In the order of time.
Result<std::vector<Purchase>> read_purchases(const store::Store& store) {
  std::vector<Purchase> purchases;
  basket::PurchaseReader reader;
  INKLING_TRY(store.read_journal(1, [&](const store::JournalEntry& entry) {
    if (auto purchase = reader.read(entry.event)) purchases.push_back(*std::move(purchase));
    return true;
  }));
  basket::order_by_time(purchases);
  if (!purchases.empty()) return purchases;
  return base::not_found("the journal tells of no purchase; import some, or run inkling simulate");
}

artifact::PackageManifest describe(const TrainingRequest& request, const train::RankingJob& job,
                                   const train::RankedModel& trained, std::int64_t now_ms) {
  artifact::PackageManifest manifest = journal_manifest(request, job.params, now_ms);
  manifest.data_from_ms = job.purchases.front().ts_ms;
  manifest.data_to_ms = job.purchases.back().ts_ms;
  manifest.metrics = trained.metrics;
  manifest.features = trained.features;
  return manifest;
}

void say_metrics(const train::RankedModel& trained, Console& console) {
  if (!trained.metrics.contains("test.points")) return;
  console.say(fmt::format("test: {:.0f} items taken out of later baskets, HR@10 {:.4f}, MRR@10 {:.4f}",
                          trained.metrics.at("test.points"), trained.metrics.at("test.hr10"),
                          trained.metrics.at("test.mrr10")));
}

}  // namespace

Result<artifact::PackageManifest> train_ranking(DataFolder& folder, const TrainingRequest& request,
                                                Console& console) {
  INKLING_TRY(check_journal_request(request, "set its days with --set days=75"));
  const models::RankingModel& model = *find_ranking_model(request.file.model);
  const train::RankingHalf* half = find_half(request.file.model);
  if (half == nullptr) return base::internal_error("the model " + request.file.model + " has no training half");
  train::RankingJob job;
  INKLING_ASSIGN(job.params, journal_params(model.name, model.params_yaml, request));
  INKLING_ASSIGN(const std::vector<Purchase> purchases, read_purchases(*folder.store));
  console.say(fmt::format("{} purchases", purchases.size()));
  job.purchases = purchases;
  job.end_ms = purchases.back().ts_ms + 1;
  job.seed = request.seed;
  job.threads = request.threads > 0 ? request.threads : static_cast<int>(std::thread::hardware_concurrency());
  INKLING_ASSIGN(train::RankedModel trained, half->train(job));
  say_metrics(trained, console);
  artifact::PackageManifest manifest = describe(request, job, trained, folder.clock->now_ms());
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
