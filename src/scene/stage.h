// What a stage of a scene is. Its folder plugins/stages/<kind>/<name>/ defines one blueprint; the blueprint describes
// the stage and makes executors from checked parameters, so whatever can be wrong is found when a scene is loaded.
//
// Ownership: blueprints are static. Thread safety: a Stage is immutable after make, run may be called by many threads
// with an exchange each. Cost: run should neither block nor allocate (beyond growing a slot).
// Failure: run's Status sends the request down the scene's fallback ladder; its message is a sentence for operators.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/core/result.h"
#include "scene/exchange.h"
#include "scene/parameter.h"
#include "scene/slot.h"
#include "scene/stage_kind.h"

namespace inkling::scene {

class Stage {
 public:
  virtual ~Stage() = default;
  // Every slot that the blueprint reads has been written; those that it writes must be when this answers ok.
  [[nodiscard]] virtual base::Status run(Exchange& exchange) const = 0;
};

struct StageBlueprint {
  std::string_view name;                    // of the folder
  StageKind kind = StageKind::kUnderstand;  // of the folder above
  std::string_view purpose{};               // one clause, for the documents
  std::span<const ParameterSpec> parameters{};
  SlotSet reads{};
  SlotSet writes{};
  bool reads_cache = false;  // Exchange::cache: answers of a scene that has such a stage are kept
  // Checks what no single parameter can (low below high). The message starts with the parameter: "low: ...".
  base::Result<std::unique_ptr<Stage>> (*make)(const Parameters&) = nullptr;
};

// "decide/band": what a scene file calls it.
[[nodiscard]] std::string stage_id(const StageBlueprint& blueprint);

// Whether the blueprint keeps its kind's rule (stage_kind.h) and its table makes sense: kInternal, naming the stage.
[[nodiscard]] base::Status check_blueprint(const StageBlueprint& blueprint);

}  // namespace inkling::scene
