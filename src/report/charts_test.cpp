// Every chart: as many marks as there are values, texts made safe, nothing that is no number in what is written.
#include <gtest/gtest.h>

#include <regex>

#include "report/bar_chart.h"
#include "report/curve_charts.h"
#include "report/heat_map.h"
#include "report/interval_chart.h"
#include "report/line_chart.h"

namespace inkling::report {
namespace {

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

void expect_sound(const std::string& svg) {
  EXPECT_TRUE(svg.starts_with("<svg ")) << svg.substr(0, 40);
  EXPECT_TRUE(svg.ends_with("</svg>"));
  EXPECT_FALSE(std::regex_search(svg, std::regex("[\" ,MLQ-](nan|inf)", std::regex::icase))) << svg;
  EXPECT_EQ(count_of(svg, "<title>"), count_of(svg, "</title>"));
}

LineChart two_lines() {
  LineChart chart;
  chart.title = "Loss";
  chart.series = {
      {.name = "a", .points = {{1, 2}, {2, 3}, {3, kNothing}, {4, 1}}},
      {.name = "b", .points = {{1, 2, 1, 3, "one"}, {2, 2, 1.5, 2.5, "two"}}, .dashed = false, .dots = true}};
  return chart;
}

TEST(LineChart, draws_every_finite_point_and_leaves_gaps) {
  const std::string drawn = svg(two_lines());
  expect_sound(drawn);
  EXPECT_EQ(count_of(drawn, "<circle"), 2U);  // only the series with dots
  std::smatch path;
  ASSERT_TRUE(std::regex_search(drawn, path, std::regex("d=\"([^\"]*)\" class=\"curve c0\"")));
  EXPECT_EQ(count_of(path[1], "M"), 2U);  // before and after the gap
  EXPECT_EQ(count_of(path[1], "L"), 1U);
  EXPECT_EQ(count_of(drawn, "whisker"), 2U);
}

TEST(LineChart, names_its_series_and_itself_safely) {
  LineChart chart = two_lines();
  chart.title = "a < b";
  chart.series[0].name = "<script>";
  const std::string drawn = svg(chart);
  expect_sound(drawn);
  EXPECT_EQ(drawn.find("<script>"), std::string::npos);
  EXPECT_NE(drawn.find(">&lt;script&gt;</text>"), std::string::npos);
  EXPECT_NE(drawn.find("aria-label=\"a &lt; b\""), std::string::npos);
}

TEST(LineChart, without_points_is_an_empty_frame) {
  expect_sound(svg(LineChart()));
  LineChart nothing = two_lines();
  for (Series& series : nothing.series) {
    for (ChartPoint& point : series.points) point.y = kNothing;
  }
  expect_sound(svg(nothing));
}

TEST(LineChart, grows_by_the_rows_of_its_legend) {
  LineChart chart = two_lines();
  const std::string small = svg(chart);
  for (int i = 0; i < 6; ++i) chart.series.push_back({.name = "a model with a long name", .points = {{1, 1}}});
  const auto height = [](const std::string& drawn) {
    std::smatch box;
    EXPECT_TRUE(std::regex_search(drawn, box, std::regex("viewBox=\"0 0 440 ([0-9]+)\"")));
    return std::stoi(box[1]);
  };
  EXPECT_EQ(height(svg(chart)), height(small) + 18 * 3);
}

TEST(IntervalChart, has_a_row_for_each_comparison) {
  IntervalChart chart;
  chart.rows = {{"first & second", 0.02, 0.01, 0.03, "+0.02", {0.015, 0.025}},
                {"none", kNothing, kNothing, kNothing, "–", {}}};
  const std::string drawn = svg(chart);
  expect_sound(drawn);
  EXPECT_EQ(count_of(drawn, "whisker"), 1U);
  EXPECT_EQ(count_of(drawn, "<circle"), 3U);
  EXPECT_NE(drawn.find("first &amp; second"), std::string::npos);
  chart.bars = true;
  EXPECT_EQ(count_of(svg(chart), "class=\"bar"), 1U);
}

TEST(HeatMap, shades_cells_by_their_share_of_the_largest) {
  HeatMap map;
  map.rows = 2;
  map.columns = 3;
  map.values = {0, 1, 2, kNothing, 4, 0};
  const std::string drawn = svg(map);
  expect_sound(drawn);
  EXPECT_EQ(count_of(drawn, "class=\"cell\""), 3U);  // nothing for zero and for what is no number
  EXPECT_NE(drawn.find("fill-opacity=\"0.250\""), std::string::npos);
  map.values.resize(2);
  EXPECT_EQ(count_of(svg(map), "class=\"cell\""), 1U);
  expect_sound(svg(HeatMap()));
}

TEST(HeatMap, names_groups_of_columns_that_have_room) {
  HeatMap map;
  map.rows = 1;
  map.columns = 40;
  map.values.assign(40, 1);
  map.column_groups = {{0, "wide group"}, {39, "narrow group"}};
  const std::string drawn = svg(map);
  expect_sound(drawn);
  EXPECT_NE(drawn.find(">wide group<"), std::string::npos);
  EXPECT_EQ(drawn.find(">narrow group<"), std::string::npos);
}

TEST(LineChart, its_diagonal_stays_inside_the_axes) {
  LineChart chart;
  chart.x = {"", 0, 0.4, Scale::kLinear, {}};
  chart.y = {"", 0, 0.2, Scale::kLinear, {}};
  chart.diagonal = true;
  std::smatch line;
  const std::string drawn = svg(chart);
  ASSERT_TRUE(std::regex_search(
      drawn, line,
      std::regex("x1=\"([0-9.]+)\" y1=\"([0-9.]+)\" x2=\"([0-9.]+)\" y2=\"([0-9.]+)\" class=\"level\"")));
  EXPECT_DOUBLE_EQ(std::stod(line[3]), 48 + 376 / 2.0);
  EXPECT_DOUBLE_EQ(std::stod(line[4]), 12);
}

TEST(CurveCharts, keep_every_point_of_a_curve) {
  const LineChart roc = roc_chart({{"m", {{0, 0, 1}, {0.2, 0.7, 0.5}, {1, 1, 0}}}});
  ASSERT_EQ(roc.series.size(), 1U);
  EXPECT_EQ(roc.series[0].points.size(), 3U);
  EXPECT_DOUBLE_EQ(roc.series[0].points[1].x, 0.2);
  EXPECT_DOUBLE_EQ(roc.series[0].points[1].y, 0.7);
  expect_sound(svg(roc));
  const LineChart curve = precision_recall_chart({{"m", {{0.5, 0.9, 0.8}, {1, 0.1, 0}}}}, 0.1);
  EXPECT_DOUBLE_EQ(curve.series[0].points[0].x, 0.5);
  EXPECT_DOUBLE_EQ(curve.series[0].points[0].y, 0.9);
  EXPECT_NE(svg(curve).find("chance 0.100"), std::string::npos);
}

TEST(CurveCharts, calibration_shows_rare_events_at_their_own_scale) {
  const LineChart chart = calibration_chart({{"m", {{0, 0.02, 0.01, 0.012, 400}, {0.02, 0.2, 0.08, 0.09, 400}}}});
  EXPECT_LT(chart.x.high, 0.5);
  EXPECT_EQ(chart.x.high, chart.y.high);
  const ChartPoint& bin = chart.series[0].points[1];
  // Wilson's interval of 36 in 400.
  EXPECT_NEAR(bin.low, 0.0657, 5e-4);
  EXPECT_NEAR(bin.high, 0.1221, 5e-4);
  expect_sound(svg(chart));
  expect_sound(svg(calibration_chart({})));
}

BarChart three_bars() {
  BarChart chart;
  chart.title = "Orders";
  chart.bars = {{0.5, 0.75, 4, "four <", 1}, {0.75, 1, kNothing, "", 1}, {1, 1.25, 2, "two", 0}};
  chart.marker = 1;
  return chart;
}

TEST(BarChart, draws_a_box_for_each_value_and_the_marker) {
  const std::string drawn = svg(three_bars());
  expect_sound(drawn);
  EXPECT_EQ(count_of(drawn, "class=\"bar c1\""), 1U);  // what is no number has none
  EXPECT_EQ(count_of(drawn, "class=\"bar c0\""), 1U);
  EXPECT_EQ(count_of(drawn, "class=\"level\""), 1U);
  EXPECT_NE(drawn.find("four &lt;"), std::string::npos);
}

TEST(BarChart, bars_are_as_high_as_their_values) {
  const std::string drawn = svg(three_bars());
  std::smatch high, low;
  ASSERT_TRUE(std::regex_search(drawn, high, std::regex("height=\"([0-9.]+)\" class=\"bar c1\"")));
  ASSERT_TRUE(std::regex_search(drawn, low, std::regex("height=\"([0-9.]+)\" class=\"bar c0\"")));
  EXPECT_NEAR(std::stod(high[1]) / std::stod(low[1]), 2, 0.02);
}

TEST(BarChart, without_bars_is_an_empty_frame) {
  expect_sound(svg(BarChart()));
}

}  // namespace
}  // namespace inkling::report
