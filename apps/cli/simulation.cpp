#include "apps/cli/simulation.h"

#include <algorithm>
#include <utility>

#include "apps/cli/simulation_truth.h"
#include "base/core/suggest.h"
#include "sim/days/promotion_days.h"
#include "sim/marketplace.h"

namespace inkling::cli {

using base::Status;

Status BatchAppender::add(domain::Event&& event) {
  batch_.push_back(std::move(event));
  return batch_.size() < kBatch ? Status() : flush();
}

Status BatchAppender::flush() {
  if (batch_.empty()) return {};
  INKLING_ASSIGN(const store::AppendReceipt receipt, store_.append(batch_));
  filled_.accepted += receipt.accepted;
  filled_.duplicates += receipt.duplicates;
  batch_.clear();
  return {};
}

Status switch_off(Simulation& simulation, const std::string& signal) {
  std::vector<std::string_view> names = sim::gesture_signal_names();
  if (std::ranges::find(names, signal) != names.end()) {
    if (simulation.market.gestures) return sim::switch_off(simulation.market.signals, signal);
    return base::invalid_input("\"" + signal + "\" is what gestures tell, and there are none; add --gestures");
  }
  const auto of_days = sim::days::promotion_signal_names();
  if (std::ranges::find(of_days, signal) != of_days.end()) {
    if (simulation.days.days > 0) return sim::days::switch_off(simulation.days.model, signal);
    return base::invalid_input("\"" + signal +
                               "\" is a signal of promotion days, and there are none; add --promotion-days");
  }
  names.insert(names.end(), of_days.begin(), of_days.end());
  return base::invalid_input("signal \"" + signal + "\" is not known; " + base::expected_one_of(signal, names));
}

Status simulate_events(const Simulation& simulation, const std::function<Status(domain::Event&&)>& on_event,
                       std::string* truths) {
  const auto tell = [truths](const auto& truth) {
    if (truths != nullptr) write_truth(truth, *truths);
  };
  INKLING_TRY(sim::Marketplace(simulation.market).generate(on_event, tell, tell));
  if (simulation.days.days == 0) return {};
  tell(sim::days::Complements(simulation.market.seed));
  return sim::days::PromotionDays(simulation.market, simulation.days).generate(on_event, tell, tell);
}

base::Result<Filled> simulate_into(store::Store& store, const Simulation& simulation, Console& console) {
  BatchAppender appender(store);
  std::uint64_t events = 0;
  INKLING_TRY(simulate_events(
      simulation,
      [&](domain::Event&& event) {
        console.progress("simulating", ++events, 0, "events");
        return appender.add(std::move(event));
      },
      nullptr));
  INKLING_TRY(appender.flush());
  console.end_progress();
  return appender.filled();
}

}  // namespace inkling::cli
