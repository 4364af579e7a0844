// rank/learnt: the order of a live ranking package, for what completes this cart.
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "scene/candidates.h"
#include "scene/ranker_request.h"
#include "scene/stage.h"

namespace inkling::stages::rank::learnt {
namespace {

constexpr std::array kParameters = {
    scene::ParameterSpec{.name = "model",
                         .type = scene::ParameterType::kText,
                         .meaning = "the model that orders candidates; one of its packages must be live",
                         .required = true}};

// Reused by the requests of a thread, so that from the second one on nothing is allocated.
struct Workspace {
  scene::RankerRequest asked;
  std::vector<float> scores;
};

class LearntStage final : public scene::Stage {
 public:
  explicit LearntStage(std::string model) : model_(std::move(model)) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    INKLING_ASSIGN(const scene::LiveRanker live, exchange.knowledge.ranker(model_));
    exchange.used_model(live.package->model, live.package->version);
    thread_local Workspace room;
    room.asked.read(exchange, live);
    std::vector<scene::Candidate>& candidates = exchange.slots.candidates;
    room.scores.resize(candidates.size());
    live.scorer().start(room.asked.request(), *live.workspace);
    live.scorer().score(room.asked.candidates(), *live.workspace, room.scores);
    for (std::size_t i = 0; i < candidates.size(); ++i) candidates[i].score = room.scores[i];
    scene::sort_by_score(exchange.slots);
    return {};
  }

 private:
  std::string model_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(std::make_unique<LearntStage>(parameters.text("model")));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "learnt",
      .kind = scene::StageKind::kRank,
      .purpose = "scores by a live model that knows what completes a basket",
      .parameters = kParameters,
      .reads = {scene::Slot::kCandidates, scene::Slot::kNeed},
      .writes = {scene::Slot::kScores},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::rank::learnt
