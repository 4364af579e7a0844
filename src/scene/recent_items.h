// Which items a shopper looked at lately, for recalls that start from them. Not for models: they read the records.
// Thread safety: pure. Cost: one pass over the history, nothing allocated.
#pragma once

#include <cstdint>

#include "scene/short_list.h"
#include "state/shopper_state.h"

namespace inkling::scene {

struct RecentItem {
  std::uint64_t name = 0;  // base::name_hash of the item
  float interest = 0;  // 1 looked at, 2 marked as favourite, 3 put into the cart, 4 bought: the most of what was done
};

using RecentItems = ShortList<RecentItem, state::kBrowseHistory>;

// Each item once, the one touched last first. Looks before a purchase and after it are not taken together: what was
// bought is done with, so a look after it counts as a look.
[[nodiscard]] RecentItems touched_items(const state::ShopperState& state);
// The same without those that were bought since.
[[nodiscard]] RecentItems recent_items(const state::ShopperState& state);

}  // namespace inkling::scene
