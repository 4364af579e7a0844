// filter/price: a hard bound of prices: what does not lie inside is not shown.
#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>

#include "scene/stage.h"

namespace inkling::stages::filter::price {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::int64_t kMaxCents = 1'000'000'000'000;  // far from where stretching it would overflow

constexpr ParameterSpec bound_of(std::string_view name, std::string_view meaning) {
  return {.name = name,
          .type = ParameterType::kInteger,
          .unit = "cents",
          .meaning = meaning,
          .min = 0,
          .max = static_cast<double>(kMaxCents)};
}

constexpr std::array kParameters = {
    bound_of("low_cents", "least price, whatever the request says"),
    bound_of("high_cents", "highest price, whatever the request says"),
    ParameterSpec{.name = "gap_key",
                  .type = ParameterType::kText,
                  .meaning = "entry of the request's context that tells the least price in cents",
                  .default_text = "gap_cents"},
    ParameterSpec{.name = "stretch",
                  .type = ParameterType::kInteger,
                  .unit = "percent",
                  .meaning = "so much more than the gap a price may be",
                  .default_text = "50",
                  .min = 0,
                  .max = 10'000},
    ParameterSpec{.name = "currency",
                  .type = ParameterType::kText,
                  .meaning = "of the bounds; items priced in another one are dropped; else the marketplace's own"}};

// Both ends included.
struct Bounds {
  std::int64_t low_cents = 0;
  std::int64_t high_cents = std::numeric_limits<std::int64_t>::max();

  [[nodiscard]] bool hold(std::int64_t price_cents) const {
    return price_cents >= low_cents && price_cents <= high_cents;
  }
};

struct Settings {
  Bounds fixed;
  bool needs_gap = false;  // nothing is fixed
  std::string gap_key;
  std::int64_t stretch_percent = 0;
  std::string currency;
};

base::Result<std::int64_t> parse_gap(const Settings& settings, const std::string& text) {
  std::int64_t gap_cents = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, gap_cents);
  if (error == std::errc() && stop == end && gap_cents >= 0 && gap_cents <= kMaxCents) return gap_cents;
  return base::invalid_input("context." + settings.gap_key + ": \"" + text +
                             "\" is no amount; allowed is a whole number of cents from 0 to " +
                             std::to_string(kMaxCents));
}

class PriceStage final : public scene::Stage {
 public:
  explicit PriceStage(Settings settings) : settings_(std::move(settings)) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    INKLING_ASSIGN(const Bounds bounds, bounds_of(exchange.request));
    const index::World& world = exchange.knowledge.world();
    const auto lies_outside = [&](const scene::Candidate& candidate) {
      const auto row = world.find(candidate.item);
      if (!row || !world.facts(*row).price) return true;
      const domain::Money& price = *world.facts(*row).price;
      return price.currency != settings_.currency || !bounds.hold(price.cents);
    };
    const std::size_t dropped = std::erase_if(exchange.slots.candidates, lies_outside);
    if (exchange.tracing()) {
      exchange.note("dropped " + std::to_string(dropped) + " priced outside " + std::to_string(bounds.low_cents) +
                    " to " + std::to_string(bounds.high_cents) + " cents");
    }
    return {};
  }

 private:
  [[nodiscard]] base::Result<Bounds> bounds_of(const scene::Request& request) const {
    const auto entry = std::ranges::find(request.context, settings_.gap_key, &domain::Attribute::first);
    if (entry == request.context.end()) {
      if (!settings_.needs_gap) return settings_.fixed;
      return base::invalid_input("context." + settings_.gap_key +
                                 ": is missing, and the scene gives neither low_cents nor high_cents");
    }
    INKLING_ASSIGN(const std::int64_t gap_cents, parse_gap(settings_, entry->second));
    const std::int64_t stretched_cents = gap_cents + gap_cents * settings_.stretch_percent / 100;
    return Bounds{std::max(settings_.fixed.low_cents, gap_cents),
                  std::min(settings_.fixed.high_cents, stretched_cents)};
  }

  Settings settings_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  Settings settings{.fixed = {},
                    .needs_gap = !parameters.has("low_cents") && !parameters.has("high_cents"),
                    .gap_key = parameters.text("gap_key"),
                    .stretch_percent = parameters.integer("stretch"),
                    .currency = {}};
  if (parameters.has("low_cents")) settings.fixed.low_cents = parameters.integer("low_cents");
  if (parameters.has("high_cents")) settings.fixed.high_cents = parameters.integer("high_cents");
  if (parameters.has("currency")) settings.currency = parameters.text("currency");
  if (settings.fixed.low_cents > settings.fixed.high_cents) {
    return base::invalid_input("low_cents: " + std::to_string(settings.fixed.low_cents) +
                               " is above high_cents, which is " + std::to_string(settings.fixed.high_cents));
  }
  if (!settings.currency.empty() && !domain::is_currency_code(settings.currency)) {
    return base::invalid_input("currency: \"" + settings.currency +
                               "\" is no currency code; allowed are three capital letters such as EUR");
  }
  return std::unique_ptr<scene::Stage>(std::make_unique<PriceStage>(std::move(settings)));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {.name = "price",
                                                   .kind = scene::StageKind::kFilter,
                                                   .purpose = "drops what is not priced inside a hard bound",
                                                   .parameters = kParameters,
                                                   .reads = {scene::Slot::kCandidates},
                                                   .writes = {scene::Slot::kCandidates},
                                                   .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::filter::price
