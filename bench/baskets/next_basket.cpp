// What completes a basket and what comes in the next one, over purchases without prices.
//   next_basket <history> <tested> <seed,seed,...> [name=value ...]
// `tested` holds one basket a shopper. Completion: one of its items is hidden, all items but the rest are ranked.
// Next: all items are ranked before the basket is seen; Recall@10, and apart over items that the shopper had bought
// before and over new ones. One JSON object.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>

#include "base/core/json.h"
#include "base/core/random.h"
#include "basket/co_basket_builder.h"
#include "basket/personal_history.h"
#include "basket/trigger_scores.h"
#include "bench/baskets/arguments.h"
#include "bench/baskets/hits.h"
#include "bench/baskets/purchase_file.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::Result;
using base::Status;
using basket::CandidateSums;
using basket::CoBasket;
using basket::PersonalHistory;
using basket::Purchase;

struct Request {
  std::string history, tested;
  std::vector<std::uint64_t> seeds;
  double lambda = 100;           // of completion, over baskets
  double personal = 0.02;        // beside the autoencoder
  double personal_counts = 0.1;  // beside conditional counts
  double next_lambda = 3000;     // of the next basket, over all that a shopper bought
  double next_personal = 0.1;
  double neighbours = 512;
  double dense = 4096;  // items of the autoencoder
};

using Scores = std::vector<float>;
using Formula = std::function<float(const CandidateSums&, float personal, float popularity)>;

std::vector<std::uint32_t> rows_of(const CoBasket& statistics, const std::vector<std::uint64_t>& items) {
  std::vector<std::uint32_t> rows;
  for (const std::uint64_t item : items) {
    if (const auto row = statistics.find(item)) rows.push_back(*row);
  }
  return rows;
}

std::vector<std::uint64_t> distinct_items(const Purchase& purchase) {
  std::vector<std::uint64_t> items;
  for (const auto& line : purchase.lines) items.push_back(line.item);
  std::ranges::sort(items);
  items.erase(std::ranges::unique(items).begin(), items.end());
  return items;
}

// Of every item for one shopper; popularity decides between equals.
void score_all(const CoBasket& statistics, const basket::TriggerScores& gathered, const Scores& personal,
               const Formula& formula, Scores& scores) {
  const auto all = static_cast<float>(statistics.basket_counts().all);
  scores.resize(statistics.item_count());
  for (std::uint32_t row = 0; row < scores.size(); ++row) {
    const float popularity = static_cast<float>(statistics.baskets(row).all) / all;
    scores[row] = formula(gathered.of(row), personal[row], popularity) + 1e-4F * popularity;
  }
}

// Recall@10 of what somebody bought before and of what not.
struct NextResult {
  double recall = 0, repeats = 0, news = 0;
  std::size_t shoppers = 0, with_repeats = 0, with_news = 0;

  [[nodiscard]] Json to_json() const {
    const auto mean = [](double sum, std::size_t count) { return sum / static_cast<double>(std::max(count, 1UL)); };
    Json json = Json::object();
    json.set("shoppers", static_cast<std::int64_t>(shoppers)).set("recall10", mean(recall, shoppers));
    json.set("repeat_recall10", mean(repeats, with_repeats)).set("new_recall10", mean(news, with_news));
    return json;
  }
};

std::vector<std::uint32_t> best_ten(const Scores& scores) {
  std::vector<std::uint32_t> rows(scores.size());
  for (std::uint32_t row = 0; row < rows.size(); ++row) rows[row] = row;
  const auto end = rows.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(10, rows.size()));
  std::partial_sort(rows.begin(), end, rows.end(), [&](std::uint32_t a, std::uint32_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
  });
  rows.erase(end, rows.end());
  return rows;
}

class Contest {
 public:
  explicit Contest(const Request& request) : request_(request) {}

  Result<Json> run() {
    INKLING_ASSIGN(const auto history, read_purchases(request_.history));
    INKLING_ASSIGN(tested_, read_purchases(request_.tested));
    INKLING_TRY(learn(history));
    Json out = Json::object(), completion = Json::object(), next = Json::object();
    out.set("items", static_cast<std::int64_t>(baskets_.item_count()));
    for (const auto& [name, formula] : completion_formulas()) completion.set(name, complete(formula));
    for (const auto& [name, formula] : next_formulas()) next.set(name, foretell(formula));
    out.set("completion", std::move(completion)).set("next", std::move(next));
    return out;
  }

 private:
  [[nodiscard]] std::map<std::string, Formula> completion_formulas() const {
    const auto counts = static_cast<float>(request_.personal_counts), weight = static_cast<float>(request_.personal);
    return {{"popularity", [](const auto&, float, float popularity) { return popularity; }},
            {"personal", [](const auto&, float personal, float) { return personal; }},
            {"cosine", [](const auto& sums, float, float) { return sums.cosine.sum; }},
            {"conditional", [](const auto& sums, float, float) { return sums.conditional.sum; }},
            {"conditional + personal",
             [counts](const auto& sums, float personal, float) { return sums.conditional.sum + counts * personal; }},
            {"autoencoder", [](const auto& sums, float, float) { return sums.autoencoder.sum; }},
            {"autoencoder + personal",
             [weight](const auto& sums, float personal, float) { return sums.autoencoder.sum + weight * personal; }}};
  }

  [[nodiscard]] std::map<std::string, Formula> next_formulas() const {
    const auto weight = static_cast<float>(request_.next_personal);
    return {{"popularity", [](const auto&, float, float popularity) { return popularity; }},
            {"personal, then popularity", [](const auto&, float personal, float) { return personal; }},
            {"autoencoder", [](const auto& sums, float, float) { return sums.autoencoder.sum; }},
            {"autoencoder + personal",
             [weight](const auto& sums, float personal, float) { return sums.autoencoder.sum + weight * personal; }}};
  }

  Status learn(const std::vector<Purchase>& history) {
    basket::CoBasketOptions options;
    options.lambda = static_cast<float>(request_.lambda);
    options.max_neighbours = static_cast<std::size_t>(request_.neighbours);
    options.max_autoencoder_items = static_cast<std::size_t>(request_.dense);
    basket::CoBasketBuilder by_basket(options);
    options.lambda = static_cast<float>(request_.next_lambda);
    options.max_basket_items = 2000;
    basket::CoBasketBuilder by_shopper(options);
    std::map<std::uint64_t, Purchase> together;
    std::int64_t end_ms = 0;
    for (const Purchase& purchase : history) {
      by_basket.add(purchase);
      histories_[purchase.shopper].add(purchase);
      auto& lines = together[purchase.shopper].lines;
      lines.insert(lines.end(), purchase.lines.begin(), purchase.lines.end());
      end_ms = std::max(end_ms, purchase.ts_ms + 1);
    }
    for (const auto& [shopper, purchase] : together) by_shopper.add(purchase);
    INKLING_ASSIGN(baskets_, by_basket.build(end_ms));
    INKLING_ASSIGN(shoppers_, by_shopper.build(end_ms));
    return {};
  }

  void read_personal(std::uint64_t shopper, bool fading, Scores& personal) {
    personal.assign(baskets_.item_count(), 0);
    const PersonalHistory& history = histories_[shopper];
    for (const auto& bought : history.items()) {
      const auto row = baskets_.find(bought.item);
      if (row) personal[*row] = fading ? history.faded_count(bought) : static_cast<float>(bought.purchases);
    }
  }

  Json complete(const Formula& formula) {
    Json seeds = Json::array();
    for (const std::uint64_t seed : request_.seeds) {
      Hits hits;
      base::Random random(seed);
      for (const Purchase& purchase : tested_) hide_one(purchase, formula, random, hits);
      seeds.push(bench::to_json(hits));
    }
    return seeds;
  }

  void hide_one(const Purchase& purchase, const Formula& formula, base::Random& random, Hits& hits) {
    auto items = distinct_items(purchase);
    if (items.size() < 2) return;
    const std::size_t out = random.below(items.size());
    const auto hidden = baskets_.find(items[out]);
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(out));
    if (!hidden) {
      ++hits.cases;
      return;
    }
    const auto triggers = rows_of(baskets_, items);
    gathered_.gather(baskets_, triggers);
    read_personal(purchase.shopper, false, personal_);
    score_all(baskets_, gathered_, personal_, formula, scores_);
    for (const std::uint32_t row : triggers) scores_[row] = -1e9F;
    hits.add(scores_, *hidden);
  }

  Json foretell(const Formula& formula) {
    NextResult result;
    for (const Purchase& purchase : tested_) foretell_one(purchase, formula, result);
    return result.to_json();
  }

  void foretell_one(const Purchase& purchase, const Formula& formula, NextResult& result) {
    std::vector<std::uint64_t> bought;
    for (const auto& item : histories_[purchase.shopper].items()) bought.push_back(item.item);
    gathered_.gather(shoppers_, rows_of(shoppers_, bought));
    read_personal(purchase.shopper, true, personal_);
    score_all(shoppers_, gathered_, personal_, formula, scores_);
    const auto best = best_ten(scores_);
    std::size_t hits[2] = {0, 0}, sizes[2] = {0, 0};
    for (const std::uint64_t item : distinct_items(purchase)) {
      const std::size_t is_new = std::ranges::binary_search(bought, item) ? 0 : 1;
      const auto row = shoppers_.find(item);
      ++sizes[is_new];
      if (row && std::ranges::find(best, *row) != best.end()) ++hits[is_new];
    }
    ++result.shoppers;
    const auto share = [](std::size_t part, std::size_t all) {
      return static_cast<double>(part) / static_cast<double>(all);
    };
    result.recall += share(hits[0] + hits[1], sizes[0] + sizes[1]);
    if (sizes[0] > 0) result.repeats += share(hits[0], sizes[0]), ++result.with_repeats;
    if (sizes[1] > 0) result.news += share(hits[1], sizes[1]), ++result.with_news;
  }

  const Request& request_;
  std::vector<Purchase> tested_;
  CoBasket baskets_, shoppers_;  // of what stands in one basket, of all that one shopper bought; the same rows
  std::unordered_map<std::uint64_t, PersonalHistory> histories_;
  basket::TriggerScores gathered_;
  Scores personal_, scores_;
};

int run(int count, char** words) {
  if (count < 4) {
    std::fprintf(stderr, "usage: next_basket HISTORY TESTED SEEDS [name=value ...]\n");
    return 2;
  }
  Request request{words[1], words[2], seeds_of(words[3])};
  const Settings settings = {{"lambda", &request.lambda},
                             {"personal", &request.personal},
                             {"personal_counts", &request.personal_counts},
                             {"next_lambda", &request.next_lambda},
                             {"next_personal", &request.next_personal},
                             {"neighbours", &request.neighbours},
                             {"dense", &request.dense}};
  const Status set = set_all({words + 4, words + count}, settings);
  const auto answer = set.ok() ? Contest(request).run() : set;
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
