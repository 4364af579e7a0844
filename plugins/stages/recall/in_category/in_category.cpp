// recall/in_category: what is in demand and what is new in the category whose page this is.
#include <array>

#include "base/core/hash.h"
#include "scene/asked_page.h"
#include "scene/candidates.h"
#include "scene/request_context.h"
#include "scene/stage.h"

namespace inkling::stages::recall::in_category {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::array kParameters = {
    ParameterSpec{.name = "hot",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "most popular items",
                  .default_text = "100",
                  .min = 0,
                  .max = 500},
    ParameterSpec{.name = "newest",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "items told last",
                  .default_text = "50",
                  .min = 0,
                  .max = 500},
    ParameterSpec{
        .name = "unless", .type = ParameterType::kText, .meaning = "nothing when the request's context says this"}};

class InCategoryStage final : public scene::Stage {
 public:
  InCategoryStage(std::size_t hot, std::size_t newest, std::string unless)
      : hot_(hot), newest_(newest), unless_(std::move(unless)) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    if (!unless_.empty() && !scene::said_in_context(exchange.request, unless_).empty()) return {};
    INKLING_ASSIGN(const scene::AskedPage page, scene::AskedPage::make(exchange));
    add_hot(exchange, page);
    add_newest(exchange, page);
    return {};
  }

 private:
  // A leaf has a list of its own; what is above one is found in the marketplace's.
  void add_hot(scene::Exchange& exchange, const scene::AskedPage& page) const {
    const index::World& world = exchange.knowledge.world();
    scene::CandidateAdder candidates(exchange.slots, "hot");
    const index::Category* leaf = world.find_category(base::name_hash(page.category()));
    std::size_t added = 0;
    for (const index::TopEntry& entry : leaf != nullptr ? leaf->hot.entries() : world.hot()) {
      if (added == hot_) return;
      if (!page.holds(entry.row)) continue;
      candidates.add(
          world.facts(entry.row).item, static_cast<float>(world.faded(entry.score)),
          page.category().empty() ? scene::Reason{"popular"} : scene::Reason{"popular_in", page.category()});
      ++added;
    }
  }

  void add_newest(scene::Exchange& exchange, const scene::AskedPage& page) const {
    const index::World& world = exchange.knowledge.world();
    scene::CandidateAdder candidates(exchange.slots, "newest");
    std::size_t added = 0;
    for (const index::TopEntry& entry : world.newest()) {
      if (added == newest_) return;
      if (!page.holds(entry.row)) continue;
      candidates.add(world.facts(entry.row).item, 1 / (1 + static_cast<float>(added++)), {"new"});
    }
  }

  std::size_t hot_;
  std::size_t newest_;
  std::string unless_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const auto count = [&](std::string_view name) { return static_cast<std::size_t>(parameters.integer(name)); };
  return std::unique_ptr<scene::Stage>(std::make_unique<InCategoryStage>(
      count("hot"), count("newest"), parameters.has("unless") ? parameters.text("unless") : std::string()));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "in_category",
      .kind = scene::StageKind::kRecall,
      .purpose = "adds what is in demand and what is new in the category whose page this is",
      .parameters = kParameters,
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::in_category
