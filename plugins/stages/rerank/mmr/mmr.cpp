// rerank/mmr: each place goes to what is wanted most and least like what stands before it (Carbonell, Goldstein
// 1998).
#include <algorithm>
#include <array>
#include <limits>

#include "scene/item_classes.h"
#include "scene/page_order.h"
#include "scene/stage.h"

namespace inkling::stages::rerank::mmr {
namespace {

using scene::ItemClasses;
using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::array kParameters = {
    ParameterSpec{.name = "relevance",
                  .type = ParameterType::kNumber,
                  .meaning = "weight of the score; what is left of 1 weighs the likeness to what is shown",
                  .default_text = "0.7",
                  .min = 0,
                  .max = 1},
    scene::kLikenessWindow, scene::kPriceRatio};

class MmrStage final : public scene::Stage {
 public:
  explicit MmrStage(scene::LikenessSettings settings)
      : relevance_(settings.relevance), before_(settings.window - 1), bands_(std::move(settings.bands)) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    scene::PageClasses classes = scene::classes_of_page(exchange, bands_, before_);
    scene::PageOrder order(exchange);
    std::vector<ItemClasses>& shown = classes.before;
    shown.reserve(shown.size() + order.places());
    while (!order.is_full()) {
      const auto window = std::span(shown).last(std::min(shown.size(), before_));
      const std::size_t at = best(exchange.slots.candidates, order.left(), classes.candidates, window);
      shown.push_back(classes.candidates[order.place(at)]);
    }
    order.finish();
    return {};
  }

 private:
  [[nodiscard]] std::size_t best(std::span<const scene::Candidate> candidates, std::span<const std::uint32_t> left,
                                 std::span<const ItemClasses> classes, std::span<const ItemClasses> window) const {
    double highest = -std::numeric_limits<double>::infinity();
    std::size_t chosen = 0;
    for (std::size_t at = 0; at < left.size(); ++at) {
      const double score = relevance_ * static_cast<double>(candidates[left[at]].score);
      if (score <= highest) continue;  // likeness only takes away
      double likeness = 0;
      for (const ItemClasses& other : window) likeness = std::max(likeness, similarity(classes[left[at]], other));
      const double value = score - (1 - relevance_) * likeness;
      if (value <= highest) continue;
      highest = value;
      chosen = at;
    }
    return chosen;
  }

  double relevance_;
  std::size_t before_;  // places of the window before the one that is filled
  scene::PriceBands bands_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(std::make_unique<MmrStage>(scene::likeness_settings(parameters)));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = scene::page_blueprint(
      "mmr", "weighs an item's score against its likeness to what stands before it", kParameters, make);
  return kBlueprint;
}

}  // namespace inkling::stages::rerank::mmr
