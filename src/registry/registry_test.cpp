#include "registry/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "artifact/test_folder.h"

namespace inkling::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Registries : public ::testing::Test {
 protected:
  artifact::TestFolder data_;
  Registry registry_{data_.path()};

  void write(const std::string& name, const std::string& version, float weight = 1) const {
    artifact::PackageManifest manifest;
    manifest.name = name;
    manifest.version = version;
    manifest.fold_version = 1;
    manifest.feature_version = 2;
    artifact::SafetensorsWriter writer;
    ASSERT_TRUE(writer.add<float>("w", {1}, std::array<float, 1>{weight}).ok());
    const auto written = artifact::write_package(data_.path(), manifest, writer);
    ASSERT_TRUE(written.ok()) << written.status().message();
  }

  void write_and_publish(const std::string& name, const std::string& version, float weight = 1) const {
    write(name, version, weight);
    const auto status = registry_.publish(name, version, 10);
    ASSERT_TRUE(status.ok()) << status.message();
  }

  // "dipn v1 live", ...
  [[nodiscard]] std::vector<std::string> listed() const {
    std::vector<std::string> lines;
    const auto entries = registry_.list();
    EXPECT_TRUE(entries.ok()) << entries.status().message();
    if (!entries.ok()) return lines;
    for (const PackageEntry& entry : *entries) {
      lines.push_back(entry.name + " " + entry.version + " " + std::string(state_name(entry.state)));
    }
    return lines;
  }
};

TEST_F(Registries, are_empty_without_a_file) {
  EXPECT_TRUE(listed().empty());
  EXPECT_EQ(*registry_.live("dipn"), std::nullopt);
  EXPECT_EQ(*registry_.next_version("dipn"), "v1");
}

TEST_F(Registries, publish_as_candidate_and_list_by_name_and_version_number) {
  for (const char* version : {"v10", "v2", "v1"}) write_and_publish("dipn", version);
  write_and_publish("caam", "v1");
  EXPECT_THAT(listed(),
              ElementsAre("caam v1 candidate", "dipn v1 candidate", "dipn v2 candidate", "dipn v10 candidate"));
  EXPECT_EQ(*registry_.live("dipn"), std::nullopt);
}

TEST_F(Registries, retire_the_live_version_when_another_goes_live) {
  write_and_publish("dipn", "v1");
  write_and_publish("dipn", "v2");
  write_and_publish("caam", "v1");
  ASSERT_TRUE(registry_.promote("caam", "v1", 11).ok());
  ASSERT_TRUE(registry_.promote("dipn", "v1", 11).ok());
  ASSERT_TRUE(registry_.promote("dipn", "v2", 12).ok());
  EXPECT_THAT(listed(), ElementsAre("caam v1 live", "dipn v1 retired", "dipn v2 live"));
  EXPECT_EQ(*registry_.live("dipn"), "v2");
  EXPECT_EQ((*registry_.list())[1].changed_ms, 12);
  ASSERT_TRUE(registry_.promote("dipn", "v1", 13).ok());
  EXPECT_THAT(listed(), ElementsAre("caam v1 live", "dipn v1 live", "dipn v2 retired"));
  ASSERT_TRUE(registry_.retire("dipn", "v1", 14).ok());
  EXPECT_EQ(*registry_.live("dipn"), std::nullopt);
}

TEST_F(Registries, roll_a_canary_out_to_a_share_of_the_shoppers_and_back) {
  for (const char* version : {"v1", "v2", "v3"}) write_and_publish("dipn", version);
  ASSERT_TRUE(registry_.promote("dipn", "v1", 11).ok());
  const auto share_of = [&](std::string_view version) {
    const auto entries = *registry_.list();
    int shoppers = 0;
    for (int i = 0; i < 1000; ++i)
      shoppers += *version_for(entries, "dipn", "shopper-" + std::to_string(i)) == version;
    return shoppers;
  };
  ASSERT_TRUE(registry_.rollout("dipn", "v2", 20, 12).ok());
  EXPECT_THAT(listed(), ElementsAre("dipn v1 live", "dipn v2 canary", "dipn v3 candidate"));
  EXPECT_NEAR(share_of("v2"), 200, 50);
  EXPECT_EQ(*version_for(*registry_.list(), "dipn", ""), "v1");
  EXPECT_EQ(*registry_.live("dipn"), "v1");
  std::string early;  // who has it keeps it when more get it
  for (int i = 0; early.empty(); ++i) {
    const std::string shopper = "shopper-" + std::to_string(i);
    if (*version_for(*registry_.list(), "dipn", shopper) == "v2") early = shopper;
  }
  ASSERT_TRUE(registry_.rollout("dipn", "v2", 60, 13).ok());
  EXPECT_NEAR(share_of("v2"), 600, 60);
  EXPECT_EQ(*version_for(*registry_.list(), "dipn", early), "v2");
  ASSERT_TRUE(registry_.rollout("dipn", "v3", 10, 14).ok());
  EXPECT_THAT(listed(), ElementsAre("dipn v1 live", "dipn v2 candidate", "dipn v3 canary"));
  ASSERT_TRUE(registry_.rollout("dipn", "v3", 0, 15).ok());
  EXPECT_EQ(share_of("v1"), 1000);
  ASSERT_TRUE(registry_.rollout("dipn", "v2", 100, 16).ok());
  EXPECT_THAT(listed(), ElementsAre("dipn v1 retired", "dipn v2 live", "dipn v3 candidate"));
}

TEST_F(Registries, refuse_a_rollout_that_means_nothing) {
  write_and_publish("dipn", "v1");
  ASSERT_TRUE(registry_.promote("dipn", "v1", 11).ok());
  EXPECT_THAT(registry_.rollout("dipn", "v1", 20, 12).message(), HasSubstr("v1 is live"));
  EXPECT_THAT(registry_.rollout("dipn", "v1", 101, 12).message(), HasSubstr("percent: 101 is out of range"));
  EXPECT_EQ(registry_.rollout("dipn", "v7", 20, 12).code(), base::ErrorCode::kNotFound);
  EXPECT_EQ(version_for(*registry_.list(), "caam", "ann").status().code(), base::ErrorCode::kNotFound);
  for (const char* canary : {R"("state":"canary","percent":100)", R"("state":"canary","percent":0)",
                             R"("state":"live","percent":5)", R"("state":"canary","percent":"5")"}) {
    data_.write("registry.json", std::string(R"({"format":1,"packages":[{"name":"dipn","version":"v1",)") + canary +
                                     R"(,"changed_ms":1}]})");
    EXPECT_EQ(registry_.list().status().code(), base::ErrorCode::kCorrupt) << canary;
  }
}

TEST_F(Registries, load_the_live_package) {
  write_and_publish("dipn", "v1", 3.5f);
  const auto early = registry_.load_live("dipn", 1, 2);
  EXPECT_EQ(early.status().code(), base::ErrorCode::kNotFound);
  EXPECT_EQ(early.status().message(), "model dipn has no live version; promote one of its packages.");
  ASSERT_TRUE(registry_.promote("dipn", "v1", 11).ok());
  const auto package = registry_.load_live("dipn", 1, 2);
  ASSERT_TRUE(package.ok()) << package.status().message();
  EXPECT_THAT(*package->weights().floats("w", {1}), ElementsAre(3.5f));
  EXPECT_EQ(registry_.load_live("dipn", 2, 2).status().code(), base::ErrorCode::kUnsupported);
}

TEST_F(Registries, count_versions_upwards_even_when_folders_are_gone) {
  write_and_publish("dipn", "v3");
  EXPECT_EQ(*registry_.next_version("dipn"), "v4");
  std::filesystem::remove_all(data_.path() / "packages" / "dipn" / "v3");
  EXPECT_EQ(*registry_.next_version("dipn"), "v4");
  write("dipn", "v11");
  EXPECT_EQ(*registry_.next_version("dipn"), "v12");
  EXPECT_EQ(*registry_.next_version("caam"), "v1");
}

TEST_F(Registries, refuse_what_is_not_there_or_there_already) {
  EXPECT_EQ(registry_.publish("dipn", "v1", 1).code(), base::ErrorCode::kNotFound);
  write_and_publish("dipn", "v1");
  EXPECT_EQ(registry_.publish("dipn", "v1", 1).message(), "model dipn v1 is published already, as candidate.");
  write("dipn", "v2");
  const auto unpublished = registry_.promote("dipn", "v2", 1);
  EXPECT_EQ(unpublished.code(), base::ErrorCode::kNotFound);
  EXPECT_THAT(unpublished.message(), HasSubstr("model dipn: version v2 is not published"));
  EXPECT_THAT(registry_.retire("dpin", "v1", 1).message(), HasSubstr("model dpin: no such model is published"));
  EXPECT_THAT(listed(), ElementsAre("dipn v1 candidate"));
}

TEST_F(Registries, refuse_a_package_in_the_wrong_folder) {
  write("dipn", "v1");
  std::filesystem::rename(data_.path() / "packages/dipn/v1", data_.path() / "packages/dipn/v2");
  const auto status = registry_.publish("dipn", "v2", 1);
  EXPECT_EQ(status.code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(status.message(), HasSubstr("the folder says dipn v2, but the package says dipn v1"));
}

TEST_F(Registries, name_the_place_in_a_damaged_file) {
  data_.write("registry.json",
              R"({"format":1,"packages":[{"name":"dipn","version":"v1","state":"life","changed_ms":1}]})");
  const auto list = registry_.list();
  EXPECT_EQ(list.status().code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(list.status().message(), HasSubstr("registry.json: packages[0]: state \"life\""));
  EXPECT_THAT(list.status().message(), HasSubstr("live"));
  data_.write("registry.json", "{");
  EXPECT_EQ(registry_.list().status().code(), base::ErrorCode::kCorrupt);
  data_.write("registry.json", R"({"format":2,"packages":[]})");
  EXPECT_EQ(registry_.list().status().code(), base::ErrorCode::kUnsupported);
}

TEST_F(Registries, read_every_state_that_the_format_knows) {
  std::string packages;
  for (const char* state : {"candidate", "shadow", "canary", "live", "retired"}) {
    packages += std::string(packages.empty() ? "" : ",") + R"({"name":")" + state +
                R"(","version":"v1","changed_ms":1,"state":")" + state + "\"}";
  }
  data_.write("registry.json", R"({"format":1,"packages":[)" + packages + "]}");
  EXPECT_THAT(listed(), ElementsAre("candidate v1 candidate", "shadow v1 shadow", "canary v1 canary", "live v1 live",
                                    "retired v1 retired"));
}

TEST_F(Registries, lose_no_change_when_threads_publish_at_once) {
  constexpr int kThreads = 4;
  constexpr int kVersions = 5;
  for (int t = 0; t < kThreads; ++t) {
    for (int v = 1; v <= kVersions; ++v) write("model" + std::to_string(t), "v" + std::to_string(v));
  }
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([this, t] {
      const Registry registry(data_.path());
      for (int v = 1; v <= kVersions; ++v) {
        EXPECT_TRUE(registry.publish("model" + std::to_string(t), "v" + std::to_string(v), v).ok());
        EXPECT_TRUE(registry.list().ok());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(listed().size(), static_cast<std::size_t>(kThreads * kVersions));
}

}  // namespace
}  // namespace inkling::registry
