#include "eval/adjusted_rand.h"

#include <map>
#include <utility>

namespace inkling::eval {
namespace {

double pairs_of(double count) {
  return count * (count - 1) / 2;
}

template <typename Counts>
double pairs_in(const Counts& counts) {
  double sum = 0;
  for (const auto& [group, count] : counts) sum += pairs_of(count);
  return sum;
}

}  // namespace

double adjusted_rand_index(std::span<const std::uint32_t> one, std::span<const std::uint32_t> other) {
  std::map<std::uint32_t, double> of_one, of_other;
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> of_both;
  for (std::size_t i = 0; i < one.size(); ++i) {
    ++of_one[one[i]];
    ++of_other[other[i]];
    ++of_both[{one[i], other[i]}];
  }
  const double all = pairs_of(static_cast<double>(one.size()));
  const double in_one = pairs_in(of_one), in_other = pairs_in(of_other), in_both = pairs_in(of_both);
  const double by_chance = all > 0 ? in_one * in_other / all : 0;
  const double most = (in_one + in_other) / 2;
  return most == by_chance ? 1 : (in_both - by_chance) / (most - by_chance);
}

}  // namespace inkling::eval
