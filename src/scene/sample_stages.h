// Small stages of every kind for the tests of this folder: one that works, one that fails, one that lies ...
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "scene/stage.h"

namespace inkling::scene::sample {

class SampleStage final : public Stage {
 public:
  using Body = std::function<base::Status(Exchange&)>;
  explicit SampleStage(Body body) : body_(std::move(body)) {}
  [[nodiscard]] base::Status run(Exchange& exchange) const override { return body_(exchange); }

 private:
  Body body_;
};

using Made = base::Result<std::unique_ptr<Stage>>;

inline Made stage_of(SampleStage::Body body) {
  return Made(std::make_unique<SampleStage>(std::move(body)));
}

inline Made make_intent(const Parameters&) {
  return stage_of([](Exchange& exchange) {
    Intent& intent = exchange.slots.intent.emplace();
    if (!intent.probs.push({"purchase_1h", "sample", 0.5F})) return base::internal_error("full");
    if (exchange.tracing()) exchange.note("half and half");
    return base::Status();
  });
}

inline Made make_two(const Parameters&) {
  return stage_of([](Exchange& exchange) {
    for (const std::string_view item : {"apple", "fig"}) {
      Candidate& candidate = exchange.slots.candidates.emplace_back();
      candidate.item = item;
      if (!candidate.recalls.push({"two", 1.0F})) return base::internal_error("full");
    }
    return base::Status();
  });
}

// Every item of the world; the reason tells how long after the shopper's newest event it was asked.
inline Made make_told(const Parameters&) {
  return stage_of([](Exchange& exchange) {
    static thread_local std::string after_ms;
    after_ms = std::to_string(exchange.now_ms - exchange.knowledge.shopper_state().clock_ms);
    const index::World& world = exchange.knowledge.world();
    for (std::uint32_t row = 0; row < world.item_count(); ++row) {
      Candidate& candidate = exchange.slots.candidates.emplace_back();
      candidate.item = world.facts(row).item;
      if (!candidate.reasons.push({"asked_after_ms", after_ms})) return base::internal_error("full");
    }
    return base::Status();
  });
}

inline Made make_unseen(const Parameters&) {
  return stage_of([](Exchange& exchange) {
    INKLING_ASSIGN(exchange.slots.seen, SeenItems::parse(exchange.request.cursor));
    std::erase_if(exchange.slots.candidates,
                  [&](const Candidate& candidate) { return exchange.slots.seen->hold(candidate.item); });
    return base::Status();
  });
}

inline Made make_short_first(const Parameters&) {
  return stage_of([](Exchange& exchange) {
    for (Candidate& candidate : exchange.slots.candidates) {
      candidate.score = 1.0F / static_cast<float>(candidate.item.size());
      if (!candidate.reasons.push({"short_name"})) return base::internal_error("full");
    }
    std::ranges::sort(exchange.slots.candidates, std::greater<>(), &Candidate::score);
    return base::Status();
  });
}

inline Made make_keep_all(const Parameters&) {
  return stage_of([](Exchange&) { return base::Status(); });
}

inline Made make_yes(const Parameters&) {
  return stage_of([](Exchange& exchange) {
    Decision& decision = exchange.slots.decision.emplace();
    decision.offer = true;
    decision.what = "gift";
    decision.reason = "yes";
    return base::Status();
  });
}

inline Made make_fails(const Parameters&) {
  return stage_of([](Exchange&) { return base::unavailable("the oracle sleeps"); });
}

inline Made make_throws(const Parameters&) {
  return stage_of([](Exchange&) -> base::Status { throw std::runtime_error("out of luck"); });
}

inline Made make_typed(const Parameters& parameters) {
  if (parameters.integer("count") == 13) return base::invalid_input("count: 13 is unlucky; allowed is any other");
  return make_yes(parameters);
}

// Refuses every scene, and says where that stands.
inline Made make_beside(const Parameters& parameters) {
  return Made(base::invalid_input("folder: \"" + parameters.folder() + "\""));
}

inline constexpr std::array<std::string_view, 2> kColours = {"green", "blue"};
inline constexpr std::array kTypedParameters = {
    ParameterSpec{.name = "count",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "how many",
                  .required = true,
                  .min = 1,
                  .max = 100},
    ParameterSpec{.name = "share",
                  .type = ParameterType::kNumber,
                  .meaning = "how much",
                  .default_text = "0.5",
                  .min = 0,
                  .max = 1},
    ParameterSpec{.name = "loud", .type = ParameterType::kBoolean, .meaning = "whether", .default_text = "false"},
    ParameterSpec{.name = "colour", .meaning = "which", .choices = kColours},
    ParameterSpec{.name = "names", .type = ParameterType::kTexts, .meaning = "who"}};

inline const StageBlueprint kIntent{
    .name = "intent", .kind = StageKind::kUnderstand, .writes = {Slot::kIntent}, .make = make_intent};
inline const StageBlueprint kTwo{
    .name = "two", .kind = StageKind::kRecall, .writes = {Slot::kCandidates}, .make = make_two};
inline const StageBlueprint kTold{
    .name = "told", .kind = StageKind::kRecall, .writes = {Slot::kCandidates}, .make = make_told};
inline const StageBlueprint kAll{.name = "all",
                                 .kind = StageKind::kFilter,
                                 .reads = {Slot::kCandidates},
                                 .writes = {Slot::kCandidates},
                                 .make = make_keep_all};
inline const StageBlueprint kUnseen{.name = "unseen",
                                    .kind = StageKind::kFilter,
                                    .reads = {Slot::kCandidates},
                                    .writes = {Slot::kCandidates},
                                    .make = make_unseen};
inline const StageBlueprint kShortFirst{.name = "short_first",
                                        .kind = StageKind::kRank,
                                        .reads = {Slot::kCandidates},
                                        .writes = {Slot::kScores},
                                        .make = make_short_first};
inline const StageBlueprint kAsScored{.name = "as_scored",
                                      .kind = StageKind::kRerank,
                                      .reads = {Slot::kCandidates, Slot::kScores},
                                      .writes = {Slot::kOrder},
                                      .make = make_keep_all};
inline const StageBlueprint kPlain{.name = "plain",
                                   .kind = StageKind::kDisplay,
                                   .reads = {Slot::kCandidates},
                                   .writes = {Slot::kDisplay},
                                   .make = make_keep_all};
inline const StageBlueprint kYes{
    .name = "yes", .kind = StageKind::kDecide, .writes = {Slot::kDecision}, .make = make_yes};
inline const StageBlueprint kYesIfIntent{.name = "yes_if_intent",
                                         .kind = StageKind::kDecide,
                                         .reads = {Slot::kIntent},
                                         .writes = {Slot::kDecision},
                                         .make = make_yes};
inline const StageBlueprint kFails{
    .name = "fails", .kind = StageKind::kDecide, .writes = {Slot::kDecision}, .make = make_fails};
inline const StageBlueprint kThrows{
    .name = "throws", .kind = StageKind::kDecide, .writes = {Slot::kDecision}, .make = make_throws};
inline const StageBlueprint kSilent{
    .name = "silent", .kind = StageKind::kDecide, .writes = {Slot::kDecision}, .make = make_keep_all};
inline const StageBlueprint kTyped{.name = "typed",
                                   .kind = StageKind::kDecide,
                                   .parameters = kTypedParameters,
                                   .writes = {Slot::kDecision},
                                   .make = make_typed};

// Promises what it does not write.
inline const StageBlueprint kMute{
    .name = "mute", .kind = StageKind::kUnderstand, .writes = {Slot::kQuery, Slot::kNeed}, .make = make_keep_all};
inline const StageBlueprint kYesIfNeed{.name = "yes_if_need",
                                       .kind = StageKind::kDecide,
                                       .reads = {Slot::kNeed},
                                       .writes = {Slot::kDecision},
                                       .make = make_yes};
inline const StageBlueprint kBeside{
    .name = "beside", .kind = StageKind::kDecide, .writes = {Slot::kDecision}, .make = make_beside};

inline const std::array<const StageBlueprint*, 17> kSampleStages = {
    &kIntent,      &kTwo,   &kTold,   &kAll,    &kUnseen, &kShortFirst, &kAsScored,  &kPlain, &kYes,
    &kYesIfIntent, &kFails, &kThrows, &kSilent, &kTyped,  &kMute,       &kYesIfNeed, &kBeside};

}  // namespace inkling::scene::sample
