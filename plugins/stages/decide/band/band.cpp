// decide/band: offers only to shoppers who may or may not act: those whose probability lies inside [low, high).
// Below it the offer is wasted, above it is given away. Source: models.md A.1 and A.4, the surprise coupon of DIPN.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/core/clock.h"
#include "base/core/number_text.h"
#include "scene/device_hint.h"
#include "scene/stage.h"

namespace inkling::stages::decide::band {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::array kParameters = {
    ParameterSpec{.name = "target",
                  .type = ParameterType::kText,
                  .meaning = "whose probability decides; by default the main target of the intent stage"},
    ParameterSpec{.name = "low",
                  .type = ParameterType::kNumber,
                  .unit = "probability",
                  .meaning = "from here on the offer is made",
                  .required = true,
                  .min = 0,
                  .max = 1},
    ParameterSpec{.name = "high",
                  .type = ParameterType::kNumber,
                  .unit = "probability",
                  .meaning = "from here on it no longer is; must be above `low`",
                  .required = true,
                  .min = 0,
                  .max = 1},
    ParameterSpec{.name = "offer", .type = ParameterType::kText, .meaning = "what is offered", .required = true},
    ParameterSpec{.name = "once_in",
                  .type = ParameterType::kNumber,
                  .unit = "days",
                  .meaning = "so long after a grant of the offer the shopper gets no other one",
                  .default_text = "0",
                  .min = 0,
                  .max = 3650},
    ParameterSpec{.name = "device_offers_per_hour",
                  .type = ParameterType::kInteger,
                  .unit = "offers",
                  .meaning = "offers of the whole scene that may rest on hints of devices; 0 takes no hints",
                  .default_text = "0",
                  .min = 0,
                  .max = 1'000'000},
    ParameterSpec{.name = "grant",
                  .type = ParameterType::kBoolean,
                  .meaning = "whether an offer is journaled as a grant before the answer leaves",
                  .default_text = "false"}};

struct Rules {
  std::string target;
  scene::Band band;
  std::string offer;
  std::int64_t once_in_ms = 0;
  std::int64_t device_offers_per_hour = 0;
  bool grant = false;
};

class BandStage final : public scene::Stage {
 public:
  explicit BandStage(Rules rules) : rules_(std::move(rules)) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const scene::IntentProb* intent = exchange.slots.intent->find(rules_.target);
    if (intent == nullptr) return unknown_target(*exchange.slots.intent);
    const std::string_view refusal = refusal_of_hint(exchange, *intent);
    scene::Decision decision = refusal.empty() && exchange.request.hint
                                   ? decided(exchange, *intent, exchange.request.hint->probability, "device")
                                   : decided(exchange, *intent, intent->prob, "server");
    decision.hint = refusal;
    if (decision.offer && decision.score_from == "device" &&
        !exchange.knowledge.take_device_offer(rules_.device_offers_per_hour)) {
      decision = decided(exchange, *intent, intent->prob, "server");
      decision.hint = "allowance_used";
    }
    decision.grant = decision.offer && rules_.grant;
    if (exchange.tracing() && exchange.request.hint) tell(exchange, decision, intent->prob);
    exchange.slots.decision = std::move(decision);
    return {};
  }

 private:
  std::string_view refusal_of_hint(const scene::Exchange& exchange, const scene::IntentProb& intent) const {
    if (!exchange.request.hint) return "";
    if (rules_.device_offers_per_hour == 0) return "not_taken_here";
    return scene::refusal_of_hint(exchange, intent);
  }

  scene::Decision decided(const scene::Exchange& exchange, const scene::IntentProb& intent, float prob,
                          std::string_view score_from) const {
    scene::Decision decision;
    decision.target = intent.target;
    decision.probability = prob;
    decision.band = rules_.band;
    decision.score_from = score_from;
    if (prob < rules_.band.low_prob) {
      decision.reason = "below_band";
    } else if (prob >= rules_.band.high_prob) {
      decision.reason = "above_band";
    } else if (was_granted(exchange)) {
      decision.reason = "granted_lately";
    } else {
      decision.offer = true;
      decision.what = rules_.offer;
      decision.reason = "inside_band";
    }
    return decision;
  }

  bool was_granted(const scene::Exchange& exchange) const {
    if (rules_.once_in_ms == 0) return false;
    if (exchange.knowledge.is_being_granted(rules_.offer)) return true;
    const state::ShopperState& state = exchange.knowledge.shopper_state();
    return std::ranges::any_of(state.coupons, [&](const state::Coupon& coupon) {
      return coupon.coupon == rules_.offer && coupon.granted_ms > exchange.now_ms - rules_.once_in_ms;
    });
  }

  static void tell(scene::Exchange& exchange, const scene::Decision& decision, float server_prob) {
    const scene::DeviceHint& hint = *exchange.request.hint;
    exchange.note("hint of " + hint.model + " " + hint.version + ": " +
                  base::number_text(base::tidy_double(hint.probability)) + " after " + std::to_string(hint.gestures) +
                  " gestures, the server says " + base::number_text(base::tidy_double(server_prob)) + "; " +
                  (decision.hint.empty() ? std::string("taken") : "not taken: " + decision.hint));
  }

  base::Status unknown_target(const scene::Intent& intent) const {
    std::string known;
    for (const scene::IntentProb& prob : intent.probs) known.append(known.empty() ? "" : ", ").append(prob.target);
    return base::invalid_input("target: no model of this scene predicts \"" + rules_.target +
                               "\"; the targets are: " + (known.empty() ? "none" : known));
  }

  Rules rules_;
};

// Models answer in float, so the bounds are compared as floats: 0.7 excludes what a model means by 0.7.
base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const double low = parameters.number("low");
  const double high = parameters.number("high");
  const scene::Band band{static_cast<float>(low), static_cast<float>(high)};
  if (band.low_prob >= band.high_prob) {
    return base::invalid_input("low: " + base::number_text(low) + " is not below high, which is " +
                               base::number_text(high) +
                               "; allowed is a band [low, high) that holds some probability");
  }
  constexpr double kDayMs = base::kDayMs;
  Rules rules{.target = parameters.has("target") ? parameters.text("target") : std::string(),
              .band = band,
              .offer = parameters.text("offer"),
              .once_in_ms = static_cast<std::int64_t>(parameters.number("once_in") * kDayMs),
              .device_offers_per_hour = parameters.integer("device_offers_per_hour"),
              .grant = parameters.boolean("grant")};
  return std::unique_ptr<scene::Stage>(std::make_unique<BandStage>(std::move(rules)));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "band",
      .kind = scene::StageKind::kDecide,
      .purpose = "offers to shoppers whose probability lies inside a band",
      .parameters = kParameters,
      .reads = {scene::Slot::kIntent},
      .writes = {scene::Slot::kDecision},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::decide::band
