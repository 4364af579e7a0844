#include "artifact/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "artifact/golden_package.h"

namespace inkling::artifact {
namespace {

using ::testing::HasSubstr;

std::string complaint_about(const PackageManifest& manifest) {
  return check_manifest(manifest).message();
}

TEST(Manifest, survives_the_way_through_json) {
  const PackageManifest manifest = golden::manifest_v1();
  const auto text = base::Json::parse(manifest_to_json(manifest).to_text());
  ASSERT_TRUE(text.ok());
  const auto read = manifest_from_json(*text);
  ASSERT_TRUE(read.ok()) << read.status().message();
  EXPECT_EQ(*read, manifest);
}

TEST(Manifest, names_the_field_that_is_missing_or_wrong) {
  base::Json json = manifest_to_json(golden::manifest_v1());
  json.set("seed", "seven");
  EXPECT_EQ(manifest_from_json(json).status().message(),
            "seed: expected a whole number of at least 0, found \"seven\".");
  json.set("seed", 7).set("metrics", base::Json().set("auc", "high"));
  EXPECT_EQ(manifest_from_json(json).status().message(), "metrics.auc: expected a number, found \"high\".");
  json.if_object()->erase(json.if_object()->begin());
  EXPECT_EQ(manifest_from_json(json).status().message(), "format: is missing.");
  EXPECT_EQ(manifest_from_json(json).status().code(), base::ErrorCode::kCorrupt);
}

TEST(Manifest, of_a_later_format_is_refused) {
  base::Json json = manifest_to_json(golden::manifest_v1());
  json.set("format", 2);
  EXPECT_EQ(manifest_from_json(json).status().code(), base::ErrorCode::kUnsupported);
  EXPECT_THAT(manifest_from_json(json).status().message(),
              HasSubstr("has format 2, but this build reads formats up to 1"));
}

TEST(Manifest, refuses_names_versions_seeds_and_metrics_out_of_form) {
  PackageManifest manifest = golden::manifest_v1();
  EXPECT_TRUE(check_manifest(manifest).ok());
  manifest.name = "../up";
  EXPECT_THAT(complaint_about(manifest), HasSubstr("name: \"../up\" is no model name"));
  manifest.name = "dipn";
  manifest.version = "v01";
  EXPECT_THAT(complaint_about(manifest), HasSubstr("version: \"v01\" is no version"));
  manifest.version = "v1";
  manifest.seed = std::uint64_t{1} << 63;
  EXPECT_EQ(complaint_about(manifest), "seed: 9223372036854775808 is not below 2^63.");
  manifest.seed = 1;
  manifest.metrics["auc"] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(complaint_about(manifest), "metrics.auc: the value is not a finite number.");
}

TEST(Manifest, reads_version_numbers) {
  EXPECT_EQ(version_number("v1"), 1);
  EXPECT_EQ(version_number("v120"), 120);
  for (const char* text : {"", "v", "v0", "v01", "1", "v1a", "V1", "v-1", "v1234567890"}) {
    EXPECT_EQ(version_number(text), 0) << text;
  }
}

TEST(Weights, open_on_the_device_from_one_file) {
  auto writer = *golden::weights_v1();
  writer.set_metadata(std::string(kManifestKey), manifest_to_json(golden::manifest_v1()).to_text());
  const auto bytes = *writer.bytes();
  const auto weights = open_weights(bytes, 1, 1);
  ASSERT_TRUE(weights.ok()) << weights.status().message();
  EXPECT_EQ(weights->manifest, golden::manifest_v1());
  EXPECT_EQ((*weights->tensors.floats("dense.bias", {2}))[1], -3.0f);
}

TEST(Weights, without_a_manifest_are_no_package) {
  const auto bytes = *golden::weights_v1()->bytes();
  EXPECT_EQ(open_weights(bytes, 1, 1).status().message(),
            "the metadata has no \"inkling\", so this is no model package.");
}

TEST(Weights, of_another_fold_or_feature_version_are_refused_with_both_numbers) {
  auto writer = *golden::weights_v1();
  writer.set_metadata(std::string(kManifestKey), manifest_to_json(golden::manifest_v1()).to_text());
  const auto bytes = *writer.bytes();
  EXPECT_EQ(open_weights(bytes, 2, 1).status().message(),
            "model golden v1 was trained with fold version 1, but this build has fold version 2; "
            "the model must be retrained.");
  EXPECT_EQ(open_weights(bytes, 1, 3).status().message(),
            "model golden v1 was trained with feature version 1, but this build has feature version 3; "
            "the model must be retrained.");
  EXPECT_EQ(open_weights(bytes, 1, 3).status().code(), base::ErrorCode::kUnsupported);
}

}  // namespace
}  // namespace inkling::artifact
