// Which of several rankers finds the item that was taken out of a basket, on any file of purchases with prices.
//   add_on <purchases> <test_from_ms> <test_until_ms> <seed,seed,...> [name=value ...]
// One JSON object: cases, rows of the statistics, and HR@10 and MRR@10 a ranker and seed.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>

#include "base/core/json.h"
#include "basket/statistics_tensors.h"
#include "bench/baskets/arguments.h"
#include "bench/baskets/hits.h"
#include "bench/baskets/purchase_file.h"
#include "models/add_on_gbdt/add_on_gbdt_ranker_net.h"
#include "models/add_on_gbdt/add_on_gbdt_serve.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::Result;
using base::Status;
using basket::AddOnCase;
using basket::CaseMaker;
using basket::Histories;
using models::add_on_gbdt::AddOnScorer;
using models::add_on_gbdt::RankerOptions;

struct Request {
  std::string purchases;
  std::int64_t from_ms = 0, until_ms = 0;
  std::vector<std::uint64_t> seeds;
  double personal = 0.05;  // weight of personal counts beside the autoencoder
  double removals = 1, rounds = 80, depth = 4, days = 75;
  double lambda = 100, neighbours = 256;
  double priceless = 1;  // 1: trees that do not see the price, too

  [[nodiscard]] RankerOptions ranker() const {
    RankerOptions options;
    options.removals = static_cast<int>(removals);
    options.rounds = static_cast<int>(rounds);
    options.max_depth = static_cast<int>(depth);
    options.days = static_cast<int>(days);
    options.statistics.lambda = static_cast<float>(lambda);
    options.statistics.max_neighbours = static_cast<std::size_t>(neighbours);
    return options;
  }
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// As a server gets it: through the bytes of a package.
Result<std::shared_ptr<const AddOnScorer>> packed(const basket::CoBasket& statistics,
                                                  const forest::TreeColumns& trees, std::size_t& package_bytes) {
  artifact::SafetensorsWriter weights;
  INKLING_TRY(basket::write_statistics(statistics, weights));
  INKLING_TRY(forest::write_trees(trees, 0, weights));
  INKLING_ASSIGN(const auto bytes, weights.bytes());
  package_bytes = bytes.size();
  INKLING_ASSIGN(const auto tensors, artifact::Safetensors::parse(bytes));
  return AddOnScorer::load(tensors);
}

// The simple rankers: one number a candidate.
using Formula = std::function<float(const basket::CandidateFeatures&)>;
const std::map<std::string, Formula>& formulas(double personal_weight) {
  static const std::map<std::string, Formula> kFormulas = {
      {"popularity", [](const auto& features) { return features.popularity; }},
      {"conditional", [](const auto& features) { return features.conditional; }},
      {"cosine", [](const auto& features) { return features.cosine; }},
      {"autoencoder", [](const auto& features) { return features.autoencoder; }},
      {"autoencoder + personal", [personal_weight](const auto& features) {
         return features.autoencoder + static_cast<float>(personal_weight) * features.personal_purchases;
       }}};
  return kFormulas;
}

class Contest {
 public:
  Contest(const Request& request, std::vector<basket::Purchase> purchases)
      : request_(request), purchases_(std::move(purchases)) {}

  Result<Json> run() {
    INKLING_TRY(learn());
    for (const std::uint64_t seed : request_.seeds) INKLING_TRY(test(seed));
    out_.set("scored", static_cast<std::int64_t>(scored_)).set("score_seconds", score_seconds_);
    Json rankers = Json::object();
    for (auto& [name, rows] : results_) rankers.set(name, std::move(rows));
    out_.set("rankers", std::move(rankers));
    return std::move(out_);
  }

 private:
  Status learn() {
    basket::CoBasketBuilder builder(request_.ranker().statistics);
    for (const basket::Purchase& purchase : purchases_) {
      if (purchase.ts_ms >= request_.from_ms) continue;
      builder.add(purchase);
      histories_.add(purchase);
    }
    const auto start = std::chrono::steady_clock::now();
    INKLING_ASSIGN(statistics_, builder.build(request_.from_ms));
    out_.set("items", static_cast<std::int64_t>(statistics_.item_count()));
    out_.set("statistics_seconds", seconds_since(start));
    INKLING_TRY(train("trees", {}));
    return request_.priceless != 0 ? train("trees without price", {"price_ratio"}) : Status();
  }

  Status train(const std::string& name, std::vector<std::string> without) {
    RankerOptions options = request_.ranker();
    options.without = std::move(without);
    const auto start = std::chrono::steady_clock::now();
    INKLING_ASSIGN(auto rows, training_rows(purchases_, request_.from_ms, options));
    out_.set("training_cases", static_cast<std::int64_t>(rows.groups.size()));
    out_.set("training_rows", static_cast<std::int64_t>(rows.labels.size()));
    INKLING_ASSIGN(const auto trees, fit_ranker(std::move(rows), options));
    out_.set(name + " training_seconds", seconds_since(start));
    std::size_t bytes = 0;
    INKLING_ASSIGN(scorers_[name], packed(statistics_, trees, bytes));
    out_.set("package_bytes", static_cast<std::int64_t>(bytes));
    return {};
  }

  Status test(std::uint64_t seed) {
    std::map<std::string, Hits> hits;
    CaseMaker maker(statistics_, request_.ranker().cases);
    base::Random random(seed);
    std::size_t candidates = 0, cases = 0;
    for (const basket::Purchase& purchase : purchases_) {
      if (purchase.ts_ms < request_.from_ms || purchase.ts_ms >= request_.until_ms) continue;
      const auto made = maker.make(purchase, random);
      if (!made) continue;
      judge(*made, hits);
      candidates += made->candidates.size();
      ++cases;
    }
    if (cases == 0) return base::invalid_input("no purchase of the tested time makes a case");
    out_.set("candidates a case", static_cast<double>(candidates) / static_cast<double>(cases));
    for (const auto& [name, each] : hits) {
      if (results_.find(name) == results_.end()) results_[name] = Json::array();
      results_[name].push(to_json(each));
    }
    return {};
  }

  void judge(const AddOnCase& made, std::map<std::string, Hits>& hits) {
    const basket::AddOnRequest request = {&statistics_, histories_.find(made.shopper), made.triggers, made.gap_cents,
                                          made.now_ms};
    reader_.start(request);
    std::vector<float> scores(made.candidates.size());
    for (const auto& [name, formula] : formulas(request_.personal)) {
      for (std::size_t i = 0; i < scores.size(); ++i) {
        scores[i] = formula(reader_.read(made.candidates[i].row, made.candidates[i].price_cents));
      }
      hits[name].add(scores, made.target);
    }
    for (const auto& [name, scorer] : scorers_) {
      const auto start = std::chrono::steady_clock::now();
      auto& workspace = workspaces_[name];
      if (!workspace) workspace = scorer->new_workspace();
      scorer->start(request, *workspace);
      scorer->score(made.candidates, *workspace, scores);
      score_seconds_ += seconds_since(start);
      scored_ += scores.size();
      hits[name].add(scores, made.target);
    }
  }

  const Request& request_;
  std::vector<basket::Purchase> purchases_;
  basket::CoBasket statistics_;
  Histories histories_;
  basket::CandidateReader reader_;
  std::map<std::string, std::shared_ptr<const AddOnScorer>> scorers_;
  std::map<std::string, std::unique_ptr<basket::CandidateWorkspace>> workspaces_;
  std::map<std::string, Json> results_;
  Json out_ = Json::object();
  std::size_t scored_ = 0;
  double score_seconds_ = 0;
};

int run(int count, char** words) {
  if (count < 5) {
    std::fprintf(stderr, "usage: add_on PURCHASES TEST_FROM_MS TEST_UNTIL_MS SEEDS [name=value ...]\n");
    return 2;
  }
  Request request{words[1], std::atoll(words[2]), std::atoll(words[3]), seeds_of(words[4])};
  const Settings settings = {{"rounds", &request.rounds},     {"depth", &request.depth},
                             {"days", &request.days},         {"removals", &request.removals},
                             {"lambda", &request.lambda},     {"neighbours", &request.neighbours},
                             {"personal", &request.personal}, {"priceless", &request.priceless}};
  auto set = set_all({words + 5, words + count}, settings);
  auto purchases = set.ok() ? read_purchases(request.purchases) : set;
  auto answer = purchases.ok() ? Contest(request, *std::move(purchases)).run() : purchases.status();
  if (!answer.ok()) {
    std::fprintf(stderr, "%s\n", answer.status().message().c_str());
    return 1;
  }
  std::printf("%s\n", answer->to_text().c_str());
  return 0;
}

}  // namespace
}  // namespace inkling::bench

int main(int count, char** words) {
  return inkling::bench::run(count, words);
}
