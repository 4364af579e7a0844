// rerank/spread: keeps one category from filling the screen, as far as there are others to show.
#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "scene/page_order.h"
#include "scene/stage.h"

namespace inkling::stages::rerank::spread {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::array kParameters = {
    ParameterSpec{.name = "per_category",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "most items of one leaf category that stand in a window; below `window`",
                  .default_text = "2",
                  .min = 1,
                  .max = 50},
    ParameterSpec{.name = "window",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "neighbouring places that a shopper sees at once",
                  .default_text = "6",
                  .min = 2,
                  .max = 50}};

// Fills the page and keeps count of the categories in its last places.
class Page {
 public:
  Page(scene::Exchange& exchange, std::span<const std::uint32_t> categories, std::size_t window)
      : order_(exchange), categories_(categories), before_(window - 1) {}

  [[nodiscard]] bool is_full() const { return order_.is_full(); }
  void finish() { order_.finish(); }

  // The best that stands at most `limit` times in the window; when there is none, the best of those that stand there
  // least. False: the latter.
  bool place_next(std::size_t limit) {
    std::size_t chosen = 0;
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    const auto left = order_.left();
    for (std::size_t at = 0; at < left.size() && fewest >= limit; ++at) {
      const std::size_t count = count_in_window(categories_[left[at]]);
      if (count >= fewest) continue;
      fewest = count;
      chosen = at;
    }
    order_.place(chosen);
    return fewest < limit;
  }

 private:
  [[nodiscard]] std::size_t count_in_window(std::uint32_t category) const {
    if (category == index::kNoCategory) return 0;
    const auto placed = order_.placed();
    const auto window = placed.last(std::min(placed.size(), before_));
    return static_cast<std::size_t>(
        std::ranges::count_if(window, [&](std::uint32_t i) { return categories_[i] == category; }));
  }

  scene::PageOrder order_;
  std::span<const std::uint32_t> categories_;  // of each candidate
  std::size_t before_;                         // places of the window before the one that is filled
};

class SpreadStage final : public scene::Stage {
 public:
  SpreadStage(std::size_t per_category, std::size_t window) : per_category_(per_category), window_(window) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    std::vector<std::uint32_t> categories;
    categories.reserve(exchange.slots.candidates.size());
    const index::World& world = exchange.knowledge.world();
    for (const scene::Candidate& candidate : exchange.slots.candidates) {
      const auto row = world.find(candidate.item);
      categories.push_back(row ? world.facts(*row).category : index::kNoCategory);
    }
    Page page(exchange, categories, window_);
    std::size_t relaxed = 0;
    while (!page.is_full()) relaxed += page.place_next(per_category_) ? 0 : 1;
    page.finish();
    if (exchange.tracing()) exchange.note("relaxed at " + std::to_string(relaxed) + " places");
    return {};
  }

 private:
  std::size_t per_category_;
  std::size_t window_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const std::int64_t per_category = parameters.integer("per_category");
  const std::int64_t window = parameters.integer("window");
  if (per_category >= window) {
    return base::invalid_input("per_category: " + std::to_string(per_category) + " is not below window, which is " +
                               std::to_string(window) + "; such a window could hold one category only");
  }
  return std::unique_ptr<scene::Stage>(
      std::make_unique<SpreadStage>(static_cast<std::size_t>(per_category), static_cast<std::size_t>(window)));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {.name = "spread",
                                                   .kind = scene::StageKind::kRerank,
                                                   .purpose = "keeps one leaf category from filling the screen",
                                                   .parameters = kParameters,
                                                   .reads = {scene::Slot::kCandidates, scene::Slot::kScores},
                                                   .writes = {scene::Slot::kOrder},
                                                   .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::rerank::spread
