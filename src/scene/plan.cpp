#include "scene/plan.h"

#include <algorithm>
#include <utility>

namespace inkling::scene {
namespace {

bool any_reads_cache(const StageSequence& stages) {
  return std::ranges::any_of(stages, [](const PlannedStage& planned) { return planned.blueprint->reads_cache; });
}

}  // namespace

Plan::Plan(Parts parts) : parts_(std::move(parts)), counter_(new RunCounter(parts_.fallback.size())) {
  reads_cache_ = any_reads_cache(parts_.stages);
  for (const Rung& rung : parts_.fallback) reads_cache_ = reads_cache_ || any_reads_cache(rung.stages);
}

}  // namespace inkling::scene
