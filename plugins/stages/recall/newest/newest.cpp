// recall/newest: what came on sale last, so that items without any past are looked at too.
#include <algorithm>
#include <array>

#include "scene/candidates.h"
#include "scene/stage.h"

namespace inkling::stages::recall::newest {
namespace {

constexpr std::array kParameters = {scene::ParameterSpec{.name = "quota",
                                                         .type = scene::ParameterType::kInteger,
                                                         .unit = "items",
                                                         .meaning = "items that were told last",
                                                         .default_text = "30",
                                                         .min = 1,
                                                         .max = 500}};

class NewestStage final : public scene::Stage {
 public:
  explicit NewestStage(std::size_t quota) : quota_(quota) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const index::World& world = exchange.knowledge.world();
    scene::CandidateAdder candidates(exchange.slots, "newest");
    const auto newest = world.newest().first(std::min(world.newest().size(), quota_));
    for (std::size_t i = 0; i < newest.size(); ++i) {
      candidates.add(world.facts(newest[i].row).item, 1 / (1 + static_cast<float>(i)), {"new"});
    }
    return {};
  }

 private:
  std::size_t quota_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const auto quota = static_cast<std::size_t>(parameters.integer("quota"));
  return std::unique_ptr<scene::Stage>(std::make_unique<NewestStage>(quota));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {.name = "newest",
                                                   .kind = scene::StageKind::kRecall,
                                                   .purpose = "adds what came on sale last",
                                                   .parameters = kParameters,
                                                   .writes = {scene::Slot::kCandidates},
                                                   .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::newest
