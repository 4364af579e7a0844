#include "sample/learnable.h"

#include <array>
#include <cmath>
#include <string_view>

namespace inkling::sample {
namespace {

constexpr std::array<std::string_view, 3> kParts = {"training", "validation", "test"};
constexpr std::array<std::string_view, 3> kMeans = {"it learns one number for this target",
                                                    "early stopping sees no AUC of this target",
                                                    "no AUC of this target can be measured"};

bool has_both_classes(const SampleSet& set, std::size_t target, std::size_t part) {
  return set.base_rates[target][part] > 0 && set.base_rates[target][part] < 1;
}

std::string one_class(const SampleSet& set, std::size_t target, std::size_t part) {
  const std::string points = std::to_string(set.part_counts[part]);
  const std::string share = set.base_rates[target][part] > 0 ? "all " + points : "none of the " + points;
  return set.plan.targets[target].name + ": " + share + " points of the " + std::string(kParts[part]) +
         " part are positive";
}

}  // namespace

base::Status check_learnable(const SampleSet& set) {
  if (set.part_counts[0] == 0) {
    return base::invalid_input("no decision point falls into the training part (validation holds " +
                               std::to_string(set.part_counts[1]) +
                               "); train on more days, or hold fewer shoppers out with split: {validation: ...}");
  }
  std::string found;
  for (std::size_t target = 0; target < set.plan.targets.size(); ++target) {
    if (has_both_classes(set, target, 0)) return {};
    found += (found.empty() ? "" : "; ") + one_class(set, target, 0);
  }
  return base::invalid_input(found + ": there is nothing to learn; train on more days, or ask for other horizons");
}

std::vector<std::string> shortcomings(const SampleSet& set) {
  std::vector<std::string> sentences;
  for (std::size_t target = 0; target < set.plan.targets.size(); ++target) {
    for (std::size_t part = 0; part < kParts.size(); ++part) {
      if (set.part_counts[part] == 0 || has_both_classes(set, target, part)) continue;
      sentences.push_back(one_class(set, target, part) + ", so " + std::string(kMeans[part]));
    }
  }
  for (std::size_t v = 0; v < set.view_records.size(); ++v) {
    if (set.view_records[v] > 0) continue;
    sentences.push_back("view " + std::string(feature::view_name(set.blueprint.views[v].view)) +
                        ": no sample has a record of it, so it teaches nothing");
  }
  return sentences;
}

}  // namespace inkling::sample
