// The add-on list of a shop that has learnt nothing yet: goods of about the missing price, found by popularity, by
// the leaves in the cart and lately viewed, and by chance, in the order of their recall scores or, for the arm that
// explores, in any order. What a journal says before any model ranked it. Thread safety: immutable; one Random a
// thread. Cost: O(log items) a find.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/random.h"
#include "domain/event.h"
#include "sim/catalogue.h"
#include "sim/days/basket.h"
#include "sim/days/ladder.h"

namespace inkling::sim::days {

inline constexpr const char* kArmExperiment = "add-on-order";
inline constexpr const char* kRecallArm = "recall-order";
inline constexpr const char* kShuffledArm = "shuffled";
inline constexpr double kPolicyStretch = 0.5;  // shown goods cost at most gap * (1 + this)

struct Proposal {
  std::uint32_t goods = 0;
  std::vector<domain::RecallScore> recalls;
  double score = 0;
};

struct PolicyQuestion {
  std::int64_t gap_cents = 0;
  std::vector<std::uint32_t> trigger_leaves;
  std::vector<std::uint32_t> recent_leaves;
  bool shuffled = false;
};

class AddOnPolicy {
 public:
  explicit AddOnPolicy(const Catalogue& catalogue);

  // The whole list, best first; pages are cut from it.
  [[nodiscard]] std::vector<Proposal> propose(const PolicyQuestion& question, const Basket& basket,
                                              base::Random& random) const;

 private:
  class Finds;
  // Of goods by price: [first, last).
  struct Slab {
    std::size_t first = 0;
    std::size_t last = 0;
  };
  [[nodiscard]] Slab slab(std::int64_t gap_cents) const;

  const Catalogue& catalogue_;
  std::vector<std::uint32_t> by_price_;
};

// One page of a list as the journal has it.
[[nodiscard]] domain::Impression impression_of(const Catalogue& catalogue, std::span<const Proposal> page,
                                               const std::string& request, const Basket& basket,
                                               const Standing& standing, const std::string& promotion,
                                               const std::string& arm);

}  // namespace inkling::sim::days
