#include "apps/cli/suite_attention.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/heat_map.h"
#include "report/line_chart.h"
#include "report/markup.h"

namespace inkling::cli {
namespace {

constexpr std::size_t kMostRows = 24;
constexpr std::size_t kMostColumns = 60;

// Where cell i of `count` lies among `most` at the end.
std::size_t place_of(std::size_t i, std::size_t count, std::size_t most) {
  return count <= most ? i : i * most / count;
}

// Neighbouring rows are averaged and neighbouring columns summed where there are more than a page can show.
report::HeatMap pooled_map(const RunAttention& attention) {
  std::size_t columns = 0;
  for (const auto& [view, count] : attention.columns) columns += count;
  report::HeatMap map;
  map.rows = std::min(attention.rows, kMostRows);
  map.columns = std::min(columns, kMostColumns);
  map.values.assign(map.rows * map.columns, 0);
  std::vector<double> rows_in(map.rows, 0);
  for (std::size_t r = 0; r < attention.rows; ++r) rows_in[place_of(r, attention.rows, kMostRows)] += 1;
  for (std::size_t i = 0; i < std::min(attention.inter.size(), attention.rows * columns); ++i) {
    const std::size_t row = place_of(i / columns, attention.rows, kMostRows);
    const std::size_t column = place_of(i % columns, columns, kMostColumns);
    map.values[row * map.columns + column] += attention.inter[i] / rows_in[row];
  }
  // Even attention is a faint ground, whatever its largest cell.
  const double even = 1.0 / static_cast<double>(std::max<std::size_t>(map.columns, 1));
  map.high = 4 * even;
  for (const double value : map.values) map.high = std::max(map.high, value);
  std::size_t first = 0;
  for (const auto& [view, count] : attention.columns) {
    if (count > 0) map.column_groups.emplace_back(place_of(first, columns, kMostColumns), view);
    first += count;
  }
  return map;
}

report::Plot inside_plot(const RunSession& session) {
  report::LineChart chart;
  chart.title = "Attention inside each view";
  chart.description = "Weight of each of the last records, times their number: 1 is the same for all.";
  chart.x.label = "records before the decision";
  chart.y.label = "weight × records";
  chart.level = 1;
  for (const RunAttention& view : session.views) {
    if (view.intra.empty()) continue;
    report::Series series{.name = view.view};
    const auto rows = static_cast<double>(view.rows);
    for (std::size_t i = 0; i < view.intra.size(); ++i) {
      series.points.push_back({static_cast<double>(i) + 1 - rows, view.intra[i] * rows});
    }
    chart.series.push_back(std::move(series));
  }
  return {chart.title, svg(chart), "Dashed: the same weight for all records."};
}

report::Plot between_plot(const RunAttention& attention) {
  report::HeatMap map = pooled_map(attention);
  map.title = "What " + attention.view + " looks at";
  map.description = "Each row is a record of the view " + attention.view + ", each column a record of another view.";
  map.row_label = attention.view + " →";
  map.column_label = "oldest to newest, in each view";
  std::string columns;
  for (const auto& [view, count] : attention.columns) {
    columns += fmt::format("{}{} of {}", columns.empty() ? "" : ", then ", count, view);
  }
  return {map.title, svg(map),
          fmt::format("{} records of {} look at {}; darker is more.", attention.rows, attention.view, columns)};
}

void add_session(const RunSession& session, report::Page& page) {
  page.heading(fmt::format("A session in which the shopper {} (probability said: {})",
                           session.bought ? "bought within the first horizon" : "did not buy",
                           report::fixed(session.prob, 3)));
  std::vector<report::Plot> plots;
  const bool inside =
      std::ranges::any_of(session.views, [](const RunAttention& view) { return !view.intra.empty(); });
  if (inside) plots.push_back(inside_plot(session));
  for (const RunAttention& view : session.views) {
    if (!view.inter.empty()) plots.push_back(between_plot(view));
  }
  page.plots(plots);
}

}  // namespace

void add_attention(const std::vector<ModelRun>& runs, report::Page& page) {
  const auto run = std::ranges::find_if(runs, [](const ModelRun& one) { return !one.sessions.empty(); });
  if (run == runs.end()) return;
  page.section("Attention");
  page.paragraph(
      fmt::format("What {} looked at (seed {}) in the sessions of the test part that it was surest of: two "
                  "with a purchase, two without. Attention shows where a model looks, not why it decides.",
                  run->model, run->seed));
  for (const RunSession& session : run->sessions) add_session(session, page);
}

}  // namespace inkling::cli
