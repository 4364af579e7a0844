#include "mining/opinions.h"

#include <gtest/gtest.h>

#include <string>

#include "tag/tag_graph_builder.h"

namespace inkling::mining {
namespace {

class Opinions : public testing::Test {
 protected:
  Opinions() {
    for (const char* name : {"准时", "迟到", "师傅", "罕见"}) {
      EXPECT_TRUE(builder_.add({tag::NodeKind::kTag, name, ""}).ok());
    }
    EXPECT_TRUE(builder_.add({tag::NodeKind::kCategory, "搬家", ""}).ok());
  }
  void add(std::string_view text, bool good, int times) {
    for (int i = 0; i < times; ++i) texts_.push_back({text, good});
  }
  // "准时+ 迟到-": name and sign.
  [[nodiscard]] std::string found(const OpinionOptions& options = {}) const {
    const auto graph = tag::TagGraph::make(*builder_.arrays());
    EXPECT_TRUE(graph.ok());
    std::string told;
    for (const Opinion& opinion : opinions_of(*graph, texts_, options)) {
      told += std::string(graph->name(opinion.row)) + (opinion.polarity > 0 ? "+" : "-") +
              std::to_string(opinion.good) + "/" + std::to_string(opinion.bad) + " ";
    }
    return told;
  }

  tag::TagGraphBuilder builder_;
  std::vector<JudgedText> texts_;
};

TEST_F(Opinions, are_what_good_and_bad_texts_say_apart_from_each_other) {
  add("师傅准时", true, 40);
  add("师傅迟到", false, 40);
  add("搬家师傅准时, 就是准时", false, 3);
  add("搬家", true, 60);
  EXPECT_EQ(found(), "准时+40/3 迟到-0/40 ") << "once a text, and neither what both say nor a category";
}

TEST_F(Opinions, need_texts_enough_and_more_than_a_slight_tilt) {
  add("罕见", true, 9);
  add("别的", false, 9);
  EXPECT_EQ(found({.min_deviation = 2}), "") << "nine texts";
  add("罕见", true, 1);
  EXPECT_EQ(found(), "") << "ten of ten where half are good: 3.2 deviations";
  add("师傅", true, 1200);
  add("师傅", false, 1000);
  add("别的", false, 600);
  EXPECT_EQ(found().find("师傅"), std::string::npos) << "many deviations, but less than e times the odds";
}

TEST_F(Opinions, are_nothing_without_both_kinds_of_texts) {
  EXPECT_EQ(found(), "");
  add("准时", true, 100);
  EXPECT_EQ(found(), "");
}

}  // namespace
}  // namespace inkling::mining
