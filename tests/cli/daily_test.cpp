// Daily increments: `inkling train --from` goes on from an older package on newer days, as docs/howto/train-daily.md
// tells it, and refuses by name what does not fit.
#include <algorithm>
#include <memory>
#include <span>
#include <string>

#include "artifact/manifest.h"
#include "base/core/clock.h"
#include "base/core/json.h"
#include "base/core/random.h"
#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

constexpr std::int64_t kFirstDay = 1'767'225'600'000;  // 2026-01-01
constexpr const char* kTrainingFile =
    "points: {at: action, min_gap: 1m}\n"
    "horizons: [1h]\n"
    "split: {validation: 0}\n"
    "views:\n"
    "- view: browse\n"
    "  window: 8\n"
    "  features:\n"
    "  - {source: action, encoder: {kind: index, size: 22}}\n"
    "  - {source: leaf_category, encoder: {kind: vocabulary, min_count: 3, fallback: 2}}\n"
    "statistics: [{source: active_days, encoder: {kind: number}}]\n"
    "params: {hidden: 8, max_epochs: 6, mlp: [8], batch_size: 32, learning_rate: 0.02, warmup_steps: 5}\n";

// Visits of three views in one category. After an even category the shopper buys, mostly; from day 8 on half of all
// visits are in categories that nobody saw before.
std::string visits() {
  base::Random random(8);
  std::string log;
  int id = 0;
  const auto add = [&](int shopper, std::int64_t ts_ms, const char* what, const std::string& category) {
    log += R"({"type":"action","id":"e)" + std::to_string(id++) + R"(","ts_ms":)" + std::to_string(ts_ms) +
           R"(,"shopper":"s)" + std::to_string(shopper) + R"(","action":")" + what + R"(","category":["top",")" +
           category + R"("]})" + "\n";
  };
  for (int day = 0; day < 9; ++day) {
    for (int shopper = 0; shopper < 60; ++shopper) {
      std::int64_t ts_ms = kFirstDay + day * base::kDayMs + 8 * base::kHourMs;
      ts_ms += static_cast<std::int64_t>(random.below(8 * base::kHourMs));
      const bool fresh = day >= 7 && random.chance(0.5);
      const auto number = random.below(8);
      const std::string category = (fresh ? "new-" : "old-") + std::to_string(number);
      for (int i = 0; i < 3; ++i) add(shopper, ts_ms + i * 2 * base::kMinuteMs, "view", category);
      const bool buys = random.chance(number % 2 == 0 ? 0.9 : 0.1);
      if (buys) add(shopper, ts_ms + 10 * base::kMinuteMs, "purchase", category);
    }
  }
  return log;
}

class Daily : public Workplace {
 protected:
  static void SetUpTestSuite() {
    shared_ = std::make_unique<SharedFolder>();
    shared_->make();
  }
  static void TearDownTestSuite() { shared_.reset(); }
  void SetUp() override {
    ASSERT_EQ(shared_->training.exit_code, 0) << shared_->training.err;
    fs::copy(shared_->data(), folder() / "data", fs::copy_options::recursive);
    write("training.yaml", kTrainingFile);
  }
  [[nodiscard]] Outcome train(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"train", "--data", "data"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return inkling(arguments);
  }
  void expect_no_training(const std::vector<std::string>& arguments, int exit_code,
                          const std::vector<std::string>& parts) const {
    expect_refusal(train(arguments), exit_code, parts);
    EXPECT_FALSE(fs::exists(folder() / "data" / "packages" / "dipn" / "v2"));
  }

  struct SharedFolder : Workplace {
    void make() {
      write("visits.jsonl", visits());
      write("training.yaml", kTrainingFile);
      inkling_ok({"import", "--data", "data", "visits.jsonl"});
      training = inkling({"train", "--data", "data", "--config", "training.yaml", "--until", "2026-01-07"});
    }
    [[nodiscard]] fs::path data() const { return folder() / "data"; }
    void TestBody() override {}
    Outcome training;
  };
  static std::unique_ptr<SharedFolder> shared_;
};
std::unique_ptr<Daily::SharedFolder> Daily::shared_;

double auc_of(const Outcome& outcome) {
  const auto manifest = base::Json::parse(outcome.out);
  EXPECT_TRUE(manifest.ok()) << outcome.out;
  const base::Json* auc = manifest.ok() ? manifest->find("metrics")->find("test.purchase_1h.auc") : nullptr;
  EXPECT_NE(auc, nullptr) << outcome.out;
  return auc == nullptr ? 0 : *auc->if_number();
}

TEST_F(Daily, the_eighth_day_teaches_its_new_categories_and_forgets_no_old_one) {
  const Outcome next =
      train({"--from", "v1", "--since", "2026-01-08", "--until", "2026-01-08", "--set", "max_epochs=20", "--json"});
  ASSERT_EQ(next.exit_code, 0) << next.err;
  EXPECT_THAT(next.out, HasSubstr(R"("parent":"v1")"));
  EXPECT_THAT(next.out, HasSubstr(R"("added":[)"));
  const double with = auc_of(next);
  // The same network on the ninth day without the eighth: one step of a step size that changes nothing.
  const Outcome still =
      train({"--from", "v1", "--since", "2026-01-08", "--until", "2026-01-08", "--set", "max_epochs=1", "--set",
             "learning_rate=0.0000001", "--set", "warmup_steps=1000000", "--json"});
  ASSERT_EQ(still.exit_code, 0) << still.err;
  const double without = auc_of(still);
  EXPECT_GT(with, without + 0.02) << "half of the ninth day is in categories that only the eighth tells";
  EXPECT_GT(with, 0.87);
}

TEST_F(Daily, goes_on_day_after_day_where_the_parents_training_ended) {
  const Outcome eighth = train({"--from", "v1", "--until", "2026-01-08", "--json"});
  ASSERT_EQ(eighth.exit_code, 0) << eighth.err;
  const Outcome ninth = train({"--from", "v2", "--until", "2026-01-09", "--live", "--json"});
  ASSERT_EQ(ninth.exit_code, 0) << ninth.err;
  EXPECT_THAT(ninth.out, HasSubstr(R"("parent":"v2")"));
  EXPECT_THAT(ninth.out, HasSubstr(R"("train_from_ms":)" + std::to_string(kFirstDay + 8 * base::kDayMs)));
  EXPECT_THAT(inkling_ok({"models", "list", "--data", "data"}).out, HasSubstr("v3     live"));
  const Outcome live = train({"--from", "live", "--days", "1", "--until", "2026-01-09", "--json"});
  EXPECT_EQ(live.exit_code, 0) << live.err;
  EXPECT_THAT(live.out, HasSubstr(R"("parent":"v3")"));
}

TEST_F(Daily, refuses_by_name_what_is_not_the_parents) {
  const auto from_v1 = [](std::vector<std::string> more) {
    std::vector<std::string> all = {"--from", "v1", "--since", "2026-01-08"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  expect_no_training({"--from", "v7"}, kBadInput, {"--from v7: model dipn has no such version", "expected v1"});
  expect_no_training({"--from", "gbdt/v1"}, kConflict, {"gbdt/v1 is a package of model gbdt", "of model dipn"});
  expect_no_training(from_v1({"--set", "hidden=16"}), kConflict,
                     {"params.hidden: 16 is asked for, but dipn v1 has 8", "the same network"});
  std::string text = kTrainingFile;
  write("window.yaml", text.replace(text.find("window: 8"), 9, "window: 9"));
  expect_no_training(from_v1({"--config", "window.yaml"}), kConflict,
                     {"views[0].window: 9 is asked for, but dipn v1 was trained with 8"});
  text = kTrainingFile;
  write("horizons.yaml", text.replace(text.find("[1h]"), 4, "[1h, 2h]"));
  expect_no_training(from_v1({"--config", "horizons.yaml"}), kConflict, {"horizons: ", "purchase_2h", "dipn v1"});
  expect_no_training({"--from", "v1", "--until", "2026-01-07"}, kBadInput,
                     {"train_from", "nothing is left to train on"});
  expect_no_training({"--from", "v1", "--since", "8 January"}, kBadInput, {"--since: ", "is not a date"});
}

TEST_F(Daily, refuses_a_parent_of_another_fold) {
  const fs::path weights = fs::path("data") / "packages" / "dipn" / "v1" / "weights.safetensors";
  const std::string bytes = read_text(folder() / weights);
  const auto package = artifact::Safetensors::parse(std::as_bytes(std::span(bytes)));
  ASSERT_TRUE(package.ok()) << package.status().message();
  std::string manifest = package->metadata().at(std::string(artifact::kManifestKey));
  const std::string version = R"("fold_version":1)";
  ASSERT_NE(manifest.find(version), std::string::npos);
  artifact::SafetensorsWriter other;
  other.set_metadata(std::string(artifact::kManifestKey),
                     manifest.replace(manifest.find(version), version.size(), R"("fold_version":9)"));
  for (const auto& tensor : package->tensors()) {
    ASSERT_TRUE(other.add_bytes(tensor.name, tensor.dtype, tensor.shape, tensor.bytes).ok());
  }
  const auto written = other.bytes();
  ASSERT_TRUE(written.ok());
  write(weights.string(), {reinterpret_cast<const char*>(written->data()), written->size()});
  expect_no_training({"--from", "v1"}, kBadInput, {"dipn v1 was trained with fold version 9", "must be retrained"});
}

TEST_F(Daily, tells_what_is_wrong_with_where_and_how_often_to_train) {
  expect_no_training({"--checkpoint-every", "often"}, kBadInput, {"--checkpoint-every: ", "or a number of steps"});
  expect_no_training({"--device", "gpu", "--config", "training.yaml"}, kBadInput, {"device \"gpu\" is unknown"});
}

}  // namespace
}  // namespace inkling::cli_test
