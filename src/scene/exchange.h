// What the stages of one request see of it: the request, the knowledge, the time, and the slots they fill in turn.
// Not for anything that outlives the request.
//
// Ownership: every string_view in a slot points into the request, the plan, the knowledge (world snapshot, model
// info) or static text, all of which outlive the exchange. Thread safety: one request, one thread. Cost: intent
// allocates nothing; candidates grow one vector.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scene/answer.h"
#include "scene/answer_cache.h"
#include "scene/basket_need.h"
#include "scene/knowledge.h"
#include "scene/page_cursor.h"
#include "scene/request.h"
#include "scene/short_list.h"
#include "scene/steady_time.h"

namespace inkling::scene {

inline constexpr std::size_t kMaxIntents = 8;  // targets of all models of one scene together
inline constexpr std::size_t kMaxRecallsPerItem = 8;
inline constexpr std::size_t kMaxReasonsPerItem = 4;

// Slot::kQuery.
struct QueryMeaning {
  std::string text;  // normalised
  std::vector<std::string> terms;
  std::vector<std::string> tags;
};

// Slot::kIntent: how probable each target is.
struct IntentProb {
  std::string_view target;  // "purchase_1h", unique within the slot
  std::string_view model;
  float prob = 0;
};
struct Intent {
  ShortList<IntentProb, kMaxIntents> probs;
  std::size_t main = 0;  // the one that a stage means when its scene names no target

  // nullptr when no stage wrote that target; "" asks for the main one.
  [[nodiscard]] const IntentProb* find(std::string_view target) const {
    if (target.empty()) return main < probs.size() ? &probs[main] : nullptr;
    for (const IntentProb& prob : probs) {
      if (prob.target == target) return &prob;
    }
    return nullptr;
  }
};

// What rankers and impressions take for the shopper's intent: buying within the hour.
inline constexpr std::string_view kIntentTarget = "purchase_1h";

struct RecallMark {
  std::string_view recall;
  float score = 0;
};

// Why a candidate is there: a code, and what it is about ("similar_to", "item-7"; "" when nothing in particular).
struct Reason {
  std::string_view code;
  std::string_view about{};
};

// Slot::kCandidates. `score` is valid with Slot::kScores, `display` with Slot::kDisplay; the vector itself is kept
// best first by whoever writes kScores or kOrder.
struct Candidate {
  std::string_view item;
  float score = 0;
  ShortList<RecallMark, kMaxRecallsPerItem> recalls;
  ShortList<Reason, kMaxReasonsPerItem> reasons;
  std::vector<domain::Attribute> display;
  std::string_view with{};  // goods that are shown and put into the cart together with it; "": it stands alone
};

struct Slots {
  std::optional<QueryMeaning> query;
  std::optional<Intent> intent;
  std::optional<BasketNeed> need;
  std::vector<Candidate> candidates;
  std::optional<Decision> decision;
  std::vector<std::uint32_t> scratch;  // of the stage that runs now; what it leaves there means nothing to the next
  std::optional<SeenItems> seen;       // on the pages before; a stage that writes it makes the answer tell a cursor
};

struct Exchange {
  const Request& request;
  Knowledge& knowledge;
  std::int64_t now_ms = 0;       // when the request came in, for time features
  Deadline deadline;             // long stages look at it; the runner does between stages
  AnswerCache* cache = nullptr;  // of earlier answers; nullptr: none are kept
  std::string_view scene{};
  Slots slots{};
  std::vector<ModelVersion> models{};
  std::vector<domain::Attribute> arms{};
  std::vector<std::string> notes{};  // of the stage that runs now

  [[nodiscard]] bool tracing() const { return request.trace; }
  // Ask tracing() first: making the text costs.
  void note(std::string text) { notes.push_back(std::move(text)); }
  // Says that a model took part in the answer.
  void used_model(const feature::ScorerInfo& info) { used_model(info.model, info.version); }
  void used_model(const std::string& model, const std::string& version) {
    for (const ModelVersion& known : models) {
      if (known.model == model) return;
    }
    models.push_back({model, version});
  }
};

}  // namespace inkling::scene
