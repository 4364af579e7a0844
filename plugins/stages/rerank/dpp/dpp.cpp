// rerank/dpp: fills a page by the greedy most probable set of a determinantal point process over a sliding window.
#include <array>
#include <cmath>
#include <limits>

#include "plugins/stages/rerank/dpp/greedy_dpp.h"
#include "scene/item_classes.h"
#include "scene/page_order.h"
#include "scene/stage.h"

namespace inkling::stages::rerank::dpp {
namespace {

using scene::ItemClasses;
using scene::ParameterSpec;
using scene::ParameterType;

// Of two items alike in everything, so that no window is without volume and the next best can be told.
constexpr double kMostAlike = 0.95;

constexpr std::array kParameters = {
    ParameterSpec{.name = "relevance",
                  .type = ParameterType::kNumber,
                  .meaning = "theta of the paper: 0 looks at likeness alone, towards 1 the score counts ever more",
                  .default_text = "0.7",
                  .min = 0,
                  .max = 0.999},
    scene::kLikenessWindow, scene::kPriceRatio};

class DppStage final : public scene::Stage {
 public:
  explicit DppStage(scene::LikenessSettings settings)
      : score_weight_(settings.relevance / (1 - settings.relevance)),
        before_(settings.window - 1),
        bands_(std::move(settings.bands)) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    scene::PageClasses page = scene::classes_of_page(exchange, bands_, before_);
    std::vector<ItemClasses>& classes = page.candidates;
    const std::size_t count = classes.size();
    classes.insert(classes.end(), page.before.begin(), page.before.end());
    const auto alike = [&](std::size_t a, std::size_t b) { return kMostAlike * similarity(classes[a], classes[b]); };
    GreedyDpp process(classes.size(), before_);
    for (std::size_t row = count; row < classes.size(); ++row) process.choose(row, alike);
    scene::PageOrder order(exchange);
    while (!order.is_full()) process.choose(order.place(best(exchange, order.left(), process)), alike);
    order.finish();
    return {};
  }

 private:
  // log det of L, which is q_i S_ij q_j with q = exp(alpha score), grows by 2 alpha score + log left.
  [[nodiscard]] std::size_t best(const scene::Exchange& exchange, std::span<const std::uint32_t> left,
                                 const GreedyDpp& process) const {
    double highest = -std::numeric_limits<double>::infinity();
    std::size_t chosen = 0;
    for (std::size_t at = 0; at < left.size(); ++at) {
      const double score = score_weight_ * static_cast<double>(exchange.slots.candidates[left[at]].score);
      if (score <= highest) continue;  // the logarithm is at most 0
      const double value = score + std::log(process.left(left[at]));
      if (value <= highest) continue;
      highest = value;
      chosen = at;
    }
    return chosen;
  }

  double score_weight_;  // 2 alpha = theta / (1 - theta)
  std::size_t before_;   // places of the window before the one that is filled
  scene::PriceBands bands_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(std::make_unique<DppStage>(scene::likeness_settings(parameters)));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = scene::page_blueprint(
      "dpp", "fills windows with items that are wanted and together most unlike each other", kParameters, make);
  return kBlueprint;
}

}  // namespace inkling::stages::rerank::dpp
