#include "scene/price_fit.h"

namespace inkling::scene {
namespace {

bool reaches(const std::optional<offer::Addition>& addition) {
  return addition && addition->reaches && addition->more_cents > 0;
}

}  // namespace

std::optional<PriceRange> fitting_prices(const BasketNeed& need, double stretch) {
  const auto gap_cents = need.gap_cents();
  if (!gap_cents) return std::nullopt;
  const double most_cents = static_cast<double>(*gap_cents) * (1 + stretch);
  return PriceRange{*gap_cents,
                    static_cast<std::int64_t>(std::min(most_cents, static_cast<double>(offer::kMaxCents)))};
}

bool completes(const BasketNeed& need, const index::World& world, std::uint32_t row) {
  const auto goods = need.target ? goods_of(world, row) : std::nullopt;
  return goods && reaches(need.quote->with(*goods, 1, need.target));
}

bool complete_together(const BasketNeed& need, const index::World& world, std::uint32_t row, std::uint32_t partner) {
  const auto one = need.target ? goods_of(world, row) : std::nullopt;
  const auto other = need.target ? goods_of(world, partner) : std::nullopt;
  return one && other && reaches(need.quote->with_both(*one, *other, need.target));
}

}  // namespace inkling::scene
