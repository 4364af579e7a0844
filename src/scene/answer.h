// What a scene answers. Owns all its text, so it may outlive the plan, the request and the knowledge it came from.
// Plain structs: the wire form is in answer_json.h. Thread safety: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.h"

namespace inkling::scene {

struct AnswerItem {
  std::string item;
  float score = 0;
  std::vector<domain::RecallScore> recalls;  // which recalls found it
  std::vector<std::string> reasons;          // codes
  std::vector<domain::Attribute> display;    // how it is shown
  std::string with{};                        // the item that is shown and bought with it; "": it stands alone
};

// A range of probabilities, low included, high not.
struct Band {
  float low_prob = 0;
  float high_prob = 1;
};

struct Decision {
  bool offer = false;
  std::string what;    // what is offered; "" when nothing is
  std::string target;  // of the probability: "purchase_1h"; "" when none was looked at
  std::optional<float> probability;
  std::optional<Band> band;
  std::string reason;      // a code: "inside_band"
  std::string score_from;  // whose probability it is: "server" or "device"; "" when none was looked at
  std::string hint;        // a code why the device's hint was not taken; "" when it was, or there was none
  bool grant = false;      // the offer must be in the journal before the answer leaves
};

// The promotion whose next step the items complete.
struct AnswerOffer {
  std::string promotion;
  std::int64_t step = 0;  // that the cart has reached
  std::int64_t gap_cents = 0;
  std::string quote_json;  // all that a quote says of it (docs/formats.md, "Quotes")
};

struct ModelVersion {
  std::string model;
  std::string version;
};

struct StageTiming {
  std::string stage;  // "understand/intent"
  std::int64_t duration_us = 0;
};

struct TraceLine {
  std::string stage;
  std::string outcome;             // "ok", or why it failed or did not run
  std::vector<std::string> notes;  // what the stage itself had to say
  std::int64_t duration_us = 0;
};

enum class DegradedCause : std::uint8_t { kStageFailed, kDeadlinePassed, kOverload, kCheckerSilent };
inline constexpr std::array<std::string_view, 4> kDegradedCauseNames = {"stage_failed", "deadline_passed", "overload",
                                                                        "checker_silent"};

// Why the stages of the scene did not answer, and who did instead.
struct Degraded {
  DegradedCause cause = DegradedCause::kStageFailed;
  std::string stage;     // that failed, or was not started in time or at all
  std::string detail;    // a sentence; failed fallbacks are named in it too
  std::string fallback;  // the rung that answered: "decide/never"; "" when none could
};

// What the last look at the answer found (live_check.h).
struct DroppedItem {
  std::string item;
  std::string reason;  // a code: "off_sale", "sold_out", "no_price", "falls_short" or "too_dear"
};
struct RepricedItem {
  std::string item;
  std::int64_t from_cents = domain::kMissing;  // when it was ranked; kMissing: it had no price
  std::int64_t to_cents = domain::kMissing;
};
struct LiveCheck {
  std::string source;    // "catalogue" or "checker"
  std::string snapshot;  // the world that it looked at
  std::vector<DroppedItem> dropped;
  std::vector<RepricedItem> repriced;  // and kept
  std::string offer_gone;  // a code why the answer offers nothing any more: "ended", "withdrawn" or "no_step"
};

struct Answer {
  std::string request_id;
  std::string scene;
  std::vector<AnswerItem> items;        // at most request.size
  std::optional<Decision> decision;     // of scenes that decide
  std::optional<AnswerOffer> offer;     // of scenes that complete a basket, while there is a step to reach
  std::string cursor;                   // asks for the next page; "" when there is none
  std::vector<ModelVersion> models;     // that took part
  std::vector<domain::Attribute> arms;  // experiment -> arm
  std::vector<StageTiming> timings;     // in the order of execution, fallbacks included
  std::int64_t total_us = 0;
  std::string snapshot;              // the world snapshot that the items come from, "w184320"; "" without items
  std::optional<LiveCheck> check;    // of scenes that check live
  std::optional<Degraded> degraded;  // nullopt: the scene answered as written
  std::optional<std::vector<TraceLine>> trace;  // when asked

  // True when neither the stages nor any fallback could answer: there is nothing to show (HTTP 503).
  [[nodiscard]] bool unanswered() const { return degraded && degraded->fallback.empty(); }
};

}  // namespace inkling::scene
