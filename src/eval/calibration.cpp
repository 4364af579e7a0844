#include "eval/calibration.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace inkling::eval {
namespace {

using base::Result;

Result<double> weighted_mean(const std::vector<double>& values, Weights weights) {
  double sum = 0;
  double total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double weight = weights.empty() ? 1 : weights[i];
    sum += weight * values[i];
    total += weight;
  }
  if (total > 0) return sum / total;
  return base::invalid_input("a mean has no value: all weights are 0.");
}

CalibrationBin make_bin(Scores probs, Labels labels, std::span<const std::uint32_t> rows) {
  CalibrationBin bin{probs[rows.front()], probs[rows.back()], 0, 0, rows.size()};
  for (const std::uint32_t row : rows) {
    bin.mean_prob += probs[row];
    bin.positive_rate += labels[row];
  }
  bin.mean_prob /= static_cast<double>(rows.size());
  bin.positive_rate /= static_cast<double>(rows.size());
  return bin;
}

}  // namespace

Result<std::vector<double>> log_losses(Scores probs, Labels labels) {
  INKLING_TRY(check_probs(probs, labels));
  std::vector<double> losses(probs.size());
  for (std::size_t i = 0; i < losses.size(); ++i) {
    const double prob = std::clamp(probs[i], kLogLossMargin, 1 - kLogLossMargin);
    losses[i] = labels[i] != 0 ? -std::log(prob) : -std::log1p(-prob);
  }
  return losses;
}

Result<std::vector<double>> squared_errors(Scores probs, Labels labels) {
  INKLING_TRY(check_probs(probs, labels));
  std::vector<double> errors(probs.size());
  for (std::size_t i = 0; i < errors.size(); ++i) errors[i] = (probs[i] - labels[i]) * (probs[i] - labels[i]);
  return errors;
}

Result<double> log_loss(Scores probs, Labels labels, Weights weights) {
  INKLING_TRY(check_probs(probs, labels, weights));
  INKLING_ASSIGN(const auto losses, log_losses(probs, labels));
  return weighted_mean(losses, weights);
}

Result<double> brier(Scores probs, Labels labels, Weights weights) {
  INKLING_TRY(check_probs(probs, labels, weights));
  INKLING_ASSIGN(const auto errors, squared_errors(probs, labels));
  return weighted_mean(errors, weights);
}

Result<std::vector<CalibrationBin>> calibration_table(Scores probs, Labels labels, std::size_t bin_count) {
  INKLING_TRY(check_probs(probs, labels));
  if (bin_count == 0) return base::invalid_input("bin_count: 0 is below 1.");
  std::vector<std::uint32_t> rows(probs.size());
  std::iota(rows.begin(), rows.end(), 0u);
  std::sort(rows.begin(), rows.end(),
            [&](std::uint32_t a, std::uint32_t b) { return probs[a] != probs[b] ? probs[a] < probs[b] : a < b; });
  std::vector<CalibrationBin> table;
  std::size_t begin = 0;
  for (std::size_t bin = 1; bin <= bin_count; ++bin) {
    std::size_t end = rows.size() * bin / bin_count;
    if (end <= begin) continue;
    while (end < rows.size() && probs[rows[end]] == probs[rows[end - 1]]) ++end;
    table.push_back(make_bin(probs, labels, std::span(rows).subspan(begin, end - begin)));
    begin = end;
  }
  return table;
}

double calibration_error(const std::vector<CalibrationBin>& table) {
  double sum = 0;
  std::size_t count = 0;
  for (const CalibrationBin& bin : table) {
    sum += static_cast<double>(bin.count) * std::abs(bin.mean_prob - bin.positive_rate);
    count += bin.count;
  }
  return count == 0 ? 0 : sum / static_cast<double>(count);
}

}  // namespace inkling::eval
