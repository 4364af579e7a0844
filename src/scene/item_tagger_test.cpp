#include "scene/item_tagger.h"

#include <gtest/gtest.h>

#include "base/core/hash.h"
#include "scene/replay_tags.h"

namespace inkling::scene {
namespace {

// "fast" means two things, "piano" stands for a category, a need and a tag.
constexpr const char* kTags = R"({"nodes": {"category/Home": 0, "category/Moving": 0, "category/piano": 0,
    "tag/fast": 3, "tag/fast@Moving": 2, "tag/lift@Moving": 2, "tag/piano": 1, "need/piano": 9, "tag/windows": 1},
    "edges": []})";

class ItemTaggerTest : public testing::Test {
 protected:
  ItemTaggerTest() : tags_(*tags_from_json(kTags)), tagger_(*tags_.graph) {}
  std::string tags_of(const domain::Item& item) {
    std::string all;
    for (const std::uint32_t row : tagger_.tags_of(item).tags) all += std::string(tags_.ids->id(row)) + " ";
    return all;
  }
  static domain::Item item(std::vector<std::string> category, const std::string& title,
                           std::vector<std::string> given = {}, const std::string& text = {}) {
    domain::Item told;
    told.item = "a";
    told.category = std::move(category);
    told.title = title;
    told.tags = std::move(given);
    told.text = text;
    return told;
  }

  LiveTags tags_;
  ItemTagger tagger_;
};

TEST_F(ItemTaggerTest, finds_what_stands_in_title_and_text_once) {
  EXPECT_EQ(tags_of(item({}, "Windows", {}, "windows, and windows again, not the windowsill")), "tag/windows ");
  EXPECT_EQ(tags_of(item({}, "Nothing")), "");
}

TEST_F(ItemTaggerTest, means_what_the_category_means) {
  EXPECT_EQ(tags_of(item({"Home", "Moving"}, "Fast with lift")), "tag/fast@Moving tag/lift@Moving ");
  EXPECT_EQ(tags_of(item({"Home"}, "Fast with lift")), "tag/fast ");
  EXPECT_EQ(tags_of(item({"Moving", "by the hour"}, "Lift")), "tag/lift@Moving ") << "the closest one above";
}

TEST_F(ItemTaggerTest, takes_the_given_tags_as_tags) {
  EXPECT_EQ(tags_of(item({"Home", "Moving"}, "", {"fast", "PIANO", "unheard of"})), "tag/fast@Moving tag/piano ");
  EXPECT_EQ(tags_of(item({"Home"}, "", {"lift"})), "") << "of another industry";
  EXPECT_EQ(tags_of(item({}, "", {"lift"})), "tag/lift@Moving ") << "nobody knows which industry";
}

TEST_F(ItemTaggerTest, tells_the_market) {
  domain::Item told = item({}, "");
  told.market = "Ulm";
  EXPECT_EQ(tagger_.tags_of(told).market, base::name_hash("Ulm"));
}

}  // namespace
}  // namespace inkling::scene
