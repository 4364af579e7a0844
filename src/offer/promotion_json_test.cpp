#include "offer/promotion_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace inkling::offer {
namespace {

using testing::HasSubstr;

Promotion read(const std::string& definition) {
  auto promotion = read_promotion("p", definition, "definition");
  EXPECT_TRUE(promotion.ok()) << promotion.status().message();
  return promotion.ok() && *promotion ? **std::move(promotion) : Promotion{};
}

std::string refusal(const std::string& definition) {
  const auto promotion = read_promotion("p", definition, "definition");
  EXPECT_FALSE(promotion.ok()) << definition;
  return promotion.ok() ? "" : promotion.status().message();
}

TEST(PromotionJson, reads_every_member) {
  const Promotion promotion = read(R"({"title":"Summer","currency":"EUR","starts_ms":10,"ends_ms":20,
    "tiers":[{"spend_cents":30000,"save_cents":5000},{"spend_cents":50000,"save_cents":9000}],
    "scope":{"shops":["b","a"],"categories":[["Shoes","Running"],["Bags"]]},
    "exclude":{"items":["77"],"shops":["z"],"categories":[["Shoes","Running","Spikes"]]},"group":"platform"})");
  EXPECT_EQ(promotion.id, "p");
  EXPECT_EQ(promotion.title, "Summer");
  EXPECT_EQ(promotion.currency, "EUR");
  EXPECT_EQ(promotion.starts_ms, 10);
  EXPECT_EQ(promotion.ends_ms, 20);
  EXPECT_EQ(promotion.tiers, (std::vector<Tier>{{30000, 5000, 0}, {50000, 9000, 0}}));
  EXPECT_EQ(promotion.scope.shops, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(promotion.scope.categories, (std::vector<CategoryPath>{{"Bags"}, {"Shoes", "Running"}}));
  EXPECT_EQ(promotion.excluded.items, std::vector<std::string>{"77"});
  EXPECT_EQ(promotion.group, "platform");
  EXPECT_FALSE(promotion.alone);
}

TEST(PromotionJson, what_is_written_reads_back_equal) {
  for (const std::string definition :
       {R"({"tiers":[{"spend_cents":30000,"save_cents":5000}]})",
        R"({"title":"t","currency":"EUR","starts_ms":1,"ends_ms":2,)"
        R"("every":{"spend_cents":20000,"save_cents":3000},"cap_cents":9000,"group":"g"})",
        R"({"tiers":[{"spend_cents":1,"save_basis_points":500},{"spend_cents":2,"save_basis_points":1250}],)"
        R"("cap_cents":7,"scope":{"shops":["a"],"categories":[["x","y"]]},)"
        R"("exclude":{"items":["i"],"shops":["s"],"categories":[["z"]]},"alone":true})"}) {
    const Promotion promotion = read(definition);
    EXPECT_EQ(to_json(promotion).to_text(), definition);
    EXPECT_EQ(read(to_json(promotion).to_text()), promotion);
  }
}

TEST(PromotionJson, withdrawn_ends_a_promotion) {
  const auto promotion = read_promotion("p", withdrawn_json(), "definition");
  ASSERT_TRUE(promotion.ok());
  EXPECT_FALSE(promotion->has_value());
  EXPECT_THAT(refusal(R"({"withdrawn":false})"), HasSubstr("definition.withdrawn: false is not said; expected true"));
  EXPECT_THAT(refusal(R"({"withdrawn":true,"title":"x"})"), HasSubstr("title"));
}

TEST(PromotionJson, names_each_contradiction_and_what_would_be_right) {
  const auto tiers = [](const std::string& list) { return refusal(R"({"tiers":[)" + list + "]}"); };
  EXPECT_EQ(tiers(R"({"spend_cents":100,"save_cents":200})"),
            "definition.tiers[0].save_cents: 200 is above spend_cents; expected at most 100.");
  EXPECT_EQ(tiers(R"({"spend_cents":100,"save_cents":10},{"spend_cents":100,"save_cents":20})"),
            "definition.tiers[1].spend_cents: 100 is not above the tier before it; expected more than 100.");
  EXPECT_EQ(tiers(R"({"spend_cents":100,"save_cents":10},{"spend_cents":200,"save_cents":10})"),
            "definition.tiers[1].save_cents: 10 is not above the tier before it; expected more than 10.");
  EXPECT_EQ(tiers(R"({"spend_cents":1,"save_basis_points":10},{"spend_cents":2,"save_basis_points":9})"),
            "definition.tiers[1].save_basis_points: 9 is not above the tier before it; expected more than 10.");
  EXPECT_THAT(tiers(R"({"spend_cents":100,"save_cents":10},{"spend_cents":200,"save_basis_points":10})"),
              HasSubstr("definition.tiers[1]: mixes an amount with a percentage"));
  EXPECT_THAT(tiers(""), HasSubstr("definition.tiers: has 0 tiers; expected 1 to 20"));
  EXPECT_THAT(tiers(R"({"spend_cents":100})"), HasSubstr("definition.tiers[0]: expected one of save_cents"));
  EXPECT_THAT(tiers(R"({"spend_cents":100,"save_cents":1,"save_basis_points":1})"), HasSubstr("expected one of"));
  EXPECT_THAT(refusal(R"({"every":{"spend_cents":100,"save_basis_points":10}})"),
              HasSubstr("every.save_basis_points"));
}

TEST(PromotionJson, refuses_negative_and_overflowing_amounts) {
  const auto spend = [](const std::string& cents) {
    return refusal(R"({"tiers":[{"save_cents":1,"spend_cents":)" + cents + "}]}");
  };
  EXPECT_THAT(spend("-1"), HasSubstr("definition.tiers[0].spend_cents: -1 is not between 1 and"));
  EXPECT_THAT(spend("0"), HasSubstr("0 is not between 1 and"));
  EXPECT_THAT(spend("9007199254740993"), HasSubstr("is not between 1 and 9007199254740992"));
  EXPECT_THAT(spend("99999999999999999999"), HasSubstr("expected a whole number"));
  EXPECT_THAT(spend("1.5"), HasSubstr("expected a whole number"));
  EXPECT_EQ(read(R"({"tiers":[{"save_cents":1,"spend_cents":9007199254740992}]})").tiers[0].spend_cents, kMaxCents);
  EXPECT_THAT(refusal(R"({"tiers":[{"spend_cents":1,"save_basis_points":10001}]})"),
              HasSubstr("10001 is not between 1 and 10000"));
}

TEST(PromotionJson, refuses_a_cap_below_one_step_or_without_meaning) {
  EXPECT_EQ(refusal(R"({"every":{"spend_cents":100,"save_cents":30},"cap_cents":29})"),
            "definition.cap_cents: 29 is below what one step saves; expected at least 30.");
  EXPECT_THAT(refusal(R"({"tiers":[{"spend_cents":100,"save_basis_points":3000}],"cap_cents":29})"),
              HasSubstr("expected at least 30"));
  EXPECT_THAT(refusal(R"({"tiers":[{"spend_cents":100,"save_cents":30}],"cap_cents":40})"),
              HasSubstr("definition.cap_cents: has no meaning beside tiers with save_cents"));
  EXPECT_EQ(read(R"({"every":{"spend_cents":100,"save_cents":30},"cap_cents":30})").cap_cents, 30);
}

TEST(PromotionJson, refuses_an_end_that_is_not_after_the_start) {
  const std::string form = R"("every":{"spend_cents":100,"save_cents":30})";
  EXPECT_EQ(refusal(R"({"starts_ms":20,"ends_ms":20,)" + form + "}"),
            "definition.ends_ms: 20 is not after starts_ms 20.");
  EXPECT_THAT(refusal(R"({"starts_ms":-1,)" + form + "}"), HasSubstr("definition.starts_ms: -1 is not between 0"));
  EXPECT_THAT(refusal(R"({"starts_ms":7258118400000,)" + form + "}"), HasSubstr("is the end of time"));
}

TEST(PromotionJson, refuses_scopes_that_select_nothing) {
  const auto with = [](const std::string& members) {
    return refusal(R"({"every":{"spend_cents":100,"save_cents":30},)" + members + "}");
  };
  EXPECT_THAT(with(R"("scope":{"shops":[]})"),
              HasSubstr("definition.scope.shops: has 0 entries; expected 1 to 1000"));
  EXPECT_THAT(with(R"("scope":{"shops":["a","a"]})"), HasSubstr("definition.scope.shops: \"a\" stands there twice"));
  EXPECT_THAT(with(R"("scope":{"categories":[["x"],["x"]]})"), HasSubstr("[\"x\"] stands there twice"));
  EXPECT_THAT(with(R"("scope":{"categories":[[]]})"), HasSubstr("definition.scope.categories[0]: has 0 names"));
  EXPECT_THAT(with(R"("scope":{"items":["a"]})"), HasSubstr("definition.scope.items"));
  EXPECT_THAT(with(R"("scope":{"shops":["a"]},"exclude":{"shops":["a","b"]})"), HasSubstr("excludes every shop"));
  EXPECT_THAT(with(R"("scope":{"categories":[["a","b"]]},"exclude":{"categories":[["a"]]})"),
              HasSubstr("excludes every category"));
}

TEST(PromotionJson, tells_all_mistakes_at_once_and_the_nearest_name) {
  EXPECT_EQ(refusal(R"({"currency":"euro","starts_ms":5,"ends_ms":4,"every":{"spend_cents":0,"save_cents":1}})"),
            "definition.currency: \"euro\" is no currency; expected a code like \"EUR\".\n"
            "definition.ends_ms: 4 is not after starts_ms 5.\n"
            "definition.every.spend_cents: 0 is not between 1 and 9007199254740992.");
  EXPECT_THAT(refusal(R"({"tires":[]})"), HasSubstr("did you mean tiers?"));
  EXPECT_THAT(refusal("{}"), HasSubstr("expected either \"tiers\""));
  EXPECT_THAT(refusal(R"({"alone":true,"group":"g","every":{"spend_cents":2,"save_cents":1}})"),
              HasSubstr("definition.alone: is true beside a group"));
  EXPECT_THAT(refusal(""), HasSubstr("definition: is missing"));
  EXPECT_THAT(refusal("[]"), HasSubstr("definition: expected keys and values"));
}

TEST(PromotionJson, looks_at_promotion_events_only) {
  domain::Event event;
  event.body = domain::Item{};
  EXPECT_TRUE(check_event(event).ok());
  event.body = domain::Promotion{"p", R"({"tiers":[{"spend_cents":2,"save_cents":1}]})"};
  EXPECT_TRUE(check_event(event).ok());
  event.body = domain::Promotion{"p", R"({"tiers":[{"spend_cents":2,"save_cents":3}]})"};
  EXPECT_THAT(check_event(event).message(), HasSubstr("definition.tiers[0].save_cents: 3 is above"));
}

}  // namespace
}  // namespace inkling::offer
