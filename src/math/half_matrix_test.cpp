#include "math/half_matrix.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "math/half_emulation_test.h"
#include "math/half_kernels.h"
#include "math/instruction_set_test.h"

namespace inkling::math {
namespace {

const std::vector<std::size_t> kOutputs = {0, 1, 15, 16, 17, 48, 96, 192, 200, 400};
const std::vector<std::size_t> kInputs = {0, 1, 2, 31, 32, 33, 63, 64, 65, 127, 130, 300};

std::vector<float> random_floats(std::size_t count, std::uint64_t seed, double low, double high) {
  base::Random random(seed);
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(random.uniform(low, high));
  return values;
}

// Which path specifies a path, and how far apart both may be, as a part of the sum of the terms' magnitudes.
struct Agreement {
  MatrixPath path;
  MatrixPath reference;
  double tolerance;
};
// fp16 has one order of sums, so both are the same bits. The others differ by the order of float sums.
const Agreement kAgreements[] = {
    {MatrixPath::kAvx512Fp16, MatrixPath::kScalarFp16, 0},
    {MatrixPath::kAvx512Bf16, MatrixPath::kScalarBf16, 2e-6},
    {MatrixPath::kWideBf16, MatrixPath::kScalarWideBf16, 2e-6},
};

void expect_agreement(const Agreement& agreement, std::size_t outputs, std::size_t inputs) {
  const auto w = random_floats(outputs * inputs, 1, -1, 1);
  const auto bias = random_floats(outputs, 2, -1, 1);
  GuardedFloats x(inputs, 1), y(outputs, 3), expected(outputs, 3);
  std::ranges::copy(random_floats(inputs, 3, -1, 1), x.span().begin());
  HalfMatrix(agreement.path, w, bias, outputs, inputs).times(x.span(), y.span());
  HalfMatrix(agreement.reference, w, bias, outputs, inputs).times(x.span(), expected.span());
  for (std::size_t j = 0; j < outputs; ++j) {
    const double tolerance = agreement.tolerance * (1 + 0.25 * static_cast<double>(inputs));
    ASSERT_NEAR(y.span()[j], expected.span()[j], tolerance) << j << " of " << outputs << " from " << inputs;
  }
  ASSERT_TRUE(y.guards_intact()) << outputs << " from " << inputs;
}

std::string agreement_name(const Agreement& agreement) {
  std::string name = path_name(agreement.path);
  std::ranges::replace(name, '-', '_');
  return name;
}

class HalfMatrixTest : public testing::TestWithParam<Agreement> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam().path)) GTEST_SKIP() << "this machine has no " << path_name(GetParam().path);
  }
};

TEST_P(HalfMatrixTest, equals_its_reference_in_every_shape) {
  for (const std::size_t outputs : kOutputs) {
    for (const std::size_t inputs : kInputs) expect_agreement(GetParam(), outputs, inputs);
  }
}

INSTANTIATE_TEST_SUITE_P(On, HalfMatrixTest, testing::ValuesIn(kAgreements),
                         [](const testing::TestParamInfo<Agreement>& on) { return agreement_name(on.param); });

using WideMatrixTest = InstructionSetTest;

TEST_P(WideMatrixTest, equals_its_reference_in_every_shape) {
  const Agreement wide{MatrixPath::kWideBf16, MatrixPath::kScalarWideBf16, 2e-6};
  for (const std::size_t outputs : kOutputs) {
    for (const std::size_t inputs : kInputs) expect_agreement(wide, outputs, inputs);
  }
}

INKLING_FOR_EACH_INSTRUCTION_SET(WideMatrixTest);

TEST(HalfMatrixReferenceTest, rounds_weights_and_vector_as_the_format_says) {
  const float third = 1.0f / 3.0f;
  const std::array<float, 1> w{third}, x{third};
  std::array<float, 1> y{};
  const float bf16 = from_bf16(to_bf16(third)), fp16 = from_fp16(to_fp16(third));
  HalfMatrix(MatrixPath::kScalarBf16, w, {}, 1, 1).times(x, y);
  EXPECT_EQ(y[0], bf16 * bf16);
  HalfMatrix(MatrixPath::kScalarWideBf16, w, {}, 1, 1).times(x, y);
  EXPECT_EQ(y[0], bf16 * third);
  HalfMatrix(MatrixPath::kScalarFp16, w, {}, 1, 1).times(x, y);
  EXPECT_EQ(y[0], from_fp16(to_fp16(static_cast<double>(fp16) * fp16)));
}

TEST(HalfMatrixReferenceTest, fp16_sums_even_and_odd_terms_apart_and_joins_runs_of_64_in_float) {
  std::vector<float> w(65, 0.0f);
  const std::vector<float> x(65, 1.0f);
  w[0] = 2048;  // fp16 has no 2049: one more even term of 1 is lost, an odd one or one of the next run is not
  w[2] = 1;
  std::array<float, 1> y{};
  const auto sum = [&] {
    HalfMatrix(MatrixPath::kScalarFp16, w, {}, 1, 65).times(x, y);
    return y[0];
  };
  EXPECT_EQ(sum(), 2048);
  w[1] = 1;
  EXPECT_EQ(sum(), 2049);
  w[64] = 1;
  EXPECT_EQ(sum(), 2050);
}

// The same algorithm as the processor's, over lanes in software.
TEST(Fp16LanesTest, over_emulated_lanes_equals_the_reference_bit_for_bit) {
  for (const std::size_t count : {1U, 3U, 4U, 12U, 13U, 17U}) {
    for (const std::size_t inputs : kInputs) {
      const std::size_t outputs = count * kPanelColumns;
      std::vector<HalfLine> panels(panels_lines(outputs, inputs));
      base::Random random(inputs);
      for (std::size_t line = 0; line < panels.size(); ++line) {
        for (std::size_t i = 0; i < 32; ++i) {
          const bool is_padding = line % panels_lines(kPanelColumns, inputs) * 2 + i % 2 >= inputs;
          panels[line].values[i] = is_padding ? 0 : to_fp16(random.uniform(-1, 1));
        }
      }
      const auto x = random_floats(inputs, 3, -1, 1), start = random_floats(outputs, 4, -1, 1);
      std::vector<float> y(outputs, -1), expected(outputs, -2);
      half::VectorTask task{panels.data(), depth_lines(inputs), count, x.data(), inputs, start.data(), y.data()};
      half::fp16_vector<half::EmulatedLanes>(task);
      task.y = expected.data();
      half::vector_scalar_fp16(task);
      ASSERT_EQ(y, expected) << outputs << " from " << inputs;
      y = start;  // in place, as later runs do
      task.start = task.y = y.data();
      half::fp16_vector<half::EmulatedLanes>(task);
      ASSERT_EQ(y, expected) << outputs << " from " << inputs;
    }
  }
}

// Root of the mean square error over 9600 sums of 64 terms, as a part of the sum of magnitudes. A factor rounded to
// bf16 errs by 2^-8 / 3 on average, to fp16 by an eighth of that, and 64 random signs divide by 8; what fp16 saves in
// factors it partly loses in its sums of 32 terms. Measured 1.5e-4, 3.5e-4 and 2.5e-4.
TEST(HalfMatrixErrorTest, each_format_errs_as_its_contract_says) {
  struct Figure {
    MatrixPath path;
    double low, high;
  };
  for (const Figure figure : {Figure{MatrixPath::kScalarFp16, 1e-4, 2e-4},
                              {MatrixPath::kScalarBf16, 2.8e-4, 4.5e-4},
                              {MatrixPath::kScalarWideBf16, 1.8e-4, 3.2e-4}}) {
    double squares = 0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      const auto w = random_floats(192 * 64, 100 + seed, -0.125, 0.125), x = random_floats(64, 200 + seed, -1, 1);
      std::vector<float> y(192);
      HalfMatrix(figure.path, w, {}, 192, 64).times(x, y);
      for (std::size_t j = 0; j < y.size(); ++j) {
        double exact = 0, magnitude = 0;
        for (std::size_t t = 0; t < 64; ++t) {
          const double term = static_cast<double>(w[j * 64 + t]) * x[t];
          exact += term;
          magnitude += std::abs(term);
        }
        const double error = (y[j] - exact) / magnitude;
        squares += error * error;
      }
    }
    const double rms = std::sqrt(squares / (50 * 192));
    EXPECT_GT(rms, figure.low) << path_name(figure.path);
    EXPECT_LT(rms, figure.high) << path_name(figure.path);
  }
}

}  // namespace
}  // namespace inkling::math
