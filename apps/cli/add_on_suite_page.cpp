#include "apps/cli/add_on_suite_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "eval/seeds.h"
#include "report/interval_chart.h"
#include "report/line_chart.h"
#include "report/markup.h"
#include "report/page.h"

namespace inkling::cli {
namespace {

using funnel::Deed;
using report::fixed;
using report::kNothing;

constexpr std::array<const char*, kRankedDeeds.size()> kDone = {"clicked", "put into the cart", "bought"};

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::string spread(const std::vector<double>& values) {
  const auto summary = eval::summarise_seeds(values);
  if (!summary.ok()) return fixed(kNothing, 4);
  return fixed(summary->mean, 4) + (summary->count < 2 ? "" : " ± " + fixed(summary->sd, 4));
}

class AddOnSuitePage {
 public:
  AddOnSuitePage(const AddOnSuite& suite, const AddOnResults& results, const std::vector<TriedSeed>& seeds)
      : suite_(suite), results_(results), seeds_(seeds), page_(suite.title) {}

  std::string html() {
    opening();
    samples();
    for (std::size_t deed = 0; deed < kRankedDeeds.size(); ++deed) ranking(deed);
    comparisons();
    calibration();
    cost();
    return page_.html();
  }

 private:
  void opening() {
    page_.notice(
        "Simulated. Every shopper, cart and order here was made up by inkling simulate; no figure says anything "
        "about "
        "real people.");
    const Simulation& simulation = suite_.simulation;
    page_.paragraph(fmt::format(
        "{} shoppers and {} items for {} ordinary and {} promotion days, on seeds {}. What was shown on the last {} "
        "of "
        "these days is the test part; models learn from the days before, and nothing of the test part is known to "
        "them: neither what was bought then, nor what became then of what was shown before.",
        simulation.market.shoppers, simulation.market.items, simulation.market.days, simulation.days.days,
        fmt::join(suite_.seeds, ", "), suite_.test_days));
    if (suite_.feed_days > 0) {
      page_.paragraph(fmt::format(
          "Those called warm first learnt from a feed that the same shoppers saw on {} days before: {} shown items a "
          "seed, without carts and gaps, {} times what the promotion days show.",
          suite_.feed_days, seeds_.front().trial.feed_shown, fixed(feed_ratio(), 1)));
    }
    if (!suite_.skipped.empty()) page_.notice(fmt::format("Skipped: {}.", fmt::join(suite_.skipped, ", ")));
  }

  [[nodiscard]] double feed_ratio() const {
    const AddOnTrial& trial = seeds_.front().trial;
    return static_cast<double>(trial.feed_shown) /
           static_cast<double>(std::max<std::uint64_t>(trial.all_counts.all[0], 1));
  }

  void samples() {
    page_.section("From what was shown to what was bought");
    page_.paragraph(
        "Of all days. A sample is a look with a click: one question with all its pages, each item once. Ratios are "
        "those of the samples, as the published system tells them; looks without a click are left out, so every rate "
        "is above that of all traffic.");
    report::Table table{{"seed", "looks", "samples", "without click", "shown again", "shown : clicked",
                         "clicked : carted", "carted : bought", "test looks"},
                        {},
                        false};
    for (const TriedSeed& seed : seeds_) {
      const funnel::SampleCounts& counts = seed.trial.all_counts;
      table.rows.push_back({std::to_string(seed.trial.seed), std::to_string(counts.looks),
                            std::to_string(counts.samples()), std::to_string(counts.looks_unclicked),
                            std::to_string(counts.shown_again), to_one(counts, Deed::kShown, Deed::kClicked),
                            to_one(counts, Deed::kClicked, Deed::kCarted),
                            to_one(counts, Deed::kCarted, Deed::kBought), std::to_string(seed.trial.test.size())});
    }
    page_.table(table);
  }

  [[nodiscard]] static std::string to_one(const funnel::SampleCounts& counts, Deed deed, Deed next) {
    return fixed(funnel::to_one(counts.kept, deed, next), 1) + " : 1";
  }

  [[nodiscard]] const DeedResult& result(std::size_t deed, std::size_t contender) const {
    return results_.results[deed * results_.names.size() + contender];
  }

  void ranking(std::size_t deed) {
    page_.section(fmt::format("Above the rest: what was {}", kDone[deed]));
    report::IntervalChart chart;
    chart.title = "GAUC by shopper";
    chart.description = "One row a contender; small dots are seeds.";
    chart.x.label = "GAUC by shopper, weighted by exposures";
    chart.zero = 0.5;
    report::Table table{{"", "GAUC by shopper", "GAUC by look", "AUC"}, {}, false};
    double dropped = 0;
    for (std::size_t c = 0; c < results_.names.size(); ++c) {
      const DeedResult& one = result(deed, c);
      table.rows.push_back({one.name, spread(one.gauc_shopper), spread(one.gauc_look), spread(one.auc)});
      const double value = mean(one.gauc_shopper);
      chart.rows.push_back({one.name, value, kNothing, kNothing, fixed(value, 4), one.gauc_shopper});
      dropped = std::max(dropped, one.dropped_share);
    }
    page_.plots({{chart.title, svg(chart), ""}});
    page_.table(table);
    page_.note(fmt::format(
        "GAUC by shopper is weighted by exposures; by look, every look weighs the same. Mean and standard deviation "
        "over seeds. Shoppers of whom all or none of what was shown was {} have no AUC and are left out: up to {} % "
        "of the exposures.",
        kDone[deed], fixed(100 * dropped, 1)));
  }

  void comparisons() {
    if (results_.pairs.empty()) return;
    page_.section("Who is better than whom");
    page_.paragraph(
        "Differences of the GAUC by shopper, the first minus the second. Over seeds: the mean with Student's "
        "interval. "
        "Within a seed: 95 % of a thousand draws of shoppers, both contenders on the same ones.");
    std::vector<report::Plot> plots;
    for (std::size_t deed = 0; deed < kRankedDeeds.size(); ++deed) plots.push_back(difference_plot(deed));
    page_.plots(plots);
    report::Table table{
        {"first", "second", "what", "difference", "low", "high", "seeds won", "seeds alone above 0"}, {}, false};
    for (const DeedPair& pair : results_.pairs) {
      const auto above = std::ranges::count_if(pair.within, [](const auto& each) { return each.low > 0; });
      table.rows.push_back({pair.first, pair.second, pair.deed, fixed(pair.over.mean, 4), fixed(pair.over.low, 4),
                            fixed(pair.over.high, 4), fmt::format("{} of {}", pair.over.wins, pair.over.count),
                            std::to_string(above)});
    }
    page_.table(table);
  }

  [[nodiscard]] report::Plot difference_plot(std::size_t deed) const {
    report::IntervalChart chart;
    chart.title = fmt::format("What was {}", kDone[deed]);
    chart.description = "Differences of GAUC by shopper over seeds; the line stands at none.";
    chart.x.label = "difference of GAUC";
    for (const DeedPair& pair : results_.pairs) {
      if (pair.deed != kRankedDeeds[deed]) continue;
      std::vector<double> seeds;
      for (const eval::Difference& difference : pair.within) seeds.push_back(difference.value);
      chart.rows.push_back({pair.first + " − " + pair.second, pair.over.mean, pair.over.low, pair.over.high,
                            fixed(pair.over.mean, 4), std::move(seeds)});
    }
    return {chart.title, svg(chart), ""};
  }

  void calibration() {
    page_.section("Does a higher score mean more?");
    page_.paragraph(
        "A score is for order alone and need not be a probability. Offers of the test part are put into tenths by "
        "score, seed by seed; a good ranker's line stays low and rises steeply at the end.");
    std::vector<report::Plot> plots;
    for (std::size_t deed = 0; deed < kRankedDeeds.size(); ++deed) {
      report::LineChart chart;
      chart.title = fmt::format("Share that was {}", kDone[deed]);
      chart.description = "By tenth of the score, ascending.";
      chart.x.label = "tenth of the score";
      chart.y.label = "%";
      for (std::size_t c = 0; c < results_.names.size(); ++c) chart.series.push_back(series(c, deed));
      plots.push_back({chart.title, svg(chart), ""});
    }
    page_.plots(plots);
  }

  [[nodiscard]] report::Series series(std::size_t contender, std::size_t deed) const {
    report::Series series{.name = results_.names[contender], .dots = true};
    for (std::size_t tenth = 0; tenth < kTenths; ++tenth) {
      const ScoreTenth& one = results_.calibration[contender][tenth];
      if (one.offers == 0) continue;
      const double share = 100 * static_cast<double>(one.deeds[deed]) / static_cast<double>(one.offers);
      series.points.push_back(
          {static_cast<double>(tenth + 1), share, kNothing, kNothing,
           fmt::format("{}, tenth {}: {} % of {}", series.name, tenth + 1, fixed(share, 2), one.offers)});
    }
    return series;
  }

  void cost() {
    page_.section("Cost");
    page_.paragraph(
        "On the machine that made this page, one thread. Candidates a second count the whole answer: what is done "
        "once "
        "a look, and each candidate's share.");
    report::Table table{{"", "training s", "package kB", "candidates/s"}, {}, false};
    for (std::size_t c = 0; c < results_.names.size(); ++c) {
      if (!suite_.contenders[c].learns()) continue;
      std::vector<double> seconds, bytes, rates;
      for (const TriedSeed& seed : seeds_) {
        seconds.push_back(seed.runs[c].cost.train_seconds);
        bytes.push_back(static_cast<double>(seed.runs[c].cost.package_bytes) / 1000);
        rates.push_back(seed.runs[c].cost.candidates_per_second);
      }
      table.rows.push_back(
          {results_.names[c], fixed(mean(seconds), 1), fixed(mean(bytes), 0), fixed(mean(rates), 0)});
    }
    page_.table(table);
  }

  const AddOnSuite& suite_;
  const AddOnResults& results_;
  const std::vector<TriedSeed>& seeds_;
  report::Page page_;
};

}  // namespace

std::string add_on_suite_page(const AddOnSuite& suite, const AddOnResults& results,
                              const std::vector<TriedSeed>& seeds) {
  return AddOnSuitePage(suite, results, seeds).html();
}

}  // namespace inkling::cli
