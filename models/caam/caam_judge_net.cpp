#include "models/caam/caam_judge_net.h"

#include <vector>

#include "basket/sample_request.h"
#include "eval/auc.h"

namespace inkling::models::caam {
namespace {

using base::Result;
using Metrics = std::map<std::string, double>;

struct Exposures {
  std::vector<double> scores;
  std::vector<std::uint8_t> clicked, bought;
  std::vector<std::uint64_t> questions;
};

Exposures scored(const basket::CandidateScorer& scorer, const basket::Histories& histories,
                 const train::RankingJob& job, std::int64_t from_ms) {
  Exposures exposures;
  const auto workspace = scorer.new_workspace();
  std::vector<float> scores;
  std::uint64_t question = 0;
  for (const basket::AddOnSample& sample : job.samples) {
    if (sample.now_ms < from_ms || sample.now_ms >= job.end_ms) continue;
    const basket::SampleRequest asked(sample, scorer.statistics(), histories);
    scores.resize(sample.offered.size());
    scorer.start(asked.request(), *workspace);
    scorer.score(asked.candidates(), *workspace, scores);
    ++question;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      exposures.scores.push_back(scores[i]);
      exposures.clicked.push_back(sample.offered[i].clicked ? 1 : 0);
      exposures.bought.push_back(sample.offered[i].bought ? 1 : 0);
      exposures.questions.push_back(question);
    }
  }
  return exposures;
}

Result<Metrics> judge_impressions(const Exposures& exposures) {
  Metrics metrics = {{"test.points", static_cast<double>(exposures.scores.size())}};
  if (exposures.scores.empty()) return metrics;
  const auto groups = eval::Groups::of(exposures.questions);
  const auto add = [&](const char* name, const std::vector<std::uint8_t>& labels) {
    const auto found = eval::gauc(exposures.scores, labels, groups, "question");
    if (found.ok()) metrics[name] = found->value;  // none: no question has both classes
  };
  add("test.gauc_click", exposures.clicked);
  add("test.gauc_buy", exposures.bought);
  return metrics;
}

}  // namespace

Result<Metrics> judge(const basket::CandidateScorer& scorer, const train::RankingJob& job, std::int64_t from_ms,
                      bool impressions, const basket::CaseOptions& cases) {
  basket::Histories histories;
  std::vector<basket::Purchase> tested;
  for (const basket::Purchase& purchase : job.purchases) {
    if (purchase.ts_ms < from_ms) histories.add(purchase);
    if (purchase.ts_ms >= from_ms && purchase.ts_ms < job.end_ms) tested.push_back(purchase);
  }
  if (impressions) return judge_impressions(scored(scorer, histories, job, from_ms));
  const basket::Found found = basket::search(scorer, histories, tested, cases, job.seed);
  return Metrics{{"test.points", static_cast<double>(found.cases)},
                 {"test.hr10", found.hit_rate()},
                 {"test.mrr10", found.mean_reciprocal_rank()}};
}

}  // namespace inkling::models::caam
