#include "scene/candidates.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/core/hash.h"

namespace inkling::scene {
namespace {

constexpr std::size_t kPlaces = 4096;  // a power of two, twice kMaxCandidates
static_assert(kPlaces >= 2 * kMaxCandidates);

void mark(Candidate& candidate, std::string_view recall, float score, Reason reason) {
  for (std::size_t i = 0; i < candidate.recalls.size(); ++i) {
    if (candidate.recalls[i].recall != recall) continue;
    candidate.recalls[i].score += score;
    return;
  }
  // A ninth recall or a fifth reason would only explain what eight and four explain already.
  static_cast<void>(candidate.recalls.push({recall, score}));
  static_cast<void>(candidate.reasons.push(reason));
}

}  // namespace

CandidateAdder::CandidateAdder(Slots& slots, std::string_view recall) : slots_(slots), recall_(recall) {
  slots_.scratch.assign(kPlaces, 0);
  for (std::size_t i = 0; i < slots_.candidates.size(); ++i) {
    place_of(slots_.candidates[i].item) = static_cast<std::uint32_t>(i) + 1;
  }
}

// Holds the candidate's index plus one, or 0 where it belongs.
std::uint32_t& CandidateAdder::place_of(std::string_view item) {
  std::size_t at = base::name_hash(item) % kPlaces;
  while (true) {
    std::uint32_t& place = slots_.scratch[at];
    if (place == 0 || slots_.candidates[place - 1].item == item) return place;
    at = (at + 1) % kPlaces;
  }
}

void CandidateAdder::add(std::string_view item, float score, Reason reason, std::string_view with) {
  std::uint32_t& place = place_of(item);
  if (place == 0) {
    if (slots_.candidates.size() >= kMaxCandidates) return;
    slots_.candidates.emplace_back().item = item;
    place = static_cast<std::uint32_t>(slots_.candidates.size());
  }
  Candidate& candidate = slots_.candidates[place - 1];
  mark(candidate, recall_, score, reason);
  if (candidate.with.empty()) candidate.with = with;
}

void CandidateAdder::explain(std::string_view item, Reason reason) {
  const std::uint32_t place = place_of(item);
  if (place != 0) static_cast<void>(slots_.candidates[place - 1].reasons.push(reason));
}

float recall_score(const Candidate& candidate, std::string_view recall) {
  for (const RecallMark& mark : candidate.recalls) {
    if (mark.recall == recall) return mark.score;
  }
  return 0;
}

void sort_by_score(Slots& slots) {
  std::vector<std::uint32_t>& order = slots.scratch;
  order.resize(slots.candidates.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    const float left = slots.candidates[a].score, right = slots.candidates[b].score;
    return left != right ? left > right : a < b;
  });
  reorder(slots.candidates, order);
}

void reorder(std::vector<Candidate>& candidates, std::vector<std::uint32_t>& order) {
  for (std::uint32_t start = 0; start < order.size(); ++start) {
    if (order[start] == start) continue;
    Candidate first = std::move(candidates[start]);
    std::uint32_t at = start;
    while (order[at] != start) {
      const std::uint32_t from = order[at];
      candidates[at] = std::move(candidates[from]);
      order[at] = at;
      at = from;
    }
    candidates[at] = std::move(first);
    order[at] = at;
  }
}

}  // namespace inkling::scene
