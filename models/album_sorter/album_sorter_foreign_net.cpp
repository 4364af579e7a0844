#include "models/album_sorter/album_sorter_foreign_net.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "models/album_sorter/album_sorter_drawings_net.h"

namespace inkling::models::album_sorter {
namespace {

using base::Random;
using torch::Tensor;

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

Tensor smoothly(const Tensor& cells, std::int64_t side) {
  return torch::nn::functional::interpolate(cells, torch::nn::functional::InterpolateFuncOptions()
                                                       .size(std::vector<std::int64_t>{side, side})
                                                       .mode(torch::kBilinear)
                                                       .align_corners(false));
}

Tensor clouds(const Tensor& rows, Random& random) {
  const std::int64_t side = rows.size(2);
  Tensor made = torch::zeros({1, rows.size(1), side, side});
  for (const std::int64_t cells : {2, 4, 8, 16}) {
    Tensor noise = torch::empty({1, rows.size(1), cells, cells});
    float* value = noise.data_ptr<float>();
    for (std::int64_t i = 0; i < noise.numel(); ++i) value[i] = static_cast<float>(random.uniform(-1, 1));
    made += random.uniform(0.1, 0.8) * smoothly(noise, side);
  }
  return made[0].clamp(-1, 1);
}

std::span<const float> any_picture(const Tensor& rows, Random& random) {
  const std::int64_t size = rows[0].numel();
  return {rows.data_ptr<float>() + any_of(rows, random) * size, static_cast<std::size_t>(size)};
}

Tensor tensor_of(const Sheet& sheet) {
  const auto side = static_cast<std::int64_t>(sheet.side);
  return torch::tensor(at::ArrayRef<float>(sheet.values)).view({3, side, side});
}

Tensor leaves(const Tensor& rows, Random& random) {
  const Colours colours(any_picture(rows, random), random);
  return tensor_of(dead_leaves(static_cast<std::size_t>(rows.size(2)), colours, random));
}

// Things on a ground.
Tensor scene(const Tensor& rows, Random& random) {
  const Colours colours(any_picture(rows, random), random);
  Sheet sheet = ground(static_cast<std::size_t>(rows.size(2)), colours, random);
  add_things(sheet, colours, random);
  photograph(sheet, random);
  return tensor_of(sheet);
}

// Things on what is left of an own picture when its things are wiped away: where its ground is does not make it one.
Tensor things_on_own_ground(const Tensor& rows, Random& random) {
  const std::int64_t side = rows.size(2), cells = std::int64_t{2} << random.below(3);
  const Tensor picture = rows[any_of(rows, random)].unsqueeze(0);
  const Tensor wiped = smoothly(torch::adaptive_avg_pool2d(picture, {cells, cells}), side)[0].contiguous();
  Sheet sheet(static_cast<std::size_t>(side));
  std::copy_n(wiped.data_ptr<float>(), sheet.values.size(), sheet.values.begin());
  add_things(sheet, Colours(any_picture(rows, random), random), random);
  photograph(sheet, random);
  return tensor_of(sheet);
}

// An own picture on rubber, pulled out of shape: its colours and about where they lie stay, its forms do not.
Tensor warped(const Tensor& rows, Random& random) {
  const std::int64_t side = rows.size(2), cells = 3 + static_cast<std::int64_t>(random.below(4));
  const double reach = random.uniform(0.2, 0.45);  // of half a side
  Tensor pull = torch::empty({1, 2, cells, cells});
  float* across = pull.data_ptr<float>();
  float* down = across + cells * cells;
  for (std::int64_t i = 0; i < cells * cells; ++i) {
    const double turn = random.uniform(0, 6.283185307179586);
    across[i] = static_cast<float>(reach * std::cos(turn));
    down[i] = static_cast<float>(reach * std::sin(turn));
  }
  namespace f = torch::nn::functional;
  const Tensor still = f::affine_grid(torch::eye(2, 3).unsqueeze(0), {1, rows.size(1), side, side}, false);
  return f::grid_sample(rows[any_of(rows, random)].unsqueeze(0), still + smoothly(pull, side).permute({0, 2, 3, 1}),
                        f::GridSampleFuncOptions().padding_mode(torch::kBorder).align_corners(false))[0];
}

constexpr std::array<std::pair<double, Tensor (*)(const Tensor&, Random&)>, 7> kKinds = {
    {{0.5, warped},
     {0.075, shuffled_tiles},
     {0.05, double_exposure},
     {0.05, clouds},
     {0.1, leaves},
     {0.125, scene},
     {0.1, things_on_own_ground}}};

}  // namespace

Tensor foreign_pictures(const Tensor& rows, std::int64_t count, Random& random) {
  const Tensor own = rows.contiguous();
  std::vector<Tensor> made;
  for (std::int64_t i = 0; i < count; ++i) {
    double kind = random.uniform();
    std::size_t which = 0;
    while (which + 1 < kKinds.size() && kind >= kKinds[which].first) kind -= kKinds[which++].first;
    made.push_back(kKinds[which].second(own, random));
  }
  return torch::stack(made);
}

}  // namespace inkling::models::album_sorter
