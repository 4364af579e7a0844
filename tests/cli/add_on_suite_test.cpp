// evaluate --suite add-on: simulated promotion days, every ranker, one page. Small here: whether it tells what it
// should, not how good anybody is.
#include <gmock/gmock.h>

#include "base/core/json.h"
#include "tests/cli/suite_workplace.h"

namespace inkling::cli_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

constexpr const char* kSuite =
    "task: add-on\n"
    "title: A <small> suite\n"
    "models: [recall-order, add_on_gbdt, no-such-model]\n"
    "seeds: [7]\n"
    "data: {simulate: {shoppers: 150, days: 3, items: 300, promotion_days: 3}, test_days: 1}\n"
    "params: {add_on_gbdt: {days: 2, test_days: 0, rounds: 5}}\n"
    "pairs: [[add_on_gbdt, recall-order], [add_on_gbdt, no-such-model]]\n";

class AddOnSuites : public SuiteWorkplace {
 protected:
  // With one part of the file in place of another.
  void write_with(const std::string& from, const std::string& to) const {
    std::string text = kSuite;
    write("suite.yaml", text.replace(text.find(from), from.size(), to));
  }
};

TEST_F(AddOnSuites, one_command_simulates_trains_compares_and_goes_on_where_it_was) {
  write("suite.yaml", kSuite);
  const Outcome first = run();
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("skipped: no-such-model"));
  const std::string page = read_text(folder() / "out" / "report.html");
  EXPECT_THAT(page, HasSubstr("Simulated. Every shopper"));
  EXPECT_THAT(page, HasSubstr("A &lt;small&gt; suite"));
  EXPECT_THAT(page, HasSubstr("GAUC by shopper, weighted by exposures"));
  EXPECT_THAT(page, HasSubstr("add_on_gbdt − recall-order"));
  EXPECT_THAT(page, Not(HasSubstr("nan")));

  EXPECT_THAT(first.out, Not(HasSubstr("kept from before")));
  EXPECT_THAT(run().out, HasSubstr("seed 7, add_on_gbdt: kept from before"));
  const Outcome third = run({"--json"});
  ASSERT_EQ(third.exit_code, 0) << third.err;
  const auto numbers = base::Json::parse(third.out);
  ASSERT_TRUE(numbers.ok()) << third.out;
  const base::JsonView view(*numbers);
  EXPECT_EQ(*view.boolean("simulated"), true);
  EXPECT_EQ(view.elements("results")->size(), 6U);  // two contenders, three deeds
  EXPECT_EQ(*view.elements("results")->front().text("definition"), "GAUC by shopper, weighted by exposures");
  const auto seeds = view.elements("seeds");
  ASSERT_TRUE(seeds.ok() && seeds->size() == 1);
  const auto all = seeds->front().member("all");
  ASSERT_TRUE(all.ok());
  EXPECT_GT(*all->integer("looks"), *all->integer("samples"));
  EXPECT_EQ(*all->integer("looks"),
            *all->integer("samples") + *all->integer("looks_unclicked") + *all->integer("looks_empty"));
}

TEST_F(AddOnSuites, tell_what_is_wrong_with_their_file) {
  write_with("shoppers", "shopers");
  expect_refusal(run(), kBadInput, {"suite.yaml:5", "shopers", "did you mean shoppers?"});
  write_with("task: add-on", "task: add-onn");
  expect_refusal(run(), kBadInput, {"suite.yaml:1", "add-onn", "did you mean add-on?"});
  write_with("test_days: 1", "test_days: 3");
  expect_refusal(run(), kBadInput, {"suite.yaml:5", "test_days", "3", "2"});
  write_with("rounds: 5", "round: 5");
  expect_refusal(run(), kBadInput, {"round", "did you mean rounds?"});
  write("suite.yaml", kSuite);
  expect_refusal(run({"--models", "recall-order"}), kBadInput, {"none of its models that learn"});
  expect_refusal(run({"--without", "thresholds"}), kBadInput, {"nobody asks for add-ons"});
  expect_refusal(run({"--without", "complement-"}), kBadInput, {"did you mean complement?"});
}

TEST_F(AddOnSuites, say_when_there_is_too_little_to_learn_from) {
  write_with("shoppers: 150", "shoppers: 1");
  expect_refusal(run(), kBadInput, {"seed 7", "simulate more shoppers or days"});
}

}  // namespace
}  // namespace inkling::cli_test
