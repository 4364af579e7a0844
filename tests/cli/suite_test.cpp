// evaluate --suite: one command from nothing to a page, which goes on where it was stopped.
#include <gmock/gmock.h>

#include "base/core/json.h"
#include "tests/cli/suite_workplace.h"

namespace inkling::cli_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

constexpr const char* kSuite =
    "title: A <small> suite\n"
    "models: [dipn, dipn-no-intra, no-such-model]\n"
    "seeds: [7]\n"
    "data: {simulate: {shoppers: 40, days: 4, items: 60, gestures: true}}\n"
    "training: {horizons: [1h], split: {test_fraction: 0.4}, points: {at: action, min_gap: 5m}}\n"
    "params: {dipn: {hidden: 8, max_epochs: 1, mlp: [8]}}\n"
    "pairs: [[dipn, dipn-no-intra], [dipn, no-such-model]]\n";

using Suites = SuiteWorkplace;

TEST_F(Suites, one_command_simulates_trains_compares_and_goes_on_where_it_was) {
  write("suite.yaml", kSuite);
  const Outcome first = run();
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("skipped: no-such-model"));
  const std::string page = read_text(folder() / "out" / "report.html");
  EXPECT_THAT(page, HasSubstr("Simulated. Every shopper"));
  EXPECT_THAT(page, HasSubstr("A &lt;small&gt; suite"));
  EXPECT_THAT(page, HasSubstr("Skipped: no-such-model"));
  EXPECT_THAT(page, HasSubstr("dipn − dipn-no-intra"));
  EXPECT_THAT(page, HasSubstr("What swipe looks at"));
  EXPECT_THAT(page, Not(HasSubstr("nan")));
  EXPECT_TRUE(fs::exists(folder() / "out/data/seed-7/packages/dipn-no-intra/v1/report.html"));

  fs::remove(folder() / "out/runs/seed-7/dipn-no-intra.json");  // as if it had been stopped there
  const Outcome second = run({"--json"});
  ASSERT_EQ(second.exit_code, 0) << second.err;
  EXPECT_FALSE(fs::exists(folder() / "out/data/seed-7/packages/dipn/v2"));
  EXPECT_TRUE(fs::exists(folder() / "out/data/seed-7/packages/dipn-no-intra/v2"));
  const auto numbers = base::Json::parse(second.out);
  ASSERT_TRUE(numbers.ok()) << second.out;
  const auto results = base::JsonView(*numbers).elements("results");
  ASSERT_TRUE(results.ok() && results->size() == 2);
  EXPECT_EQ(base::JsonView(*numbers).elements("pairs")->size(), 1U);
  EXPECT_EQ(*base::JsonView(*numbers).boolean("simulated"), true);
}

TEST_F(Suites, compare_no_horizon_that_a_model_does_not_learn) {
  std::string text = kSuite;
  const auto put = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  put("dipn-no-intra, no-such-model]", "dipn-no-multitask]");
  put("[1h]", "[1h, 1d]");
  put("[[dipn, dipn-no-intra], [dipn, no-such-model]]", "[[dipn, dipn-no-multitask]]");
  write("suite.yaml", text);
  const Outcome outcome = run({"--json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(read_text(folder() / "out" / "report.html"), HasSubstr("not learned"));
  const auto numbers = base::Json::parse(outcome.out);
  ASSERT_TRUE(numbers.ok()) << outcome.out;
  const auto pairs = base::JsonView(*numbers).elements("pairs");
  ASSERT_TRUE(pairs.ok() && pairs->size() == 1);
  EXPECT_EQ(*pairs->front().text("target"), "purchase_1h");
}

TEST_F(Suites, tell_what_is_wrong_with_their_file) {
  std::string text = kSuite;
  write("suite.yaml", text.replace(text.find("shoppers"), 8, "shopers"));
  expect_refusal(run(), kBadInput, {"suite.yaml:4", "shopers", "did you mean shoppers?"});
  expect_refusal(inkling({"evaluate", "--suite", "intend", "--out", "out"}), kBadInput, {"did you mean intent?"});
  expect_refusal(inkling({"evaluate", "--suite", "intent"}), kBadInput, {"--out"});
  write("suite.yaml", kSuite);
  expect_refusal(run({"--models", "dipm"}), kBadInput, {"did you mean dipn?"});
  expect_refusal(run({"--without", "temp"}), kBadInput, {"did you mean tempo?"});
}

}  // namespace
}  // namespace inkling::cli_test
