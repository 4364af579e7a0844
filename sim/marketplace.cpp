#include "sim/marketplace.h"

#include <string>
#include <utility>

#include "sim/catalogue.h"
#include "sim/crowd.h"

namespace inkling::sim {
namespace {

// A feed's impression, or what was done with one.
bool is_of_feed(const domain::EventBody& body) {
  const auto* action = std::get_if<domain::Action>(&body);
  return action != nullptr ? !action->request.empty() : std::holds_alternative<domain::Impression>(body);
}

}  // namespace

base::Status Marketplace::generate(const OnEvent& on_event, const OnTruth& on_truth, const OnVisit& on_visit) const {
  INKLING_TRY(check(options_));
  const Catalogue catalogue(options_);
  for (std::uint32_t i = 0; i < catalogue.goods().size(); ++i) {
    INKLING_TRY(on_event(catalogue.event(i, "sim", options_.start_ms)));
  }
  return Crowd(options_, catalogue).tell_all([&](Told&& told) {
    if (options_.feed_alone && !is_of_feed(told.event.body)) return base::Status();
    if (on_visit && told.visit != nullptr) on_visit(*told.visit);
    if (on_truth && told.truth.has_value()) on_truth(*told.truth);
    return on_event(std::move(told.event));
  });
}

}  // namespace inkling::sim
