// Where a shopper stands among the items' vectors: the fading mean of what was looked at and bought lately. Not a
// feature of models. Thread safety: pure. Cost: one pass over the history and one look-up an item, nothing allocated.
#pragma once

#include <span>

#include "index/item_vectors.h"
#include "state/shopper_state.h"

namespace inkling::scene {

// Each item touched counts by what was done with it (recent_items.h), and half as much as the one `items_to_half`
// places after it: a pause changes nothing of what is known. At length 1 into `vector`, vectors.dim() entries. False:
// the shopper touched nothing that has a vector.
[[nodiscard]] bool shopper_vector(const state::ShopperState& state, const index::ItemVectors& vectors,
                                  double items_to_half, std::span<float> vector);

}  // namespace inkling::scene
