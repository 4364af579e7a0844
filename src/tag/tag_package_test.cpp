#include "tag/tag_package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "artifact/test_folder.h"
#include "tag/sample_graph.h"

namespace inkling::tag {
namespace {

using artifact::PackageManifest;
using testing::HasSubstr;

PackageManifest manifest() {
  PackageManifest manifest;
  manifest.version = "v1";
  manifest.metrics["tags"] = 4;
  return manifest;
}

TEST(TagPackage, gives_back_what_was_written) {
  const artifact::TestFolder data;
  const TagArrays arrays = sample::must(sample::builder().arrays());
  const auto folder = sample::must(write_tag_package(data.path(), manifest(), arrays));
  EXPECT_EQ(folder, data.path() / "packages" / "tags" / "v1");
  const TagGraph graph = sample::must(open_tag_package(folder));
  const auto compare = [](std::string_view name, const auto& written, const auto& read) {
    return std::ranges::equal(written, read) ? base::Status() : base::corrupt(std::string(name));
  };
  const base::Status same = each_column(compare, arrays, graph.columns());
  EXPECT_TRUE(same.ok()) << same.message();
  EXPECT_EQ(graph.find("ＷＩＦＩ维修").size(), 1U);
  EXPECT_EQ(graph.find("上门快").size(), 2U);
}

TEST(TagPackage, has_the_same_bytes_whenever_it_is_written) {
  const artifact::TestFolder one, other;
  for (const auto* data : {&one, &other}) {
    sample::must(write_tag_package(data->path(), manifest(), sample::must(sample::builder().arrays())));
  }
  const std::filesystem::path file = "packages/tags/v1/weights.safetensors";
  EXPECT_FALSE(one.read(file).empty());
  EXPECT_EQ(one.read(file), other.read(file));
}

TEST(TagPackage, that_is_damaged_or_cut_is_refused) {
  const artifact::TestFolder data;
  const auto folder =
      sample::must(write_tag_package(data.path(), manifest(), sample::must(sample::builder().arrays())));
  const std::filesystem::path file = "packages/tags/v1/weights.safetensors";
  const std::string bytes = data.read(file);
  std::string damaged = bytes;
  damaged[damaged.find("wifi")] ^= 1;
  data.write(file, damaged);
  const auto flipped = open_tag_package(folder);
  ASSERT_FALSE(flipped.ok());
  EXPECT_EQ(flipped.status().code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(flipped.status().message(), HasSubstr("surface.bytes"));
  for (std::size_t size = 0; size < bytes.size(); size += 97) {
    data.write(file, bytes.substr(0, size));
    const auto cut = open_tag_package(folder);
    ASSERT_FALSE(cut.ok()) << size;
    ASSERT_EQ(cut.status().code(), base::ErrorCode::kCorrupt) << size;
  }
}

TEST(TagPackage, of_another_format_is_refused_with_the_remedy) {
  const TagArrays arrays = sample::must(sample::builder().arrays());
  const auto bytes = sample::must(sample::must(tag_tensors(arrays)).bytes());
  const auto weights = sample::must(artifact::Safetensors::parse(bytes));
  const auto opened = [&](const char* param, int value) {
    PackageManifest other = manifest();
    other.params.set("tag_format", kTagFormat).set("normal_form", 1).set(param, value);
    return read_tag_tensors(other, weights, nullptr).status();
  };
  EXPECT_TRUE(opened("tag_format", kTagFormat).ok());
  EXPECT_EQ(opened("tag_format", kTagFormat + 1).code(), base::ErrorCode::kUnsupported);
  EXPECT_THAT(opened("tag_format", kTagFormat + 1).message(), HasSubstr("use a newer build"));
  EXPECT_EQ(opened("tag_format", 0).code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(opened("normal_form", 2).message(), HasSubstr("mine them anew"));
}

TEST(TagPackage, without_a_tensor_is_refused_by_its_name) {
  artifact::SafetensorsWriter writer;
  PackageManifest other = manifest();
  other.params.set("tag_format", kTagFormat).set("normal_form", 1);
  const auto bytes = sample::must(writer.bytes());
  const auto status = read_tag_tensors(other, sample::must(artifact::Safetensors::parse(bytes)), nullptr).status();
  EXPECT_EQ(status.code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(status.message(), HasSubstr("node.kind"));
}

}  // namespace
}  // namespace inkling::tag
