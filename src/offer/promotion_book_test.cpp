#include "offer/promotion_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "offer/offer_for_test.h"

namespace inkling::offer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> in_force(const PromotionBook& book) {
  std::vector<std::string> ids;
  for (std::uint32_t row = 0; row < book.size(); ++row) ids.push_back(book.promotion(row).id);
  return ids;
}

std::string saving(int percent, const std::string& more = "") {
  return R"({"tiers":[{"spend_cents":100,"save_cents":)" + std::to_string(percent) + "}]" + more + "}";
}

// What is said of the second one beside the first; "": they can stand together.
std::string beside(const std::string& first, const std::string& second) {
  const auto book = book_of({{"first", first}, {"second", second}});
  EXPECT_EQ(book->size() + book->refused().size(), 2U);
  if (book->refused().empty()) return "";
  EXPECT_EQ(book->refused()[0].id, "second");
  return book->refused()[0].reason;
}

TEST(PromotionBook, rows_are_sorted_by_what_stacks_then_group_then_id) {
  const auto book = book_of({{"solo", saving(1, R"(,"alone":true)")},
                             {"b", saving(1)},
                             {"a", saving(1)},
                             {"z", saving(1, R"(,"group":"g")")},
                             {"y", saving(1, R"(,"group":"g")")}});
  EXPECT_THAT(in_force(*book), ElementsAre("y", "z", "a", "b", "solo"));
  EXPECT_EQ(book->group(0), book->group(1));
  EXPECT_LT(book->group(1), book->group(2));
  EXPECT_LT(book->group(2), book->group(3));
  EXPECT_EQ(book->find("b"), 3U);
  EXPECT_EQ(book->find("c"), std::nullopt);
}

TEST(PromotionBook, a_later_word_replaces_and_a_withdrawal_ends) {
  PromotionShelf shelf;
  EXPECT_EQ(shelf.publish()->size(), 0U);
  shelf.tell("p", saving(1));
  shelf.tell("q", saving(1));
  const auto first = shelf.publish();
  EXPECT_EQ(shelf.publish(), first);
  shelf.tell("p", saving(2));
  const auto second = shelf.publish();
  EXPECT_EQ(second->promotion(0).tiers[0].save_cents, 2);
  EXPECT_EQ(first->promotion(0).tiers[0].save_cents, 1);
  shelf.tell("p", withdrawn_json());
  EXPECT_THAT(in_force(*shelf.publish()), ElementsAre("q"));
  EXPECT_TRUE(shelf.publish()->refused().empty());
}

TEST(PromotionBook, keeps_what_cannot_be_read_out_of_force_with_the_reason) {
  PromotionShelf shelf;
  shelf.tell("p", saving(1));
  shelf.tell("p", R"({"tiers":[]})");
  const auto book = shelf.publish();
  EXPECT_EQ(book->size(), 0U);
  ASSERT_EQ(book->refused().size(), 1U);
  EXPECT_THAT(book->refused()[0].reason, HasSubstr("definition.tiers: has 0 tiers"));
  EXPECT_FALSE(book->refused()[0].promotion);
}

TEST(PromotionBook, refuses_two_promotions_of_one_id_in_a_list) {
  PromotionShelf shelf;
  EXPECT_TRUE(shelf.add(promotion("p", saving(1))).ok());
  const base::Status again = shelf.add(promotion("p", saving(2)));
  EXPECT_EQ(again.code(), base::ErrorCode::kConflict);
  EXPECT_THAT(again.message(), HasSubstr("promotion \"p\" stands there twice"));
}

TEST(PromotionBook, refuses_promotions_that_could_make_goods_cost_less_than_nothing) {
  EXPECT_EQ(
      beside(saving(60), saving(60)),
      "promotion second with first could save 120 % of the same goods; expected at most 100 %: put them into one "
      "group, let one stand alone, or keep their goods or times apart");
  EXPECT_EQ(beside(saving(60), saving(40)), "");
  EXPECT_NE(beside(saving(60), saving(41)), "");
  EXPECT_EQ(beside(saving(60, R"(,"group":"g")"), saving(60, R"(,"group":"g")")), "");
  EXPECT_NE(beside(saving(60, R"(,"group":"g")"), saving(60, R"(,"group":"h")")), "");
  EXPECT_EQ(beside(saving(60), saving(60, R"(,"alone":true)")), "");
  EXPECT_EQ(beside(saving(60), saving(60, R"(,"currency":"EUR")")), "");
  EXPECT_EQ(beside(saving(60, R"(,"ends_ms":10)"), saving(60, R"(,"starts_ms":10)")), "");
  EXPECT_NE(beside(saving(60, R"(,"ends_ms":11)"), saving(60, R"(,"starts_ms":10)")), "");
  EXPECT_EQ(beside(saving(60, R"(,"scope":{"shops":["a"]})"), saving(60, R"(,"scope":{"shops":["b"]})")), "");
  EXPECT_NE(beside(saving(60, R"(,"scope":{"shops":["a","b"]})"), saving(60, R"(,"scope":{"shops":["b"]})")), "");
  EXPECT_NE(beside(saving(60), saving(60, R"(,"scope":{"shops":["b"]})")), "");
  EXPECT_NE(beside(saving(60, R"(,"scope":{"shops":["b"]})"), saving(60)), "");
  EXPECT_EQ(
      beside(saving(60, R"(,"scope":{"categories":[["x"]]})"), saving(60, R"(,"scope":{"categories":[["y"]]})")), "");
  EXPECT_NE(beside(saving(60, R"(,"scope":{"categories":[["x"]]})"),
                   saving(60, R"(,"scope":{"categories":[["y"],["x","z"]]})")),
            "");
  EXPECT_NE(beside(saving(60, R"(,"scope":{"categories":[["x"]]})"), saving(60, R"(,"scope":{"shops":["a"]})")), "");
}

TEST(PromotionBook, three_that_never_meet_all_at_once_can_stand_together) {
  EXPECT_EQ(book_of({{"a", saving(60, R"(,"scope":{"shops":["a"]})")},
                     {"b", saving(60, R"(,"scope":{"shops":["b"]})")},
                     {"early", saving(40, R"(,"ends_ms":10)")},
                     {"late", saving(40, R"(,"starts_ms":10)")}})
                ->refused()
                .size(),
            0U);
}

TEST(PromotionBook, what_was_refused_comes_into_force_when_its_rival_is_withdrawn) {
  PromotionShelf shelf;
  shelf.tell("first", saving(60));
  shelf.tell("second", saving(60));
  EXPECT_THAT(in_force(*shelf.publish()), ElementsAre("first"));
  shelf.tell("first", withdrawn_json());
  EXPECT_THAT(in_force(*shelf.publish()), ElementsAre("second"));
  EXPECT_TRUE(shelf.publish()->refused().empty());
}

TEST(PromotionBook, checks_one_in_place_of_the_one_of_its_id) {
  const auto book = book_of({{"first", saving(60)}, {"other", saving(30)}});
  EXPECT_TRUE(book->check(promotion("first", saving(70))).ok());
  EXPECT_EQ(book->check(promotion("first", saving(71))).code(), base::ErrorCode::kConflict);
  EXPECT_EQ(book->check(promotion("new", saving(70))).code(), base::ErrorCode::kConflict);
  EXPECT_TRUE(book->check(promotion("new", saving(10))).ok());
}

}  // namespace
}  // namespace inkling::offer
