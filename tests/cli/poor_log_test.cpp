// Training on logs that teach little: what is refused, and what is said and borne.
#include <string>

#include "base/core/clock.h"
#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

constexpr std::int64_t kFirstDay = 1'767'225'600'000;  // 2026-01-01
constexpr const char* kTrainingFile =
    "horizons: [1h, 2h]\n"
    "points: {at: action, min_gap: 1m}\n"
    "params: {hidden: 4, embedding_dim: 2, max_epochs: 1, mlp: [4]}\n";

class PoorLog : public Workplace {
 protected:
  // One view a shopper and day, for ten days; every second one is followed by a purchase after so long.
  void import(std::int64_t purchase_after_ms) const {
    std::string log;
    const auto add = [&](int shopper, std::int64_t ts_ms, const char* what) {
      const std::string name = std::to_string(shopper);
      log += R"({"type":"action","id":")" + name + "-" + std::to_string(ts_ms) + R"(","ts_ms":)" +
             std::to_string(ts_ms) + R"(,"shopper":"s)" + name + R"(","action":")" + what + "\"}\n";
    };
    for (int i = 0; i < 400; ++i) {
      const std::int64_t ts_ms = kFirstDay + i / 40 * base::kDayMs + i % 40 * base::kMinuteMs;
      add(i % 40, ts_ms, "view");
      if (purchase_after_ms > 0 && i % 2 == 0) add(i % 40, ts_ms + purchase_after_ms, "purchase");
    }
    write("log.jsonl", log);
    write("training.yaml", kTrainingFile);
    inkling_ok({"import", "--data", "data", "log.jsonl"});
  }
};

TEST_F(PoorLog, without_any_purchase_is_refused_with_targets_and_counts) {
  import(0);
  expect_refusal(inkling({"train", "--data", "data", "--config", "training.yaml"}), kBadInput,
                 {"purchase_1h: none of the ", "purchase_2h: none of the ", "there is nothing to learn"});
  EXPECT_FALSE(fs::exists(folder() / "data" / "packages" / "dipn"));
}

TEST_F(PoorLog, with_one_class_of_one_target_trains_and_says_so) {
  import(90 * base::kMinuteMs);  // within two hours, not within one
  const Outcome trained = inkling({"train", "--data", "data", "--config", "training.yaml"});
  ASSERT_EQ(trained.exit_code, 0) << trained.err;
  EXPECT_THAT(trained.out, HasSubstr("purchase_1h: none of the "));
  EXPECT_THAT(trained.out, HasSubstr("so it learns one number for this target"));
  EXPECT_THAT(trained.out, Not(HasSubstr("purchase_2h: none")));
}

TEST_F(PoorLog, without_a_view_that_the_training_file_asks_for_trains_and_says_so) {
  import(10 * base::kMinuteMs);
  write("views.yaml",
        std::string(kTrainingFile) +
            "views:\n"
            "- {view: tap, window: 5, features: [{source: page, encoder: {kind: index, size: 4}}]}\n"
            "- {view: browse, window: 5, features: [{source: action, encoder: {kind: index, size: 22}}]}\n");
  const Outcome trained = inkling({"train", "--data", "data", "--config", "views.yaml"});
  ASSERT_EQ(trained.exit_code, 0) << trained.err;
  EXPECT_THAT(trained.out, HasSubstr("view tap: no sample has a record of it, so it teaches nothing"));
  EXPECT_THAT(trained.out, Not(HasSubstr("view browse")));
}

}  // namespace
}  // namespace inkling::cli_test
