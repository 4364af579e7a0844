#include "models/add_on_gbdt/add_on_gbdt_cases.h"

namespace inkling::models::add_on_gbdt {

using basket::Candidate;

void append_rows(const basket::CoBasket& statistics, const basket::Histories& histories,
                 const basket::AddOnCase& made, const basket::NegativeOptions& options, base::Random& random,
                 RankingRows& rows) {
  if (made.candidates.size() < 2) return;
  basket::CandidateReader reader;
  reader.start({&statistics, histories.find(made.shopper), made.triggers, made.gap_cents, made.now_ms});
  const std::vector<Candidate> chosen = basket::teaching_candidates(reader.scores(), made, options, random);
  for (const Candidate& candidate : chosen) {
    const auto values = reader.read(candidate.row, candidate.price_cents).row();
    rows.values.insert(rows.values.end(), values.begin(), values.end());
    rows.labels.push_back(candidate.row == made.candidates[made.target].row ? 1 : 0);
  }
  rows.groups.push_back(static_cast<std::uint32_t>(chosen.size()));
}

}  // namespace inkling::models::add_on_gbdt
