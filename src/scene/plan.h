// A scene that was checked and can run: stages in order, a deadline, and a ladder of fallbacks. Made by load_scene
// (scene_file.h), executed by run (runner.h).
// Ownership: a Plan owns its stages; blueprints are static. Thread safety: immutable but for its counts; many threads
// may run one plan. It must outlive the runs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "scene/run_counts.h"
#include "scene/stage.h"

namespace inkling::scene {

struct PlannedStage {
  std::string id;  // "decide/band"
  const StageBlueprint* blueprint = nullptr;
  std::unique_ptr<const Stage> stage;
  int line = 0;  // in the scene file
};

using StageSequence = std::vector<PlannedStage>;

// One attempt of the fallback ladder: starts from empty slots.
struct Rung {
  std::string name;  // "decide/never"; ids joined by " + " when it has several stages
  StageSequence stages;
};

class Plan {
 public:
  struct Parts {
    std::string name;
    std::string description;
    std::int64_t deadline_ms = 0;
    StageSequence stages;
    std::vector<Rung> fallback;
    bool impressions = true;
    bool check_live = false;
  };
  explicit Plan(Parts parts);

  [[nodiscard]] const std::string& name() const { return parts_.name; }
  [[nodiscard]] const std::string& description() const { return parts_.description; }
  [[nodiscard]] std::int64_t deadline_ms() const { return parts_.deadline_ms; }
  [[nodiscard]] const StageSequence& stages() const { return parts_.stages; }
  [[nodiscard]] const std::vector<Rung>& fallback() const { return parts_.fallback; }
  // Whether answers with items are journaled as impressions.
  [[nodiscard]] bool impressions() const { return parts_.impressions; }
  // Whether answers are looked at once more as they leave (live_check.h).
  [[nodiscard]] bool check_live() const { return parts_.check_live; }
  // Whether a stage answers from earlier answers, so that full ones are kept (answer_cache.h).
  [[nodiscard]] bool reads_cache() const { return reads_cache_; }
  [[nodiscard]] RunCounts counts() const { return counter_->snapshot(); }
  [[nodiscard]] RunCounter& counter() const { return *counter_; }

 private:
  Parts parts_;
  bool reads_cache_ = false;
  std::unique_ptr<RunCounter> counter_;
};

}  // namespace inkling::scene
