// inkling train --model add_on_gbdt: purchases of the journal in, a package that orders candidates out.
#include "base/core/json.h"
#include "base/core/random.h"
#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// Two baskets a day for sixty days, of goods that are bought together.
std::string shop_log() {
  base::Random random(1);
  std::string log;
  for (int i = 0; i < 120; ++i) {
    const auto set = random.below(6);
    log +=
        R"({"id":"p)" + std::to_string(i) + R"(","ts_ms":)" + std::to_string(1'700'000'000'000 + i * 43'200'000LL) +
        R"(,"type":"action","action":"purchase","shopper":"s)" + std::to_string(random.below(5)) + R"(","lines":[)";
    for (std::uint64_t k = 0; k < 4; ++k) {
      const auto item = set * 4 + k;
      log += std::string(k == 0 ? "" : ",") + R"({"item":"i)" + std::to_string(item) + R"(","price":{"cents":)" +
             std::to_string(100 + item % 7) + "}}";
    }
    log += "]}\n";
  }
  return log;
}

class RankingTest : public Workplace {
 protected:
  void SetUp() override {
    write("log.jsonl", shop_log());
    inkling_ok({"import", "--data", "data", "log.jsonl"});
  }
};

TEST_F(RankingTest, trains_a_ranker_of_add_on_items_that_other_verbs_live_with) {
  const auto trained = inkling_ok({"train", "--data", "data", "--model", "add_on_gbdt", "--set", "days=20", "--set",
                                   "rounds=5", "--threads", "1", "--json"});
  const auto manifest = base::Json::parse(trained.out);
  ASSERT_TRUE(manifest.ok()) << trained.out;
  EXPECT_TRUE(fs::exists(folder() / "data/packages/add_on_gbdt/v1/weights.safetensors"));
  const base::Json* metrics = manifest->find("metrics");
  ASSERT_NE(metrics, nullptr);
  EXPECT_NE(metrics->find("test.hr10"), nullptr);
  EXPECT_THAT(inkling_ok({"models", "list", "--data", "data"}).out, HasSubstr("add_on_gbdt"));
}

TEST_F(RankingTest, refuses_what_only_models_of_shoppers_can_do) {
  expect_refusal(inkling({"train", "--data", "data", "--model", "add_on_gbdt", "--days", "7"}), kBadInput,
                 {"add_on_gbdt", "--set days="});
  expect_refusal(inkling({"train", "--data", "data", "--model", "add_on_gbdt", "--set", "dayz=7"}), kBadInput,
                 {"dayz", "days"});
  expect_refusal(inkling({"train", "--data", "data", "--model", "add_on_gbtd"}), kBadInput, {"add_on_gbdt"});
}

}  // namespace
}  // namespace inkling::cli_test
