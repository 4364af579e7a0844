// recall/carries_tag: the posts behind what the shopper picked: a need, a scene or a tag, through its tags.
#include <algorithm>
#include <array>
#include <string>

#include "scene/asked_page.h"
#include "scene/candidates.h"
#include "scene/carrier_scores.h"
#include "scene/request_context.h"
#include "scene/short_list.h"
#include "scene/stage.h"

namespace inkling::stages::recall::carries_tag {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::array kParameters = {ParameterSpec{.name = "quota",
                                                  .type = ParameterType::kInteger,
                                                  .unit = "items",
                                                  .meaning = "items that the tags speak for most",
                                                  .default_text = "200",
                                                  .min = 1,
                                                  .max = 2000},
                                    ParameterSpec{.name = "alike",
                                                  .type = ParameterType::kNumber,
                                                  .meaning = "what a tag counts that is similar to a picked tag",
                                                  .default_text = "0.3",
                                                  .min = 0,
                                                  .max = 1}};

constexpr std::size_t kMaxTags = 64;  // of one pick, the heaviest

struct WeighedTag {
  std::uint32_t tag = 0;
  float weight = 0;  // of the edge
  float score = 0;   // what an item gets for carrying it
};
using WeighedTags = scene::ShortList<WeighedTag, kMaxTags>;

void push(WeighedTags& tags, std::uint32_t tag, float weight) {
  static_cast<void>(tags.push({tag, weight, 0}));
}

// Heaviest first, as the graph keeps edges.
WeighedTags tags_of(const scene::TaggedItems& items, std::uint32_t node, float alike) {
  const tag::TagGraph& graph = items.graph();
  WeighedTags tags;
  const auto leave = [&](tag::EdgeType type, float share) {
    const tag::Edges edges = graph.edges(node, type);
    for (std::size_t i = 0; i < edges.to.size(); ++i) push(tags, edges.to[i], share * edges.weight[i]);
  };
  switch (graph.facts(node).kind) {
    case tag::NodeKind::kTag:
      push(tags, node, 1);
      if (alike > 0) leave(tag::EdgeType::kSimilar, alike);
      break;
    case tag::NodeKind::kNeed:
      leave(tag::EdgeType::kServedBy, 1);
      break;
    case tag::NodeKind::kScene:
      for (const tag::IncomingEdge& edge : items.incoming().of(node)) {
        if (graph.columns().edge_type[edge.edge] != static_cast<std::uint8_t>(tag::EdgeType::kShownIn)) continue;
        push(tags, edge.from, graph.columns().edge_weight[edge.edge]);
      }
      break;
    default:
      break;
  }
  return tags;
}

class CarriesTagStage final : public scene::Stage {
 public:
  CarriesTagStage(std::size_t quota, float alike) : quota_(quota), alike_(alike) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const std::string_view pick = scene::said_in_context(exchange.request, "pick");
    const scene::TaggedItems* items = exchange.knowledge.tagged_items();
    if (pick.empty()) return {};
    if (items == nullptr)
      return base::unavailable("pick: no tags are live, so nothing is behind \"" + std::string(pick) + "\"");
    const auto node = items->ids().find(pick);
    if (!node) {
      if (exchange.tracing()) exchange.note("the graph has no \"" + std::string(pick) + "\"");
      return {};
    }
    INKLING_ASSIGN(const scene::AskedPage page, scene::AskedPage::make(exchange));
    WeighedTags tags = tags_of(*items, *node, alike_);
    thread_local scene::CarrierScores scores;
    scores.begin(items->carried());
    for (std::size_t i = 0; i < tags.size(); ++i) {
      tags[i].score = tags[i].weight * items->carried().idf(tags[i].tag);
      if (tags[i].score > 0) scores.add(tags[i].tag, tags[i].score);
    }
    add_best(*items, page, tags, scores, exchange);
    return {};
  }

 private:
  void add_best(const scene::TaggedItems& items, const scene::AskedPage& page, const WeighedTags& tags,
                scene::CarrierScores& scores, scene::Exchange& exchange) const {
    const index::World& world = exchange.knowledge.world();
    scene::CandidateAdder candidates(exchange.slots, "carries_tag");
    std::size_t added = 0;
    scores.best_first([&](std::uint32_t row, float score) {
      // Rows behind the world's were told after the request came.
      if (row >= world.item_count() || !page.holds(row)) return true;
      const std::string_view about = items.graph().name(heaviest(items.carried().tags_of(row), tags));
      candidates.add(world.facts(row).item, score, {"carries_tag", about});
      return ++added < quota_;
    });
  }

  // Of the item's tags the one that spoke most for it.
  static std::uint32_t heaviest(std::span<const std::uint32_t> carried, const WeighedTags& tags) {
    const WeighedTag* best = nullptr;
    for (const WeighedTag& tag : tags) {
      const bool speaks = best == nullptr || tag.score > best->score;
      if (speaks && std::ranges::binary_search(carried, tag.tag)) best = &tag;
    }
    return best->tag;  // there is one, or the item had no score
  }

  std::size_t quota_;
  float alike_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(std::make_unique<CarriesTagStage>(
      static_cast<std::size_t>(parameters.integer("quota")), static_cast<float>(parameters.number("alike"))));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {.name = "carries_tag",
                                                   .kind = scene::StageKind::kRecall,
                                                   .purpose = "adds the posts behind what the shopper picked",
                                                   .parameters = kParameters,
                                                   .writes = {scene::Slot::kCandidates},
                                                   .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::carries_tag
