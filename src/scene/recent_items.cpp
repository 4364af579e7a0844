#include "scene/recent_items.h"

#include <algorithm>

namespace inkling::scene {
namespace {

constexpr float kBought = 4;

// 0: says nothing about interest.
float interest_of(domain::ActionKind action) {
  using domain::ActionKind;
  switch (action) {
    case ActionKind::kView:
    case ActionKind::kClick:
      return 1;
    case ActionKind::kFavourite:
      return 2;
    case ActionKind::kCartAdd:
      return 3;
    case ActionKind::kPurchase:
      return kBought;
    default:
      return 0;
  }
}

void note(RecentItems& items, std::uint64_t name, float interest) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].name != name) continue;
    // Newest first.
    if (items[i].interest != kBought && interest != kBought)
      items[i].interest = std::max(items[i].interest, interest);
    return;
  }
  static_cast<void>(items.push({name, interest}));  // cannot be full: it has room for every record
}

}  // namespace

RecentItems touched_items(const state::ShopperState& state) {
  RecentItems touched;
  for (std::uint64_t i = state.browses.total(); i > state.browses.first(); --i) {
    const state::BrowseRecord& record = state.browses.at(i - 1);
    const float interest = interest_of(record.action);
    if (record.item != 0 && interest != 0) note(touched, record.item, interest);
  }
  return touched;
}

RecentItems recent_items(const state::ShopperState& state) {
  RecentItems items;
  for (const RecentItem& item : touched_items(state)) {
    if (item.interest != kBought) static_cast<void>(items.push(item));
  }
  return items;
}

}  // namespace inkling::scene
