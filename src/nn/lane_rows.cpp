#include "nn/lane_rows.h"

#include <algorithm>
#include <cassert>

namespace inkling::nn {

void to_lane_rows(std::span<const float> x, MutableLaneRows out, const math::Kernels& kernels) {
  const std::size_t count = out.rows == 0 ? 0 : x.size() / out.rows;
  assert(x.size() == count * out.rows);
  for (std::size_t b = 0; b < math::blocks_of(count); ++b) {
    const std::size_t lanes = math::lanes_of(count, b);
    const std::span<float> block = out.block(b);
    kernels.transpose(x.subspan(b * math::kBlockLanes * out.rows, lanes * out.rows), out.rows, block,
                      math::kBlockLanes);
    const std::size_t group_end = (lanes + math::kLaneGroup - 1) / math::kLaneGroup * math::kLaneGroup;
    for (std::size_t r = 0; r < out.rows; ++r) {
      std::ranges::fill(block.subspan(r * math::kBlockLanes + lanes, group_end - lanes), 0.0f);
    }
  }
}

}  // namespace inkling::nn
