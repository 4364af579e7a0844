#include "sim/days/promotion_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "base/core/suggest.h"

namespace inkling::sim::days {
namespace {

constexpr double kMostAttraction = 0.95;

constexpr std::array<std::pair<std::string_view, bool PromotionModel::*>, 4> kSignals = {{
    {"thresholds", &PromotionModel::thresholds},
    {"price-fit", &PromotionModel::price_fit},
    {"complement", &PromotionModel::complement},
    {"need", &PromotionModel::need},
}};

double need_factor(const PromotionModel& model, const BasketView& view, std::uint32_t leaf) {
  if (!model.need) return model.need_alike;
  return std::ranges::find(view.needs, leaf) != view.needs.end() ? model.need_due : model.need_other;
}

double complement_factor(const PromotionModel& model, const Complements& complements, const BasketView& view,
                         std::uint32_t leaf) {
  if (!model.complement) return model.complement_alike;
  double strongest = 0;
  for (const std::uint32_t trigger : view.triggers) strongest = std::max(strongest, complements.of(trigger, leaf));
  return model.complement_other + (1 - model.complement_other) * strongest;
}

double fit_factor(const PromotionModel& model, const BasketView& view, std::int64_t price_cents) {
  if (!model.price_fit || !model.thresholds || view.gap_cents <= 0) return model.fit_alike;
  const auto gap = static_cast<double>(view.gap_cents);
  const double over = (static_cast<double>(price_cents) - gap) / gap;
  if (over < 0) return model.fit_below;
  const double steps = over / model.overshoot_tolerance;
  return model.fit_floor + (1 - model.fit_floor) * std::exp(-steps * steps / 2);
}

}  // namespace

std::vector<std::string_view> promotion_signal_names() {
  std::vector<std::string_view> names;
  for (const auto& [name, member] : kSignals) names.push_back(name);
  return names;
}

base::Status switch_off(PromotionModel& model, std::string_view name) {
  for (const auto& [known, member] : kSignals) {
    if (known != name) continue;
    model.*member = false;
    return base::Status::ok_status();
  }
  return base::invalid_input("simulated promotion days: signal \"" + std::string(name) + "\" is not known; " +
                             base::expected_one_of(name, promotion_signal_names()));
}

double suitability(const PromotionModel& model, const Catalogue& catalogue, const Complements& complements,
                   const BasketView& view, std::uint32_t goods) {
  const Goods& what = catalogue.at(goods);
  return need_factor(model, view, what.leaf) * complement_factor(model, complements, view, what.leaf) *
         fit_factor(model, view, what.price_cents);
}

double attraction_prob(const PromotionModel& model, double suitability, double appeal) {
  return std::min(model.base * suitability * appeal, kMostAttraction);
}

double takes_prob(const PromotionModel& model, double suitability) {
  return std::min(model.cart_base * std::sqrt(suitability), kMostAttraction);
}

double examine_prob(const PromotionModel& model, std::size_t rank) {
  return std::pow(static_cast<double>(rank), -model.examine_eta);
}

}  // namespace inkling::sim::days
