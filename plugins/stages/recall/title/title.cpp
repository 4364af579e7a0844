// recall/title: what the shopper searched for, by the words of the titles.
#include <algorithm>
#include <array>

#include "scene/candidates.h"
#include "scene/stage.h"

namespace inkling::stages::recall::title {
namespace {

constexpr std::array kParameters = {scene::ParameterSpec{.name = "quota",
                                                         .type = scene::ParameterType::kInteger,
                                                         .unit = "items",
                                                         .meaning = "best items of the search",
                                                         .default_text = "600",
                                                         .min = 1,
                                                         .max = 2000}};

class TitleStage final : public scene::Stage {
 public:
  explicit TitleStage(std::size_t quota) : quota_(quota) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const index::World& world = exchange.knowledge.world();
    const index::TitleQuery query = index::parse_title_query(exchange.request.query);
    scene::CandidateAdder candidates(exchange.slots, "title");
    if (query.all_of.empty()) {
      add_listed(world, world.hot(), query, {"popular"}, candidates);
      add_listed(world, world.newest(), query, {"new"}, candidates);
      return {};
    }
    std::vector<index::TitleMatch> matches = world.titles().search(query);
    std::erase_if(matches, [&](const index::TitleMatch& match) { return !world.facts(match.row).available(); });
    if (exchange.tracing()) exchange.note(std::to_string(matches.size()) + " titles fit");
    add_best(world, matches, candidates);
    return {};
  }

 private:
  // Nothing was asked for: what most want, and what is new.
  void add_listed(const index::World& world, std::span<const index::TopEntry> entries, const index::TitleQuery& query,
                  scene::Reason reason, scene::CandidateAdder& candidates) const {
    std::size_t added = 0;
    for (const index::TopEntry& entry : entries) {
      if (!world.titles().has_none(entry.row, query)) continue;
      if (added == quota_) return;
      candidates.add(world.facts(entry.row).item, 1 / (1 + static_cast<float>(added++)), reason);
    }
  }

  void add_best(const index::World& world, std::vector<index::TitleMatch>& matches,
                scene::CandidateAdder& candidates) const {
    const auto better = [&](const index::TitleMatch& a, const index::TitleMatch& b) {
      if (a.covered != b.covered) return a.covered > b.covered;
      const double left = world.demand(a.row).popularity_log2;
      const double right = world.demand(b.row).popularity_log2;
      return left != right ? left > right : a.row > b.row;
    };
    const auto count = std::min(matches.size(), quota_);
    const auto middle = matches.begin() + static_cast<std::ptrdiff_t>(count);
    std::partial_sort(matches.begin(), middle, matches.end(), better);
    for (auto match = matches.begin(); match != middle; ++match) {
      candidates.add(world.facts(match->row).item, match->covered, {"in_title"});
    }
  }

  std::size_t quota_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const auto quota = static_cast<std::size_t>(parameters.integer("quota"));
  return std::unique_ptr<scene::Stage>(std::make_unique<TitleStage>(quota));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "title",
      .kind = scene::StageKind::kRecall,
      .purpose = "adds what the shopper searched for, by the words of titles",
      .parameters = kParameters,
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::title
