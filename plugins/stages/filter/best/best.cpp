// filter/best: keeps what stands first in the order so far, so that a model that costs much scores few candidates.
#include <algorithm>
#include <array>

#include "scene/candidates.h"
#include "scene/stage.h"

namespace inkling::stages::filter::best {
namespace {

constexpr std::array kParameters = {scene::ParameterSpec{.name = "keep",
                                                         .type = scene::ParameterType::kInteger,
                                                         .unit = "items",
                                                         .meaning = "how many candidates stay",
                                                         .required = true,
                                                         .min = 1,
                                                         .max = scene::kMaxCandidates}};

class BestStage final : public scene::Stage {
 public:
  explicit BestStage(std::size_t keep) : keep_(keep) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    std::vector<scene::Candidate>& candidates = exchange.slots.candidates;
    const std::size_t kept = std::min(keep_, candidates.size());
    candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(kept), candidates.end());
    return {};
  }

 private:
  std::size_t keep_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(
      std::make_unique<BestStage>(static_cast<std::size_t>(parameters.integer("keep"))));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {.name = "best",
                                                   .kind = scene::StageKind::kFilter,
                                                   .purpose = "keeps what stands first in the order so far",
                                                   .parameters = kParameters,
                                                   .reads = {scene::Slot::kCandidates, scene::Slot::kScores},
                                                   .writes = {scene::Slot::kCandidates},
                                                   .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::filter::best
