#include "apps/cli/add_on_training.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <utility>

#include "apps/cli/package_training.h"
#include "apps/cli/ranker_zoo.h"
#include "basket/sample_request.h"

#ifdef INKLING_HAS_TORCH
#include "train/ranking_half.h"
#endif

namespace inkling::cli {
namespace {

using base::Json;
using base::Result;
using base::Status;
using basket::AddOnSample;

// The sum of what the recalls said that found the item.
Status order_by_recalls(const AddOnTrial& trial, AddOnRun& run) {
  for (const AddOnSample& sample : trial.test) {
    for (const basket::OfferedItem& offered : sample.offered) {
      double sum = 0;
      for (std::size_t i = 0; i < offered.recall_count; ++i) sum += offered.recalls[i].score;
      run.scores.push_back(sum);
    }
  }
  return {};
}

#ifdef INKLING_HAS_TORCH

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Looks in the order of time, each shopper with what was bought before the look.
Status score_test_part(const basket::CandidateScorer& scorer, const AddOnTrial& trial, AddOnRun& run) {
  const auto workspace = scorer.new_workspace();
  basket::Histories histories;
  auto purchase = trial.purchases.begin();
  std::vector<float> scores;
  double seconds = 0;
  for (const AddOnSample& sample : trial.test) {
    for (; purchase != trial.purchases.end() && purchase->ts_ms < sample.now_ms; ++purchase) histories.add(*purchase);
    const basket::SampleRequest asked(sample, scorer.statistics(), histories);
    scores.resize(asked.candidates().size());
    const auto start = Clock::now();
    scorer.start(asked.request(), *workspace);
    scorer.score(asked.candidates(), *workspace, scores);
    seconds += seconds_since(start);
    run.scores.insert(run.scores.end(), scores.begin(), scores.end());
  }
  run.cost.candidates_per_second = seconds > 0 ? static_cast<double>(run.scores.size()) / seconds : 0;
  const auto odd = std::ranges::find_if(run.scores, [](double score) { return !std::isfinite(score); });
  if (odd == run.scores.end()) return {};
  return base::internal_error(run.name + " scores offer " + std::to_string(odd - run.scores.begin()) +
                              " of the test part with what is no number");
}

struct Trained {
  std::vector<std::byte> bytes;  // of the package's tensors
  artifact::PackageManifest manifest;
};

Result<Trained> train_ranker(const RankerEntry& entry, const train::RankingJob& job) {
  const auto halves = plugins::ranking_halves();
  const auto half = std::ranges::find(halves, entry.model->name, [](const auto* each) { return each->name(); });
  if (half == halves.end()) {
    return base::internal_error("the model " + std::string(entry.model->name) + " has no training half");
  }
  INKLING_ASSIGN(train::RankedModel ranked, (*half)->train(job));
  Trained trained;
  trained.manifest.name = trained.manifest.model = std::string(entry.model->name);
  trained.manifest.params = job.params;
  trained.manifest.features = std::move(ranked.features);
  INKLING_ASSIGN(trained.bytes, ranked.weights.bytes());
  return trained;
}

Result<Trained> train_on_feed(const AddOnSuite& suite, const Contender& contender, const RankerEntry& entry,
                              const AddOnTrial& trial, train::RankingJob job) {
  INKLING_ASSIGN(job.params, params_of(suite, contender, TaughtBy::kFeed));
  job.purchases = trial.feed_purchases;
  job.samples = trial.feed;
  job.end_ms = trial.feed_end_ms;
  return train_ranker(entry, job);
}

Status learn(const AddOnSuite& suite, const Contender& contender, const AddOnTrial& trial, int threads,
             AddOnRun& run) {
  INKLING_ASSIGN(const RankerEntry entry, find_ranker(contender.model));
  train::RankingJob job;
  INKLING_ASSIGN(job.params, params_of(suite, contender));
  job.purchases = trial.purchases;
  job.samples = trial.train;
  job.end_ms = trial.test_ms;
  job.seed = trial.seed;
  job.threads = threads;
  Trained parent;
  artifact::Safetensors parent_tensors;
  if (contender.warm) {
    INKLING_ASSIGN(parent, train_on_feed(suite, contender, entry, trial, job));
    INKLING_ASSIGN(parent_tensors, artifact::Safetensors::parse(parent.bytes));
    job.parent = &parent_tensors;
  }
  const auto start = Clock::now();
  INKLING_ASSIGN(const Trained trained, train_ranker(entry, job));
  run.cost.train_seconds = seconds_since(start);
  run.cost.package_bytes = static_cast<std::int64_t>(trained.bytes.size());
  INKLING_ASSIGN(const artifact::Safetensors tensors, artifact::Safetensors::parse(trained.bytes));
  INKLING_ASSIGN(const auto scorer, entry.model->load(trained.manifest, tensors));
  return score_test_part(*scorer, trial, run);
}

#else

Status learn(const AddOnSuite&, const Contender&, const AddOnTrial&, int, AddOnRun&) {
  return no_training_half();
}

#endif

}  // namespace

Result<AddOnRun> try_contender(const AddOnSuite& suite, const Contender& contender, const AddOnTrial& trial,
                               int threads) {
  AddOnRun run;
  run.name = contender.name;
  run.seed = trial.seed;
  const Status done =
      contender.learns() ? learn(suite, contender, trial, threads, run) : order_by_recalls(trial, run);
  if (!done.ok()) return done.within("seed " + std::to_string(trial.seed) + ", " + contender.name);
  return run;
}

}  // namespace inkling::cli
