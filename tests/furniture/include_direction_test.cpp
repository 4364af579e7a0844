#include <gtest/gtest.h>

#include <algorithm>

#include "tests/furniture/arrows.h"

namespace inkling::furniture {
namespace {

Arrows made_up_arrows() {
  const ArrowsFile file = parse_arrows(R"(
    model-net  models/*/*_net.*  model train   # a comment
    model      models/*/         contract
    contract   models/           middle
    train      src/train/        top
    top        src/top/          middle
    middle     src/middle/       bottom
    bottom     src/bottom/       -
    only       torch/ ATen/      in train model-net
    never      thread            in bottom
  )");
  EXPECT_EQ(joined(file.mistakes), "");
  return file.arrows;
}

std::string complaints(const SourceTree& tree) {
  return joined(forbidden_includes(made_up_arrows(), tree));
}

// The rooms that an include can name, so that the made-up tree has them.
SourceTree tree_with(SourceFile file) {
  return {
      {"src/bottom/a.h", ""}, {"src/middle/a.h", ""}, {"src/top/a.h", ""}, {"models/one/a.h", ""}, std::move(file)};
}

TEST(IncludeDirection, allows_an_arrow_and_what_lies_further_along_it) {
  EXPECT_EQ(complaints(tree_with({"src/top/b.cpp", "#include \"middle/a.h\"\n#include \"bottom/a.h\"\n"})), "");
}

TEST(IncludeDirection, names_file_line_and_rooms_of_an_upward_include) {
  EXPECT_EQ(complaints(tree_with({"src/bottom/b.cpp", "\n#  include \"top/a.h\"\n"})),
            "src/bottom/b.cpp:2: includes top/a.h: room bottom has no arrow to room top\n");
}

TEST(IncludeDirection, keeps_components_from_including_each_other) {
  EXPECT_EQ(complaints(tree_with({"models/two/two.cpp", "#include \"models/one/a.h\"\n"})),
            "models/two/two.cpp:1: includes models/one/a.h: models/two must not know models/one\n");
  EXPECT_EQ(complaints(tree_with({"models/two/two_net.cpp", "#include \"models/one/a.h\"\n"})),
            "models/two/two_net.cpp:1: includes models/one/a.h: models/two must not know models/one\n");
  EXPECT_EQ(complaints(tree_with({"models/one/b.cpp", "#include \"models/one/a.h\"\n#include \"models/c.h\"\n"})),
            "");
}

TEST(IncludeDirection, refuses_a_contract_that_knows_a_component) {
  EXPECT_EQ(complaints(tree_with({"models/contract.h", "#include \"models/one/a.h\"\n"})),
            "models/contract.h:1: includes models/one/a.h: room contract has no arrow to room model\n");
}

TEST(IncludeDirection, keeps_outside_headers_in_the_rooms_that_may_have_them) {
  EXPECT_EQ(complaints({{"src/top/a.h", "#include <torch/nn.h>\n"}}),
            "src/top/a.h:1: includes torch/nn.h: not allowed in room top\n");
  EXPECT_EQ(complaints({{"models/one/one_net.cpp", "#include <torch/nn.h>\n"}}), "");
  EXPECT_EQ(complaints({{"src/bottom/a.h", "#include <thread>\n"}}),
            "src/bottom/a.h:1: includes thread: not allowed in room bottom\n");
  EXPECT_EQ(complaints({{"src/bottom/a_test.cpp", "#include <thread>\n"}, {"src/top/a.h", "#include <thread>\n"}}),
            "");
}

TEST(IncludeDirection, ignores_libraries_whose_headers_stand_in_quotes) {
  EXPECT_EQ(complaints(tree_with({"src/bottom/b.cpp", "#include \"hwy/highway.h\"\n"})), "");
}

TEST(IncludeDirection, wants_every_source_file_in_a_room) {
  EXPECT_EQ(complaints({{"src/attic/a.h", ""}}), "src/attic/a.h: is in no room of arrows.txt\n");
}

TEST(ArrowsText, names_the_line_of_a_mistake_and_rooms_that_do_not_exist) {
  const ArrowsFile file = parse_arrows("# fine\nalone src/alone/\nnever thread alone\na src/a/ b\n");
  EXPECT_EQ(joined(file.mistakes),
            "arrows.txt:2: a room is written: NAME FILES ROOMS, or - for no rooms\n"
            "arrows.txt:3: a rule is written: only|never HEADERS in ROOMS\n"
            "arrows.txt: room a names \"b\", which is no room\n");
}

TEST(ArrowsText, refuses_arrows_that_run_in_a_circle) {
  EXPECT_EQ(joined(parse_arrows("a src/a/ b\nb src/b/ c\nc src/c/ b\n").mistakes),
            "arrows.txt: room b can reach itself\narrows.txt: room c can reach itself\n");
}

TEST(PathFits, lets_a_star_stand_for_one_folder_or_a_part_of_a_name) {
  EXPECT_TRUE(path_fits("src/base/", "src/base/core/result.h"));
  EXPECT_FALSE(path_fits("src/base/", "src/basement/a.h"));
  EXPECT_TRUE(path_fits("models/*/*_net.*", "models/dipn/dipn_net.cpp"));
  EXPECT_FALSE(path_fits("models/*/*_net.*", "models/dipn_net.cpp"));
  EXPECT_FALSE(path_fits("models/*/", "models/model.h"));
}

TEST(ThisRepository, includes_only_along_its_arrows) {
  const SourceTree arrows_text = read_tree(".", {"tests/furniture"});
  const auto text = std::ranges::find(arrows_text, "tests/furniture/arrows.txt", &SourceFile::path);
  ASSERT_NE(text, arrows_text.end());
  const ArrowsFile file = parse_arrows(text->text);
  ASSERT_EQ(joined(file.mistakes), "");
  const SourceTree tree = read_tree(".", {"src", "models", "plugins", "sim", "scenes", "apps"});
  ASSERT_GT(tree.size(), 100U) << "run me from the root of the repository";
  EXPECT_EQ(joined(forbidden_includes(file.arrows, tree)), "");
}

}  // namespace
}  // namespace inkling::furniture
