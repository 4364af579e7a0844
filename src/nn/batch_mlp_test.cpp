#include "nn/batch_mlp.h"

#include <gtest/gtest.h>

#include <array>

#include "nn/exact_lanes_test.h"

namespace inkling::nn {
namespace {

using Kind = InputPart::Kind;
constexpr double kSlope = 0.1;
// request 2, candidate 3, product of the next two, request 3, candidate 4
const std::array kParts = {InputPart{Kind::kRequest, 2}, InputPart{Kind::kCandidate, 3},
                           InputPart{Kind::kProduct, 3, 1, 3}, InputPart{Kind::kRequest, 3},
                           InputPart{Kind::kCandidate, 4}};

struct Network {
  std::vector<exact::Tensor> weights, biases;
  Network(std::span<const std::size_t> widths, base::Random& random) {
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
      weights.emplace_back("mlp.w", widths[i + 1], widths[i], random);
      biases.emplace_back("mlp.b", widths[i + 1], 1, random);
    }
  }
  [[nodiscard]] std::vector<MlpLayerWeights> layers() const {
    std::vector<MlpLayerWeights> result;
    for (std::size_t i = 0; i < weights.size(); ++i) result.push_back({weights[i].weight(), biases[i].weight()});
    return result;
  }
  [[nodiscard]] exact::Vector exact(exact::Vector x) const {
    for (std::size_t i = 0; i < weights.size(); ++i) {
      x = exact::layer_of(weights[i], biases[i], x, i + 1 == weights.size() ? 1.0 : kSlope);
    }
    return x;
  }
};

exact::Vector whole_input(const exact::Vector& request, const exact::Vector& candidate) {
  exact::Vector x{request[0], request[1], candidate[0], candidate[1], candidate[2]};
  for (std::size_t j = 0; j < 3; ++j) x.push_back(candidate[j] * request[2 + j]);
  x.insert(x.end(), request.begin() + 2, request.end());
  x.insert(x.end(), candidate.begin() + 3, candidate.end());
  return x;
}

void expect_equals_exact(std::size_t count, std::span<const std::size_t> widths, const math::Kernels& kernels) {
  base::Random random(76);
  const Network network(widths, random);
  const exact::Tensor request("request", 1, 5, random, 1.0), candidates("x", count, 7, random, 1.0);
  const auto layer = BatchMlp::make(kParts, network.layers(), kSlope, kernels);
  ASSERT_TRUE(layer.ok()) << layer.status().message();
  std::vector<float> folded(layer->folded_size()), scratch(layer->scratch_size());
  exact::Lanes lanes(candidates.values, 7), out(layer->out(), count);
  layer->start(request.values, folded);
  layer->forward(folded, lanes.view(), count, out.view(), scratch);
  const exact::Rows rows = exact::rows_of(candidates.values, 7);
  for (std::size_t n = 0; n < count; ++n) {
    const exact::Vector expected = network.exact(whole_input(exact::rows_of(request.values, 5)[0], rows[n]));
    for (std::size_t i = 0; i < expected.size(); ++i) ASSERT_NEAR(out.at(i, n), expected[i], 2e-5) << kernels.name;
  }
  EXPECT_TRUE(out.gaps_intact());
}

TEST(BatchMlpTest, equals_the_whole_network_in_double_precision_on_both_tables) {
  const std::array<std::size_t, 2> one = {15, 2};
  const std::array<std::size_t, 5> four = {15, 21, 9, 12, 1};
  for (const math::Kernels* kernels : {&math::scalar_kernels(), &math::simd_kernels()}) {
    for (const std::size_t count : {0u, 1u, 16u, 63u, 64u, 65u, 200u}) {
      expect_equals_exact(count, one, *kernels);
      expect_equals_exact(count, four, *kernels);
    }
  }
}

TEST(BatchMlpTest, rejects_parts_and_layers_that_do_not_fit) {
  base::Random random(77);
  const std::array<std::size_t, 3> widths = {15, 4, 1};
  const Network network(widths, random);
  auto parts = kParts;
  parts[2].request_part = 1;
  EXPECT_EQ(
      BatchMlp::make(parts, network.layers(), kSlope).status().message(),
      "input part 2 of an MLP is the product of part 1 and part 1 of width 3, but must multiply one candidates' "
      "part, in no other product, with one of the request's, both as wide as itself");
  EXPECT_EQ(BatchMlp::make(std::span(kParts).first(4), network.layers(), kSlope).status().message(),
            "tensor \"mlp.w\" has shape [4 x 15], expected [4 x 11]");
  EXPECT_EQ(BatchMlp::make(kParts, {}, kSlope).status().message(),
            "an MLP over candidates needs at least one layer, but got none");
  auto layers = network.layers();
  layers[1] = layers[0];
  EXPECT_EQ(BatchMlp::make(kParts, layers, kSlope).status().message(),
            "tensor \"mlp.w\" has shape [4 x 15], expected [4 x 4]");
  const std::array request_only = {InputPart{Kind::kRequest, 15}};
  EXPECT_EQ(BatchMlp::make(request_only, network.layers(), kSlope).status().message(),
            "an MLP over candidates has no candidates' inputs");
}

}  // namespace
}  // namespace inkling::nn
