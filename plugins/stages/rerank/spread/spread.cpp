// rerank/spread: keeps one category from filling the screen, as far as there are others to show.
#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <string>

#include "scene/candidates.h"
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

// Places candidates one after the other. `order` is what is placed, then what is left, best first.
class Page {
 public:
  Page(std::span<std::uint32_t> order, std::span<const std::uint32_t> categories, std::size_t window)
      : order_(order), categories_(categories), before_(window - 1) {}

  // The best that stands at most `limit` times in the window; when there is none, the best of those that stand there
  // least. False: the latter.
  bool place_next(std::size_t limit) {
    std::size_t chosen = placed_;
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    for (std::size_t i = placed_; i < order_.size() && fewest >= limit; ++i) {
      const std::size_t count = count_in_window(categories_[order_[i]]);
      if (count >= fewest) continue;
      fewest = count;
      chosen = i;
    }
    std::rotate(order_.begin() + static_cast<std::ptrdiff_t>(placed_),
                order_.begin() + static_cast<std::ptrdiff_t>(chosen),
                order_.begin() + static_cast<std::ptrdiff_t>(chosen) + 1);
    ++placed_;
    return fewest < limit;
  }

 private:
  [[nodiscard]] std::size_t count_in_window(std::uint32_t category) const {
    if (category == index::kNoCategory) return 0;
    std::size_t count = 0;
    for (std::size_t i = placed_ - std::min(placed_, before_); i < placed_; ++i) {
      count += categories_[order_[i]] == category ? 1 : 0;
    }
    return count;
  }

  std::span<std::uint32_t> order_;
  std::span<const std::uint32_t> categories_;  // of each candidate
  std::size_t before_;                         // places of the window before the one that is filled
  std::size_t placed_ = 0;
};

class SpreadStage final : public scene::Stage {
 public:
  SpreadStage(std::size_t per_category, std::size_t window) : per_category_(per_category), window_(window) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    std::vector<scene::Candidate>& candidates = exchange.slots.candidates;
    std::vector<std::uint32_t>& scratch = exchange.slots.scratch;
    const std::size_t count = candidates.size();
    scratch.resize(2 * count);
    const std::span order = std::span(scratch).first(count);
    const std::span categories = std::span(scratch).last(count);
    std::iota(order.begin(), order.end(), 0);
    const index::World& world = exchange.knowledge.world();
    for (std::size_t i = 0; i < count; ++i) categories[i] = category_of(world, candidates[i].item);
    Page page(order, categories, window_);
    std::size_t relaxed = 0;
    const auto shown = std::min(count, static_cast<std::size_t>(exchange.request.size));
    for (std::size_t i = 0; i < shown; ++i) relaxed += page.place_next(per_category_) ? 0 : 1;
    scratch.resize(count);
    scene::reorder(candidates, scratch);
    if (exchange.tracing()) exchange.note("relaxed at " + std::to_string(relaxed) + " places");
    return {};
  }

 private:
  static std::uint32_t category_of(const index::World& world, std::string_view item) {
    const auto row = world.find(item);
    return row ? world.facts(*row).category : index::kNoCategory;
  }

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
