#include "basket/removal_cases.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace inkling::basket {
namespace {

struct KnownLine {
  std::uint32_t row = 0;
  std::int64_t price_cents = kNoPrice;
};

// Each item once, in the order of rows, with the first price that was said.
std::vector<KnownLine> known_lines(const CoBasket& statistics, const Purchase& purchase) {
  std::vector<KnownLine> lines;
  for (const PurchaseLine& line : purchase.lines) {
    if (const auto row = statistics.find(line.item)) lines.push_back({*row, line.price_cents});
  }
  std::ranges::stable_sort(lines, {}, &KnownLine::row);
  const auto same_row = [](const KnownLine& a, const KnownLine& b) { return a.row == b.row; };
  lines.erase(std::unique(lines.begin(), lines.end(), same_row), lines.end());
  return lines;
}

Candidate candidate_of(const CoBasket& statistics, std::uint32_t row) {
  Candidate candidate{row, statistics.price_cents(row)};
  candidate.item = statistics.item(row);
  return candidate;
}

}  // namespace

CaseMaker::CaseMaker(const CoBasket& statistics, const CaseOptions& options)
    : statistics_(statistics), options_(options), taken_(statistics.item_count()) {
  for (std::uint32_t row = 0; row < statistics.item_count(); ++row) {
    if (statistics.price_cents(row) > 0) by_price_.push_back(candidate_of(statistics, row));
  }
  std::ranges::stable_sort(by_price_, {}, &Candidate::price_cents);
}

std::optional<AddOnCase> CaseMaker::make(const Purchase& purchase, base::Random& random) {
  const std::vector<KnownLine> lines = known_lines(statistics_, purchase);
  if (lines.size() < options_.min_items || lines.size() > options_.max_items) return std::nullopt;
  const std::size_t out = random.below(lines.size());
  if (lines[out].price_cents <= 0) return std::nullopt;
  AddOnCase made;
  made.shopper = purchase.shopper;
  made.now_ms = purchase.ts_ms;
  made.gap_cents = lines[out].price_cents;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == out) continue;
    made.triggers.push_back(lines[i].row);
    made.ticked.push_back({statistics_.item(lines[i].row), 0, 0, 0, lines[i].price_cents});
  }
  add_candidates(lines[out].row, made);
  return made;
}

void CaseMaker::add_candidates(std::uint32_t target, AddOnCase& made) {
  for (const std::uint32_t row : made.triggers) taken_[row] = true;
  taken_[target] = true;
  made.target = 0;
  made.candidates.push_back(candidate_of(statistics_, target));
  const double most = static_cast<double>(made.gap_cents) * (1 + options_.stretch);
  auto at = std::ranges::lower_bound(by_price_, made.gap_cents, {}, &Candidate::price_cents);
  for (; at != by_price_.end() && static_cast<double>(at->price_cents) <= most; ++at) {
    if (!taken_[at->row]) made.candidates.push_back(*at);
  }
  for (const std::uint32_t row : made.triggers) taken_[row] = false;
  taken_[target] = false;
}

void Histories::add(const Purchase& purchase) {
  if (purchase.shopper == 0) return;
  histories_[purchase.shopper].add(purchase);
  std::vector<Behaviour>& behaviours = behaviours_[purchase.shopper];
  for (const PurchaseLine& line : purchase.lines) {
    behaviours.push_back({{line.item, 0, 0, 0, line.price_cents}, BehaviourKind::kPurchase, purchase.ts_ms});
  }
  if (behaviours.size() < 2 * kMaxBehaviours) return;  // so that old ones are moved out seldom
  behaviours.erase(behaviours.begin(), behaviours.end() - static_cast<std::ptrdiff_t>(kMaxBehaviours));
}

const PersonalHistory* Histories::find(std::uint64_t shopper) const {
  const auto found = histories_.find(shopper);
  return found == histories_.end() ? nullptr : &found->second;
}

std::span<const Behaviour> Histories::behaviours(std::uint64_t shopper) const {
  const auto found = behaviours_.find(shopper);
  if (found == behaviours_.end()) return {};
  const std::span<const Behaviour> all = found->second;
  return all.last(std::min(all.size(), kMaxBehaviours));
}

AddOnRequest request_of(const CoBasket& statistics, const Histories& histories, const AddOnCase& made) {
  AddOnRequest request;
  request.statistics = &statistics;
  request.history = histories.find(made.shopper);
  request.triggers = made.triggers;
  request.gap_cents = made.gap_cents;
  request.now_ms = made.now_ms;
  request.ticked = made.ticked;
  request.behaviours = histories.behaviours(made.shopper);
  return request;
}

std::vector<Candidate> teaching_candidates(const TriggerScores& scores, const AddOnCase& made,
                                           const NegativeOptions& options, base::Random& random) {
  std::vector<Candidate> others(made.candidates);
  std::swap(others[made.target], others.front());
  const auto first = others.begin() + 1;
  const auto hard = first + static_cast<std::ptrdiff_t>(std::min(options.hard, others.size() - 1));
  std::partial_sort(first, hard, others.end(), [&](const Candidate& a, const Candidate& b) {
    const float score_a = scores.of(a.row).autoencoder.sum, score_b = scores.of(b.row).autoencoder.sum;
    return score_a != score_b ? score_a > score_b : a.row < b.row;
  });
  const auto hard_end = static_cast<std::size_t>(hard - others.begin());
  const std::size_t drawn = std::min(options.random, others.size() - hard_end);
  for (std::size_t i = hard_end; i < hard_end + drawn; ++i) {
    std::swap(others[i], others[i + random.below(others.size() - i)]);
  }
  others.resize(hard_end + drawn);
  return others;
}

void Found::add(std::span<const float> scores, std::size_t target) {
  const auto rank = std::ranges::count_if(scores, [&](float score) { return score >= scores[target]; });
  ++cases;
  if (rank > 10) return;
  ++hits;
  reciprocal_ranks += 1.0 / static_cast<double>(rank);
}

Found search(const CandidateScorer& scorer, const Histories& histories, std::span<const Purchase> purchases,
             const CaseOptions& options, std::uint64_t seed) {
  Found found;
  CaseMaker maker(scorer.statistics(), options);
  base::Random random(seed);
  const auto workspace = scorer.new_workspace();
  std::vector<float> scores;
  for (const Purchase& purchase : purchases) {
    const auto made = maker.make(purchase, random);
    if (!made) continue;
    scores.resize(made->candidates.size());
    scorer.start(request_of(scorer.statistics(), histories, *made), *workspace);
    scorer.score(made->candidates, *workspace, scores);
    found.add(scores, made->target);
  }
  return found;
}

}  // namespace inkling::basket
