// What a page of a shop shows of goods beside name and price: brand, colour, material, weight, rating, a text, stock.
// They follow from the seed and the goods' number in a random stream of their own, so nothing that shoppers do
// depends on them; and nothing is ever sold out. Thread safety: pure. Cost: about a microsecond.
#pragma once

#include <cstdint>

#include "domain/event.h"
#include "sim/category_names.h"

namespace inkling::sim {

// Adds attributes, text and stock to an item that has its category and title.
void add_details(std::uint64_t seed, std::uint32_t goods, const LeafCategory& leaf, domain::Item& item);

}  // namespace inkling::sim
