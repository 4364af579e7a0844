// How simulated shoppers complete their baskets on promotion days: the truth behind clicks, cart adds and orders,
// which a ranking model and a report try to find in the journal. SIMULATED: no figure of it says anything about real
// people.
//
//   attracted = base * need(leaf) * complement(triggers, leaf) * price fit(gap, price) * appeal(goods)
//
// * need: a trip has needs, two of the shopper's own tastes; their leaves count in full, others less. Goods of them
//   are looked at earlier in the trip, so the history tells of it.
// * complement: leaves that belong to the leaf of a ticked item (complements.h). Baskets are filled that way too.
// * price fit: full when the price just fills the gap, falling with what it exceeds it by, little below the gap.
// * thresholds: shoppers look at how much is missing to the next step; it decides whether they ask for add-ons, when
//   they are content, and whether they pay. Without it they ask for none and pay whatever the sum is.
// Each has a switch: once a signal is off its factor is its mean, the same for all goods, so whatever a model gains
// from it must vanish. Without thresholds there is no price fit either, for nobody knows a gap. Thread safety: pure
// functions. Cost: about a tenth of a microsecond.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "sim/catalogue.h"
#include "sim/days/complements.h"

namespace inkling::sim::days {

struct PromotionModel {
  bool thresholds = true;
  bool price_fit = true;
  bool complement = true;
  bool need = true;

  double base = 0.8;
  double need_due = 1.0;
  double need_other = 0.35;
  double need_alike = 0.45;  // of all leaves when the signal is off
  double complement_other = 0.25;
  double complement_alike = 0.4;
  double overshoot_tolerance = 0.25;  // of the gap: overshoot at which the fit has fallen to exp(-1/2)
  double fit_floor = 0.2;
  double fit_below = 0.15;  // does not fill the gap
  double fit_alike = 0.6;
  double cart_base = 0.3;  // of who clicked; times the square root of the three factors
  double examine_eta = 0.45;
};

[[nodiscard]] std::vector<std::string_view> promotion_signal_names();
// kInvalidInput with the nearest name when there is no such signal.
[[nodiscard]] base::Status switch_off(PromotionModel& model, std::string_view name);

// What decides how goods appear to one shopper at one moment.
struct BasketView {
  std::span<const std::uint32_t> triggers;  // leaves of the ticked items
  std::span<const std::uint32_t> needs;     // leaves
  std::int64_t gap_cents = 0;               // to the next step; 0: there is none
};

// The three factors together, 0..1.
[[nodiscard]] double suitability(const PromotionModel& model, const Catalogue& catalogue,
                                 const Complements& complements, const BasketView& view, std::uint32_t goods);
// Of a click (or of putting it into the cart at once) on something examined.
[[nodiscard]] double attraction_prob(const PromotionModel& model, double suitability, double appeal);
// Of putting something clicked into the cart.
[[nodiscard]] double takes_prob(const PromotionModel& model, double suitability);
// Rank from 1 on each page.
[[nodiscard]] double examine_prob(const PromotionModel& model, std::size_t rank);

}  // namespace inkling::sim::days
