#include "sim/days/options.h"

#include <string>

namespace inkling::sim::days {

base::Status check(const DaysOptions& options) {
  INKLING_TRY(check_range("promotion_days", options.days, 0, kMostPromotionDays));
  if (!(options.shuffled_arm >= 0 && options.shuffled_arm <= 1)) {
    return base::invalid_input("simulated promotion days: shuffled_arm: " + std::to_string(options.shuffled_arm) +
                               " is not between 0 and 1");
  }
  std::int64_t before_cents = 0;
  for (const LadderTier& tier : options.ladder.tiers) {
    if (tier.spend_cents <= before_cents || tier.save_cents < 1 || tier.save_cents > tier.spend_cents) {
      return base::invalid_input("simulated promotion days: ladder: a tier of " + std::to_string(tier.spend_cents) +
                                 " cents that saves " + std::to_string(tier.save_cents) + " stands behind one of " +
                                 std::to_string(before_cents) +
                                 "; tiers ascend and save between 1 cent and their threshold");
    }
    before_cents = tier.spend_cents;
  }
  if (!options.ladder.tiers.empty()) return base::Status::ok_status();
  return base::invalid_input("simulated promotion days: ladder: has no tier; give at least one");
}

}  // namespace inkling::sim::days
