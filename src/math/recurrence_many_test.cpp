#include "math/recurrence_many.h"

#include <cmath>
#include <deque>
#include <vector>

#include "math/instruction_set_test.h"

namespace inkling::math {
namespace {

using RecurrenceManyTest = InstructionSetTest;

// One sequence with memory of its own, its neighbours guarded.
struct Run {
  Run(std::size_t size, std::size_t steps, std::size_t offset, base::Random& random)
      : projected(steps * 3 * size, offset, random, -4.0, 4.0),
        state(size, offset + 1, random, -1.0, 1.0),
        rows(steps * size, offset),
        expected(steps * size, offset) {}
  [[nodiscard]] GruSequence into(GuardedFloats& out) { return {projected.span(), state.span(), out.span()}; }
  GuardedFloats projected, state, rows, expected;
};

void compare(std::size_t size, const std::vector<std::size_t>& steps, base::Random& random) {
  GuardedFloats values(3 * size * size, 0, random, -2.0 / std::sqrt(size), 2.0 / std::sqrt(size));
  GuardedFloats bias(size, 1, random, -1.0, 1.0);
  const PackedGates weights(values.span(), 3, size);
  std::deque<Run> runs;
  std::vector<GruSequence> found, expected;
  for (const std::size_t count : steps)
    runs.emplace_back(size, count, kOffsets[runs.size() % kOffsets.size()], random);
  for (Run& run : runs) {
    found.push_back(run.into(run.rows));
    expected.push_back(run.into(run.expected));
  }
  gru_steps_many(weights, bias.span(), found);
  reference::gru_steps_many(weights, bias.span(), expected);
  for (Run& run : runs) {
    for (std::size_t i = 0; i < run.rows.span().size(); ++i) {
      ASSERT_NEAR(run.rows.span()[i], run.expected.span()[i], 1e-5) << "at " << i << ", H = " << size;
    }
    ASSERT_TRUE(run.rows.guards_intact()) << size;
  }
}

TEST_P(RecurrenceManyTest, equals_one_sequence_after_the_other_at_every_width_and_mix_of_lengths) {
  base::Random random(31);
  for (const std::size_t size : {1, 3, 5, 16, 21, 31, 32, 33, 64, 67, 96}) {
    for (const std::vector<std::size_t>& steps :
         {std::vector<std::size_t>{}, {0}, {3}, {2, 5}, {5, 0, 2}, {1, 2, 3, 4}, {4, 4, 4, 4}, {6, 1, 0, 2, 7, 3}}) {
      compare(size, steps, random);
    }
  }
}

INKLING_FOR_EACH_INSTRUCTION_SET(RecurrenceManyTest);

}  // namespace
}  // namespace inkling::math
