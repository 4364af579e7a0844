#include "mining/opinions.h"

#include <cmath>
#include <limits>
#include <utility>

#include "tag/extractor.h"

namespace inkling::mining {
namespace {

struct Counts {
  std::uint32_t good = 0, bad = 0;
  std::uint32_t last_text = std::numeric_limits<std::uint32_t>::max();  // that was counted
  [[nodiscard]] double all() const { return static_cast<double>(good) + bad; }
};

// Half a text more of either kind, so that none is no infinity.
double log_odds(double good, double bad) {
  return std::log((good + 0.5) / (bad + 0.5));
}

std::int8_t polarity_of(const Counts& counts, const Counts& total, const OpinionOptions& options) {
  const double n = counts.all(), share = total.good / total.all();
  if (n < options.min_texts) return 0;
  const double deviation = (counts.good - n * share) / std::sqrt(n * share * (1 - share));
  const double ratio = log_odds(counts.good, counts.bad) - log_odds(total.good, total.bad);
  if (deviation >= options.min_deviation && ratio >= options.min_log_odds_ratio) return 1;
  if (deviation <= -options.min_deviation && ratio <= -options.min_log_odds_ratio) return -1;
  return 0;
}

}  // namespace

std::vector<Opinion> opinions_of(const tag::TagGraph& graph, std::span<const JudgedText> texts,
                                 const OpinionOptions& options) {
  tag::Extractor extractor;
  Counts total;
  std::vector<Counts> counts(graph.nodes());
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    ++(texts[i].good ? total.good : total.bad);
    for (const tag::TagMatch& match : extractor.extract(graph, texts[i].text, tag::kNoRow)) {
      Counts& own = counts[match.row];
      if (std::exchange(own.last_text, i) != i) ++(texts[i].good ? own.good : own.bad);
    }
  }
  std::vector<Opinion> opinions;
  if (total.good == 0 || total.bad == 0) return opinions;
  for (std::uint32_t row = 0; row < counts.size(); ++row) {
    const std::int8_t polarity = polarity_of(counts[row], total, options);
    if (polarity == 0 || graph.facts(row).kind != tag::NodeKind::kTag) continue;
    opinions.push_back({row, polarity, counts[row].good, counts[row].bad});
  }
  return opinions;
}

}  // namespace inkling::mining
