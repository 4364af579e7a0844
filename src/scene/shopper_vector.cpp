#include "scene/shopper_vector.h"

#include <array>
#include <cmath>

#include "scene/recent_items.h"

namespace inkling::scene {

bool shopper_vector(const state::ShopperState& state, const index::ItemVectors& vectors, double items_to_half,
                    std::span<float> vector) {
  std::array<index::WeightedItem, state::kBrowseHistory> room;
  std::size_t known = 0;
  for (const RecentItem& item : touched_items(state)) {
    if (!vectors.find(item.name)) continue;
    const double faded = std::exp2(-static_cast<double>(known) / items_to_half);
    room[known++] = {item.name, item.interest * static_cast<float>(faded)};
  }
  return index::mean_vector(vectors, std::span(room).first(known), vector);
}

}  // namespace inkling::scene
