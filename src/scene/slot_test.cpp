#include "scene/slot.h"

#include <gtest/gtest.h>

#include <vector>

#include "scene/short_list.h"
#include "scene/stage_kind.h"

namespace inkling::scene {
namespace {

TEST(SlotSet, joins_meets_and_subtracts) {
  constexpr SlotSet kBoth = {Slot::kIntent, Slot::kDecision};
  EXPECT_TRUE(kBoth.has(Slot::kDecision));
  EXPECT_FALSE(kBoth.has(Slot::kQuery));
  EXPECT_EQ(kBoth.without({Slot::kIntent}), SlotSet{Slot::kDecision});
  EXPECT_EQ((kBoth & SlotSet{Slot::kIntent, Slot::kQuery}), SlotSet{Slot::kIntent});
  EXPECT_EQ((SlotSet{Slot::kIntent} | SlotSet{Slot::kDecision}), kBoth);
  EXPECT_TRUE(kBoth.without(kBoth).empty());
}

TEST(SlotSet, names_its_slots_in_order) {
  EXPECT_EQ(slot_names({Slot::kDecision, Slot::kQuery}), "query, decision");
  EXPECT_EQ(slot_names({}), "nothing");
}

TEST(KindRules, stand_at_the_place_of_their_kind) {
  EXPECT_EQ(kind_rule(StageKind::kUnderstand).name, "understand");
  EXPECT_EQ(kind_rule(StageKind::kRerank).name, "rerank");
  EXPECT_EQ(kind_rule(StageKind::kDecide).name, "decide");
}

TEST(ShortList, refuses_what_does_not_fit_and_keeps_the_rest) {
  ShortList<int, 2> list;
  EXPECT_TRUE(list.push(1));
  EXPECT_TRUE(list.push(2));
  EXPECT_FALSE(list.push(3));
  EXPECT_EQ(std::vector<int>(list.begin(), list.end()), (std::vector<int>{1, 2}));
}

}  // namespace
}  // namespace inkling::scene
