// inkling train --table: one row a session in a CSV file, from its spec to a package that scores rows.
#include <cmath>

#include "base/core/json.h"
#include "base/core/random.h"
#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr const char* kSpec =
    "label: bought\n"
    "numbers: [pages, seconds]\n"
    "categories: [month]\n"
    "leave_out: [row]\n"
    "params: {rounds: 30, min_child_weight: 1}\n";
constexpr const char* kHeader = "row,pages,seconds,month,bought\n";

// Who looks at many pages buys, and everybody does in May; some seconds are missing.
std::string rows(int count, std::uint64_t seed) {
  base::Random random(seed);
  std::string text;
  for (int row = 1; row <= count; ++row) {
    const auto pages = random.below(40);
    const bool may = random.chance(0.3);
    const double prob = may ? 0.9 : pages > 20 ? 0.8 : 0.05;
    text += std::to_string(row) + "," + std::to_string(pages) + ",";
    text += random.chance(0.1) ? "" : std::to_string(random.below(900));
    text += std::string(",") + (may ? "May" : "\"Feb, cold\"") + (random.chance(prob) ? ",yes\n" : ",no\n");
  }
  return text;
}

class TableTest : public Workplace {
 protected:
  void SetUp() override {
    write("spec.yaml", kSpec);
    write("sessions.csv", kHeader + rows(600, 1));
  }
  [[nodiscard]] Outcome train(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"train",    "--data",    "data",      "--table", "sessions.csv",
                                          "--config", "spec.yaml", "--threads", "1"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return inkling(arguments);
  }
  void expect_refused(const std::string& table, const std::vector<std::string>& parts) const {
    write("sessions.csv", table);
    expect_refusal(train(), kBadInput, parts);
    EXPECT_FALSE(fs::exists(folder() / "data" / "packages"));
  }
};

double metric(const std::string& answer, const std::string& name) {
  const auto json = base::Json::parse(answer);
  if (!json.ok()) return NAN;
  const base::Json* metrics = json->find("metrics");
  const base::Json* value = metrics == nullptr ? nullptr : metrics->find(name);
  return value == nullptr || value->if_number() == nullptr ? NAN : *value->if_number();
}

TEST_F(TableTest, trees_learn_rows_and_score_new_ones) {
  const Outcome trained = train({"--json"});
  ASSERT_EQ(trained.exit_code, 0) << trained.err;
  EXPECT_GT(metric(trained.out, "test.bought.auc"), 0.8);
  EXPECT_EQ(metric(trained.out, "test.points"), 120);
  EXPECT_TRUE(fs::exists(folder() / "data" / "packages" / "gbdt" / "v1" / "report.html"));
  write("new.csv", kHeader + rows(300, 2));
  const Outcome scored =
      inkling_ok({"evaluate", "--data", "data", "--model", "gbdt", "--table", "new.csv", "--json"});
  EXPECT_GT(metric(scored.out, "test.bought.auc"), 0.8);
}

TEST_F(TableTest, a_net_on_user_features_learns_the_same_table) {
  const Outcome trained = inkling({"train", "--data", "data", "--table", "sessions.csv", "--config", "net.yaml"});
  EXPECT_EQ(trained.exit_code, kBadInput) << "there is no such spec";
  write("net.yaml",
        "label: bought\nnumbers: [pages, seconds]\ncategories: [month]\nleave_out: [row]\nmodel: dipn\n"
        "params: {mlp: [16], max_epochs: 12, batch_size: 32}\n");
  const Outcome net =
      inkling_ok({"train", "--data", "data", "--table", "sessions.csv", "--config", "net.yaml", "--json"});
  EXPECT_GT(metric(net.out, "test.bought.auc"), 0.8);
  EXPECT_TRUE(fs::exists(folder() / "data" / "packages" / "dipn" / "v1"));
}

TEST_F(TableTest, cross_validation_scores_every_row_once_with_a_model_that_never_saw_it) {
  // A number that is different in every row, and a label by chance: whoever saw a row could know it by heart.
  std::string text = "id,bought\n";
  base::Random random(3);
  for (int row = 0; row < 400; ++row) text += std::to_string(row) + (random.chance(0.5) ? ",1\n" : ",0\n");
  write("sessions.csv", text);
  write("spec.yaml",
        "label: bought\nnumbers: [id]\nfolds: 4\nparams: {rounds: 200, eta: 0.5, min_child_weight: 0}\n"
        "split: {validation: 0}\n");
  const Outcome trained = train({"--json", "--predictions", "out.csv"});
  ASSERT_EQ(trained.exit_code, 0) << trained.err;
  EXPECT_LT(metric(trained.out, "folds.bought.auc_mean"), 0.62);
  const std::string out = read_text(folder() / "out.csv");
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 401);
  EXPECT_THAT(out, testing::StartsWith("line,fold,label_bought,bought\n2,"));
  for (const char* fold : {",0,", ",1,", ",2,", ",3,"}) EXPECT_THAT(out, HasSubstr(fold));
  const Outcome known =
      inkling_ok({"evaluate", "--data", "data", "--model", "gbdt", "--table", "sessions.csv", "--json"});
  EXPECT_GT(metric(known.out, "test.bought.auc"), 0.95) << "the package itself saw all rows";
}

TEST_F(TableTest, the_same_seed_gives_the_same_scores) {
  ASSERT_EQ(train({"--folds", "3", "--predictions", "a.csv"}).exit_code, 0);
  ASSERT_EQ(train({"--folds", "3", "--predictions", "b.csv"}).exit_code, 0);
  ASSERT_EQ(train({"--folds", "3", "--predictions", "c.csv", "--seed", "9"}).exit_code, 0);
  EXPECT_EQ(read_text(folder() / "a.csv"), read_text(folder() / "b.csv"));
  EXPECT_NE(read_text(folder() / "a.csv"), read_text(folder() / "c.csv"));
}

TEST_F(TableTest, reads_compressed_tables) {
  write("sessions.csv.gz", gzipped(kHeader + rows(200, 1)));
  inkling_ok({"train", "--data", "data", "--table", "sessions.csv.gz", "--config", "spec.yaml"});
}

TEST_F(TableTest, scores_rows_without_label_and_names_it_never_saw) {
  ASSERT_EQ(train().exit_code, 0);
  write("new.csv", "month,seconds,pages,shop\nMay,10,3,a\nJune,,39,b\n,,,\n");
  inkling_ok({"evaluate", "--data", "data", "--model", "gbdt", "--table", "new.csv", "--predictions", "out.csv"});
  const std::string out = read_text(folder() / "out.csv");
  EXPECT_THAT(out, testing::StartsWith("line,fold,bought\n2,0,0."));
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 4) << out;
}

TEST_F(TableTest, says_which_column_teaches_nothing) {
  std::string text = "row,pages,seconds,month,bought\n";
  for (int row = 0; row < 200; ++row) {
    text += std::to_string(row) + "," + std::to_string(row % 7) + ",NaN,May," + (row % 7 > 3 ? "1" : "0") + "\n";
  }
  write("sessions.csv", text);
  const Outcome trained = train();
  ASSERT_EQ(trained.exit_code, 0) << trained.err;
  EXPECT_THAT(trained.out, HasSubstr("column \"seconds\" is empty in every training row"));
  EXPECT_THAT(trained.out, HasSubstr("column \"month\" says the same in every training row"));
}

TEST_F(TableTest, refuses_a_bad_cell_with_file_line_and_column) {
  expect_refused(kHeader + std::string("1,3,4,May,yes\n2,many,4,May,no\n"),
                 {"sessions.csv:3", "column \"pages\"", "\"many\" is no number"});
  expect_refused(kHeader + std::string("1,3,inf,May,yes\n"), {"sessions.csv:2", "column \"seconds\"", "\"inf\""});
  expect_refused(kHeader + std::string("1,3,4,May,perhaps\n"),
                 {"sessions.csv:2", "column \"bought\"", "\"perhaps\""});
  expect_refused(kHeader + std::string("1,3,4,May\n"), {"sessions.csv:2", "has 4 cells, the header 5"});
}

TEST_F(TableTest, refuses_a_table_that_does_not_fit_its_spec) {
  expect_refused("row,page,seconds,month,bought\n", {"sessions.csv:1", "no column \"pages\"", "did you mean page?"});
  expect_refused("row,pages,seconds,month,bought,sale\n", {"sessions.csv:1", "\"sale\"", "leave_out"});
  expect_refused("row,pages,seconds,month,month,bought\n", {"sessions.csv:1", "\"month\" stands twice"});
  expect_refused("row,pages,seconds,month\n", {"sessions.csv:1", "no column \"bought\""});
  expect_refused(kHeader, {"sessions.csv", "no rows"});
  expect_refused("", {"sessions.csv", "is empty"});
}

TEST_F(TableTest, refuses_a_label_of_one_class) {
  expect_refused(kHeader + std::string("1,3,4,May,yes\n2,3,4,May,yes\n"),
                 {"column \"bought\"", "yes in all 2 rows", "nothing to learn"});
}

TEST_F(TableTest, refuses_to_score_with_a_package_of_something_else) {
  write("new.csv", kHeader + rows(10, 2));
  expect_refusal(inkling({"evaluate", "--data", "data", "--model", "gbdt", "--table", "new.csv"}), kBadInput,
                 {"no package of \"gbdt\"", "--table"});
  expect_refusal(inkling({"train", "--data", "data", "--table", "new.csv"}), kBadInput, {"--table", "--config"});
}

}  // namespace
}  // namespace inkling::cli_test
