// filter/seen: drops what the pages before this one showed, and makes the answer tell the cursor of the next.
#include <utility>

#include "scene/stage.h"

namespace inkling::stages::filter::seen {
namespace {

class SeenStage final : public scene::Stage {
 public:
  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    INKLING_ASSIGN(scene::SeenItems seen, scene::SeenItems::parse(exchange.request.cursor));
    std::erase_if(exchange.slots.candidates,
                  [&](const scene::Candidate& candidate) { return seen.hold(candidate.item); });
    exchange.slots.seen = std::move(seen);
    return {};
  }
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters&) {
  return std::unique_ptr<scene::Stage>(std::make_unique<SeenStage>());
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {.name = "seen",
                                                   .kind = scene::StageKind::kFilter,
                                                   .purpose = "drops what the pages before this one showed",
                                                   .reads = {scene::Slot::kCandidates},
                                                   .writes = {scene::Slot::kCandidates},
                                                   .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::filter::seen
