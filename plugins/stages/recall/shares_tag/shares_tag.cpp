// recall/shares_tag: posts that share tags with the one looked at.
#include <algorithm>
#include <array>
#include <string>

#include "scene/asked_page.h"
#include "scene/candidates.h"
#include "scene/carrier_scores.h"
#include "scene/request_context.h"
#include "scene/stage.h"

namespace inkling::stages::recall::shares_tag {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::array kParameters = {ParameterSpec{.name = "quota",
                                                  .type = ParameterType::kInteger,
                                                  .unit = "items",
                                                  .meaning = "most similar items",
                                                  .default_text = "200",
                                                  .min = 1,
                                                  .max = 2000},
                                    ParameterSpec{.name = "same_category",
                                                  .type = ParameterType::kBoolean,
                                                  .meaning = "only items of the same leaf category",
                                                  .default_text = "true"}};

struct Workspace {
  scene::CarrierScores scores;
  std::vector<std::uint32_t> tags;  // of the item looked at, rarest first
};

class SharesTagStage final : public scene::Stage {
 public:
  SharesTagStage(std::size_t quota, bool same_category) : quota_(quota), same_category_(same_category) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const std::string_view item = scene::said_in_context(exchange.request, "item");
    const scene::TaggedItems* items = exchange.knowledge.tagged_items();
    if (items == nullptr) return base::unavailable("item: no tags are live, so nothing shares any");
    const auto row = exchange.knowledge.world().find(item);
    if (!row || items->carried().tags_of(*row).empty()) {
      if (exchange.tracing()) exchange.note("no tags are known of item \"" + std::string(item) + "\"");
      return {};
    }
    thread_local Workspace room;
    add_up(items->carried(), *row, room);
    INKLING_ASSIGN(const scene::AskedPage page, scene::AskedPage::make(exchange));
    add_best(*items, page, *row, exchange, room);
    return {};
  }

 private:
  static void add_up(const tag::CarriedTags& carried, std::uint32_t row, Workspace& room) {
    const auto tags = carried.tags_of(row);
    room.tags.assign(tags.begin(), tags.end());
    std::ranges::sort(room.tags, [&](std::uint32_t a, std::uint32_t b) {
      return carried.idf(a) != carried.idf(b) ? carried.idf(a) > carried.idf(b) : a < b;
    });
    room.scores.begin(carried);
    for (const std::uint32_t tag : room.tags) {
      // What nobody carries who may be shown; and places of one tag share its idf squared.
      if (carried.idf(tag) > 0) room.scores.add(tag, carried.idf(tag) * carried.idf(tag));
    }
  }

  void add_best(const scene::TaggedItems& items, const scene::AskedPage& page, std::uint32_t seed,
                scene::Exchange& exchange, Workspace& room) const {
    const index::World& world = exchange.knowledge.world();
    const tag::CarriedTags& carried = items.carried();
    const std::uint32_t category = world.facts(seed).category;
    room.scores.divide([&](std::uint32_t row) { return carried.length(row) * carried.length(seed); });
    scene::CandidateAdder candidates(exchange.slots, "shares_tag");
    std::size_t added = 0;
    room.scores.best_first([&](std::uint32_t row, float score) {
      if (row >= world.item_count() || row == seed || !page.is_in_market(row)) return true;
      if (same_category_ && world.facts(row).category != category) return true;
      candidates.add(world.facts(row).item, score,
                     {"shares_tag", items.graph().name(rarest_shared(carried, row, room))});
      return ++added < quota_;
    });
  }

  static std::uint32_t rarest_shared(const tag::CarriedTags& carried, std::uint32_t row, const Workspace& room) {
    const auto tags = carried.tags_of(row);
    return *std::ranges::find_if(room.tags, [&](std::uint32_t tag) { return std::ranges::binary_search(tags, tag); });
  }

  std::size_t quota_;
  bool same_category_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(std::make_unique<SharesTagStage>(
      static_cast<std::size_t>(parameters.integer("quota")), parameters.boolean("same_category")));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {.name = "shares_tag",
                                                   .kind = scene::StageKind::kRecall,
                                                   .purpose = "adds posts that share tags with the one looked at",
                                                   .parameters = kParameters,
                                                   .writes = {scene::Slot::kCandidates},
                                                   .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::shares_tag
