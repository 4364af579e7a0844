#include "sim/marketplace.h"

#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "sim/catalogue.h"
#include "sim/shopper.h"

namespace inkling::sim {
namespace {

using Sink = std::function<base::Status(domain::Event&&)>;
using Turn = std::pair<std::int64_t, std::uint32_t>;  // (ts_ms, shopper index): the order of the merge

base::Status tell_items(const Catalogue& catalogue, std::int64_t start_ms, const Sink& on_event) {
  for (std::uint32_t i = 0; i < catalogue.goods().size(); ++i) {
    domain::Event event;
    event.id = "sim-item-" + std::to_string(i);
    event.ts_ms = start_ms;
    event.body = catalogue.item(i);
    INKLING_TRY(on_event(std::move(event)));
  }
  return base::Status::ok_status();
}

class Merge {
 public:
  Merge(const MarketplaceOptions& options, const Catalogue& catalogue) {
    shoppers_.reserve(options.shoppers);
    for (std::uint32_t i = 0; i < options.shoppers; ++i) {
      shoppers_.emplace_back(options, catalogue, i);
      queue(i);
    }
  }

  // A visit is only played when its turn comes, so that few are in memory at once. Its first event may come later
  // than its beginning: the shopper then queues again.
  base::Status tell_all(const Sink& on_event) {
    while (!turns_.empty()) {
      const std::uint32_t index = turns_.top().second;
      turns_.pop();
      Shopper& shopper = shoppers_[index];
      if (shopper.has_event()) {
        INKLING_TRY(on_event(shopper.next()));
      } else {
        shopper.play_visit();
      }
      queue(index);
    }
    return base::Status::ok_status();
  }

 private:
  void queue(std::uint32_t index) {
    if (!shoppers_[index].is_over()) turns_.emplace(shoppers_[index].next_ms(), index);
  }

  std::vector<Shopper> shoppers_;
  std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns_;
};

}  // namespace

base::Status Marketplace::generate(const Sink& on_event) const {
  INKLING_TRY(check(options_));
  const Catalogue catalogue(options_);
  INKLING_TRY(tell_items(catalogue, options_.start_ms, on_event));
  return Merge(options_, catalogue).tell_all(on_event);
}

}  // namespace inkling::sim
