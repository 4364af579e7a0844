#include "offer/promotion.h"

#include <algorithm>

namespace inkling::offer {

namespace {

__extension__ using Wide = __int128;  // a product of two amounts

std::int64_t capped(const Promotion& promotion, std::int64_t saved) {
  return promotion.cap_cents ? std::min(*promotion.cap_cents, saved) : saved;
}

std::int64_t saved_by(const Promotion& promotion, const Tier& tier, std::int64_t eligible_cents) {
  if (tier.save_cents > 0) return capped(promotion, tier.save_cents);
  const Wide saved = Wide{eligible_cents} * tier.save_basis_points / kWholeBasisPoints;
  return capped(promotion, static_cast<std::int64_t>(saved));
}

std::int64_t saved_by_times(const Promotion& promotion, std::int64_t times) {
  return capped(promotion, times * promotion.tiers.front().save_cents);
}

Reach reach_of_repeating(const Promotion& promotion, std::int64_t eligible_cents) {
  const std::int64_t spend_cents = promotion.tiers.front().spend_cents;
  const std::int64_t times = eligible_cents / spend_cents;
  Reach reached{times, saved_by_times(promotion, times), std::nullopt, 0};
  const std::int64_t then = saved_by_times(promotion, times + 1);
  if (then <= reached.saved_cents) return reached;
  reached.next_spend_cents = (times + 1) * spend_cents;
  reached.saved_then_cents = then;
  return reached;
}

// How many tiers are reached.
std::size_t tiers_reached(const Promotion& promotion, std::int64_t eligible_cents) {
  const auto above = std::ranges::upper_bound(promotion.tiers, eligible_cents, {}, &Tier::spend_cents);
  return static_cast<std::size_t>(above - promotion.tiers.begin());
}

// What one tier saves of what it asks for.
std::int64_t millionths_of(const Tier& tier) {
  if (tier.save_basis_points > 0) return tier.save_basis_points * (kWholeMillionths / kWholeBasisPoints);
  const Wide scaled = Wide{tier.save_cents} * kWholeMillionths;
  return static_cast<std::int64_t>((scaled + tier.spend_cents - 1) / tier.spend_cents);
}

}  // namespace

std::int64_t saved_cents(const Promotion& promotion, std::int64_t eligible_cents) {
  if (promotion.repeats) return saved_by_times(promotion, eligible_cents / promotion.tiers.front().spend_cents);
  const std::size_t reached = tiers_reached(promotion, eligible_cents);
  return reached == 0 ? 0 : saved_by(promotion, promotion.tiers[reached - 1], eligible_cents);
}

Reach reach(const Promotion& promotion, std::int64_t eligible_cents) {
  if (promotion.repeats) return reach_of_repeating(promotion, eligible_cents);
  const std::size_t count = tiers_reached(promotion, eligible_cents);
  Reach reached{static_cast<std::int64_t>(count), saved_cents(promotion, eligible_cents), std::nullopt, 0};
  for (std::size_t i = count; i < promotion.tiers.size(); ++i) {
    const Tier& tier = promotion.tiers[i];
    const std::int64_t then = saved_by(promotion, tier, tier.spend_cents);
    if (then <= reached.saved_cents) continue;  // the cap is reached, or a percentage of a few cents is none
    reached.next_spend_cents = tier.spend_cents;
    reached.saved_then_cents = then;
    return reached;
  }
  return reached;
}

std::int64_t most_saved_millionths(const Promotion& promotion) {
  std::int64_t most = 0;
  for (const Tier& tier : promotion.tiers) most = std::max(most, millionths_of(tier));
  return most;
}

}  // namespace inkling::offer
