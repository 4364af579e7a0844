// rank/blend: a weighted sum of what the recalls said. The plain ranker to beat; it needs no training.
#include <algorithm>
#include <array>

#include "scene/candidates.h"
#include "scene/stage.h"

namespace inkling::stages::rank::blend {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr ParameterSpec weight_of(std::string_view name, std::string_view meaning, std::string_view weight) {
  return {.name = name,
          .type = ParameterType::kNumber,
          .meaning = meaning,
          .default_text = weight,
          .min = 0,
          .max = 1000};
}

constexpr std::array kParameters = {weight_of("hot", "weight of the recall `hot`", "1"),
                                    weight_of("newest", "weight of the recall `newest`", "0.3"),
                                    weight_of("recent", "weight of the recall `recent`", "0.5"),
                                    weight_of("similar", "weight of the recall `similar`", "1"),
                                    weight_of("other", "weight of any other recall", "1")};
constexpr std::size_t kNamed = kParameters.size() - 1;

using PerRecall = std::array<float, kParameters.size()>;  // one a parameter

std::size_t recall_index(std::string_view recall) {
  for (std::size_t i = 0; i < kNamed; ++i) {
    if (kParameters[i].name == recall) return i;
  }
  return kNamed;
}

class BlendStage final : public scene::Stage {
 public:
  explicit BlendStage(const PerRecall& weights) : weights_(weights) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    std::vector<scene::Candidate>& candidates = exchange.slots.candidates;
    const PerRecall highest = highest_scores(candidates);
    for (scene::Candidate& candidate : candidates) candidate.score = score(candidate, highest);
    scene::sort_by_score(exchange.slots);
    return {};
  }

 private:
  static PerRecall highest_scores(const std::vector<scene::Candidate>& candidates) {
    PerRecall highest{};
    for (const scene::Candidate& candidate : candidates) {
      for (const scene::RecallMark& mark : candidate.recalls) {
        float& known = highest[recall_index(mark.recall)];
        known = std::max(known, mark.score);
      }
    }
    return highest;
  }

  [[nodiscard]] float score(const scene::Candidate& candidate, const PerRecall& highest) const {
    float sum = 0;
    for (const scene::RecallMark& mark : candidate.recalls) {
      const std::size_t i = recall_index(mark.recall);
      if (highest[i] > 0) sum += weights_[i] * mark.score / highest[i];
    }
    return sum;
  }

  PerRecall weights_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  PerRecall weights{};
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weights[i] = static_cast<float>(parameters.number(kParameters[i].name));
  }
  return std::unique_ptr<scene::Stage>(std::make_unique<BlendStage>(weights));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {.name = "blend",
                                                   .kind = scene::StageKind::kRank,
                                                   .purpose = "scores by a weighted sum of what the recalls said",
                                                   .parameters = kParameters,
                                                   .reads = {scene::Slot::kCandidates},
                                                   .writes = {scene::Slot::kScores},
                                                   .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::rank::blend
