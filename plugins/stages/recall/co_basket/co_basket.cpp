// recall/co_basket: what is bought together with the ticked goods, by the statistics of the live ranking package.
#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "base/core/hash.h"
#include "basket/trigger_scores.h"
#include "scene/candidates.h"
#include "scene/price_fit.h"
#include "scene/stage.h"

namespace inkling::stages::recall::co_basket {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::array<std::string_view, 3> kFormulas = {"conditional", "cosine", "autoencoder"};
constexpr std::array kParameters = {
    ParameterSpec{.name = "model",
                  .type = ParameterType::kText,
                  .meaning = "whose statistics are asked; one of its packages must be live",
                  .required = true},
    ParameterSpec{.name = "by",
                  .type = ParameterType::kText,
                  .meaning = "the formula that says how well two items go together",
                  .default_text = "autoencoder",
                  .choices = kFormulas},
    ParameterSpec{.name = "quota",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "at most this many, those that go best with the goods first",
                  .default_text = "200",
                  .min = 1,
                  .max = 2000},
    scene::kStretch};

using Formula = basket::TriggerSum basket::CandidateSums::*;
constexpr std::array<Formula, kFormulas.size()> kSums = {
    &basket::CandidateSums::conditional, &basket::CandidateSums::cosine, &basket::CandidateSums::autoencoder};

struct Suggestion {
  float score = 0;
  std::uint32_t row = 0;  // of the statistics

  bool operator<(const Suggestion& other) const {
    return score != other.score ? score < other.score : row > other.row;
  }
};

// Reused by the requests of a thread, so that from the second one on nothing is allocated.
struct Workspace {
  basket::TriggerScores scores;
  std::vector<std::uint32_t> triggers;
  std::vector<Suggestion> suggestions;
};

class CoBasketStage final : public scene::Stage {
 public:
  CoBasketStage(std::string model, Formula formula, std::size_t quota, double stretch)
      : model_(std::move(model)), formula_(formula), quota_(quota), stretch_(stretch) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    INKLING_ASSIGN(const scene::LiveRanker live, exchange.knowledge.ranker(model_));
    exchange.used_model(live.package->model, live.package->version);
    thread_local Workspace room;
    const basket::CoBasket& statistics = live.scorer().statistics();
    scene::trigger_rows(*exchange.slots.need, statistics, room.triggers);
    room.scores.gather(statistics, room.triggers);
    collect(room);
    add_best(statistics, room, exchange);
    return {};
  }

 private:
  // A heap: most suggestions are never looked at, because the quota is full before.
  void collect(Workspace& room) const {
    room.suggestions.clear();
    for (const std::uint32_t row : room.scores.suggested()) {
      const float score = (room.scores.of(row).*formula_).sum;
      if (score > 0) room.suggestions.push_back({score, row});
    }
    std::ranges::make_heap(room.suggestions, std::less{});
  }

  void add_best(const basket::CoBasket& statistics, Workspace& room, scene::Exchange& exchange) const {
    const scene::BasketNeed& need = *exchange.slots.need;
    const index::World& world = exchange.knowledge.world();
    const scene::WantedGoods wanted(exchange, stretch_);
    scene::CandidateAdder candidates(exchange.slots, "co_basket");
    for (std::size_t added = 0; added < quota_ && !room.suggestions.empty();) {
      std::ranges::pop_heap(room.suggestions, std::less{});
      const Suggestion best = room.suggestions.back();
      room.suggestions.pop_back();
      const auto row = world.find_name(statistics.item(best.row));
      if (!row || !world.facts(*row).available()) continue;
      const std::string& item = world.facts(*row).item;
      if (!wanted.hold(*row) || need.holds(item)) continue;
      const std::uint32_t trigger = (room.scores.of(best.row).*formula_).best_trigger;
      candidates.add(item, best.score, {"bought_with", name_of(need, statistics.item(trigger))});
      ++added;
    }
  }

  static std::string_view name_of(const scene::BasketNeed& need, std::uint64_t item) {
    const auto line = std::ranges::find(
        need.lines, item, [](const offer::CartLine& known) { return base::name_hash(known.goods.item); });
    return line->goods.item;  // triggers come from these lines
  }

  std::string model_;
  Formula formula_;
  std::size_t quota_;
  double stretch_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const auto formula = std::ranges::find(kFormulas, parameters.text("by")) - kFormulas.begin();
  return std::unique_ptr<scene::Stage>(std::make_unique<CoBasketStage>(
      parameters.text("model"), kSums[static_cast<std::size_t>(formula)],
      static_cast<std::size_t>(parameters.integer("quota")), parameters.number("stretch")));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {.name = "co_basket",
                                                   .kind = scene::StageKind::kRecall,
                                                   .purpose = "adds what is bought together with the ticked goods",
                                                   .parameters = kParameters,
                                                   .reads = {scene::Slot::kNeed},
                                                   .writes = {scene::Slot::kCandidates},
                                                   .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::co_basket
