#include "models/album_sorter/album_sorter_foreign_net.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace inkling::models::album_sorter {
namespace {

using base::Random;
using torch::Tensor;

using Colour = std::array<float, 3>;

Colour any_colour(Random& random) {
  Colour colour;
  for (float& value : colour) value = static_cast<float>(random.uniform(-1, 1));
  return colour;
}

std::int64_t any_of(const Tensor& rows, Random& random) {
  return static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(rows.size(0))));
}

Tensor shuffled_tiles(const Tensor& rows, Random& random) {
  const std::int64_t tiles = random.chance(0.5) ? 4 : 8, side = rows.size(2), step = side / tiles;
  const Tensor source = rows[any_of(rows, random)];
  std::vector<std::int64_t> order(static_cast<std::size_t>(tiles * tiles));
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int64_t>(i);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  Tensor made = source.clone();
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto to = static_cast<std::int64_t>(i);
    made.slice(1, to / tiles * step, (to / tiles + 1) * step)
        .slice(2, to % tiles * step, (to % tiles + 1) * step)
        .copy_(source.slice(1, order[i] / tiles * step, (order[i] / tiles + 1) * step)
                   .slice(2, order[i] % tiles * step, (order[i] % tiles + 1) * step));
  }
  return made;
}

Tensor double_exposure(const Tensor& rows, Random& random) {
  const double share = random.uniform(0.4, 0.6);
  return share * rows[any_of(rows, random)] + (1 - share) * rows[any_of(rows, random)].flip({1});
}

Tensor clouds(const Tensor& rows, Random& random) {
  const std::int64_t side = rows.size(2);
  Tensor made = torch::zeros({1, rows.size(1), side, side});
  for (const std::int64_t cells : {2, 4, 8, 16}) {
    Tensor noise = torch::empty({1, rows.size(1), cells, cells});
    float* value = noise.data_ptr<float>();
    for (std::int64_t i = 0; i < noise.numel(); ++i) value[i] = static_cast<float>(random.uniform(-1, 1));
    made += random.uniform(0.1, 0.8) *
            torch::nn::functional::interpolate(noise, torch::nn::functional::InterpolateFuncOptions()
                                                          .size(std::vector<std::int64_t>{side, side})
                                                          .mode(torch::kBilinear)
                                                          .align_corners(false));
  }
  return made[0].clamp(-1, 1);
}

// A shape in a frame of its own, turned: the distance of a place from its edge is below 0 inside.
struct Leaf {
  double x = 0, y = 0, reach = 0, narrow = 1, turn = 0;
  int shape = 0;
  [[nodiscard]] bool covers(double at_x, double at_y) const {
    const double dx = at_x - x, dy = at_y - y;
    const double u = (dx * std::cos(turn) + dy * std::sin(turn)) / reach;
    const double v = (dy * std::cos(turn) - dx * std::sin(turn)) / (reach * narrow);
    if (shape == 0) return u * u + v * v < 1;
    if (shape == 1) return std::abs(u) < 1 && std::abs(v) < 1;
    if (shape == 2) return v > -1 && std::abs(u) < (1 - v) / 2;
    return std::abs(v) < 1;  // a band across the picture
  }
};

Tensor dead_leaves(const Tensor& rows, Random& random) {
  const std::int64_t side = rows.size(2);
  Tensor made = torch::empty({rows.size(1), side, side});
  float* values = made.data_ptr<float>();
  const Colour top = any_colour(random), bottom = random.chance(0.5) ? top : any_colour(random);
  for (std::int64_t i = 0; i < side * side; ++i) {
    const float down = static_cast<float>(i / side) / static_cast<float>(side);
    for (std::size_t c = 0; c < 3; ++c)
      values[static_cast<std::int64_t>(c) * side * side + i] = top[c] + down * (bottom[c] - top[c]);
  }
  const std::array<Colour, 3> palette = {any_colour(random), any_colour(random), any_colour(random)};
  const bool few_colours = random.chance(0.5), one_shape = random.chance(0.4);
  const int shape = static_cast<int>(random.below(4));
  const double largest = std::exp(random.uniform(std::log(3.0), std::log(26.0)));
  const std::uint64_t leaves = 3 + random.below(40);
  for (std::uint64_t n = 0; n < leaves; ++n) {
    Leaf leaf{random.uniform(0, static_cast<double>(side)),
              random.uniform(0, static_cast<double>(side)),
              largest * std::pow(random.uniform(0.15, 1), 1.5),
              random.uniform(0.25, 1),
              random.uniform(0, 6.3),
              one_shape ? shape : static_cast<int>(random.below(4))};
    if (leaf.shape == 3) leaf.reach = random.uniform(1, 5);
    if (random.chance(0.4)) leaf.turn = 0;
    const Colour colour = few_colours ? palette[random.below(3)] : any_colour(random);
    for (std::int64_t i = 0; i < side * side; ++i) {
      if (!leaf.covers(static_cast<double>(i % side), static_cast<double>(i / side))) continue;
      for (std::size_t c = 0; c < 3; ++c) values[static_cast<std::int64_t>(c) * side * side + i] = colour[c];
    }
  }
  return made;
}

}  // namespace

Tensor foreign_pictures(const Tensor& rows, std::int64_t count, Random& random) {
  std::vector<Tensor> made;
  for (std::int64_t i = 0; i < count; ++i) {
    const double kind = random.uniform();
    if (kind < 0.2) {
      made.push_back(shuffled_tiles(rows, random));
    } else if (kind < 0.3) {
      made.push_back(double_exposure(rows, random));
    } else if (kind < 0.45) {
      made.push_back(clouds(rows, random));
    } else {
      made.push_back(dead_leaves(rows, random));
    }
  }
  return torch::stack(made);
}

}  // namespace inkling::models::album_sorter
