#include "sim/days/ladder.h"

#include "base/core/json.h"

namespace inkling::sim::days {

Standing standing(const Ladder& ladder, std::int64_t sum_cents) {
  Standing found;
  found.sum_cents = sum_cents;
  for (const LadderTier& tier : ladder.tiers) {
    if (sum_cents < tier.spend_cents) {
      found.next_cents = tier.spend_cents;
      break;
    }
    ++found.step;
    found.reached_cents = tier.spend_cents;
  }
  return found;
}

domain::Promotion promotion_of(const Ladder& ladder, const std::string& currency, std::int64_t starts_ms,
                               std::int64_t ends_ms) {
  base::Json tiers = base::Json::array();
  for (const LadderTier& tier : ladder.tiers) {
    base::Json one = base::Json::object();
    one.set("spend_cents", tier.spend_cents).set("save_cents", tier.save_cents);
    tiers.push(std::move(one));
  }
  base::Json definition = base::Json::object();
  definition.set("title", "Simulated promotion days").set("currency", currency);
  if (starts_ms > 0) definition.set("starts_ms", starts_ms);
  if (ends_ms > 0) definition.set("ends_ms", ends_ms);
  definition.set("tiers", std::move(tiers));
  return {ladder.id, definition.to_text()};
}

}  // namespace inkling::sim::days
