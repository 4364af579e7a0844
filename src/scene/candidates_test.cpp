#include "scene/candidates.h"

#include <gtest/gtest.h>

#include <string>

namespace inkling::scene {
namespace {

std::string items(const std::vector<Candidate>& candidates) {
  std::string all;
  for (const Candidate& candidate : candidates) all += std::string(candidate.item) + " ";
  return all;
}

TEST(CandidateAdder, keeps_one_candidate_of_two_recalls_with_both_marks) {
  Slots slots;
  CandidateAdder(slots, "hot").add("apple", 2, {"popular"});
  CandidateAdder similar(slots, "similar");
  similar.add("fig", 1, {"similar_to", "pear"});
  similar.add("apple", 0.5F, {"similar_to", "pear"});
  ASSERT_EQ(items(slots.candidates), "apple fig ");
  const Candidate& apple = slots.candidates[0];
  ASSERT_EQ(apple.recalls.size(), 2U);
  EXPECT_EQ(recall_score(apple, "hot"), 2);
  EXPECT_EQ(recall_score(apple, "similar"), 0.5F);
  EXPECT_EQ(recall_score(apple, "recent"), 0);
  ASSERT_EQ(apple.reasons.size(), 2U);
  EXPECT_EQ(apple.reasons[1].code, "similar_to");
  EXPECT_EQ(apple.reasons[1].about, "pear");
}

TEST(CandidateAdder, adds_up_what_one_recall_says_twice_and_keeps_its_first_reason) {
  Slots slots;
  CandidateAdder adder(slots, "similar");
  adder.add("apple", 0.5F, {"similar_to", "pear"});
  adder.add("apple", 0.25F, {"similar_to", "fig"});
  ASSERT_EQ(slots.candidates.size(), 1U);
  EXPECT_EQ(recall_score(slots.candidates[0], "similar"), 0.75F);
  ASSERT_EQ(slots.candidates[0].reasons.size(), 1U);
  EXPECT_EQ(slots.candidates[0].reasons[0].about, "pear");
}

TEST(CandidateAdder, keeps_the_first_partner_that_an_item_is_given) {
  Slots slots;
  CandidateAdder(slots, "recent").add("apple", 1, {"seen_recently"});
  CandidateAdder pairs(slots, "pairs");
  pairs.add("apple", 1, {"together_with", "fig"}, "fig");
  pairs.add("apple", 1, {"together_with", "pear"}, "pear");
  ASSERT_EQ(items(slots.candidates), "apple ");
  EXPECT_EQ(slots.candidates[0].with, "fig");
}

TEST(CandidateAdder, takes_no_more_than_a_request_may_have) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kMaxCandidates + 5; ++i) names.push_back("item-" + std::to_string(i));
  Slots slots;
  CandidateAdder adder(slots, "hot");
  for (const std::string& name : names) adder.add(name, 1, {"popular"});
  EXPECT_EQ(slots.candidates.size(), kMaxCandidates);
  adder.add(names.front(), 1, {"popular"});
  EXPECT_EQ(recall_score(slots.candidates.front(), "hot"), 2) << "one that is there already still gets its mark";
}

TEST(Reorder, brings_every_candidate_to_its_place) {
  std::vector<Candidate> candidates(5);
  const std::array<std::string_view, 5> names = {"a", "b", "c", "d", "e"};
  for (std::size_t i = 0; i < names.size(); ++i) candidates[i].item = names[i];
  std::vector<std::uint32_t> order = {2, 0, 1, 4, 3};
  reorder(candidates, order);
  EXPECT_EQ(items(candidates), "c a b e d ");
}

}  // namespace
}  // namespace inkling::scene
