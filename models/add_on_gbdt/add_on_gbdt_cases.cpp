#include "models/add_on_gbdt/add_on_gbdt_cases.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace inkling::models::add_on_gbdt {
namespace {

using basket::Candidate;

struct KnownLine {
  std::uint32_t row = 0;
  std::int64_t price_cents = basket::kNoPrice;
};

// Each item once, in the order of rows, with the first price that was said.
std::vector<KnownLine> known_lines(const basket::CoBasket& statistics, const basket::Purchase& purchase) {
  std::vector<KnownLine> lines;
  for (const basket::PurchaseLine& line : purchase.lines) {
    if (const auto row = statistics.find(line.item)) lines.push_back({*row, line.price_cents});
  }
  std::ranges::stable_sort(lines, {}, &KnownLine::row);
  const auto repeats = std::ranges::unique(lines, {}, &KnownLine::row);
  lines.erase(repeats.begin(), repeats.end());
  return lines;
}

}  // namespace

CaseMaker::CaseMaker(const basket::CoBasket& statistics, const CaseOptions& options)
    : statistics_(statistics), options_(options), taken_(statistics.item_count()) {
  for (std::uint32_t row = 0; row < statistics.item_count(); ++row) {
    if (statistics.price_cents(row) > 0) by_price_.push_back({row, statistics.price_cents(row)});
  }
  std::ranges::stable_sort(by_price_, {}, &Candidate::price_cents);
}

std::optional<AddOnCase> CaseMaker::make(const basket::Purchase& purchase, base::Random& random) {
  const std::vector<KnownLine> lines = known_lines(statistics_, purchase);
  if (lines.size() < options_.min_items || lines.size() > options_.max_items) return std::nullopt;
  const std::size_t out = random.below(lines.size());
  if (lines[out].price_cents <= 0) return std::nullopt;
  AddOnCase made;
  made.shopper = purchase.shopper;
  made.now_ms = purchase.ts_ms;
  made.gap_cents = lines[out].price_cents;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i != out) made.triggers.push_back(lines[i].row);
  }
  add_candidates(lines[out].row, made);
  return made;
}

void CaseMaker::add_candidates(std::uint32_t target, AddOnCase& made) {
  for (const std::uint32_t row : made.triggers) taken_[row] = true;
  taken_[target] = true;
  made.target = 0;
  made.candidates.push_back({target, statistics_.price_cents(target)});
  const double most = static_cast<double>(made.gap_cents) * (1 + options_.stretch);
  auto at = std::ranges::lower_bound(by_price_, made.gap_cents, {}, &Candidate::price_cents);
  for (; at != by_price_.end() && static_cast<double>(at->price_cents) <= most; ++at) {
    if (!taken_[at->row]) made.candidates.push_back(*at);
  }
  for (const std::uint32_t row : made.triggers) taken_[row] = false;
  taken_[target] = false;
}

void Histories::add(const basket::Purchase& purchase) {
  if (purchase.shopper == 0) return;
  histories_[purchase.shopper].add(purchase);
}

const basket::PersonalHistory* Histories::find(std::uint64_t shopper) const {
  const auto found = histories_.find(shopper);
  return found == histories_.end() ? nullptr : &found->second;
}

namespace {

// The candidates that teach: the one taken out, the hard ones, some others.
std::vector<Candidate> teaching_candidates(const basket::TriggerScores& scores, const AddOnCase& made,
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

}  // namespace

void append_rows(const basket::CoBasket& statistics, const Histories& histories, const AddOnCase& made,
                 const NegativeOptions& options, base::Random& random, RankingRows& rows) {
  if (made.candidates.size() < 2) return;
  basket::CandidateReader reader;
  reader.start({&statistics, histories.find(made.shopper), made.triggers, made.gap_cents, made.now_ms});
  const std::vector<Candidate> chosen = teaching_candidates(reader.scores(), made, options, random);
  for (const Candidate& candidate : chosen) {
    const auto values = reader.read(candidate.row, candidate.price_cents).row();
    rows.values.insert(rows.values.end(), values.begin(), values.end());
    rows.labels.push_back(candidate.row == made.candidates[made.target].row ? 1 : 0);
  }
  rows.groups.push_back(static_cast<std::uint32_t>(chosen.size()));
}

void Found::add(std::span<const float> scores, std::size_t target) {
  const auto rank = std::ranges::count_if(scores, [&](float score) { return score >= scores[target]; });
  ++cases;
  if (rank > 10) return;
  ++hits;
  reciprocal_ranks += 1.0 / static_cast<double>(rank);
}

Found search(const basket::CandidateScorer& scorer, const Histories& histories,
             std::span<const basket::Purchase> purchases, const CaseOptions& options, std::uint64_t seed) {
  Found found;
  CaseMaker maker(scorer.statistics(), options);
  base::Random random(seed);
  const auto workspace = scorer.new_workspace();
  std::vector<float> scores;
  for (const basket::Purchase& purchase : purchases) {
    const auto made = maker.make(purchase, random);
    if (!made) continue;
    scores.resize(made->candidates.size());
    scorer.start({nullptr, histories.find(made->shopper), made->triggers, made->gap_cents, made->now_ms}, *workspace);
    scorer.score(made->candidates, *workspace, scores);
    found.add(scores, made->target);
  }
  return found;
}

}  // namespace inkling::models::add_on_gbdt
