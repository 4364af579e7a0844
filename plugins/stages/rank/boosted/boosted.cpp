// rank/boosted: the order of a live ranking package, for what completes this cart.
#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>

#include "base/core/hash.h"
#include "scene/candidates.h"
#include "scene/stage.h"

namespace inkling::stages::rank::boosted {
namespace {

constexpr std::array kParameters = {
    scene::ParameterSpec{.name = "model",
                         .type = scene::ParameterType::kText,
                         .meaning = "the model that orders candidates; one of its packages must be live",
                         .required = true}};

// Reused by the requests of a thread, so that from the second one on nothing is allocated.
struct Workspace {
  std::vector<std::uint32_t> triggers;
  std::vector<basket::Candidate> batch;
  std::vector<float> scores;
};

basket::Candidate asked_for(const index::World& world, const basket::CoBasket& statistics, std::string_view item) {
  const auto row = world.find(item);
  const auto known = statistics.find(row ? world.facts(*row).name : base::name_hash(item));
  const auto goods = row ? scene::goods_of(world, *row) : std::nullopt;
  return {known.value_or(basket::kUnknownItem), goods ? goods->price_cents : basket::kNoPrice};
}

class BoostedStage final : public scene::Stage {
 public:
  explicit BoostedStage(std::string model) : model_(std::move(model)) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    INKLING_ASSIGN(const scene::LiveRanker live, exchange.knowledge.ranker(model_));
    exchange.used_model(live.package->model, live.package->version);
    thread_local Workspace room;
    start(live, exchange, room);
    std::vector<scene::Candidate>& candidates = exchange.slots.candidates;
    room.batch.clear();
    for (const scene::Candidate& candidate : candidates) {
      room.batch.push_back(asked_for(exchange.knowledge.world(), live.scorer().statistics(), candidate.item));
    }
    room.scores.resize(candidates.size());
    live.scorer().score(room.batch, *live.workspace, room.scores);
    for (std::size_t i = 0; i < candidates.size(); ++i) candidates[i].score = room.scores[i];
    scene::sort_by_score(exchange.slots);
    return {};
  }

 private:
  static void start(const scene::LiveRanker& live, const scene::Exchange& exchange, Workspace& room) {
    const scene::BasketNeed& need = *exchange.slots.need;
    scene::trigger_rows(need, live.scorer().statistics(), room.triggers);
    // A shopper's device may run ahead of our clock.
    const std::int64_t now_ms = std::max(exchange.now_ms, exchange.knowledge.shopper_state().clock_ms);
    live.scorer().start({.statistics = &live.scorer().statistics(),
                         .history = live.history,
                         .triggers = room.triggers,
                         .gap_cents = need.gap_cents().value_or(0),
                         .now_ms = now_ms},
                        *live.workspace);
  }

  std::string model_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(std::make_unique<BoostedStage>(parameters.text("model")));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "boosted",
      .kind = scene::StageKind::kRank,
      .purpose = "scores by a live model that knows what completes a basket",
      .parameters = kParameters,
      .reads = {scene::Slot::kCandidates, scene::Slot::kNeed},
      .writes = {scene::Slot::kScores},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::rank::boosted
