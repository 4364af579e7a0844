#include "nn/reduced_target_attention.h"

#include <cassert>

#include "math/leaky_steps.h"

namespace inkling::nn {

using math::HalfLine;
using math::kBlockLanes;

ReducedTargetAttention::ReducedTargetAttention(math::ProductPath path, std::span<const float> weight2,
                                               std::size_t hidden1)
    : second_(ReducedProduct::from_columns(path, weight2, weight2.size() / hidden1)), hidden1_(hidden1) {}

// A step's matrix, a block's first hidden layer, then all candidates.
std::size_t ReducedTargetAttention::lines_size(std::size_t width, std::size_t candidates) const {
  return math::panels_lines(hidden1_, width) + second_.lines_size(kBlockLanes) +
         math::blocks_of(candidates) * math::rows_lines(kBlockLanes, width);
}

void ReducedTargetAttention::take_in(LaneRows candidates, std::size_t count, std::span<HalfLine> lines) const {
  const std::size_t width = candidates.rows, block_lines = math::rows_lines(kBlockLanes, width);
  std::span<HalfLine> rest = lines.subspan(math::panels_lines(hidden1_, width) + second_.lines_size(kBlockLanes));
  for (std::size_t b = 0; b < math::blocks_of(count); ++b, rest = rest.subspan(block_lines)) {
    (void)math::to_rows_transposed(candidates.block(b), math::lanes_of(count, b), width, rest.first(block_lines),
                                   kBlockLanes);
  }
}

void ReducedTargetAttention::weights(const Step& step, const Layers& layers, std::size_t count,
                                     MutableLaneRows out_row, std::span<float> scratch,
                                     std::span<HalfLine> lines) const {
  const std::size_t width = step.matrix.size() / hidden1_, hidden2 = layers.bias2.size();
  const std::size_t panel_lines = math::panels_lines(hidden1_, width);
  const std::size_t block_lines = math::rows_lines(kBlockLanes, width);
  assert(scratch.size() >= (hidden1_ + hidden2) * kBlockLanes && lines.size() >= lines_size(width, count));
  const auto panels = math::to_panels_nt(step.matrix, hidden1_, width, lines.first(panel_lines));
  const std::span<HalfLine> hidden_lines = lines.subspan(panel_lines, second_.lines_size(kBlockLanes));
  std::span<const HalfLine> candidates = lines.subspan(panel_lines + hidden_lines.size());
  for (std::size_t b = 0; b < math::blocks_of(count); ++b, candidates = candidates.subspan(block_lines)) {
    const std::size_t lanes = math::lanes_of(count, b);
    const std::span<float> h1 = scratch.first(lanes * hidden1_);
    const std::span<float> h2 = scratch.subspan(h1.size(), lanes * hidden2);
    math::half_product(second_.path(), {candidates.first(block_lines), lanes, width}, panels, step.bias, h1,
                       math::Output::kReplace);
    math::leaky_units(layers.slope, {}, h1);
    second_.forward(h1, layers.bias2, h2, hidden_lines);
    const std::span<float> out = out_row.block(b).first(lanes);
    math::leaky_scores(layers.slope, layers.weight3, h2, out);
    for (float& weight : out) weight += layers.bias3;
  }
}

}  // namespace inkling::nn
