// The seven kinds of stage and what each may do to the slots: the type system of scenes. A kind is a promise, so that
// any number of stages of any kind may follow each other in every order that these rules allow.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "scene/slot.h"

namespace inkling::scene {

enum class StageKind : std::uint8_t { kUnderstand, kRecall, kFilter, kRank, kRerank, kDisplay, kDecide };

struct KindRule {
  std::string_view name;
  std::string_view purpose;
  SlotSet must_read;
  SlotSet may_write;    // at least one of them
  SlotSet invalidates;  // no longer true after a stage of this kind: a recall adds candidates without a score
};

inline constexpr std::array<KindRule, 7> kKindRules = {{
    {"understand",
     "says what the shopper wants: words, phase and what completes the basket",
     {},
     {Slot::kQuery, Slot::kIntent, Slot::kNeed},
     {}},
    {"recall", "adds candidates", {}, {Slot::kCandidates}, {Slot::kScores, Slot::kOrder, Slot::kDisplay}},
    {"filter", "removes candidates", {Slot::kCandidates}, {Slot::kCandidates}, {}},
    {"rank", "scores every candidate, best first", {Slot::kCandidates}, {Slot::kScores}, {Slot::kOrder}},
    {"rerank", "arranges candidates into pages", {Slot::kCandidates}, {Slot::kOrder}, {}},
    {"display", "says how each candidate is shown", {Slot::kCandidates}, {Slot::kDisplay}, {}},
    {"decide", "decides whether to offer", {}, {Slot::kDecision}, {}},
}};

[[nodiscard]] constexpr const KindRule& kind_rule(StageKind kind) {
  return kKindRules[static_cast<std::size_t>(kind)];
}

}  // namespace inkling::scene
