// recall/recent: what this shopper looked at lately and has not bought since.
#include <array>

#include "scene/candidates.h"
#include "scene/recent_items.h"
#include "scene/stage.h"

namespace inkling::stages::recall::recent {
namespace {

constexpr std::array kParameters = {scene::ParameterSpec{.name = "quota",
                                                         .type = scene::ParameterType::kInteger,
                                                         .unit = "items",
                                                         .meaning = "items that were looked at last",
                                                         .default_text = "10",
                                                         .min = 1,
                                                         .max = 100}};

class RecentStage final : public scene::Stage {
 public:
  explicit RecentStage(std::size_t quota) : quota_(quota) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const index::World& world = exchange.knowledge.world();
    scene::CandidateAdder candidates(exchange.slots, "recent");
    std::size_t place = 0;
    for (const scene::RecentItem& item : scene::recent_items(exchange.knowledge.shopper_state())) {
      if (place == quota_) break;
      const auto row = world.find_name(item.name);
      if (!row || !world.facts(*row).available()) continue;
      candidates.add(world.facts(*row).item, item.interest / (1 + static_cast<float>(place)), {"seen_recently"});
      ++place;
    }
    return {};
  }

 private:
  std::size_t quota_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const auto quota = static_cast<std::size_t>(parameters.integer("quota"));
  return std::unique_ptr<scene::Stage>(std::make_unique<RecentStage>(quota));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "recent",
      .kind = scene::StageKind::kRecall,
      .purpose = "adds what the shopper looked at lately and has not bought since",
      .parameters = kParameters,
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::recent
