#include "artifact/device_package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

#include "artifact/golden_package.h"
#include "artifact/test_folder.h"
#include "base/core/random.h"

namespace inkling::artifact {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Bytes = std::vector<std::byte>;

constexpr std::int64_t kRows = 7, kCols = 33;

std::vector<float> some_weights() {
  base::Random random(11);
  std::vector<float> values(kRows * kCols);
  for (float& value : values) value = static_cast<float>(random.normal());
  for (std::size_t i = 0; i < kCols; ++i) values[2 * kCols + i] = 0;  // a row without a scale
  for (std::size_t i = 0; i < kCols; ++i) values[3 * kCols + i] *= 1e-3F;
  return values;
}

class DevicePackages : public ::testing::Test {
 protected:
  TestFolder data_;
  PackageManifest manifest_ = golden::manifest_v1();

  // The package with one weight "w" and a bias "b".
  Package package_of(std::span<const float> weights) const {
    SafetensorsWriter writer;
    const std::array<float, 3> bias = {0.1F, -0.2F, 1e-7F};
    EXPECT_TRUE(writer.add<float>("w", {kRows, kCols}, weights).ok());
    EXPECT_TRUE(writer.add<float>("b", {3}, bias).ok());
    const auto folder = write_package(data_.path(), manifest_, std::move(writer));
    EXPECT_TRUE(folder.ok()) << folder.status().message();
    return *open_package(*folder, 1, 1);
  }
};

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

TEST_F(DevicePackages, of_floats_are_the_file_itself) {
  const Package package = package_of(some_weights());
  const auto bytes = device_package(package, DevicePrecision::kFloat);
  ASSERT_TRUE(bytes.ok());
  EXPECT_TRUE(std::ranges::equal(*bytes, package.weights_file()));
}

TEST_F(DevicePackages, of_fp16_keep_eleven_bits_and_biases_whole) {
  const std::vector<float> exact = some_weights();
  const Bytes bytes = *device_package(package_of(exact), DevicePrecision::kFp16);
  const auto opened = open_weights(bytes, 1, 1);
  ASSERT_TRUE(opened.ok()) << opened.status().message();
  EXPECT_EQ(opened->manifest.precision, "fp16");
  const auto read = *opened->tensors.floats("w", {kRows, kCols});
  bool rounded = false;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    EXPECT_NEAR(read[i], exact[i], std::fabs(exact[i]) * 0x1p-11F + 0x1p-25F) << i;
    rounded = rounded || read[i] != exact[i];
  }
  EXPECT_TRUE(rounded);
  EXPECT_THAT(*opened->tensors.floats("b", {3}), ElementsAre(0.1F, -0.2F, 1e-7F));
}

TEST_F(DevicePackages, of_int8_are_off_by_half_a_level_of_their_row) {
  const std::vector<float> exact = some_weights();
  const Bytes bytes = *device_package(package_of(exact), DevicePrecision::kInt8);
  const auto opened = open_weights(bytes, 1, 1);
  ASSERT_TRUE(opened.ok()) << opened.status().message();
  EXPECT_EQ(opened->manifest.precision, "int8");
  const auto read = *opened->tensors.floats("w", {kRows, kCols});
  for (std::size_t row = 0; row < kRows; ++row) {
    float most = 0;
    for (std::size_t i = row * kCols; i < (row + 1) * kCols; ++i) most = std::max(most, std::fabs(exact[i]));
    for (std::size_t i = row * kCols; i < (row + 1) * kCols; ++i) {
      EXPECT_NEAR(read[i], exact[i], most / 127 / 2 * 1.001F) << i;
    }
  }
  EXPECT_THAT(*opened->tensors.floats("b", {3}), ElementsAre(0.1F, -0.2F, 1e-7F));
  EXPECT_EQ(opened->tensors.find("w.scale"), nullptr);
  EXPECT_LT(bytes.size(), exact.size() * sizeof(float) + 2048);
}

TEST_F(DevicePackages, say_the_same_of_the_model_as_the_package) {
  const Bytes bytes = *device_package(package_of(some_weights()), DevicePrecision::kInt8);
  PackageManifest read = open_weights(bytes, 1, 1)->manifest;
  EXPECT_EQ(std::exchange(read.precision, ""), "int8");
  EXPECT_EQ(read, manifest_);
}

TEST_F(DevicePackages, keep_expanded_weights_for_copies_of_them) {
  const Bytes bytes = *device_package(package_of(some_weights()), DevicePrecision::kFp16);
  Safetensors copy;
  {
    const auto opened = open_weights(bytes, 1, 1);
    copy = opened->tensors;
  }
  EXPECT_NEAR((*copy.floats("w", {kRows, kCols}))[0], some_weights()[0], 1e-2);
}

TEST_F(DevicePackages, refuse_weights_that_the_form_cannot_hold) {
  std::vector<float> weights = some_weights();
  weights[5] = 70000;
  const Package large = package_of(weights);
  const auto as_fp16 = device_package(large, DevicePrecision::kFp16);
  EXPECT_EQ(as_fp16.status().code(), base::ErrorCode::kInvalidInput);
  EXPECT_THAT(as_fp16.status().message(), HasSubstr("tensor \"w\": the weight 70000.000000 is beyond the 65504"));
  EXPECT_TRUE(device_package(large, DevicePrecision::kInt8).ok());
  weights[5] = std::numeric_limits<float>::infinity();
  manifest_.version = "v2";
  EXPECT_THAT(device_package(package_of(weights), DevicePrecision::kInt8).status().message(),
              HasSubstr("tensor \"w\": the weight inf is not a finite number"));
}

TEST_F(DevicePackages, refuse_scales_that_do_not_fit_their_rows) {
  manifest_.precision = "int8";
  SafetensorsWriter writer;
  const std::array<std::int8_t, 4> levels = {1, 2, 3, 4};
  const std::array<float, 3> scales = {1, 1, 1};
  ASSERT_TRUE(writer.add<std::int8_t>("w", {2, 2}, levels).ok());
  ASSERT_TRUE(writer.add<float>("w.scale", {3}, scales).ok());
  writer.set_metadata(std::string(kManifestKey), manifest_to_json(manifest_).to_text());
  const auto refused = open_weights(*writer.bytes(), 1, 1);
  EXPECT_EQ(refused.status().code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(refused.status().message(), HasSubstr("tensor \"w.scale\": found F32 of shape [3], expected F32"));
}

TEST_F(DevicePackages, of_an_unknown_precision_are_for_a_newer_build) {
  base::Json json = manifest_to_json(manifest_);
  json.set("format", 2).set("precision", "int4");
  EXPECT_EQ(manifest_from_json(json).status().code(), base::ErrorCode::kUnsupported);
  EXPECT_THAT(manifest_from_json(json).status().message(), HasSubstr("\"int4\" are not known"));
}

TEST_F(DevicePackages, are_named_as_people_write_them) {
  EXPECT_EQ(*device_precision_from("int8"), DevicePrecision::kInt8);
  EXPECT_EQ(device_precision_name(DevicePrecision::kFp16), "fp16");
  EXPECT_EQ(device_precision_from("in8").status().message(),
            "precision: \"in8\" is not known; expected one of float, fp16, int8; did you mean int8?.");
}

// ctest runs from the root of the source tree.
TEST(GoldenDevicePackages, of_format_2_stay_readable_and_are_written_the_same) {
  const auto package = open_package("tests/golden/package_v1", 1, 1);
  ASSERT_TRUE(package.ok()) << package.status().message();
  const TestFolder golden;
  fs::copy("tests/golden/package_v2", golden.path());
  for (const DevicePrecision precision : {DevicePrecision::kFp16, DevicePrecision::kInt8}) {
    const std::string name(device_precision_name(precision));
    const std::string file = golden.read(name + ".safetensors");
    const auto opened = open_weights(bytes_of(file), 1, 1);
    ASSERT_TRUE(opened.ok()) << name << ": " << opened.status().message();
    const auto kernel = *opened->tensors.floats("dense.kernel", {2, 3});
    for (std::size_t i = 0; i < kernel.size(); ++i) {
      EXPECT_NEAR(kernel[i], 0.25F * static_cast<float>(i) - 0.5F, 0.004F) << name;
    }
    EXPECT_TRUE(std::ranges::equal(*device_package(*package, precision), bytes_of(file))) << name;
  }
}

}  // namespace
}  // namespace inkling::artifact
