#include "apps/cli/simulation.h"

#include <utility>

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

base::Result<Filled> simulate_into(store::Store& store, const sim::MarketplaceOptions& options, Console& console) {
  BatchAppender appender(store);
  std::uint64_t events = 0;
  INKLING_TRY(sim::Marketplace(options).generate([&](domain::Event&& event) {
    console.progress("simulating", ++events, 0, "events");
    return appender.add(std::move(event));
  }));
  INKLING_TRY(appender.flush());
  console.end_progress();
  return appender.filled();
}

}  // namespace inkling::cli
