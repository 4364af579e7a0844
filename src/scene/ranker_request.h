// What a live ranking package is asked about the candidates of a request: the cart as promotions see it, the
// shopper's last records, what the recalls found, and how likely a purchase is when a stage before said so. The same
// values as samples of the journal have (basket/add_on_sample.h), so that rankers meet what they were taught with.
//
// Categories, shops and prices are those that the marketplace's catalogue tells now. Records older than the state
// holds, and purchases beyond what it keeps of one order, are not among the behaviours. Ownership: views its own
// values, the exchange and the ranker; until the next read(). Thread safety: one thread. Cost: O(log items) an item;
// it allocates nothing once a request of that size was read. Failure: none.
#pragma once

#include <string>
#include <vector>

#include "scene/exchange.h"

namespace inkling::scene {

class RankerRequest {
 public:
  // The exchange has a need.
  void read(const Exchange& exchange, const LiveRanker& live);

  [[nodiscard]] const basket::AddOnRequest& request() const { return request_; }
  // One a candidate of the exchange, in their order.
  [[nodiscard]] std::span<const basket::Candidate> candidates() const { return candidates_; }

 private:
  void read_cart(const BasketNeed& need);
  void read_behaviours(const Exchange& exchange);
  void read_candidates(const Exchange& exchange, const basket::CoBasket& statistics);
  [[nodiscard]] basket::ItemRef ref_of(const offer::Goods& goods);

  basket::AddOnRequest request_;
  std::vector<std::uint32_t> triggers_;
  std::vector<basket::ItemRef> ticked_, unticked_;
  std::vector<basket::Behaviour> behaviours_;
  std::vector<basket::RecallHit> hits_;  // of all candidates, one after another
  std::vector<basket::Candidate> candidates_;
  std::string category_;
};

}  // namespace inkling::scene
