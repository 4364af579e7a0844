// How far up hidden items stood, as one row of an answer.
#pragma once

#include "base/core/json.h"
#include "basket/removal_cases.h"

namespace inkling::bench {

using Hits = basket::Found;

[[nodiscard]] inline base::Json to_json(const Hits& hits) {
  base::Json json = base::Json::object();
  json.set("cases", static_cast<std::int64_t>(hits.cases));
  json.set("hr10", hits.hit_rate()).set("mrr10", hits.mean_reciprocal_rank());
  return json;
}

}  // namespace inkling::bench
