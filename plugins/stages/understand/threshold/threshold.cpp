// understand/threshold: the cart as promotions see it, and what is missing to the next step of one.
#include <array>
#include <memory>
#include <string>
#include <utility>

#include "scene/stage.h"

namespace inkling::stages::understand::threshold {
namespace {

constexpr std::array kParameters = {
    scene::ParameterSpec{.name = "context",
                         .type = scene::ParameterType::kText,
                         .meaning = "the member of the request's context that names the promotion to reach",
                         .default_text = "promotion"}};

class ThresholdStage final : public scene::Stage {
 public:
  explicit ThresholdStage(std::string context) : context_(std::move(context)) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const scene::Knowledge& knowledge = exchange.knowledge;
    INKLING_ASSIGN(exchange.slots.need,
                   scene::basket_need(exchange.request, knowledge.shopper_state(), knowledge.world(),
                                      knowledge.offers(), exchange.now_ms, wanted(exchange.request)));
    if (exchange.tracing()) tell(exchange);
    return {};
  }

 private:
  [[nodiscard]] std::string_view wanted(const scene::Request& request) const {
    for (const auto& [name, value] : request.context) {
      if (name == context_) return value;
    }
    return {};
  }

  static void tell(scene::Exchange& exchange) {
    const scene::BasketNeed& need = *exchange.slots.need;
    if (!need.left_out.empty()) {
      std::string items;
      for (const std::string_view item : need.left_out) items.append(items.empty() ? "" : ", ").append(item);
      exchange.note("without a price or not to be bought, so they count for nothing: " + items);
    }
    if (!need.target) return exchange.note("no promotion has a further step for this cart");
    const offer::PromotionQuote& next = need.quote->promotions()[*need.target];
    exchange.note(next.promotion->id + ": " + std::to_string(*next.gap_cents()) + " more cents save another " +
                  std::to_string(next.more_cents));
  }

  std::string context_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(std::make_unique<ThresholdStage>(std::string(parameters.text("context"))));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "threshold",
      .kind = scene::StageKind::kUnderstand,
      .purpose = "says what the cart is short of to the next step of a promotion",
      .parameters = kParameters,
      .writes = {scene::Slot::kNeed},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::understand::threshold
