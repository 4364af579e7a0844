// What a build with the training half can do: train, evaluate, serve the package; and what it says when the training
// file, a parameter or the package is wrong.
#include <memory>
#include <utility>

#include "base/core/json.h"
#include "server/http_client.h"
#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr const char* kTrainingFile =
    "points: {at: action, min_gap: 5m}\n"
    "horizons: [1h]\n"
    "split: {test_fraction: 0.3}\n"
    "params: {hidden: 8, max_epochs: 1, mlp: [8]}\n";

// Simulated and trained once for all tests of this file; each works on a copy.
class Trained : public Workplace {
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

  [[nodiscard]] fs::path package() const { return folder() / "data" / "packages" / "dipn" / "v1"; }
  [[nodiscard]] std::vector<std::string> serving(const std::string& verb) const {
    return {verb, "--data", "data", "--port", "0", "--scenes", source_path("scenes")};
  }
  [[nodiscard]] Outcome train(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"train", "--data", "data"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return inkling(arguments);
  }
  // Refused, and no second package.
  void expect_no_training(const std::vector<std::string>& arguments, const std::vector<std::string>& parts) const {
    expect_refusal(train(arguments), kBadInput, parts);
    EXPECT_FALSE(fs::exists(package().parent_path() / "v2"));
  }
  void flip_byte(const fs::path& file, std::size_t at) const {
    std::string bytes = read_text(file);
    ASSERT_LT(at, bytes.size());
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    write(fs::relative(file, folder()).string(), bytes);
  }

  struct SharedFolder : Workplace {
    void make() {
      write("training.yaml", kTrainingFile);
      inkling_ok({"simulate", "--data", "data", "--shoppers", "30", "--days", "4", "--items", "60"});
      training = inkling({"train", "--data", "data", "--config", "training.yaml", "--threads", "1", "--json"});
    }
    [[nodiscard]] fs::path data() const { return folder() / "data"; }
    void TestBody() override {}
    Outcome training;
  };
  static std::unique_ptr<SharedFolder> shared_;
};
std::unique_ptr<Trained::SharedFolder> Trained::shared_;

TEST_F(Trained, the_package_says_how_it_was_made) {
  const auto manifest = base::Json::parse(shared_->training.out);
  ASSERT_TRUE(manifest.ok()) << shared_->training.out;
  const base::JsonView view(*manifest);
  EXPECT_EQ(*view.text("name"), "dipn");
  EXPECT_EQ(*view.text("version"), "v1");
  EXPECT_EQ(*view.member("params")->integer("hidden"), 8);
  EXPECT_TRUE(fs::exists(package() / "model.yaml"));
  EXPECT_TRUE(fs::exists(package() / "report.html"));
}

TEST_F(Trained, evaluate_measures_what_train_measured) {
  const auto evaluated = base::Json::parse(inkling_ok({"evaluate", "--data", "data", "--json"}).out);
  const auto manifest = base::Json::parse(shared_->training.out);
  ASSERT_TRUE(evaluated.ok() && manifest.ok());
  const auto* points = evaluated->find("metrics")->find("test.points");
  ASSERT_NE(points, nullptr);
  EXPECT_GT(*points->if_number(), 20);
  EXPECT_EQ(evaluated->find("metrics")->to_text(), manifest->find("metrics")->to_text());
}

TEST_F(Trained, serves_the_live_package_to_scenes_and_shoppers) {
  Program server(folder(), serving("serve"));
  const std::uint16_t port = server.await_port();
  ASSERT_NE(port, 0);
  server::HttpClient client(port);
  const std::string event = R"({"type":"action","id":"e","ts_ms":1735700000000,"shopper":"ann","action":"view"})";
  ASSERT_EQ(client.post("/v1/events", event).status, 200U);
  const auto shopper = base::Json::parse(client.get("/v1/shoppers/ann").body);
  ASSERT_TRUE(shopper.ok());
  const base::Json& intent = shopper->find("intent")->if_array()->at(0);
  EXPECT_EQ(*intent.find("target")->if_text(), "purchase_1h");
  ASSERT_NE(intent.find("probability")->if_number(), nullptr) << intent.to_text();
  const auto answer = base::Json::parse(client.post("/v1/scenes/coupon", R"({"shopper":"ann"})").body);
  ASSERT_TRUE(answer.ok());
  EXPECT_TRUE(answer->find("degraded")->is_null()) << answer->to_text();
  EXPECT_EQ(server.stop().exit_code, 0);
}

TEST_F(Trained, standalone_uses_the_journal_and_the_package_that_are_there) {
  const std::uint64_t before = journaled("data");
  Program server(folder(), serving("standalone"));
  const std::uint16_t port = server.await_port();
  ASSERT_NE(port, 0);
  EXPECT_THAT(server::HttpClient(port).get("/v1/models").body, HasSubstr("\"version\":\"v1\""));
  const Outcome outcome = server.stop();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("data holds " + std::to_string(before) + " events already"));
  EXPECT_FALSE(fs::exists(package().parent_path() / "v2"));
}

TEST_F(Trained, a_second_training_is_a_candidate_until_it_is_promoted) {
  const Outcome second = train({"--config", "training.yaml", "--seed", "2", "--threads", "1"});
  ASSERT_EQ(second.exit_code, 0) << second.err;
  EXPECT_THAT(second.out, HasSubstr("dipn v2 is a candidate"));
  inkling_ok({"models", "promote", "--data", "data", "dipn", "v2"});
  const std::string list = inkling_ok({"models", "list", "--data", "data"}).out;
  EXPECT_THAT(list, HasSubstr("v1     retired"));
  EXPECT_THAT(list, HasSubstr("v2     live"));
}

TEST_F(Trained, tells_the_nearest_model_and_parameter) {
  expect_no_training({"--model", "dipm"}, {"\"dipm\" is no model of this build", "did you mean dipn?"});
  expect_no_training({"--set", "hiden=8"}, {"\"hiden\" is no parameter", "did you mean hidden?"});
}

TEST_F(Trained, names_a_parameter_that_is_out_of_range_or_no_assignment) {
  expect_no_training({"--set", "hidden=4000"}, {"--set hidden: 4000 is not between 4 and 512"});
  expect_no_training({"--set", "hidden=many"}, {"--set hidden: ", "whole number"});
  expect_no_training({"--set", "hidden"}, {"--set \"hidden\": write name=value"});
}

TEST_F(Trained, names_the_line_of_each_mistake_in_a_training_file) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases = {
      {"horizons: [1h]\npoints: {at: acton}\n", {"bad.yaml:2: points", "acton", "action, day_end"}},
      {"horizons: [1h]\nhorizonz: [1d]\n", {"bad.yaml:2: horizonz: there is no such key", "did you mean horizons?"}},
      {"points: {at: action}\nhorizons: [1h\n", {"bad.yaml:3:1: not valid YAML"}},
      {"horizons: [1h]\nviews:\n- view: browse\n  window: 0\n  features: []\n",
       {"bad.yaml:4: views[0].window: 0 is not between 1 and 128"}},
      {"horizons: [1h]\nparams:\n  hidden: 8\n  hiden: 8\n", {"bad.yaml:4: params.hiden", "did you mean hidden?"}}};
  for (const auto& [text, parts] : cases) {
    write("bad.yaml", text);
    expect_no_training({"--config", "bad.yaml"}, parts);
  }
  expect_no_training({"--config", "nowhere.yaml"}, {"nowhere.yaml"});
}

TEST_F(Trained, refuses_weights_with_one_flipped_bit) {
  const fs::path weights = package() / "weights.safetensors";
  for (const std::size_t back : {1U, 100U}) {
    flip_byte(weights, fs::file_size(weights) - back);
    const std::string expected = "data/packages/dipn/v1/weights.safetensors";
    expect_refusal(inkling(serving("serve")), kDamagedOrIo, {expected, "do not match their checksum"});
    flip_byte(weights, fs::file_size(weights) - back);
  }
}

TEST_F(Trained, refuses_weights_that_are_cut_short) {
  const fs::path weights = package() / "weights.safetensors";
  fs::resize_file(weights, fs::file_size(weights) / 2);
  expect_refusal(inkling(serving("serve")), kDamagedOrIo, {"data/packages/dipn/v1/weights.safetensors"});
}

TEST_F(Trained, refuses_a_model_description_that_is_cut_short) {
  fs::resize_file(package() / "model.yaml", 200);
  const std::string expected = "data/packages/dipn/v1/model.yaml";
  expect_refusal(inkling(serving("serve")), kDamagedOrIo, {expected});
}

TEST_F(Trained, refuses_to_promote_a_version_that_does_not_exist) {
  expect_refusal(inkling({"models", "promote", "--data", "data", "dipn", "v9"}), kBadInput, {"v9"});
  EXPECT_THAT(inkling_ok({"models", "list", "--data", "data"}).out, HasSubstr("v1     live"));
}

TEST_F(Trained, export_writes_the_live_package_for_other_engines) {
  inkling_ok({"export", "--data", "data", "--model", "dipn", "--out", "dipn.onnx"});
  const std::string file = read_text(folder() / "dipn.onnx");
  EXPECT_THAT(file, HasSubstr("browse_ids"));
  EXPECT_THAT(file, HasSubstr("purchase_1h")) << "the targets stand in metadata_props";
  expect_refusal(inkling({"export", "--data", "data", "--model", "dipn", "--format", "tflite", "--out", "x"}), kBadInput,
                 {"--to", "onnx"});
  expect_refusal(inkling({"export", "--data", "data", "--model", "dip", "--out", "x"}), kBadInput,
                 {"no version of \"dip\" is live", "--version"});
  EXPECT_FALSE(fs::exists(folder() / "x"));
}

}  // namespace
}  // namespace inkling::cli_test
