// recall/vectors: what lies near the ticked goods and near what the shopper looked at and bought lately, by the live
// package of item vectors, among goods that cost about what the cart is short of.
#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/core/hash.h"
#include "scene/candidates.h"
#include "scene/price_fit.h"
#include "scene/shopper_vector.h"
#include "scene/stage.h"

namespace inkling::stages::recall::vectors {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::size_t kMostTriggers = index::kMaxSlabQueries - 1;  // the last query is the shopper's

constexpr std::array kParameters = {
    ParameterSpec{.name = "model",
                  .type = ParameterType::kText,
                  .meaning = "whose vectors are asked; without a live package nothing is added",
                  .default_text = "session_vectors"},
    ParameterSpec{.name = "triggers",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "ticked goods from which it starts, those put into the cart last",
                  .default_text = "8",
                  .min = 0,
                  .max = static_cast<double>(kMostTriggers)},
    ParameterSpec{.name = "per_query",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "nearest goods of each of them, and of the shopper",
                  .default_text = "50",
                  .min = 1,
                  .max = 500},
    scene::kStretch,
    ParameterSpec{
        .name = "shopper",
        .type = ParameterType::kNumber,
        .meaning = "what nearness to the shopper is worth beside nearness to one of the goods; 0: not asked",
        .default_text = "1",
        .min = 0,
        .max = 100},
    ParameterSpec{.name = "items_to_half",
                  .type = ParameterType::kNumber,
                  .unit = "items",
                  .meaning = "of what the shopper touched, an item counts half as much as the one so many after it",
                  .default_text = "2",
                  .min = 0.1,
                  .max = 1000}};

// More are asked for than are wanted, since not all that costs enough also counts for the promotion.
constexpr std::size_t kSpare = 4;
static_assert(kSpare * 500 <= index::kMaxSlabHits);

// Reused by the requests of a thread, so that from the second one on nothing is allocated.
struct Workspace {
  std::vector<float> queries;
  std::vector<std::string_view> triggers;  // of the queries but the shopper's, which is the last
  bool asks_for_shopper = false;
  index::SlabWorkspace slab;
};

struct Settings {
  std::string model;
  std::size_t triggers = 0;
  std::size_t per_query = 0;
  double stretch = 0;
  float shopper = 0;
  double items_to_half = 0;
};

class VectorsStage final : public scene::Stage {
 public:
  explicit VectorsStage(Settings settings) : settings_(std::move(settings)) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const index::VectorSlab* slab = exchange.knowledge.vectors(settings_.model);
    if (slab == nullptr) {
      if (exchange.tracing()) exchange.note("no package of \"" + settings_.model + "\" is live, so nothing is near");
      return {};
    }
    exchange.used_model(slab->package().model, slab->package().version);
    thread_local Workspace room;
    ask(*slab, exchange, room);
    if (room.queries.empty()) {
      if (exchange.tracing()) exchange.note("no item that the shopper ticked or touched has a vector");
      return {};
    }
    const scene::WantedGoods wanted(exchange, settings_.stretch);
    INKLING_TRY(slab->search({room.queries, band(wanted), kSpare * settings_.per_query}, room.slab));
    add(*slab, wanted, exchange, room);
    return {};
  }

 private:
  void ask(const index::VectorSlab& slab, const scene::Exchange& exchange, Workspace& room) const {
    const index::ItemVectors& vectors = slab.vectors();
    room.queries.clear();
    room.triggers.clear();
    const auto& lines = exchange.slots.need->lines;
    for (auto line = lines.rbegin(); line != lines.rend() && room.triggers.size() < settings_.triggers; ++line) {
      if (!line->ticked) continue;
      const auto row = vectors.find(base::name_hash(line->goods.item));
      if (!row) continue;
      const std::span<const float> vector = vectors.vector(*row);
      room.queries.insert(room.queries.end(), vector.begin(), vector.end());
      room.triggers.push_back(line->goods.item);
    }
    const std::size_t asked = room.queries.size();
    room.queries.resize(asked + vectors.dim());
    room.asks_for_shopper = settings_.shopper > 0 &&
                            scene::shopper_vector(exchange.knowledge.shopper_state(), vectors,
                                                  settings_.items_to_half, std::span(room.queries).subspan(asked));
    if (!room.asks_for_shopper) room.queries.resize(asked);
  }

  static index::PriceBand band(const scene::WantedGoods& wanted) {
    const scene::PriceRange prices = wanted.prices().value_or(scene::PriceRange());
    return {prices.low_cents, prices.high_cents};
  }

  void add(const index::VectorSlab& slab, const scene::WantedGoods& wanted, scene::Exchange& exchange,
           Workspace& room) const {
    const scene::BasketNeed& need = *exchange.slots.need;
    const index::World& world = exchange.knowledge.world();
    scene::CandidateAdder candidates(exchange.slots, "vectors");
    for (std::size_t query = 0; query < room.triggers.size() + (room.asks_for_shopper ? 1 : 0); ++query) {
      const bool is_shopper = query == room.triggers.size();
      const scene::Reason reason =
          is_shopper ? scene::Reason{"near_you"} : scene::Reason{"near", room.triggers[query]};
      std::size_t added = 0;
      for (const index::SlabHit& hit : room.slab.hits(query)) {
        if (hit.score <= 0 || added == settings_.per_query) break;
        const std::uint32_t row = slab.world_row(hit);
        const index::ItemFacts& facts = world.facts(row);
        // The slab may be older than the world, so what it says of price and sale is looked up again.
        if (!facts.available() || need.holds(facts.item) || !wanted.hold(row)) continue;
        candidates.add(facts.item, hit.score * (is_shopper ? settings_.shopper : 1), reason);
        ++added;
      }
    }
  }

  Settings settings_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const auto count = [&](std::string_view name) { return static_cast<std::size_t>(parameters.integer(name)); };
  return std::unique_ptr<scene::Stage>(std::make_unique<VectorsStage>(Settings{
      std::string(parameters.text("model")), count("triggers"), count("per_query"), parameters.number("stretch"),
      static_cast<float>(parameters.number("shopper")), parameters.number("items_to_half")}));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "vectors",
      .kind = scene::StageKind::kRecall,
      .purpose = "adds what lies near the ticked goods and the shopper, at about the price that is missing",
      .parameters = kParameters,
      .reads = {scene::Slot::kNeed},
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::vectors
