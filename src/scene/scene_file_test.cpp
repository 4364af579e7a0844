#include "scene/scene_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "scene/sample_stages.h"

namespace inkling::scene {
namespace {

constexpr std::string_view kGood = R"(scene: gift
description: Gives a gift.
deadline_ms: 20
stages:
  - understand/intent
  - decide/yes_if_intent: {}
fallback:
  - decide/typed: {count: 3}
  - [understand/intent, decide/yes_if_intent]
)";

// What an unknown stage's message lists.
const std::string kStages =
    "expected one of understand/intent, recall/two, recall/told, filter/all, filter/unseen, rank/short_first, "
    "rerank/as_scored, display/plain, decide/yes, decide/yes_if_intent, decide/fails, decide/throws, decide/silent, "
    "decide/typed, understand/mute, decide/yes_if_need, decide/beside";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string mistakes_of(const std::string& yaml) {
  const auto plan = parse_scene(yaml, "s.yaml", sample::kSampleStages);
  EXPECT_TRUE(plan.ok() || plan.status().code() == base::ErrorCode::kInvalidInput);
  return plan.ok() ? "none" : plan.status().message();
}

std::string mistakes_after(const std::string& from, const std::string& to) {
  return mistakes_of(replaced(std::string(kGood), from, to));
}

TEST(ParseScene, makes_a_plan_of_a_good_file) {
  const auto plan = parse_scene(kGood, "s.yaml", sample::kSampleStages);
  ASSERT_TRUE(plan.ok()) << plan.status().message();
  EXPECT_EQ(plan->name(), "gift");
  EXPECT_EQ(plan->description(), "Gives a gift.");
  EXPECT_EQ(plan->deadline_ms(), 20);
  ASSERT_EQ(plan->stages().size(), 2U);
  EXPECT_EQ(plan->stages()[1].id, "decide/yes_if_intent");
  EXPECT_EQ(plan->stages()[1].line, 6);
  ASSERT_EQ(plan->fallback().size(), 2U);
  EXPECT_EQ(plan->fallback()[1].name, "understand/intent + decide/yes_if_intent");
}

TEST(ParseScene, rejects_unknown_stage_with_its_line_and_the_nearest_name) {
  EXPECT_EQ(
      mistakes_after("decide/yes_if_intent: {}", "decide/yes_if_intend: {}"),
      "s.yaml:6: decide/yes_if_intend: there is no such stage; " + kStages + "; did you mean decide/yes_if_intent?");
}

TEST(ParseScene, tells_one_mistake_and_not_a_trail_of_them) {
  const std::string two = replaced(std::string(kGood), "decide/yes_if_intent: {}", "decide/yes_if_need");
  EXPECT_EQ(mistakes_of(two),
            "s.yaml:6: decide/yes_if_need: reads need, which no stage before it writes; put before it: "
            "understand/mute");
  EXPECT_EQ(mistakes_of(replaced(two, "  - understand/intent\n", "  - understand/muted\n")),
            "s.yaml:5: understand/muted: there is no such stage; " + kStages + "; did you mean understand/mute?");
}

TEST(ParseScene, rejects_unknown_missing_and_wrong_parameters) {
  EXPECT_EQ(
      mistakes_after("{count: 3}", "{cuont: 3}"),
      "s.yaml:8: decide/typed: count: is missing; allowed is a whole number from 1 to 100 (items)\n"
      "s.yaml:8: decide/typed: cuont: there is no such parameter; expected one of count, share, loud, colour, names; "
      "did you mean count?");
  EXPECT_EQ(mistakes_after("{count: 3}", "{count: many}"),
            "s.yaml:8: decide/typed: count: \"many\" is not a whole number; allowed is a whole number from 1 to 100 "
            "(items)");
  EXPECT_EQ(mistakes_after("{count: 3}", "\n      count: 3\n      share: 1.5"),
            "s.yaml:10: decide/typed: share: 1.5 is above 1; allowed is a number from 0 to 1");
}

constexpr std::string_view kShared = R"(scene: page
description: d
deadline_ms: 5
stages:
  - &found
    - recall/two
    - &kept [filter/all]
  - rank/short_first
fallback:
  - [*found, rank/short_first, *kept]
  - *found
)";

TEST(ParseScene, reads_a_list_among_stages_as_its_stages) {
  const auto plan = parse_scene(kShared, "s.yaml", sample::kSampleStages);
  ASSERT_TRUE(plan.ok()) << plan.status().message();
  std::string ids;
  for (const PlannedStage& stage : plan->stages()) ids += stage.id + ":" + std::to_string(stage.line) + " ";
  EXPECT_EQ(ids, "recall/two:6 filter/all:7 rank/short_first:8 ");
  ASSERT_EQ(plan->fallback().size(), 2U);
  EXPECT_EQ(plan->fallback()[0].name, "recall/two + filter/all + rank/short_first + filter/all");
  EXPECT_EQ(plan->fallback()[0].stages.back().line, 7) << "where it is written";
  EXPECT_EQ(plan->fallback()[1].name, "recall/two + filter/all");
}

TEST(ParseScene, tells_a_mistake_of_shared_stages_once) {
  EXPECT_EQ(mistakes_of(replaced(std::string(kShared), "filter/all", "filter/al")),
            "s.yaml:7: filter/al: there is no such stage; " + kStages + "; did you mean filter/all?");
  EXPECT_EQ(mistakes_of(replaced(std::string(kShared), "[filter/all]", "[]")),
            "s.yaml:7: stages: holds an empty list; allowed is a list of `- kind/name: {parameters}`\n"
            "s.yaml:7: fallback: holds an empty list; allowed is a list of `- kind/name: {parameters}`");
}

TEST(ParseScene, passes_on_what_the_stage_itself_refuses) {
  EXPECT_EQ(mistakes_after("{count: 3}", "{count: 13}"),
            "s.yaml:8: decide/typed: count: 13 is unlucky; allowed is any other");
}

TEST(ParseScene, rejects_a_slot_that_is_read_before_it_is_written) {
  EXPECT_EQ(mistakes_after("  - understand/intent\n", ""),
            "s.yaml:5: decide/yes_if_intent: reads intent, which no stage before it writes; put before it: "
            "understand/intent");
  EXPECT_EQ(mistakes_after("[understand/intent, decide/yes_if_intent]", "decide/yes_if_intent"),
            "s.yaml:9: decide/yes_if_intent: reads intent, which no stage before it writes; put before it: "
            "understand/intent");
}

TEST(ParseScene, knows_that_new_candidates_have_no_score) {
  const std::string scene = R"(scene: page
description: d
deadline_ms: 5
stages: [recall/two, rank/short_first, recall/two, rerank/as_scored]
fallback: [recall/two]
)";
  EXPECT_EQ(mistakes_of(scene),
            "s.yaml:4: rerank/as_scored: reads scores, which no stage before it writes; put before it: "
            "rank/short_first");
  EXPECT_EQ(mistakes_of(replaced(scene, "rank/short_first, recall/two", "recall/two, filter/all, rank/short_first")),
            "none");
}

TEST(ParseScene, journals_impressions_unless_told_otherwise) {
  const std::string scene =
      "scene: a\ndescription: b\ndeadline_ms: 1\nstages: [recall/two]\nfallback: [recall/two]\n";
  EXPECT_TRUE(parse_scene(scene, "s.yaml", sample::kSampleStages)->impressions());
  EXPECT_TRUE(parse_scene(scene + "impressions: true\n", "s.yaml", sample::kSampleStages)->impressions());
  EXPECT_FALSE(parse_scene(scene + "impressions: false\n", "s.yaml", sample::kSampleStages)->impressions());
}

TEST(ParseScene, rejects_a_scene_that_answers_nothing) {
  EXPECT_EQ(
      mistakes_after("  - decide/yes_if_intent: {}\n", ""),
      "s.yaml:4: stages: no stage writes candidates, decision, so the scene answers nothing; add a stage of kind "
      "recall or decide");
}

TEST(ParseScene, rejects_a_fallback_that_answers_something_else) {
  EXPECT_EQ(
      mistakes_after("  - decide/typed: {count: 3}\n", "  - recall/two\n"),
      "s.yaml:8: fallback: recall/two does not write decision, which the scene answers; allowed are stages that "
      "do");
}

TEST(ParseScene, rejects_duplicate_keys_at_every_level) {
  EXPECT_EQ(mistakes_after("deadline_ms: 20\n", "deadline_ms: 20\ndeadline_ms: 30\n"),
            "s.yaml:4: deadline_ms: stands twice, first in line 3; keep one of them");
  EXPECT_EQ(mistakes_after("{count: 3}", "{count: 3, count: 4}"),
            "s.yaml:8: fallback[0].decide/typed.count: stands twice, first in line 8; keep one of them");
}

TEST(ParseScene, rejects_unknown_and_missing_keys) {
  EXPECT_EQ(mistakes_after("deadline_ms: 20", "deadline: 20"),
            "s.yaml:1: deadline_ms: is missing; a scene needs scene, description, deadline_ms, stages and fallback\n"
            "s.yaml:3: deadline: there is no such key; expected one of scene, description, deadline_ms, stages, "
            "fallback, impressions, check; did you mean deadline_ms?");
  EXPECT_EQ(mistakes_after("deadline_ms: 20", "deadline_m: 20"),
            "s.yaml:1: deadline_ms: is missing; a scene needs scene, description, deadline_ms, stages and fallback\n"
            "s.yaml:3: deadline_m: there is no such key; expected one of scene, description, deadline_ms, stages, "
            "fallback, impressions, check; did you mean deadline_ms?");
}

TEST(ParseScene, rejects_wrong_values_of_its_own_keys) {
  EXPECT_EQ(mistakes_after("deadline_ms: 20", "deadline_ms: 0"),
            "s.yaml:3: deadline_ms: 0 is below 1; allowed is a whole number from 1 to 60000 (ms)");
  EXPECT_EQ(mistakes_after("deadline_ms: 20", "deadline_ms: [20]"),
            "s.yaml:3: deadline_ms: a list does not fit; allowed is a whole number from 1 to 60000 (ms)");
  EXPECT_EQ(mistakes_after("deadline_ms: 20", "deadline_ms: 20\nimpressions: maybe"),
            "s.yaml:4: impressions: \"maybe\" is neither; allowed is true or false");
  EXPECT_EQ(mistakes_after("scene: gift", "scene: Gift!"),
            "s.yaml:1: scene: \"Gift!\" is no scene name; allowed are a-z, 0-9, - and _");
  EXPECT_EQ(mistakes_after("description: Gives a gift.", "description:"),
            "s.yaml:2: description: holds nothing; allowed is a text");
}

TEST(ParseScene, rejects_lists_and_stages_of_the_wrong_shape) {
  const std::string allowed = "; allowed is a list of `- kind/name: {parameters}`";
  EXPECT_EQ(
      mistakes_of("scene: a\ndescription: b\ndeadline_ms: 1\nstages: decide/yes\nfallback: []\n"),
      "s.yaml:4: stages: holds \"decide/yes\"" + allowed + "\ns.yaml:5: fallback: holds an empty list" + allowed);
  EXPECT_EQ(mistakes_after("{count: 3}", "3"),
            "s.yaml:8: decide/typed: holds \"3\"; allowed is a mapping of parameters: {name: value}\n"
            "s.yaml:8: decide/typed: count: is missing; allowed is a whole number from 1 to 100 (items)");
  EXPECT_EQ(mistakes_after("  - decide/typed: {count: 3}", "  - decide/typed:\n    count: 3"),
            "s.yaml:8: fallback: one stage has the keys decide/typed, count; allowed is one name with its parameters "
            "below it: `- kind/name: {parameters}`");
}

TEST(ParseScene, rejects_what_is_no_scene_at_all) {
  EXPECT_EQ(mistakes_of("- a\n"),
            "s.yaml:1: the file holds a list; allowed is a mapping that starts with `scene: "
            "<name>`");
  EXPECT_EQ(mistakes_of(""), "s.yaml:1: the file is empty");
  EXPECT_EQ(mistakes_of(std::string(kGood) + "---\nscene: b\n"),
            "s.yaml:11: a second of 2 YAML documents begins; expected one a file, without ---");
  EXPECT_EQ(
      mistakes_of("scene: gift\nstages: [a\n"),
      "s.yaml:3:1: not valid YAML: the list opened with [ is never closed; expected ] or a comma before this place");
  EXPECT_EQ(mistakes_of(std::string(200'000, '[')).substr(0, 27), "s.yaml:1:1: not valid YAML:");
}

TEST(ParseScene, tells_all_mistakes_at_once_in_the_order_of_the_file) {
  EXPECT_EQ(mistakes_of("scene: gift\n"
                        "description: d\n"
                        "deadline_ms: soon\n"
                        "stages:\n"
                        "  - decide/yess\n"
                        "  - decide/typed: {share: 7}\n"
                        "fallbak: []\n"),
            "s.yaml:1: fallback: is missing; a scene needs scene, description, deadline_ms, stages and fallback\n"
            "s.yaml:3: deadline_ms: \"soon\" is not a whole number; allowed is a whole number from 1 to 60000 (ms)\n"
            "s.yaml:5: decide/yess: there is no such stage; " +
                kStages +
                "; did you mean decide/yes?\n"
                "s.yaml:6: decide/typed: count: is missing; allowed is a whole number from 1 to 100 (items)\n"
                "s.yaml:6: decide/typed: share: 7 is above 1; allowed is a number from 0 to 1\n"
                "s.yaml:7: fallbak: there is no such key; expected one of scene, description, deadline_ms, stages, "
                "fallback, impressions, check; did you mean fallback?");
}

TEST(ParseScene, refuses_a_build_whose_stages_break_their_own_rules) {
  StageBlueprint broken = sample::kYes;
  broken.writes = {};
  const std::array<const StageBlueprint*, 1> stages = {&broken};
  EXPECT_EQ(parse_scene(kGood, "s.yaml", stages).status().code(), base::ErrorCode::kInternal);
}

class SceneFolder : public testing::Test {
 protected:
  void SetUp() override {
    root_ = testing::TempDir() + "scenes_" + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(root_);
  }
  void TearDown() override { std::filesystem::remove_all(root_); }
  std::string write(const std::string& folder, const std::string& yaml) {
    std::filesystem::create_directories(root_ + "/" + folder);
    std::ofstream(root_ + "/" + folder + "/scene.yaml") << yaml;
    return root_ + "/" + folder;
  }
  std::string root_;
};

TEST_F(SceneFolder, loads_by_folder_and_by_file) {
  const std::string folder = write("gift", std::string(kGood));
  EXPECT_TRUE(load_scene(folder, sample::kSampleStages).ok());
  EXPECT_TRUE(load_scene(folder + "/", sample::kSampleStages).ok());
  EXPECT_TRUE(load_scene(folder + "/scene.yaml", sample::kSampleStages).ok());
}

TEST_F(SceneFolder, is_told_to_stages_that_read_files_beside_the_scene) {
  const std::string yaml = replaced(std::string(kGood), "decide/yes_if_intent: {}", "decide/beside");
  const std::string folder = write("gift", yaml);
  const std::string told = "scene.yaml:6: decide/beside: folder: \"" + folder + "\"";
  EXPECT_EQ(load_scene(folder, sample::kSampleStages).status().message(), folder + "/" + told);
  EXPECT_EQ(mistakes_of(yaml), "s.yaml:6: decide/beside: folder: \"\"");
}

TEST_F(SceneFolder, must_bear_the_name_of_its_scene) {
  const std::string folder = write("present", std::string(kGood));
  EXPECT_EQ(load_scene(folder, sample::kSampleStages).status().message(),
            folder + "/scene.yaml:1: scene: \"gift\" is not the name of its folder; allowed is \"present\"");
}

TEST_F(SceneFolder, that_is_absent_or_too_large_is_named) {
  const base::Status absent = load_scene(root_ + "/none", sample::kSampleStages).status();
  EXPECT_EQ(absent.code(), base::ErrorCode::kNotFound);
  EXPECT_EQ(absent.message(),
            "cannot read " + root_ + "/none: No such file or directory; a scene is a folder with a scene.yaml");
  const std::string folder = write("gift", std::string(kMaxSceneBytes + 1, '#'));
  EXPECT_EQ(load_scene(folder, sample::kSampleStages).status().message(),
            folder + "/scene.yaml has more than the 262144 bytes allowed");
}

TEST_F(SceneFolder, loads_all_scenes_by_name_or_all_their_mistakes) {
  write("gift", std::string(kGood));
  write("alms", replaced(std::string(kGood), "scene: gift", "scene: alms"));
  std::filesystem::create_directories(root_ + "/no_scene");
  const auto plans = load_scenes(root_, sample::kSampleStages);
  ASSERT_TRUE(plans.ok()) << plans.status().message();
  ASSERT_EQ(plans->size(), 2U);
  EXPECT_EQ((*plans)[0].name(), "alms");
  write("alms", replaced(std::string(kGood), "deadline_ms: 20", "deadline_ms: -1"));
  write("gift", replaced(std::string(kGood), "deadline_ms: 20", "deadline_ms: -2"));
  const std::string message = load_scenes(root_, sample::kSampleStages).status().message();
  EXPECT_NE(message.find("alms/scene.yaml:3: deadline_ms: -1"), std::string::npos) << message;
  EXPECT_NE(message.find("gift/scene.yaml:3: deadline_ms: -2"), std::string::npos) << message;
  EXPECT_EQ(load_scenes(root_ + "/none", sample::kSampleStages).status().code(), base::ErrorCode::kNotFound);
}

TEST(ParseScene, reads_whether_answers_are_checked_as_they_leave) {
  const auto once = parse_scene(kGood, "s.yaml", sample::kSampleStages);
  ASSERT_TRUE(once.ok());
  EXPECT_FALSE(once->check_live());
  const auto live = parse_scene(std::string(kGood) + "check: live\n", "s.yaml", sample::kSampleStages);
  ASSERT_TRUE(live.ok()) << live.status().message();
  EXPECT_TRUE(live->check_live());
  EXPECT_EQ(mistakes_of(std::string(kGood) + "check: twice\n"),
            "s.yaml:10: check: \"twice\" is none of them; allowed is a text out of \"once\", \"live\"");
}

}  // namespace
}  // namespace inkling::scene
