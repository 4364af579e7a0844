// An MLP over many candidates of one request: what is the same for all of them is multiplied once.
//
// Its input is a row of parts, each the request's (the same for all candidates), a candidate's, or the product of a
// candidate's part and a request's one, element by element. Of the first layer, the request's columns become a bias,
// and the columns of a product x * p are folded into those of x (W_x + W_xp diag(p)), so that a candidate meets only
// its own inputs. Hidden layers: leaky ReLU; the last layer is linear.
// Shapes: request = all request parts one after another [request_in()]; candidates in lanes (lane_rows.h), all
// candidate parts one after another [candidate_in() rows]; out [out() rows] in lanes: with one output and no gaps,
// out.values[n] is candidate n's. Weights [out x in] as LibTorch keeps them, columns in the order of the parts.
// Lifetime: copies its weights. Thread safety: immutable; folded weights and scratch belong to the caller, folded
// weights to one request. Cost: start() 2 request_in() out_1 operations and one pass over the candidates' columns;
// forward() two operations a weight that a candidate meets; neither allocates, blocks or fails.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/core/result.h"
#include "math/kernels.h"
#include "nn/lane_rows.h"
#include "nn/weight.h"

namespace inkling::nn {

struct InputPart {
  enum class Kind { kRequest, kCandidate, kProduct };
  Kind kind;
  std::size_t width = 0;
  // Of a product: which parts it multiplies, by their places in the list. Both are as wide as it is, and a
  // candidate's part stands in one product at most.
  std::size_t candidate_part = 0;
  std::size_t request_part = 0;
};

struct MlpLayerWeights {
  Weight weight;  // [out x in]
  Weight bias;    // [out]
};

class BatchMlp {
 public:
  // At least one layer, each as wide at its input as the one before at its output; slope 0 to 1.
  [[nodiscard]] static base::Result<BatchMlp> make(std::span<const InputPart> parts,
                                                   std::span<const MlpLayerWeights> layers, float slope,
                                                   const math::Kernels& kernels = math::simd_kernels());

  [[nodiscard]] std::size_t request_in() const { return request_in_; }
  [[nodiscard]] std::size_t candidate_in() const { return candidate_in_; }
  [[nodiscard]] std::size_t out() const { return layers_.back().bias.size(); }
  [[nodiscard]] std::size_t folded_size() const { return first_out() * (candidate_in_ + 1) + candidate_in_; }
  [[nodiscard]] std::size_t scratch_size() const { return 2 * widest_hidden_ * math::kBlockLanes; }

  // Once a request: request [request_in()] -> folded, folded_size() floats.
  void start(std::span<const float> request, std::span<float> folded) const;
  // candidates [candidate_in() rows] -> out [out() rows]; scratch >= scratch_size() floats. Nothing overlaps.
  void forward(std::span<const float> folded, LaneRows candidates, std::size_t count, MutableLaneRows out,
               std::span<float> scratch) const;

 private:
  struct Layer {
    std::vector<float> weight;  // of the first layer: the candidates' columns
    std::vector<float> bias;
  };
  // Where a product's two parts begin.
  struct Product {
    std::size_t candidate_column;
    std::size_t request_column;
    std::size_t width;
  };
  struct FirstLayer {
    std::size_t request_in = 0;
    std::size_t candidate_in = 0;
    std::vector<float> request;    // [out x request_in]
    std::vector<float> candidate;  // [out x candidate_in]
    std::vector<float> product;    // [out x candidate_in]: columns of products, 0 where there is none
    std::vector<Product> products;
  };
  [[nodiscard]] static base::Result<FirstLayer> split(std::span<const InputPart> parts, const Weight& weight);
  BatchMlp(FirstLayer first, std::vector<Layer> layers, float slope, const math::Kernels& kernels);
  [[nodiscard]] std::size_t first_out() const { return layers_.front().bias.size(); }

  std::size_t request_in_;
  std::size_t candidate_in_;
  std::size_t widest_hidden_;
  math::PackedMatrix request_;
  std::vector<float> product_;
  std::vector<Product> products_;
  std::vector<Layer> layers_;
  float slope_;
  const math::Kernels* kernels_;
};

}  // namespace inkling::nn
