#include "mining/categories/merge_signals.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "mining/categories/weighted_graph.h"
#include "mining/vectors/skip_gram.h"
#include "text/words.h"

namespace inkling::categories {
namespace {

constexpr std::uint32_t kLeastMeetings = 2;
constexpr std::uint32_t kLeastSets = 3;  // conversions that a pair must share
constexpr std::size_t kMostClicked = 3;

std::uint32_t category_of(const Behaviour& behaviour, const Step& step) {
  return behaviour.posts[step.what].category;
}

// The categories clicked most in the day before the step, at most three, in the order of their numbers.
std::vector<std::uint32_t> clicked_before(const Behaviour& behaviour, std::span<const Step> steps, std::size_t at) {
  std::map<std::uint32_t, std::uint32_t> clicks;
  for (std::size_t i = at; i-- > 0 && steps[at].ts_ms - steps[i].ts_ms < kDayMs;) {
    if (steps[i].kind == StepKind::kClick) ++clicks[category_of(behaviour, steps[i])];
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> most(clicks.begin(), clicks.end());
  std::ranges::stable_sort(most, std::ranges::greater(), &std::pair<std::uint32_t, std::uint32_t>::second);
  std::vector<std::uint32_t> categories;
  for (std::size_t i = 0; i < std::min(most.size(), kMostClicked); ++i) categories.push_back(most[i].first);
  std::ranges::sort(categories);
  return categories;
}

// Steps from one category to another within sessions, beyond what their frequency alone would give.
WeightedGraph category_steps(const Behaviour& behaviour) {
  const std::size_t count = behaviour.categories.size();
  PairMatrix seen(count);
  std::vector<double> ends(count, 0);
  double total = 0;
  for_each_session(behaviour, [&](std::span<const Step> session) {
    std::optional<std::uint32_t> last;
    for (const Step& step : session) {
      if (step.kind == StepKind::kSearch) continue;
      const std::uint32_t category = category_of(behaviour, step);
      if (last && *last != category) {
        seen.at(*last, category) += 1;
        ++ends[*last];
        ++ends[category];
        ++total;
      }
      last = category;
    }
  });
  std::vector<WeightedEdge> edges;
  std::as_const(seen).for_each([&](std::uint32_t a, std::uint32_t b, float times) {
    const double more = times - ends[a] * ends[b] / (2 * std::max(total, 1.0));
    if (times >= kLeastMeetings && more > 0) edges.push_back({a, b, static_cast<float>(more)});
  });
  return {count, std::move(edges)};
}

}  // namespace

Contributions query_contributions(const Behaviour& behaviour) {
  std::vector<Meeting> meetings;
  for_each_answer(behaviour, [&](std::uint32_t query, const Step& step) {
    meetings.push_back({query, category_of(behaviour, step)});
  });
  return {std::move(meetings), behaviour.categories.size(), kLeastMeetings};
}

TitleWords title_words(const Behaviour& behaviour) {
  TitleWords titles;
  std::unordered_map<std::string, std::uint32_t> numbers;
  for (const Post& post : behaviour.posts) {
    std::set<std::uint32_t> of_post;
    for (std::string& word : text::words_of(post.title)) {
      if (text::is_single_letter_of_run(word)) continue;
      const auto [place, is_new] = numbers.try_emplace(word, static_cast<std::uint32_t>(titles.words.size()));
      if (is_new) titles.words.push_back(std::move(word));
      of_post.insert(place->second);
    }
    titles.of_post.emplace_back(of_post.begin(), of_post.end());
  }
  return titles;
}

Contributions title_contributions(const Behaviour& behaviour, const TitleWords& words) {
  std::vector<Meeting> meetings;
  for (std::size_t i = 0; i < behaviour.posts.size(); ++i) {
    for (const std::uint32_t word : words.of_post[i]) meetings.push_back({word, behaviour.posts[i].category});
  }
  return {std::move(meetings), behaviour.categories.size(), kLeastMeetings};
}

PairMatrix conversion_likeness(const Behaviour& behaviour) {
  PairMatrix together(behaviour.categories.size());
  std::vector<double> sets_with(behaviour.categories.size(), 0);
  double sets = 0;
  for_each_shopper(behaviour, [&](std::span<const Step> steps) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (steps[i].kind != StepKind::kConvert) continue;
      const std::vector<std::uint32_t> categories = clicked_before(behaviour, steps, i);
      ++sets;
      for (std::size_t a = 0; a < categories.size(); ++a) {
        ++sets_with[categories[a]];
        for (std::size_t b = a + 1; b < categories.size(); ++b) together.at(categories[a], categories[b]) += 1;
      }
    }
  });
  together.for_each([&](std::uint32_t a, std::uint32_t b, float& value) {
    const double share = value / sets;
    const bool enough = value >= static_cast<float>(kLeastSets);
    const double pmi = enough ? std::log(share * sets * sets / (sets_with[a] * sets_with[b])) : 0;
    value = pmi > 0 ? static_cast<float>(std::min(1.0, pmi / -std::log(share))) : 0;
  });
  return together;
}

base::Result<PairMatrix> walk_likeness(const Behaviour& behaviour, std::uint64_t seed) {
  PairMatrix likeness(behaviour.categories.size());
  const WeightedGraph graph = category_steps(behaviour);
  const std::vector<std::string> walks = walks_over(graph, {.walks = 40, .length = 20, .seed = seed});
  if (walks.empty()) return likeness;
  vectors::SkipGramOptions options;
  options.dim = 32;
  options.window = 3;
  options.sampling = 1;
  options.seed = static_cast<int>(seed % 0x7FFFFFFF);
  INKLING_ASSIGN(const vectors::WordVectors vectors, vectors::learn_skip_gram(walks, {}, options));
  likeness.for_each([&](std::uint32_t a, std::uint32_t b, float& value) {
    const auto one = vectors.find(node_word(a)), other = vectors.find(node_word(b));
    if (!one.empty() && !other.empty()) value = std::max(0.0F, vectors::dot(one, other));
  });
  return likeness;
}

}  // namespace inkling::categories
