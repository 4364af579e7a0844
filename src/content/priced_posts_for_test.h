// Posts with prices, made up, for tests of this folder and of what stands on it.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "base/core/random.h"
#include "content/priced_post.h"

namespace inkling::content {

// Moves of flats: vans cost twice as much as cars, every kilometre six yuan, and chance 15 % up or down.
inline std::vector<PricedPost> moves(std::size_t count, std::uint64_t seed) {
  base::Random random(seed);
  std::vector<PricedPost> posts;
  for (std::size_t i = 0; i < count; ++i) {
    PricedPost post;
    post.id = std::to_string(i);
    const bool van = random.chance(0.5);
    const double km = random.uniform(1, 40);
    post.choices = {{"vehicle", van ? "van" : "car"}, {"colour", random.chance(0.5) ? "red" : "blue"}};
    post.numbers = {{"distance_km", km}};
    const double yuan = (van ? 400 : 200) * std::exp(km / 40 + 0.15 * random.normal());
    post.price_cents = std::llround(100 * yuan);
    posts.push_back(std::move(post));
  }
  return posts;
}

}  // namespace inkling::content
