// recall/scene_tags: the needs, scenes and tags that a list page offers for picking.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/core/clock.h"
#include "base/core/hash.h"
#include "plugins/stages/recall/scene_tags/wants.h"
#include "scene/asked_page.h"
#include "scene/candidates.h"
#include "scene/stage.h"
#include "state/interests.h"
#include "tag/extractor.h"

namespace inkling::stages::recall::scene_tags {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr ParameterSpec weight_of(std::string_view name, std::string_view meaning, std::string_view weight) {
  return {.name = name,
          .type = ParameterType::kNumber,
          .meaning = meaning,
          .default_text = weight,
          .min = 0,
          .max = 1000};
}
constexpr ParameterSpec count_of(std::string_view name, std::string_view unit, std::string_view meaning,
                                 std::string_view count, double max, double min = 0) {
  return {.name = name,
          .type = ParameterType::kInteger,
          .unit = unit,
          .meaning = meaning,
          .default_text = count,
          .min = min,
          .max = max};
}

constexpr std::array kParameters = {
    weight_of("popular", "weight of the demand for posts that carry its tags", "0.5"),
    weight_of("profile", "weight of what the shopper did before this visit", "0.7"),
    weight_of("live_intent", "weight of what the shopper did in this visit", "1"),
    count_of("needs", "needs", "of a category, the heaviest", "50", 500),
    count_of("tags", "tags", "of a category, the most seen", "20", 500),
    count_of("categories", "categories", "where the request names none: so many in demand, and so many of interest",
             "8", 32),
    count_of("visit_gap", "minutes", "silence that ends a visit", "30", 1440, 1),
    count_of("half_life", "days", "until what was done before this visit counts half", "7", 365, 1)};

enum Voice : std::size_t { kPopular, kProfile, kLiveIntent, kVoices };
constexpr std::array<std::string_view, kVoices> kVoiceNames = {"popular", "profile", "live_intent"};

constexpr float kRecordsToHalf = 8;  // in a visit, what was done so many records before counts half
constexpr float kSearched = 2;       // what a word counts beside a view
constexpr float kPicked = 4;
constexpr float kDoubt = 1;  // in views of one post that says nothing else
constexpr float kTouch = 1;  // that a post without demand counts as one view, so that new markets have an order

struct Settings {
  std::array<float, kVoices> weights{};
  std::size_t needs = 0, tags = 0, categories = 0;
  std::int64_t visit_gap_ms = 0;
  double half_life_ms = 1;
};

struct ScoredNode {
  std::uint32_t row = 0;
  std::array<Spoken, kVoices> spoken{};
};

struct Workspace {
  std::array<Wants, kVoices> wants;
  std::vector<std::uint32_t> categories;  // of the graph, whose nodes may be shown
  std::vector<Wants::Category> order;     // of choose_categories
  std::vector<ScoredNode> nodes;
  std::vector<std::uint32_t> rows;
  tag::Extractor extractor;
};

class SceneTagsStage final : public scene::Stage {
 public:
  explicit SceneTagsStage(const Settings& settings) : settings_(settings) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const scene::TaggedItems* items = exchange.knowledge.tagged_items();
    if (items == nullptr) return base::unavailable("no tags are live, so there is nothing to pick");
    INKLING_ASSIGN(const scene::AskedPage page, scene::AskedPage::make(exchange));
    thread_local Workspace room;
    for (Wants& wants : room.wants) wants.begin(*items);
    hear_visit(exchange, *items, room);
    choose_categories(exchange, *items, page, room);
    hear_demand(exchange, page, room);
    gather(*items, room);
    add(*items, exchange, room);
    return {};
  }

 private:
  // Records of the shopper, newest first: those of this visit are intent, those before it profile.
  void hear_visit(const scene::Exchange& exchange, const scene::TaggedItems& items, Workspace& room) const {
    const state::ShopperState& state = exchange.knowledge.shopper_state();
    const std::int64_t now_ms = std::max(exchange.now_ms, state.clock_ms);
    bool in_visit = now_ms - state.last_record_ms < settings_.visit_gap_ms;
    std::int64_t visit_ms = now_ms;
    std::size_t place = 0;
    for (std::uint64_t i = state.browses.total(); i > state.browses.first(); --i) {
      const state::BrowseRecord& record = state.browses.at(i - 1);
      if (in_visit) visit_ms = record.time.ts_ms;
      const double fading = in_visit ? static_cast<double>(place++) / kRecordsToHalf
                                     : static_cast<double>(now_ms - record.time.ts_ms) / settings_.half_life_ms;
      hear_record(exchange, items, record, static_cast<float>(std::exp2(-fading)), in_visit,
                  room.wants[in_visit ? kLiveIntent : kProfile]);
      const bool begins_visit = record.time.idle_ms < 0 || record.time.idle_ms >= settings_.visit_gap_ms;
      in_visit = in_visit && !begins_visit;
    }
    hear_interests(exchange, now_ms, items, room.wants[kProfile]);
    hear_words(exchange, items, visit_ms, room);
  }

  static void hear_record(const scene::Exchange& exchange, const scene::TaggedItems& items,
                          const state::BrowseRecord& record, float weight, bool with_category, Wants& wants) {
    const index::World& world = exchange.knowledge.world();
    const float interest = weight * static_cast<float>(state::interest_weight(record.action));
    const auto row = record.item != 0 && interest > 0 ? world.find_name(record.item) : std::nullopt;
    if (!row) return;
    wants.add_item(*row, interest);
    const std::uint32_t category = world.facts(*row).category;
    if (with_category && category != index::kNoCategory)
      wants.add_category(items.category_of_world(category), interest);
  }

  // Categories of all time, which outlive the records.
  static void hear_interests(const scene::Exchange& exchange, std::int64_t now_ms, const scene::TaggedItems& items,
                             Wants& wants) {
    for (const state::Interest& interest : exchange.knowledge.shopper_state().interests) {
      const index::Category* category = exchange.knowledge.world().find_category(interest.category);
      if (category == nullptr) continue;
      const auto row = items.graph().node(tag::NodeKind::kCategory, category->leaf, tag::kNoRow);
      wants.add_category(row.value_or(tag::kNoRow), static_cast<float>(state::faded(interest, now_ms)));
    }
  }

  static void hear_words(const scene::Exchange& exchange, const scene::TaggedItems& items, std::int64_t visit_ms,
                         Workspace& room) {
    Wants& wants = room.wants[kLiveIntent];
    const auto hear = [&](std::string_view text) {
      for (const tag::TagMatch& match :
           room.extractor.extract(items.graph(), text, tag::kNoRow, tag::Sought::kAnything)) {
        wants.add_node(match.row, kSearched);
      }
    };
    hear(exchange.request.query);
    for (const scene::ToldWord& word : exchange.knowledge.told_words()) {
      if (word.ts_ms < visit_ms) continue;
      const auto picked = word.picked ? items.ids().find(word.text) : std::nullopt;
      if (picked) {
        wants.add_node(*picked, kPicked);
      } else {
        hear(word.text);
      }
    }
  }

  // The page's own with its kinds; where none is named, those in demand and those of interest.
  void choose_categories(const scene::Exchange& exchange, const scene::TaggedItems& items,
                         const scene::AskedPage& page, Workspace& room) const {
    room.categories.clear();
    if (page.category().empty()) {
      const index::World& world = exchange.knowledge.world();
      Wants& popular = room.wants[kPopular];
      for (const index::TopEntry& entry : world.hot()) {
        const std::uint32_t category = world.facts(entry.row).category;
        if (category == index::kNoCategory || !page.is_in_market(entry.row)) continue;
        popular.add_category(items.category_of_world(category),
                             kTouch + static_cast<float>(world.faded(entry.score)));
      }
      for (const Wants& wants : room.wants) add_heaviest(wants, room);
      return;
    }
    const auto row = items.graph().node(tag::NodeKind::kCategory, page.category(), tag::kNoRow);
    if (!row) return;
    room.categories.push_back(*row);
    for (const tag::IncomingEdge& edge : items.incoming().of(*row)) {
      const bool is_kind =
          items.graph().columns().edge_type[edge.edge] == static_cast<std::uint8_t>(tag::EdgeType::kHyponym);
      if (is_kind && room.categories.size() <= settings_.categories) room.categories.push_back(edge.from);
    }
    for (Wants& wants : room.wants) wants.keep_kinds(*row, room.categories);
  }

  void add_heaviest(const Wants& wants, Workspace& room) const {
    std::vector<Wants::Category>& order = room.order;
    order.assign(wants.categories().begin(), wants.categories().end());
    std::ranges::sort(order, [](const auto& a, const auto& b) {
      return a.weight != b.weight ? a.weight > b.weight : a.row < b.row;
    });
    for (std::size_t i = 0; i < std::min(order.size(), settings_.categories); ++i) {
      if (std::ranges::find(room.categories, order[i].row) == room.categories.end())
        room.categories.push_back(order[i].row);
    }
  }

  // What is in demand on this page.
  static void hear_demand(const scene::Exchange& exchange, const scene::AskedPage& page, Workspace& room) {
    const index::World& world = exchange.knowledge.world();
    const scene::TaggedItems& items = *exchange.knowledge.tagged_items();
    const auto hear = [&](std::span<const index::TopEntry> entries) {
      for (const index::TopEntry& entry : entries) {
        if (!page.is_in_market(entry.row)) continue;
        room.wants[kPopular].add_item(entry.row, kTouch + static_cast<float>(world.faded(entry.score)));
      }
    };
    for (const std::uint32_t row : room.categories) {
      const index::Category* category = world.find_category(base::name_hash(items.graph().name(row)));
      if (category != nullptr) hear(category->hot.entries());
    }
  }

  // Each node once.
  void gather(const scene::TaggedItems& items, Workspace& room) const {
    const tag::TagGraph& graph = items.graph();
    room.rows.clear();
    for (const std::uint32_t category : room.categories) {
      std::size_t needs = 0;
      for (const tag::IncomingEdge& edge : items.incoming().of(category)) {
        if (graph.columns().edge_type[edge.edge] != static_cast<std::uint8_t>(tag::EdgeType::kNeedOf)) continue;
        if (needs++ == settings_.needs) break;
        room.rows.push_back(edge.from);
      }
      const auto hot = graph.hot(category, std::max(settings_.tags, kMaxJoined));
      for (const std::uint32_t tag : hot) {
        const auto scenes = graph.edges(tag, tag::EdgeType::kShownIn).to;
        room.rows.insert(room.rows.end(), scenes.begin(), scenes.end());
      }
      const auto shown = hot.first(std::min(hot.size(), settings_.tags));
      room.rows.insert(room.rows.end(), shown.begin(), shown.end());
    }
    std::ranges::sort(room.rows);
    room.rows.erase(std::unique(room.rows.begin(), room.rows.end()), room.rows.end());
  }

  void add(const scene::TaggedItems& items, scene::Exchange& exchange, Workspace& room) const {
    room.nodes.clear();
    std::array<float, kVoices> highest{};
    for (const std::uint32_t row : room.rows) {
      if (!may_be_shown(items, room.wants[kPopular], row)) continue;
      ScoredNode& node = room.nodes.emplace_back(ScoredNode{row, {}});
      for (std::size_t voice = 0; voice < kVoices; ++voice) {
        node.spoken[voice] = room.wants[voice].spoken_for(row);
        highest[voice] = std::max(highest[voice], node.spoken[voice].weight);
      }
    }
    scene::CandidateAdder candidates(exchange.slots, "scene_tags");
    for (const ScoredNode& node : room.nodes) add(items, node, highest, candidates);
  }

  // What leads to no post, and what speaks against one, is no offer.
  static bool may_be_shown(const scene::TaggedItems& items, const Wants& wants, std::uint32_t row) {
    if (items.graph().facts(row).polarity == -1 || items.ids().id(row).size() > domain::kMaxIdBytes) return false;
    bool is_carried = !items.carried().carriers(row).empty();
    wants.each_tag(
        row, [&](std::uint32_t tag, float) { is_carried = is_carried || !items.carried().carriers(tag).empty(); });
    return is_carried;
  }

  // Each voice counts as a share of the most that it says for any node of the page, and of some doubt: what is barely
  // heard at all, as of a shopper whose past was on other pages, must not speak as loud as what was said three times.
  void add(const scene::TaggedItems& items, const ScoredNode& node, const std::array<float, kVoices>& highest,
           scene::CandidateAdder& candidates) const {
    std::array<float, kVoices> share{};
    std::array<std::size_t, kVoices> order{};
    float score = 0;
    for (std::size_t voice = 0; voice < kVoices; ++voice) {
      order[voice] = voice;
      share[voice] = settings_.weights[voice] * node.spoken[voice].weight / (highest[voice] + kDoubt);
      score += share[voice];
    }
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return share[a] > share[b]; });
    const std::string_view id = items.ids().id(node.row);
    const auto reason = [&](std::size_t voice) {
      const std::uint32_t about = voice == kPopular ? tag::kNoRow : node.spoken[voice].about;
      return scene::Reason{kVoiceNames[voice], about == tag::kNoRow ? std::string_view() : items.graph().name(about)};
    };
    candidates.add(id, score, reason(order[0]));
    for (std::size_t i = 1; i < kVoices && share[order[i]] > 0; ++i) candidates.explain(id, reason(order[i]));
  }

  Settings settings_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const auto count = [&](std::string_view name) { return static_cast<std::size_t>(parameters.integer(name)); };
  Settings settings{.needs = count("needs"), .tags = count("tags"), .categories = count("categories")};
  for (std::size_t voice = 0; voice < kVoices; ++voice) {
    settings.weights[voice] = static_cast<float>(parameters.number(kVoiceNames[voice]));
  }
  settings.visit_gap_ms = parameters.integer("visit_gap") * base::kMinuteMs;
  settings.half_life_ms = static_cast<double>(parameters.integer("half_life") * base::kDayMs);
  return std::unique_ptr<scene::Stage>(std::make_unique<SceneTagsStage>(settings));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "scene_tags",
      .kind = scene::StageKind::kRecall,
      .purpose = "adds the needs, scenes and tags that a list page offers for picking",
      .parameters = kParameters,
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::scene_tags
