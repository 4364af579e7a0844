// What ships must hold: every scene loads, every replay comes out as it says, every stage keeps its kind's rule and
// its README tells the parameters that its blueprint has.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "scene/replay.h"
#include "scene/scene_file.h"
#include "scene/stage_registry.h"

namespace inkling::scene {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

std::vector<std::string> folders_with(const std::string& parent, const std::string& file) {
  std::vector<std::string> folders;
  for (const auto& entry : fs::directory_iterator(parent)) {
    if (fs::exists(entry.path() / file)) folders.push_back(entry.path().string());
  }
  return folders;
}

TEST(Scenes, load_with_the_stages_of_this_build) {
  const auto plans = load_scenes("scenes", plugins::stages());
  ASSERT_TRUE(plans.ok()) << plans.status().message();
  EXPECT_EQ(plans->size(), folders_with("scenes", "scene.yaml").size());
  EXPECT_GE(plans->size(), 1U);
}

TEST(Scenes, answer_every_replay_as_it_says) {
  for (const std::string& folder : folders_with("scenes", "scene.yaml")) {
    const auto plan = load_scene(folder, plugins::stages());
    ASSERT_TRUE(plan.ok()) << plan.status().message();
    const auto files = files_of(fs::path(folder) / "replay", ".json");
    EXPECT_FALSE(files.empty()) << folder << " has no replay file";
    for (const fs::path& file : files) {
      const auto replay = load_replay(file.string());
      ASSERT_TRUE(replay.ok()) << replay.status().message();
      const base::Status status = check_replay(*plan, *replay);
      EXPECT_TRUE(status.ok()) << status.message();
    }
  }
}

TEST(Scenes, are_each_explained_in_a_readme) {
  for (const std::string& folder : folders_with("scenes", "scene.yaml")) {
    EXPECT_TRUE(fs::exists(fs::path(folder) / "README.md")) << folder;
  }
}

TEST(Stages, keep_the_rules_of_their_kind) {
  for (const StageBlueprint* blueprint : plugins::stages()) {
    const base::Status status = check_blueprint(*blueprint);
    EXPECT_TRUE(status.ok()) << status.message();
  }
}

TEST(Stages, are_named_like_their_folders_and_sorted) {
  std::vector<std::string> ids;
  for (const StageBlueprint* blueprint : plugins::stages()) {
    ids.push_back(stage_id(*blueprint));
    EXPECT_TRUE(fs::exists("plugins/stages/" + ids.back() + "/CMakeLists.txt")) << ids.back();
  }
  EXPECT_TRUE(std::ranges::is_sorted(ids));
  EXPECT_EQ(std::ranges::adjacent_find(ids), ids.end());
}

TEST(Stages, are_all_registered) {
  std::size_t folders = 0;
  for (const auto& kind : fs::directory_iterator("plugins/stages")) {
    folders += folders_with(kind.path().string(), "CMakeLists.txt").size();
  }
  EXPECT_EQ(plugins::stages().size(), folders);
}

TEST(Stages, tell_in_their_readme_what_their_blueprint_says) {
  for (const StageBlueprint* blueprint : plugins::stages()) {
    const std::string readme = text_of("plugins/stages/" + stage_id(*blueprint) + "/README.md");
    EXPECT_NE(readme.find(parameter_table(blueprint->parameters)), std::string::npos)
        << "the README of " << stage_id(*blueprint) << " must hold this table:\n"
        << parameter_table(blueprint->parameters);
  }
}

}  // namespace
}  // namespace inkling::scene
