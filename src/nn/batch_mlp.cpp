#include "nn/batch_mlp.h"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

namespace inkling::nn {
namespace {

using Kind = InputPart::Kind;

// Where each part begins among the request's or the candidates' inputs; of products, nowhere.
std::vector<std::size_t> starts_of(std::span<const InputPart> parts) {
  std::vector<std::size_t> starts;
  std::size_t request = 0, candidate = 0;
  for (const InputPart& part : parts) {
    starts.push_back(part.kind == Kind::kRequest ? request : candidate);
    if (part.kind == Kind::kRequest) request += part.width;
    if (part.kind == Kind::kCandidate) candidate += part.width;
  }
  return starts;
}

base::Status check_product(std::span<const InputPart> parts, std::size_t index) {
  const InputPart& product = parts[index];
  const auto is_factor = [&](std::size_t part, Kind kind) {
    return part < parts.size() && parts[part].kind == kind && parts[part].width == product.width;
  };
  const bool repeated = std::ranges::any_of(parts.first(index), [&](const InputPart& other) {
    return other.kind == Kind::kProduct && other.candidate_part == product.candidate_part;
  });
  if (is_factor(product.candidate_part, Kind::kCandidate) && is_factor(product.request_part, Kind::kRequest) &&
      !repeated) {
    return {};
  }
  return base::invalid_input("input part " + std::to_string(index) + " of an MLP is the product of part " +
                             std::to_string(product.candidate_part) + " and part " +
                             std::to_string(product.request_part) + " of width " + std::to_string(product.width) +
                             ", but must multiply one candidates' part, in no other product, with one of the "
                             "request's, both as wide as itself");
}

// Columns `from` on of a weight of `columns` columns become columns `to` on of `out`.
void copy_columns(const Weight& weight, std::size_t from, std::size_t width, std::span<float> out,
                  std::size_t columns, std::size_t to) {
  for (std::size_t i = 0; i < weight.rows; ++i) {
    const std::span<const float> row = weight.values.subspan(i * weight.cols + from, width);
    std::ranges::copy(row, out.begin() + static_cast<std::ptrdiff_t>(i * columns + to));
  }
}

}  // namespace

base::Result<BatchMlp::FirstLayer> BatchMlp::split(std::span<const InputPart> parts, const Weight& weight) {
  FirstLayer first;
  std::size_t columns = 0;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    columns += parts[p].width;
    if (parts[p].kind == Kind::kRequest) first.request_in += parts[p].width;
    if (parts[p].kind == Kind::kCandidate) first.candidate_in += parts[p].width;
    if (parts[p].kind == Kind::kProduct) INKLING_TRY(check_product(parts, p));
  }
  INKLING_TRY(check_shape(weight, weight.rows, columns));
  if (first.candidate_in == 0) return base::invalid_input("an MLP over candidates has no candidates' inputs");
  first.request.resize(weight.rows * first.request_in);
  first.candidate.resize(weight.rows * first.candidate_in);
  first.product.resize(weight.rows * first.candidate_in);
  const std::vector<std::size_t> starts = starts_of(parts);
  std::size_t from = 0;
  for (std::size_t p = 0; p < parts.size(); from += parts[p].width, ++p) {
    const InputPart& part = parts[p];
    if (part.kind == Kind::kRequest) {
      copy_columns(weight, from, part.width, first.request, first.request_in, starts[p]);
    } else if (part.kind == Kind::kCandidate) {
      copy_columns(weight, from, part.width, first.candidate, first.candidate_in, starts[p]);
    } else {
      const std::size_t candidate = starts[part.candidate_part];
      copy_columns(weight, from, part.width, first.product, first.candidate_in, candidate);
      first.products.push_back({candidate, starts[part.request_part], part.width});
    }
  }
  return first;
}

BatchMlp::BatchMlp(FirstLayer first, std::vector<Layer> layers, float slope, const math::Kernels& kernels)
    : request_in_(first.request_in),
      candidate_in_(first.candidate_in),
      widest_hidden_(0),
      request_(math::PackedMatrix::from_columns(first.request, layers.front().bias.size())),
      product_(std::move(first.product)),
      products_(std::move(first.products)),
      layers_(std::move(layers)),
      slope_(slope),
      kernels_(&kernels) {
  for (std::size_t i = 0; i + 1 < layers_.size(); ++i) {
    widest_hidden_ = std::max(widest_hidden_, layers_[i].bias.size());
  }
}

base::Result<BatchMlp> BatchMlp::make(std::span<const InputPart> parts, std::span<const MlpLayerWeights> layers,
                                      float slope, const math::Kernels& kernels) {
  if (layers.empty()) return base::invalid_input("an MLP over candidates needs at least one layer, but got none");
  INKLING_TRY(check_slope(slope));
  INKLING_ASSIGN(FirstLayer first, split(parts, layers.front().weight));
  std::vector<Layer> own;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Weight& weight = layers[i].weight;
    if (i > 0) INKLING_TRY(check_shape(weight, weight.rows, layers[i - 1].weight.rows));
    INKLING_TRY(check_shape(layers[i].bias, weight.rows, 1));
    const std::span<const float> values = i == 0 ? std::span<const float>(first.candidate) : weight.values;
    own.push_back({{values.begin(), values.end()}, {layers[i].bias.values.begin(), layers[i].bias.values.end()}});
  }
  return BatchMlp(std::move(first), std::move(own), slope, kernels);
}

// folded: the first layer's weight [out x candidate_in], its bias [out], and each candidate input's request factor.
void BatchMlp::start(std::span<const float> request, std::span<float> folded) const {
  assert(request.size() == request_in_ && folded.size() >= folded_size());
  const Layer& first = layers_.front();
  const std::span<float> weight = folded.first(first.weight.size());
  const std::span<float> bias = folded.subspan(weight.size(), first_out());
  const std::span<float> factors = folded.subspan(weight.size() + bias.size(), candidate_in_);
  kernels_->packed_product(request, request_, first.bias, bias, math::Output::kReplace);
  std::ranges::fill(factors, 0.0f);
  for (const Product& product : products_) {
    std::ranges::copy(request.subspan(product.request_column, product.width),
                      factors.begin() + static_cast<std::ptrdiff_t>(product.candidate_column));
  }
  kernels_->fold_columns(first.weight, product_, factors, weight);
}

void BatchMlp::forward(std::span<const float> folded, LaneRows candidates, std::size_t count, MutableLaneRows out,
                       std::span<float> scratch) const {
  assert(folded.size() >= folded_size() && scratch.size() >= scratch_size());
  assert(candidates.rows == candidate_in_ && out.rows == this->out());
  const std::size_t half_size = widest_hidden_ * math::kBlockLanes;
  for (std::size_t b = 0; b < math::blocks_of(count); ++b) {
    std::span<float> free_half = scratch.first(half_size), other_half = scratch.subspan(half_size, half_size);
    std::span<const float> input = candidates.block(b);
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      const bool is_first = i == 0, is_last = i + 1 == layers_.size();
      const std::size_t width = layers_[i].bias.size();
      const math::LaneLayer layer{is_first ? folded.first(layers_[i].weight.size()) : layers_[i].weight,
                                  is_first ? folded.subspan(layers_[i].weight.size(), width) : layers_[i].bias, width,
                                  is_last ? 1.0f : slope_};
      const std::span<float> output = is_last ? out.block(b) : free_half.first(width * math::kBlockLanes);
      kernels_->lane_layer(layer, input, math::lanes_of(count, b), output);
      input = output;
      std::swap(free_half, other_half);
    }
  }
}

}  // namespace inkling::nn
