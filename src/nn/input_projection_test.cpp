#include "nn/input_projection.h"

#include <gtest/gtest.h>

#include <array>

#include "nn/exact_layers_test.h"

namespace inkling::nn {
namespace {

using Feature = InputProjection::Feature;

// Tables of vocabularies 3, 9 and 40, embeddings as wide as `dims`, one projection of them to `gates` sums.
struct Tables {
  Tables(const std::vector<std::size_t>& dims, std::size_t gates, base::Random& random)
      : weight("rnn.weight_ih", gates, sum_of(dims), random), bias("bias", gates, 1, random) {
    const std::array<std::size_t, 3> vocabs = {3, 9, 40};
    for (std::size_t f = 0; f < dims.size(); ++f) tables.emplace_back("embed", vocabs[f % 3], dims[f], random);
  }
  [[nodiscard]] base::Result<InputProjection> make(unsigned folded, const math::Kernels& kernels) const {
    std::vector<Feature> features;
    for (std::size_t f = 0; f < tables.size(); ++f) {
      features.push_back({*Embedding::make(tables[f].weight()), ((folded >> f) & 1U) != 0});
    }
    return InputProjection::make(features, weight.weight(), bias.values, kernels);
  }
  // By the definition, in double precision.
  [[nodiscard]] double exact(std::span<const std::uint32_t> ids, std::size_t gate) const {
    double sum = bias.at(gate);
    std::size_t column = 0;
    for (std::size_t f = 0; f < tables.size(); ++f) {
      const std::size_t row = ids[f] < tables[f].rows ? ids[f] : Embedding::kMissingId;
      for (std::size_t e = 0; e < tables[f].cols; ++e) sum += weight.at(gate, column++) * tables[f].at(row, e);
    }
    return sum;
  }
  static std::size_t sum_of(const std::vector<std::size_t>& dims) {
    std::size_t sum = 0;
    for (const std::size_t dim : dims) sum += dim;
    return sum;
  }
  exact::Tensor weight, bias;
  std::vector<exact::Tensor> tables;
};

void expect_equals_exact(const std::vector<std::size_t>& dims, std::size_t gates, unsigned folded,
                         const math::Kernels& kernels) {
  base::Random random(61);
  const Tables setup(dims, gates, random);
  const auto projection = setup.make(folded, kernels);
  ASSERT_TRUE(projection.ok()) << projection.status().message();
  for (const std::size_t records : {0u, 1u, 2u, 7u, 100u}) {
    std::vector<std::uint32_t> ids(records * dims.size());
    for (std::uint32_t& id : ids) id = static_cast<std::uint32_t>(random.below(60));  // some are known to no table
    std::vector<float> projected(records * gates), scratch(projection->scratch_size(records));
    projection->project(ids, projected, scratch);
    for (std::size_t r = 0; r < records; ++r) {
      for (std::size_t gate = 0; gate < gates; ++gate) {
        const double expected = setup.exact(std::span(ids).subspan(r * dims.size(), dims.size()), gate);
        ASSERT_NEAR(projected[r * gates + gate], expected, 1e-5) << kernels.name << ", folded " << folded;
      }
    }
  }
}

TEST(InputProjectionTest, equals_double_precision_whichever_features_are_folded) {
  for (const math::Kernels* kernels : {&math::scalar_kernels(), &math::simd_kernels()}) {
    for (unsigned folded = 0; folded < 8; ++folded) {
      expect_equals_exact({8, 8, 8}, 96, folded, *kernels);
      expect_equals_exact({5, 1, 17}, 21, folded, *kernels);
    }
    expect_equals_exact({8}, 192, 0, *kernels);
    expect_equals_exact({8}, 192, 1, *kernels);
  }
}

TEST(InputProjectionTest, reports_its_sizes) {
  base::Random random(62);
  const Tables setup({4, 6, 5}, 12, random);
  const auto projection = setup.make(0b010, math::simd_kernels());
  ASSERT_TRUE(projection.ok());
  EXPECT_EQ(projection->feature_count(), 3u);
  EXPECT_EQ(projection->folded_count(), 1u);
  EXPECT_EQ(projection->gates_size(), 12u);
  EXPECT_EQ(projection->scratch_size(10), 10u * (4 + 5));
}

TEST(InputProjectionTest, rejects_a_weight_that_does_not_fit_the_tables) {
  base::Random random(63);
  Tables setup({4, 6}, 12, random);
  setup.tables.pop_back();
  const auto projection = setup.make(0, math::simd_kernels());
  ASSERT_FALSE(projection.ok());
  EXPECT_EQ(projection.status().message(), "tensor \"rnn.weight_ih\" has shape [12 x 10], expected [12 x 4]");
}

}  // namespace
}  // namespace inkling::nn
