#include "sim/category_names.h"

namespace inkling::sim {
namespace {

constexpr std::array<LeafCategory, kLeafCount> kLeaves = {{
    {"Electronics", "Headphones", 7900},
    {"Electronics", "Phone cases", 1900},
    {"Electronics", "Chargers", 2400},
    {"Electronics", "Tablets", 32900},
    {"Electronics", "Cameras", 44900},
    {"Fashion", "Dresses", 5900},
    {"Fashion", "T-shirts", 1900},
    {"Fashion", "Jackets", 8900},
    {"Fashion", "Sneakers", 7400},
    {"Fashion", "Handbags", 6900},
    {"Home", "Desk lamps", 3900},
    {"Home", "Bedding", 5400},
    {"Home", "Rugs", 9900},
    {"Home", "Shelves", 6400},
    {"Home", "Candles", 1400},
    {"Kitchen", "Kettles", 3900},
    {"Kitchen", "Pans", 4400},
    {"Kitchen", "Knives", 5200},
    {"Kitchen", "Mugs", 1200},
    {"Kitchen", "Coffee makers", 12900},
    {"Beauty", "Face cream", 2600},
    {"Beauty", "Shampoo", 900},
    {"Beauty", "Perfume", 5900},
    {"Beauty", "Lipstick", 1700},
    {"Beauty", "Hair dryers", 4900},
    {"Sports", "Running shoes", 9900},
    {"Sports", "Yoga mats", 2900},
    {"Sports", "Backpacks", 6400},
    {"Sports", "Bicycle lights", 2700},
    {"Sports", "Dumbbells", 3400},
    {"Toys", "Building bricks", 3900},
    {"Toys", "Puzzles", 1800},
    {"Toys", "Board games", 3200},
    {"Toys", "Dolls", 2400},
    {"Toys", "Model trains", 8400},
    {"Groceries", "Coffee", 1100},
    {"Groceries", "Tea", 700},
    {"Groceries", "Chocolate", 500},
    {"Groceries", "Olive oil", 1300},
    {"Groceries", "Pasta", 300},
}};

constexpr std::array<std::string_view, 20> kTitleWords = {
    "Amber", "Birch", "Coastal", "Daily", "Ember", "Field", "Granite", "Harbour", "Indigo",  "Juniper",
    "Light", "Maple", "Nordic",  "Olive", "Pure",  "Quiet", "River",   "Summit",  "Terrace", "Willow"};

}  // namespace

std::span<const LeafCategory, kLeafCount> leaf_categories() {
  return kLeaves;
}
std::span<const std::string_view> title_words() {
  return kTitleWords;
}

}  // namespace inkling::sim
