#include "sample/point_table.h"

#include <gtest/gtest.h>

#include <string>

#include "base/files.h"
#include "sample/log_for_test.h"

namespace inkling::sample {
namespace {

using base::kDayMs;
using base::kHourMs;

constexpr std::int64_t kStart = 1'700'438'400'000;  // a Monday, 00:00 UTC

SamplePlan plan() {
  SamplePlan plan =
      plan_of(PointRule::kAction, {kHourMs, kDayMs}, kStart + kDayMs, kStart + 2 * kDayMs, kStart + 3 * kDayMs);
  plan.min_gap_ms = kHourMs;
  return plan;
}

feature::BlueprintSpec offset(std::int64_t utc_offset_ms) {
  feature::BlueprintSpec spec;
  spec.utc_offset_ms = utc_offset_ms;
  return spec;
}

TEST(CsvCell, is_quoted_only_where_it_must_be) {
  EXPECT_EQ(csv_cell(""), "");
  EXPECT_EQ(csv_cell("plain text; 'so'"), "plain text; 'so'");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"hi\""), "\"say \"\"hi\"\"\"");
  EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_cell("\r"), "\"\r\"");
  EXPECT_EQ(csv_cell("\""), "\"\"\"\"");
}

TEST(PointTable, has_one_row_a_point_with_labels_and_raw_statistics) {
  LogForTest log;
  domain::Action add;
  add.action = domain::ActionKind::kCartAdd;
  add.item = "i";
  add.quantity = 3;
  add.price = domain::Money{250, "EUR"};
  log.add({event_of("a,\"b\"", kStart, add), purchase("a,\"b\"", kStart + 2 * kHourMs, "other"),
           view("c", kStart + kDayMs),  // unused: after training, before testing
           view("c", kStart + 2 * kDayMs + 500), view("z", kStart + 9 * kDayMs)});
  const auto path = log.folder() / "points.csv";
  const auto rows = write_point_table(log.store(), plan(), offset(2 * kHourMs), log.span(),
                                      {"cart.cents", "hour", "recency.purchase", "count.cart_add.1h"}, path);
  ASSERT_TRUE(rows.ok()) << rows.status().message();
  EXPECT_EQ(*rows, 3U);
  EXPECT_EQ(*base::read_file(path.string()),
            "shopper,ts_ms,part,purchase_1h,purchase_1d,cart.cents,hour,recency.purchase,count.cart_add.1h\n"
            "\"a,\"\"b\"\"\",1700438400000,train,0,1,750,2,,1\n"
            "\"a,\"\"b\"\"\",1700445600000,train,0,0,750,4,0,0.25\n"
            "c,1700611200500,test,0,0,0,2,,0\n");
}

TEST(PointTable, tells_who_is_held_out) {
  LogForTest log;
  log.add({view("shopper0", kStart), view("z", kStart + 9 * kDayMs)});
  SamplePlan held_out = plan();
  held_out.validation_fraction = 0.1;
  const auto path = log.folder() / "points.csv";
  ASSERT_TRUE(write_point_table(log.store(), held_out, offset(0), log.span(), {}, path).ok());
  EXPECT_EQ(*base::read_file(path.string()),
            "shopper,ts_ms,part,purchase_1h,purchase_1d\nshopper0,1700438400000,validation,0,0\n");
}

TEST(PointTable, leaves_no_file_behind_when_it_fails) {
  LogForTest log;
  log.add({view("a", kStart)});
  const auto path = log.folder() / "points.csv";
  const auto unknown = write_point_table(log.store(), plan(), offset(0), log.span(), {"hour", "weekdy"}, path);
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.status().code(), base::ErrorCode::kInvalidInput);
  EXPECT_NE(unknown.status().message().find("statistics[1].source: \"weekdy\""), std::string::npos);
  EXPECT_NE(unknown.status().message().find("did you mean weekday?"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_FALSE(
      write_point_table(log.store(), plan(), offset(0), log.span(), {}, log.folder() / "none" / "points.csv").ok());
}

}  // namespace
}  // namespace inkling::sample
