#include "sim/feed_model.h"

#include <algorithm>
#include <cmath>

#include "sim/catalogue.h"
#include "sim/intent.h"
#include "sim/traits.h"

namespace inkling::sim {
namespace {

bool is_serious(const Intent& intent) {
  return intent.phase == Phase::kComparing || intent.phase == Phase::kBuying;
}

double relevance(const FeedModel& model, const Beholder& beholder, std::uint32_t leaf) {
  if (!model.taste) return model.relevance_alike;
  if (is_serious(beholder.intent) && beholder.intent.leaf == leaf) return model.relevance_wanted;
  const auto& tastes = beholder.traits.tastes;
  const auto taste = std::find(tastes.begin(), tastes.end(), leaf);
  if (taste == tastes.end()) return model.relevance_other;
  return model.relevance_favourite * std::pow(model.taste_decay, static_cast<double>(taste - tastes.begin()));
}

double price_fit(const FeedModel& model, double misfit) {
  const double steps = misfit / model.price_tolerance;
  return model.price_floor + (1 - model.price_floor) * std::exp(-steps * steps / 2);
}

}  // namespace

double examine_prob(const FeedModel& model, std::size_t rank) {
  return model.position_bias ? std::pow(static_cast<double>(rank), -model.examine_eta) : 1.0;
}

double attraction_prob(const FeedModel& model, const Catalogue& catalogue, const Beholder& beholder,
                       std::uint32_t goods) {
  const double ready = is_serious(beholder.intent) ? model.ready_serious : model.ready_browsing;
  const double fit = price_fit(model, price_misfit(catalogue, beholder.traits, goods));
  const bool seen = std::find(beholder.seen.begin(), beholder.seen.end(), goods) != beholder.seen.end();
  const double attraction = ready * relevance(model, beholder, catalogue.at(goods).leaf) * fit *
                            catalogue.appeal(goods) * (seen ? model.seen_again : 1.0);
  return std::min(attraction, kMostAttraction);
}

}  // namespace inkling::sim
