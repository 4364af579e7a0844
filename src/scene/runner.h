// Executes a plan for one request: stages in order, the deadline looked at before each, and the fallback ladder when
// a stage fails (Status or exception) or time is over. A last stage that ends late has still answered.
//
// Time that the request waited for its thread counts for the deadline. Once a quarter of the deadline went by in
// waiting, the stages are not started: the ladder answers, from the lower a rung the longer the wait, spread evenly
// up to half of the deadline. Cheaper answers shorten the wait, so under any load that the lowest rung can
// carry the wait settles inside the deadline. A rung that finds no items hands over to the one below it, so a cache
// may be empty; what the lowest finds is the answer. Thread safety: any number of runs of one plan at once. Cost: own
// overhead below a microsecond or two; allocates only what the Answer owns. Failure: never; an answer that nobody
// could give says so (Answer::unanswered).
#pragma once

#include <cstdint>
#include <string>

#include "scene/answer.h"
#include "scene/draft.h"
#include "scene/knowledge.h"
#include "scene/plan.h"
#include "scene/request.h"
#include "scene/steady_time.h"

namespace inkling::scene {

// What a run needs from outside besides knowledge.
struct RunConditions {
  std::string request_id;   // unique: RequestIds makes them
  std::int64_t now_ms = 0;  // base::Clock
  const SteadyTime& time;
  std::int64_t waited_us = 0;    // since the request was whole
  AnswerCache* cache = nullptr;  // full answers of scenes that read it are kept there
};

// `request` must have passed request_from_json's checks; `knowledge` is the shopper's.
// What comes of it has not left yet: check_live() when the plan says so, then finish().
[[nodiscard]] Draft draft(const Plan& plan, const Request& request, Knowledge& knowledge, RunConditions conditions);

// The same, finished without a last look.
[[nodiscard]] Answer run(const Plan& plan, const Request& request, Knowledge& knowledge, RunConditions conditions);

}  // namespace inkling::scene
