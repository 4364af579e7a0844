#include "artifact/package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "artifact/golden_package.h"
#include "artifact/test_folder.h"

namespace inkling::artifact {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// ctest runs from the root of the source tree.
const fs::path kGoldenFolder = "tests/golden/package_v1";

class Packages : public ::testing::Test {
 protected:
  TestFolder data_;
  PackageManifest manifest_ = golden::manifest_v1();

  base::Result<fs::path> write(std::string_view report = {}) const {
    return write_package(data_.path(), manifest_, *golden::weights_v1(), report);
  }
};

TEST_F(Packages, are_read_as_they_were_written) {
  const auto folder = write("<html>report</html>");
  ASSERT_TRUE(folder.ok()) << folder.status().message();
  EXPECT_EQ(*folder, data_.path() / "packages" / "golden" / "v1");
  EXPECT_EQ(data_.read("packages/golden/v1/report.html"), "<html>report</html>");
  auto opened = open_package(*folder, 1, 1);
  ASSERT_TRUE(opened.ok()) << opened.status().message();
  const Package package = *std::move(opened);
  EXPECT_EQ(package.manifest(), manifest_);
  EXPECT_THAT(*package.weights().floats("dense.bias", {2}), ElementsAre(0.125f, -3.0f));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(package.weights_file().data()) % 64, 0u);
  EXPECT_EQ(*read_manifest(*folder), manifest_);
}

TEST_F(Packages, never_change_once_written) {
  ASSERT_TRUE(write().ok());
  const auto again = write();
  EXPECT_EQ(again.status().code(), base::ErrorCode::kConflict);
  EXPECT_THAT(again.status().message(), HasSubstr("golden/v1 exists already"));
}

TEST_F(Packages, leave_no_half_written_folder_when_refused) {
  manifest_.params.set("note", "\xff");
  EXPECT_FALSE(write().ok());
  EXPECT_FALSE(fs::exists(data_.path() / "packages" / "golden" / "v1"));
  const fs::path models = data_.path() / "packages" / "golden";
  EXPECT_TRUE(!fs::exists(models) || fs::is_empty(models));
}

TEST_F(Packages, leave_only_the_version_in_the_models_folder) {
  ASSERT_TRUE(write().ok());
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(data_.path() / "packages" / "golden")) {
    names.push_back(entry.path().filename().string());
  }
  EXPECT_THAT(names, ElementsAre("v1"));
}

TEST_F(Packages, that_were_damaged_name_file_and_tensor) {
  ASSERT_TRUE(write().ok());
  std::string bytes = data_.read("packages/golden/v1/weights.safetensors");
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  data_.write("packages/golden/v1/weights.safetensors", bytes);
  const auto opened = open_package(data_.path() / "packages/golden/v1", 1, 1);
  EXPECT_EQ(opened.status().code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(opened.status().message(), HasSubstr("v1/weights.safetensors: tensor \"vocabulary\": its 24 bytes"));
  data_.write("packages/golden/v1/weights.safetensors", bytes.substr(0, bytes.size() - 1));
  EXPECT_EQ(open_package(data_.path() / "packages/golden/v1", 1, 1).status().code(), base::ErrorCode::kCorrupt);
}

TEST_F(Packages, whose_two_files_disagree_are_refused) {
  ASSERT_TRUE(write().ok());
  std::string yaml = data_.read("packages/golden/v1/model.yaml");
  const std::size_t place = yaml.find("seed: 7");
  ASSERT_NE(place, std::string::npos);
  data_.write("packages/golden/v1/model.yaml", yaml.replace(place, 7, "seed: 8"));
  const auto opened = open_package(data_.path() / "packages/golden/v1", 1, 1);
  EXPECT_EQ(opened.status().code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(opened.status().message(), HasSubstr("model.yaml and weights.safetensors describe different models"));
}

TEST_F(Packages, that_do_not_exist_are_not_found) {
  const auto opened = open_package(data_.path() / "packages/absent/v1", 1, 1);
  EXPECT_EQ(opened.status().code(), base::ErrorCode::kNotFound);
  EXPECT_EQ(read_manifest(data_.path() / "packages/absent/v1").status().code(), base::ErrorCode::kNotFound);
}

TEST_F(Packages, of_another_version_say_that_the_model_must_be_retrained) {
  const auto folder = write();
  ASSERT_TRUE(folder.ok());
  const auto opened = open_package(*folder, 9, 1);
  EXPECT_EQ(opened.status().code(), base::ErrorCode::kUnsupported);
  EXPECT_THAT(opened.status().message(), HasSubstr("fold version 1, but this build has fold version 9"));
}

TEST(GoldenPackage, of_format_1_is_readable_for_ever) {
  const auto package = open_package(kGoldenFolder, 1, 1);
  ASSERT_TRUE(package.ok()) << package.status().message();
  EXPECT_EQ(package->manifest().name, "golden");
  EXPECT_EQ(package->manifest().metrics.at("auc"), 0.8125);
  EXPECT_EQ(*base::JsonView(package->manifest().params).number("learning_rate"), 1e-3);
  const base::JsonView features(package->manifest().features);
  EXPECT_EQ(*features.elements("views")->front().integer("window"), 128);
  EXPECT_THAT(*package->weights().floats("dense.kernel", {2, 3}),
              ElementsAre(-0.5f, -0.25f, 0.0f, 0.25f, 0.5f, 0.75f));
  EXPECT_THAT(*package->weights().floats("dense.bias", {2}), ElementsAre(0.125f, -3.0f));
  EXPECT_THAT(*package->weights().values<std::int64_t>("vocabulary", {3}), ElementsAre(1, -2, std::int64_t{1} << 62));
}

// Fails when the writer's bytes change: then either that was not meant, or the format needs the next number.
TEST_F(Packages, of_format_1_are_still_written_byte_by_byte) {
  ASSERT_TRUE(write().ok());
  for (const char* file : {"model.yaml", "weights.safetensors"}) {
    std::ifstream golden(kGoldenFolder / file, std::ios::binary);
    const std::string expected{std::istreambuf_iterator<char>(golden), {}};
    EXPECT_FALSE(expected.empty()) << file;
    EXPECT_TRUE(data_.read(fs::path("packages/golden/v1") / file) == expected) << file;
  }
}

}  // namespace
}  // namespace inkling::artifact
