// filter/asked: drops what is not in the category and the market whose page this is.
#include <string>

#include "scene/asked_page.h"
#include "scene/stage.h"

namespace inkling::stages::filter::asked {
namespace {

class AskedStage final : public scene::Stage {
 public:
  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    INKLING_ASSIGN(const scene::AskedPage page, scene::AskedPage::make(exchange));
    const index::World& world = exchange.knowledge.world();
    const auto drop = [&](const scene::Candidate& candidate) {
      const auto row = world.find(candidate.item);
      return !row || !page.holds(*row);
    };
    const std::size_t dropped = std::erase_if(exchange.slots.candidates, drop);
    if (exchange.tracing()) exchange.note("dropped " + std::to_string(dropped));
    return {};
  }
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters&) {
  return std::unique_ptr<scene::Stage>(std::make_unique<AskedStage>());
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "asked",
      .kind = scene::StageKind::kFilter,
      .purpose = "drops what is not in the category and the market whose page this is",
      .reads = {scene::Slot::kCandidates},
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::filter::asked
