// display/tag_name: what a scene tag is called and of which kind it is.
#include <string>

#include "scene/stage.h"

namespace inkling::stages::display::tag_name {
namespace {

class TagNameStage final : public scene::Stage {
 public:
  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const scene::TaggedItems* items = exchange.knowledge.tagged_items();
    for (scene::Candidate& candidate : exchange.slots.candidates) {
      candidate.display.clear();
      const auto node = items == nullptr ? std::nullopt : items->ids().find(candidate.item);
      if (!node) continue;
      const tag::NodeFacts facts = items->graph().facts(*node);
      candidate.display.emplace_back("name", facts.name);
      candidate.display.emplace_back("kind", tag::kNodeKindNames[static_cast<std::size_t>(facts.kind)]);
    }
    return {};
  }
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters&) {
  return std::unique_ptr<scene::Stage>(std::make_unique<TagNameStage>());
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "tag_name",
      .kind = scene::StageKind::kDisplay,
      .purpose = "says what a scene tag is called and of which kind it is",
      .reads = {scene::Slot::kCandidates},
      .writes = {scene::Slot::kDisplay},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::display::tag_name
