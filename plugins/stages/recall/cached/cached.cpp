// recall/cached: what an earlier answer of this scene showed for this promotion and about this gap.
#include <array>
#include <memory>
#include <string>

#include "scene/candidates.h"
#include "scene/stage.h"

namespace inkling::stages::recall::cached {
namespace {

constexpr std::array kParameters = {scene::ParameterSpec{.name = "quota",
                                                         .type = scene::ParameterType::kInteger,
                                                         .unit = "items",
                                                         .meaning = "at most this many, in the order of that answer",
                                                         .default_text = "64",
                                                         .min = 1,
                                                         .max = static_cast<double>(scene::kCachedItems)}};

class CachedStage final : public scene::Stage {
 public:
  explicit CachedStage(std::size_t quota) : quota_(quota) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    if (exchange.cache == nullptr) return base::unavailable("no answers are cached here");
    const std::uint64_t place = scene::AnswerCache::place_of(exchange.scene, *exchange.slots.need);
    const scene::AnswerCache::Items items = exchange.cache->find(place, exchange.now_ms);
    if (items == nullptr) return base::unavailable("no answer is cached for this promotion and gap");
    const index::World& world = exchange.knowledge.world();
    scene::CandidateAdder candidates(exchange.slots, "cached");
    for (const scene::CachedItem& item : std::span(*items).first(std::min(items->size(), quota_))) {
      if (const auto row = world.find_name(item.name)) {
        candidates.add(world.facts(*row).item, item.score, {"answered_before"});
      }
    }
    return {};
  }

 private:
  std::size_t quota_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(
      std::make_unique<CachedStage>(static_cast<std::size_t>(parameters.integer("quota"))));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "cached",
      .kind = scene::StageKind::kRecall,
      .purpose = "adds what an earlier answer showed for this promotion and about this gap",
      .parameters = kParameters,
      .reads = {scene::Slot::kNeed},
      .writes = {scene::Slot::kCandidates},
      .reads_cache = true,
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::cached
