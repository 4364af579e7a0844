// The feed of a shop that has learnt nothing yet: popular goods mixed with random ones, best-selling mostly on top.
// What a log says about a feed before any model ranked it. Thread safety: one Random a thread.
#pragma once

#include <cstdint>
#include <vector>

#include "base/core/random.h"
#include "domain/event.h"
#include "sim/catalogue.h"
#include "sim/feed_page.h"

namespace inkling::sim {

inline constexpr std::size_t kFeedPageSize = 10;

struct PolicyItem {
  std::uint32_t goods = 0;
  bool by_popularity = false;  // or by chance
  double score = 0;            // popularity, made noisy: the page is in this order
};

// At most kFeedPageSize goods, each once and none of `shown`, which they join.
[[nodiscard]] std::vector<PolicyItem> pick_page(const Catalogue& catalogue, std::vector<std::uint32_t>& shown,
                                                base::Random& random);

[[nodiscard]] domain::Impression impression_of(const Catalogue& catalogue, const std::vector<PolicyItem>& items,
                                               const std::string& request);

}  // namespace inkling::sim
