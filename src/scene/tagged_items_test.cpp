#include "scene/tagged_items.h"

#include <gtest/gtest.h>

#include "base/core/hash.h"
#include "index/world_builder.h"
#include "scene/replay_tags.h"

namespace inkling::scene {
namespace {

constexpr const char* kTags = R"({"nodes": {"category/Moving": 0, "tag/van": 3, "tag/lift": 2}, "edges": []})";

class TaggedItemsTest : public testing::Test {
 protected:
  void tell(const std::string& item, const std::string& title, const std::string& market = "", bool on_sale = true) {
    domain::Item facts;
    facts.item = item;
    facts.title = title;
    facts.market = market;
    facts.category = {"Home", "Moving"};
    facts.on_sale = on_sale;
    fold("", facts);
  }
  void view(const std::string& item) {
    domain::Action action;
    action.item = item;
    fold("bob", action);
  }
  void fold(const std::string& shopper, domain::EventBody body) {
    events_.push_back(
        {.id = {}, .ts_ms = 1, .shopper = shopper, .session = {}, .body = std::move(body), .unknown_json = {}});
    world_.fold(events_.size(), events_.back());
  }
  [[nodiscard]] LiveTags tags() const {
    auto made = tags_from_json(kTags);
    EXPECT_TRUE(made.ok()) << made.status().message();
    return *std::move(made);
  }
  [[nodiscard]] std::string carriers(const TaggedItems& items, const index::World& world,
                                     std::string_view tag) const {
    std::string all;
    for (const std::uint32_t place : items.carried().carriers(items.ids().find(tag).value())) {
      all += world.facts(items.carried().row_at(place)).item + " ";
    }
    return all;
  }

  std::vector<domain::Event> events_;
  index::WorldBuilder world_;
};

TEST_F(TaggedItemsTest, stand_by_demand_and_only_while_they_can_be_bought) {
  tell("a", "Van with lift");
  tell("b", "Van");
  tell("gone", "Van", "", false);
  tell("none", "Nothing of it");
  view("b");
  const auto world = world_.publish();
  const auto items = tag_items(tags(), *world, events_);
  EXPECT_EQ(carriers(*items, *world, "tag/van"), "b a ");
  EXPECT_EQ(carriers(*items, *world, "tag/lift"), "a ");
  EXPECT_EQ(items->carried().tags_of(2).size(), 1U) << "what is gone is still like others";
  EXPECT_EQ(items->carried().places(), 2U);
  EXPECT_EQ(items->graph().name(items->category_of_world(0)), "Moving");
}

TEST_F(TaggedItemsTest, take_over_what_was_known_and_replace_what_was_told) {
  tell("a", "Van", "Ulm");
  tell("b", "Lift", "Bonn");
  const auto first = tag_items(tags(), *world_.publish(), events_);
  tell("c", "Van");
  const auto world = world_.publish();
  const std::uint32_t van = first->ids().find("tag/van").value();
  const std::vector<ItemTagsOfRow> told = {{1, {{van}, base::name_hash("Kiel")}}, {2, {{van}, 0}}};
  const TaggedItems next(first->tags(), *world, first.get(), told);
  EXPECT_EQ(carriers(next, *world, "tag/van"), "c b a ");
  EXPECT_EQ(carriers(next, *world, "tag/lift"), "");
  EXPECT_EQ(next.market_of(0), base::name_hash("Ulm"));
  EXPECT_EQ(next.market_of(1), base::name_hash("Kiel"));
  EXPECT_EQ(next.market_of(2), 0U);
  EXPECT_EQ(next.market_of(3), 0U) << "not known yet";
  EXPECT_EQ(next.world_sequence(), 3U);
}

}  // namespace
}  // namespace inkling::scene
