// recall/pairs: two goods that together complete the basket, where no single one does.
#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "plugins/stages/recall/pairs/best_pairs.h"
#include "scene/candidates.h"
#include "scene/price_fit.h"
#include "scene/stage.h"

namespace inkling::stages::recall::pairs {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::array kParameters = {
    ParameterSpec{.name = "quota",
                  .type = ParameterType::kInteger,
                  .unit = "pairs",
                  .meaning = "at most this many, least overshoot first",
                  .default_text = "30",
                  .min = 1,
                  .max = 200},
    ParameterSpec{.name = "among",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "pairs are made of so many: what was found before, then what is most wanted",
                  .default_text = "120",
                  .min = 2,
                  .max = 500},
    ParameterSpec{.name = "enough",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "no pairs where so many found before complete the basket alone",
                  .default_text = "1",
                  .min = 1,
                  .max = 200},
    scene::kStretch};

struct Settings {
  std::size_t quota;
  std::size_t among;
  std::size_t enough;
  double stretch;
};

// What one request looks at.
class PairSearch {
 public:
  PairSearch(const scene::Exchange& exchange, const Settings& settings, const scene::PriceRange& sum)
      : world_(exchange.knowledge.world()),
        need_(*exchange.slots.need),
        candidates_(exchange.slots.candidates),
        settings_(settings),
        sum_(sum) {}

  // Whether enough of what was found completes the basket alone.
  [[nodiscard]] bool is_needless(const scene::WantedGoods& wanted) const {
    std::size_t alone = 0;
    for (const scene::Candidate& candidate : candidates_) {
      if (alone == settings_.enough) break;
      const auto row = world_.find(candidate.item);
      if (row && can_be_added(*row) && wanted.hold(*row)) ++alone;
    }
    return alone == settings_.enough;
  }

  void collect(std::vector<PricedGoods>& goods) const {
    thread_local std::vector<index::TopEntry> wanted;  // reused: no request of this thread allocates twice
    goods.clear();
    wanted.clear();
    for (const scene::Candidate& candidate : candidates_) {
      if (const auto row = world_.find(candidate.item)) take(*row, goods);
    }
    const std::size_t found = goods.size();
    scene::each_hot_between(world_, {1, sum_.low_cents - 1},
                            [&](const index::TopEntry& entry) { wanted.push_back(entry); });
    std::ranges::sort(wanted, index::ranks_before);
    for (const index::TopEntry& entry : wanted) {
      if (goods.size() >= settings_.among) return;
      const auto known = std::ranges::find(goods.begin(), goods.begin() + static_cast<std::ptrdiff_t>(found),
                                           entry.row, &PricedGoods::row);
      if (known == goods.begin() + static_cast<std::ptrdiff_t>(found)) take(entry.row, goods);
    }
  }

 private:
  [[nodiscard]] bool can_be_added(std::uint32_t row) const {
    const index::ItemFacts& facts = world_.facts(row);
    return facts.available() && !need_.holds(facts.item);
  }

  // Goods that cost less than what is missing, and count for it in full.
  void take(std::uint32_t row, std::vector<PricedGoods>& goods) const {
    if (goods.size() >= settings_.among || !can_be_added(row)) return;
    const auto one = scene::goods_of(world_, row);
    if (!one || one->price_cents <= 0 || one->price_cents >= sum_.low_cents) return;
    const auto addition = need_.quote->with(*one, 1, need_.target);
    if (!addition || addition->gap_after_cents != sum_.low_cents - one->price_cents) return;
    goods.push_back({one->price_cents, world_.faded(world_.demand(row).popularity_log2), row});
  }

  const index::World& world_;
  const scene::BasketNeed& need_;
  const std::vector<scene::Candidate>& candidates_;
  const Settings& settings_;
  scene::PriceRange sum_;
};

class PairsStage final : public scene::Stage {
 public:
  explicit PairsStage(const Settings& settings) : settings_(settings) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const scene::WantedGoods wanted(exchange, settings_.stretch);
    if (!wanted.prices()) return {};
    const PairSearch search(exchange, settings_, *wanted.prices());
    if (search.is_needless(wanted)) return {};
    thread_local std::vector<PricedGoods> goods;  // reused, as the pairs
    search.collect(goods);
    add(exchange, goods, *wanted.prices());
    return {};
  }

 private:
  void add(scene::Exchange& exchange, std::vector<PricedGoods>& goods, const scene::PriceRange& sum) const {
    thread_local BestPairs pairs;
    const index::World& world = exchange.knowledge.world();
    const scene::BasketNeed& need = *exchange.slots.need;
    const auto fits = [&](std::uint32_t one, std::uint32_t other) {
      return scene::complete_together(need, world, goods[one].row, goods[other].row);
    };
    scene::CandidateAdder candidates(exchange.slots, "pairs");
    pairs.begin(goods, sum);
    GoodsPair pair;
    for (std::size_t count = 0; count < settings_.quota && pairs.next(pair, fits); ++count) {
      const bool first_leads = goods[pair.one].score > goods[pair.other].score;
      const PricedGoods& lead = goods[first_leads ? pair.one : pair.other];
      const PricedGoods& partner = goods[first_leads ? pair.other : pair.one];
      const std::string_view with = world.facts(partner.row).item;
      const auto share = static_cast<float>(sum.low_cents) / static_cast<float>(lead.cents + partner.cents);
      candidates.add(world.facts(lead.row).item, share, {"together_with", with}, with);
    }
  }

  Settings settings_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const auto count = [&](std::string_view name) { return static_cast<std::size_t>(parameters.integer(name)); };
  return std::unique_ptr<scene::Stage>(std::make_unique<PairsStage>(
      Settings{count("quota"), count("among"), count("enough"), parameters.number(scene::kStretch.name)}));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "pairs",
      .kind = scene::StageKind::kRecall,
      .purpose = "adds pairs of goods that complete the basket together, where none does alone",
      .parameters = kParameters,
      .reads = {scene::Slot::kNeed},
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::pairs
