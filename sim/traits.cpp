#include "sim/traits.h"

#include <algorithm>
#include <cmath>

#include "base/core/clock.h"

namespace inkling::sim {
namespace {

// Log-normal with mean 1.
double spread(base::Random& random, double sigma) {
  return std::exp(sigma * random.normal() - sigma * sigma / 2);
}

}  // namespace

double price_misfit(const Catalogue& catalogue, const Traits& traits, std::uint32_t goods) {
  const Goods& one = catalogue.at(goods);
  const double suits_cents = static_cast<double>(leaf_categories()[one.leaf].usual_price_cents) * traits.price_level;
  return std::abs(std::log(static_cast<double>(one.price_cents) / suits_cents));
}

Traits draw_traits(const Catalogue& catalogue, base::Random& random) {
  Traits traits;
  for (auto& leaf : traits.tastes) leaf = catalogue.leaves()[random.below(catalogue.leaves().size())];
  traits.price_level = spread(random, 0.35);
  traits.conversion = std::clamp(spread(random, 0.6), 0.15, 3.0);
  traits.visit_gap_ms = 8.0 * static_cast<double>(base::kHourMs) * spread(random, 0.7);
  traits.pace = spread(random, 0.25);
  traits.clock_shift_hours = 2.0 * random.normal();
  return traits;
}

}  // namespace inkling::sim
