// A stage that keeps what a model would have read at every question to a scene: it asks the recorder before the
// scene's own stages run, and notes for whom. Puts nothing into the answer. Thread safety: any thread.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "bench/replay_equals_online/serving.h"
#include "scene/stage.h"

namespace inkling::bench {

struct RecordedQuestion {
  Asked asked;  // event_count: of the state that was read
  std::string scene;
};

// Every question so far, in the order in which they were asked. One record in a program.
[[nodiscard]] std::vector<RecordedQuestion> recorded_questions();

// "understand/record"
[[nodiscard]] const scene::StageBlueprint& record_stage();

// The scene file with that stage as its first.
[[nodiscard]] std::string with_record_stage(const std::string& scene_yaml);

}  // namespace inkling::bench
