// What a simulated shopper does with the feed in one visit: looks at a page, clicks or not, views, puts into the
// cart, buys, scrolls on or leaves. The pages come from outside, one at a time: from a policy (feed_policy.h) or from
// a server. Not for how attractive goods are: feed_model.h. Ownership: persona, catalogue and model outlive it.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/deeds.h"
#include "sim/feed_page.h"
#include "sim/persona.h"

namespace inkling::sim {

inline constexpr int kMostFeedPages = 5;  // in one visit

class FeedLook {
 public:
  FeedLook(Persona& persona, const Catalogue& catalogue, const FeedModel& model, std::int64_t start_ms);

  [[nodiscard]] bool wants_page() const { return wants_page_; }
  // What follows from a page that was there at now_ms(), in the order of time; all of it names the page's request.
  [[nodiscard]] std::vector<TimedAction> look_at(const FeedPage& page);
  // No page came.
  void give_up() { wants_page_ = false; }
  [[nodiscard]] std::int64_t now_ms() const { return deeds_.now_ms(); }

  // The truth about a page, before it is looked at.
  [[nodiscard]] FeedTruth truth(const FeedPage& page) const;

 private:
  [[nodiscard]] double attraction(std::uint32_t goods) const;
  void answer(std::uint32_t goods);
  void take(std::uint32_t goods);
  [[nodiscard]] bool scrolls_on();

  Persona& persona_;
  const Catalogue& catalogue_;
  const FeedModel& model_;
  Deeds deeds_;
  int pages_ = 0;
  bool wants_page_ = true;
};

}  // namespace inkling::sim
