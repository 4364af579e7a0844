#include "sim/goods_details.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <string_view>

#include "base/core/random.h"
#include "sim/streams.h"

namespace inkling::sim {
namespace {

constexpr std::array<std::string_view, 12> kBrands = {"Aldermoor", "Brightwell", "Calder",   "Dunmore",
                                                      "Eastvale",  "Fenwick",    "Glenrose", "Hollis",
                                                      "Inverin",   "Kestrel",    "Larkham",  "Merrow"};
constexpr std::array<std::string_view, 10> kColours = {"black", "white", "red",    "blue",  "green",
                                                       "grey",  "sand",  "yellow", "brown", "violet"};

struct Kind {
  std::string_view top;
  std::array<std::string_view, 4> materials;
  double usual_grams;
};
constexpr std::array<Kind, 8> kKinds = {{
    {"Electronics", {"aluminium", "glass", "recycled plastic", "steel"}, 350},
    {"Fashion", {"cotton", "wool", "linen", "leather"}, 420},
    {"Home", {"oak", "cotton", "ceramic", "steel"}, 1800},
    {"Kitchen", {"steel", "stoneware", "glass", "cast iron"}, 900},
    {"Beauty", {"glass", "aluminium", "paper", "recycled plastic"}, 180},
    {"Sports", {"nylon", "natural rubber", "steel", "polyester"}, 700},
    {"Toys", {"beech", "cardboard", "felt", "recycled plastic"}, 600},
    {"Groceries", {"paper", "glass", "tin", "carton"}, 500},
}};

const Kind& kind_of(std::string_view top) {
  const auto* found = std::ranges::find(kKinds, top, &Kind::top);
  return found == kKinds.end() ? kKinds.front() : *found;
}

std::string_view one_of(std::span<const std::string_view> words, base::Random& random) {
  return words[random.below(words.size())];
}

// "4.3"
std::string rating_text(base::Random& random) {
  const double rating = std::clamp(4.2 + 0.4 * random.normal(), 3.0, 5.0);
  const auto tenths = static_cast<int>(std::lround(rating * 10));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace

void add_details(std::uint64_t seed, std::uint32_t goods, const LeafCategory& leaf, domain::Item& item) {
  base::Random random = base::Random::stream(seed, kFirstDetailsStream + goods);
  const Kind& kind = kind_of(leaf.top);
  const std::string brand(one_of(kBrands, random));
  const std::string colour(one_of(kColours, random));
  const std::string material(one_of(kind.materials, random));
  const auto grams = static_cast<std::int64_t>(kind.usual_grams * std::exp(0.5 * random.normal()));
  const std::string weight = std::to_string(std::max<std::int64_t>(grams / 10 * 10, 10)) + " g";
  const std::string rating = rating_text(random);
  const auto ratings = 3 + static_cast<std::int64_t>(random.exponential(240));
  item.attributes = {{"brand", brand},   {"colour", colour}, {"material", material},
                     {"weight", weight}, {"rating", rating}, {"rating_count", std::to_string(ratings)}};
  item.text = item.title + " by " + brand + ", in " + colour + ". Made of " + material + ", " + weight +
              ". Bought by people who look for something in " + std::string(leaf.leaf) + " that lasts.";
  item.stock = 3 + static_cast<std::int64_t>(random.exponential(60));
}

}  // namespace inkling::sim
