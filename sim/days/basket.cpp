#include "sim/days/basket.h"

#include <algorithm>

namespace inkling::sim::days {

bool Basket::holds(std::uint32_t goods) const {
  return std::ranges::find(lines, goods, &BasketLine::goods) != lines.end();
}

std::int64_t Basket::ticked_cents(const Catalogue& catalogue) const {
  std::int64_t sum = 0;
  for (const BasketLine& line : lines) {
    if (line.ticked) sum += line.quantity * catalogue.at(line.goods).price_cents;
  }
  return sum;
}

std::vector<std::uint32_t> Basket::ticked_leaves(const Catalogue& catalogue) const {
  std::vector<std::uint32_t> leaves;
  for (const BasketLine& line : lines) {
    if (line.ticked) leaves.push_back(catalogue.at(line.goods).leaf);
  }
  return leaves;
}

std::vector<std::string> Basket::items(const Catalogue& catalogue, bool ticked) const {
  std::vector<std::string> items;
  for (const BasketLine& line : lines) {
    if (line.ticked == ticked) items.push_back(catalogue.at(line.goods).item);
  }
  return items;
}

}  // namespace inkling::sim::days
