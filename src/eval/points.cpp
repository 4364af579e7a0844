#include "eval/points.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace inkling::eval {
namespace {

base::Status bad_row(std::size_t row, const std::string& complaint) {
  return base::invalid_input("row " + std::to_string(row) + ": " + complaint + ".");
}

base::Status check_lengths(std::size_t scores, std::size_t labels, std::size_t weights) {
  if (scores == 0) return base::invalid_input("there are no points to evaluate.");
  if (scores > std::numeric_limits<std::uint32_t>::max()) {
    return base::too_large(std::to_string(scores) + " points are above the limit of 4294967295.");
  }
  if (labels != scores) {
    return base::invalid_input(std::to_string(scores) + " scores came with " + std::to_string(labels) + " labels.");
  }
  if (weights != 0 && weights != scores) {
    return base::invalid_input(std::to_string(scores) + " scores came with " + std::to_string(weights) + " weights.");
  }
  return {};
}

template <typename Values, typename Good>
std::size_t first_bad(const Values& values, const Good& good) {
  return static_cast<std::size_t>(std::find_if_not(values.begin(), values.end(), good) - values.begin());
}

}  // namespace

base::Status check_points(Scores scores, Labels labels, Weights weights) {
  INKLING_TRY(check_lengths(scores.size(), labels.size(), weights.size()));
  const std::size_t score = first_bad(scores, [](double value) { return std::isfinite(value); });
  if (score < scores.size()) return bad_row(score, "the score is not a finite number");
  const std::size_t label = first_bad(labels, [](std::uint8_t value) { return value <= 1; });
  if (label < labels.size()) return bad_row(label, "the label is " + std::to_string(labels[label]) + ", not 0 or 1");
  const std::size_t weight = first_bad(weights, [](double value) { return std::isfinite(value) && value >= 0; });
  if (weight < weights.size()) return bad_row(weight, "the weight is not a finite number from 0 up");
  return {};
}

base::Status check_probs(Scores probs, Labels labels, Weights weights) {
  INKLING_TRY(check_points(probs, labels, weights));
  const std::size_t row = first_bad(probs, [](double value) { return value >= 0 && value <= 1; });
  if (row == probs.size()) return {};
  return bad_row(row, "the probability " + std::to_string(probs[row]) + " is not between 0 and 1");
}

}  // namespace inkling::eval
