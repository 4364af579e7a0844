// A cart that is 40.00 short of "spend 300, save 50", and goods of prices around that, for the tests of stages that
// complete baskets. "most" costs half as much again as is missing.
#pragma once

#include <string>
#include <utility>

#include "scene/shop_for_test.h"

namespace inkling::scene {

class BasketTest : public ShopTest {
 protected:
  static constexpr const char* kSpend300 = R"({"tiers": [{"spend_cents": 30000, "save_cents": 5000}]})";

  void SetUp() override {
    tell_priced("coat", 26'000);
    for (const auto& [item, cents] : {std::pair{"short", 3999}, {"exact", 4000}, {"most", 6000}, {"dear", 6001}}) {
      tell_priced(item, cents);
    }
    act("ann", domain::ActionKind::kCartAdd, "coat");
  }
  // The stage behind understand/threshold.
  base::Status run_with_need(const StageBlueprint& stage, const std::vector<RawParameter>& given) {
    understand_need();
    return run(stage, given);
  }
};

}  // namespace inkling::scene
