#include "apps/cli/add_on_page.h"

#include <fmt/format.h>

#include "eval/wilson.h"
#include "report/bar_chart.h"
#include "report/interval_chart.h"
#include "report/line_chart.h"
#include "report/markup.h"
#include "report/page.h"

namespace inkling::cli {
namespace {

using funnel::ArmSummary;
using funnel::Beside;
using funnel::Deed;
using report::fixed;

constexpr std::size_t kBelowColour = 1;
constexpr std::size_t kAboveColour = 0;
constexpr std::size_t kFewCarts = 100;

std::string percent(double share) {
  return fixed(100 * share, 1) + " %";
}

std::string arm_name(const ArmSummary& arm) {
  return arm.arm.empty() ? "all" : arm.arm;
}

class AddOnPage {
 public:
  explicit AddOnPage(const AddOnSummary& summary)
      : summary_(summary), page_("Completing baskets: scene " + summary.scene) {}

  std::string html() {
    opening();
    for (const PromotionSteps& promotion : summary_.promotions) steps(promotion);
    arms();
    funnels();
    cross_scores();
    pairs();
    return page_.html();
  }

 private:
  [[nodiscard]] const ArmSummary& all() const { return summary_.arms.front(); }
  [[nodiscard]] std::string money(std::int64_t cents) const {
    return fixed(static_cast<double>(cents) / 100, 2) + (summary_.currency.empty() ? "" : " " + summary_.currency);
  }

  void opening() {
    if (summary_.simulated_events > 0) {
      page_.notice(
          fmt::format("Simulated: {} of the {} events in this journal come from the simulated marketplace. "
                      "What stands here about them says nothing about real people.",
                      summary_.simulated_events, summary_.events));
    }
    page_.paragraph(fmt::format(
        "From the journal: {} orders, and {} questions to the scene (looks) with {} answers. A look is one question "
        "with all its pages; an item counts as shown once in a look, whatever an application shows again after a "
        "detail page. An order line counts as bought out of a look when the item was put into the cart from it, at "
        "most a day before.",
        summary_.orders, all().looks, all().answers));
    if (summary_.unpriced_orders > 0) {
      page_.note(
          fmt::format("{} more orders are left out: their amounts cannot be added up.", summary_.unpriced_orders));
    }
    if (summary_.promotions.empty()) page_.notice("No order was made while a spend threshold was in force.");
  }

  void steps(const PromotionSteps& promotion) {
    const funnel::StepSummary& steps = promotion.steps;
    page_.section("Orders and the steps of " + promotion.promotion);
    page_.paragraph(
        fmt::format("{} of {} orders ({}) end within 25 % below a next step: they would need at most a "
                    "quarter of its amount more. {} reach a step.",
                    steps.just_below, steps.orders, percent(steps.just_below_share()), steps.reached));
    page_.plots({ratio_plot(steps), overshoot_plot(steps)});
    page_.heading("By how much orders exceed the step that they reach");
    report::Table table{{"orders", "count", "median", "p90"}, {}, false};
    const auto add = [&](const char* name, const funnel::Overshoot& overshoot) {
      table.rows.push_back(
          {name, std::to_string(overshoot.orders), money(overshoot.median_cents), money(overshoot.p90_cents)});
    };
    add("that reach a step", steps.overshoot);
    add("with an add-on", steps.overshoot_added);
    add("without", steps.overshoot_other);
    page_.table(table);
  }

  [[nodiscard]] static report::Plot ratio_plot(const funnel::StepSummary& steps) {
    report::BarChart chart;
    chart.title = "Orders by amount over the nearest step";
    chart.description = "How many orders amount to so much of the nearest step; left of the line they miss it.";
    chart.x.label = "amount / nearest step";
    chart.y.label = "orders";
    chart.marker = 1;
    for (std::size_t bin = 0; bin < funnel::kRatioBins; ++bin) {
      const double from = funnel::kFirstRatio + funnel::kRatioWidth * static_cast<double>(bin);
      const auto orders = steps.ratio_bins[bin];
      chart.bars.push_back({from, from + funnel::kRatioWidth, static_cast<double>(orders),
                            fmt::format("{:.2f} to {:.2f}: {} orders", from, from + funnel::kRatioWidth, orders),
                            from + 1e-9 < 1 ? kBelowColour : kAboveColour});
    }
    return {chart.title, svg(chart),
            fmt::format("Left of the line orders miss the step, right of it they reach it. {} orders lie further "
                        "below, {} further above.",
                        steps.below_bins, steps.above_bins)};
  }

  [[nodiscard]] report::Plot overshoot_plot(const funnel::StepSummary& steps) const {
    report::LineChart chart;
    chart.title = "How far orders exceed their step";
    chart.description = "Share of the orders that exceed the step they reach by at most so much.";
    chart.x.label = "above the reached step" + (summary_.currency.empty() ? "" : ", " + summary_.currency);
    chart.x.scale = report::Scale::kLog;
    chart.y.label = "% of orders";
    chart.y.high = 100;
    const auto add = [&](const char* name, const funnel::Overshoot& overshoot) {
      report::Series series{.name = name};
      for (std::size_t i = 0; overshoot.orders > 0 && i < funnel::Overshoot::kParts; ++i) {
        series.points.push_back({static_cast<double>(overshoot.up_to_cents[i]) / 100,
                                 100.0 * static_cast<double>(i + 1) / funnel::Overshoot::kParts});
      }
      chart.series.push_back(std::move(series));
    };
    add("with an add-on", steps.overshoot_added);
    add("without", steps.overshoot_other);
    return {chart.title, svg(chart), "The further left, the less was bought beyond what the step asks for."};
  }

  void arms() {
    page_.section("Arms");
    page_.paragraph(
        "Orders and amounts are of orders with something put in out of the arm's answers. Scroll depth: "
        "different items shown in a look.");
    report::Table table{
        {"arm", "looks", "depth mean", "median", "p90", "orders", "GMV", "of it added", "cart to buy"}, {}, false};
    for (const ArmSummary& arm : summary_.arms) {
      table.rows.push_back({arm_name(arm), std::to_string(arm.looks), fixed(arm.depth_mean, 1),
                            std::to_string(arm.depth_median), std::to_string(arm.depth_p90),
                            std::to_string(arm.orders), money(arm.gmv_cents), money(arm.added_cents),
                            percent(share_of(arm.of(Deed::kBought), arm.of(Deed::kCarted)))});
    }
    page_.table(table);
    page_.plots({rate_plot("Click rate of what was shown", Deed::kClicked, Deed::kShown),
                 rate_plot("Cart rate of what was shown", Deed::kCarted, Deed::kShown),
                 rate_plot("From cart to order", Deed::kBought, Deed::kCarted)});
    page_.note(
        "The line: all arms together. Intervals: 95 %, Wilson's, as if cases were independent; those of one shopper "
        "are not quite.");
  }

  [[nodiscard]] report::Plot rate_plot(const std::string& title, Deed deed, Deed of) const {
    report::IntervalChart chart;
    chart.title = title;
    chart.description = "One row an arm, with its interval; the line stands at the rate of all together.";
    chart.x.label = "%";
    chart.zero = 100 * share_of(all().of(deed), all().of(of));
    for (std::size_t i = 1; i < summary_.arms.size(); ++i) {
      const ArmSummary& arm = summary_.arms[i];
      if (arm.of(of) == 0) continue;
      const double rate = share_of(arm.of(deed), arm.of(of));
      const auto [low, high] = eval::wilson(rate, static_cast<double>(arm.of(of)));
      chart.rows.push_back({arm_name(arm), 100 * rate, 100 * low, 100 * high, percent(rate), {}});
    }
    return {title, svg(chart), ""};
  }

  void funnels() {
    page_.section("From what was shown to what was bought");
    report::Table table{{"arm", "shown", "clicked", "put into the cart", "bought", "shown again"}, {}, false};
    report::Table alike{{"of a ticked category", "shown", "clicked", "put into the cart", "bought"}, {}, false};
    for (const ArmSummary& arm : summary_.arms) {
      table.rows.push_back({arm_name(arm), std::to_string(arm.of(Deed::kShown)),
                            std::to_string(arm.of(Deed::kClicked)), std::to_string(arm.of(Deed::kCarted)),
                            std::to_string(arm.of(Deed::kBought)), std::to_string(arm.shown_again())});
      alike.rows.push_back({arm_name(arm), percent(arm.alike_share(Deed::kShown)),
                            percent(arm.alike_share(Deed::kClicked)), percent(arm.alike_share(Deed::kCarted)),
                            percent(arm.alike_share(Deed::kBought))});
    }
    page_.table(table);
    page_.paragraph(
        "What completes a cart is seldom more of the same. The share that is of a leaf category which is ticked "
        "already, of all that was shown and done:");
    page_.table(alike);
    page_.paragraph(
        fmt::format("Only looks with a click, as training samples are chosen: {} of {} looks, {} shown to a click; "
                    "{} clicks to a "
                    "cart add, {} cart adds to an item bought.",
                    all().looks_with_click, all().looks, ratio(all().shown_with_click, all().of(Deed::kClicked)),
                    ratio(all().of(Deed::kClicked), all().of(Deed::kCarted)),
                    ratio(all().of(Deed::kCarted), all().of(Deed::kBought))));
  }

  [[nodiscard]] static std::string ratio(std::uint64_t many, std::uint64_t few) {
    return few == 0 ? fixed(report::kNothing, 1) : fixed(share_of(many, few), 1);
  }

  void cross_scores() {
    page_.section("Does it go with the cart, or with the past?");
    page_.paragraph(
        "The share of the ticked items, and of the last 50 items that the shopper did something with, that "
        "are of the item's own category; mean over all that was shown, clicked, put into the cart, bought. "
        "What rises to the right is what shoppers act on.");
    report::Table table{{"share of the same category"}, {}, false};
    for (const char* deed : kDeedNames) table.head.emplace_back(deed);
    add_scores(table, "ticked, leaf category", &funnel::MeanCrossScores::leaf_to_ticked);
    add_scores(table, "ticked, top category", &funnel::MeanCrossScores::top_to_ticked);
    add_scores(table, "history, leaf category", &funnel::MeanCrossScores::leaf_to_history);
    add_scores(table, "history, top category", &funnel::MeanCrossScores::top_to_history);
    page_.table(table);
  }

  void add_scores(report::Table& table, const char* name, double funnel::MeanCrossScores::*score) const {
    std::vector<std::string> row = {name};
    for (const funnel::MeanCrossScores& mean : summary_.cross_scores) {
      row.push_back(fixed(mean.count == 0 ? report::kNothing : mean.*score, 3));
    }
    table.rows.push_back(std::move(row));
  }

  void pairs() {
    page_.section("Which categories complete which");
    page_.paragraph(
        "How much more often an item is acted on when a category is ticked (or in the history) than what "
        "its own category gets whatever is ticked; 1 is independence. For what was shown: how much more "
        "often the scene showed the two together than independence would. Ranked with a prior of five "
        "cases, so that few do not lead.");
    if (all().of(Deed::kCarted) < kFewCarts) {
      page_.notice("Fewer than a hundred items were put into carts: what stands here is mostly chance.");
    }
    std::vector<report::Plot> plots;
    for (const PairTable& table : summary_.pairs) {
      if (table.beside == Beside::kTicked && table.deed != Deed::kShown) plots.push_back(pair_plot(table));
    }
    page_.plots(plots);
    for (const PairTable& table : summary_.pairs) pair_table(table);
  }

  [[nodiscard]] static std::string title_of(const PairTable& table) {
    return fmt::format("{} → {}", table.beside == Beside::kTicked ? "ticked" : "in the history",
                       kDeedNames[static_cast<std::size_t>(table.deed)]);
  }

  [[nodiscard]] static report::Plot pair_plot(const PairTable& table) {
    report::IntervalChart chart;
    chart.title = title_of(table);
    chart.description = "Lift over independence of the leading pairs.";
    chart.x.label = "lift";
    chart.zero = 1;
    chart.bars = true;
    for (const NamedPair& pair : table.pairs) {
      chart.rows.push_back({leaf(pair.beside) + " → " + leaf(pair.added),
                            pair.lift.lift(),
                            report::kNothing,
                            report::kNothing,
                            fixed(pair.lift.lift(), 1),
                            {}});
    }
    return {chart.title, svg(chart), ""};
  }

  [[nodiscard]] static std::string leaf(const std::string& path) {
    const auto at = path.rfind(" / ");
    return at == std::string::npos ? path : path.substr(at + 3);
  }

  void pair_table(const PairTable& table) {
    report::Table shown{{"with", "added", "shown", "cases", "expected", "lift"}, {}, false};
    for (const NamedPair& pair : table.pairs) {
      shown.rows.push_back({pair.beside, pair.added, std::to_string(pair.lift.shown), std::to_string(pair.lift.deeds),
                            fixed(pair.lift.expected, 1), fixed(pair.lift.lift(), 2)});
    }
    page_.folded_table(title_of(table), shown);
  }

  const AddOnSummary& summary_;
  report::Page page_;
};

}  // namespace

std::string add_on_page(const AddOnSummary& summary) {
  return AddOnPage(summary).html();
}

}  // namespace inkling::cli
