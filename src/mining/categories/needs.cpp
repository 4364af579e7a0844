#include "mining/categories/needs.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "text/words.h"

namespace inkling::categories {
namespace {

constexpr std::uint32_t kAnsweredOf = 10;  // searches, of which at least one must be

// Different shoppers who ask each query.
std::vector<std::uint32_t> shoppers_of(const Behaviour& behaviour) {
  std::vector<std::uint32_t> shoppers(behaviour.queries.size(), 0);
  for_each_shopper(behaviour, [&](std::span<const Step> steps) {
    std::set<std::uint32_t> asked;
    for (const Step& step : steps) {
      if (step.kind == StepKind::kSearch) asked.insert(step.what);
    }
    for (const std::uint32_t query : asked) ++shoppers[query];
  });
  return shoppers;
}

// Whether each query leads anywhere.
std::vector<bool> answered_queries(const Behaviour& behaviour, const Contributions& contributions) {
  std::vector<std::uint32_t> searches(behaviour.queries.size(), 0), answered(behaviour.queries.size(), 0);
  for_each_session(behaviour, [&](std::span<const Step> session) {
    for (std::size_t i = 0; i < session.size(); ++i) {
      if (session[i].kind != StepKind::kSearch) continue;
      ++searches[session[i].what];
      if (i + 1 < session.size() && session[i + 1].kind != StepKind::kSearch) ++answered[session[i].what];
    }
  });
  std::vector<bool> leads(behaviour.queries.size());
  for (std::uint32_t query = 0; query < leads.size(); ++query) {
    leads[query] = kAnsweredOf * answered[query] >= searches[query] && !contributions.of(query).empty();
  }
  return leads;
}

std::set<std::string> words_of(const std::string& query) {
  std::set<std::string> words;
  for (std::string& word : text::words_of(query)) {
    if (!text::is_single_letter_of_run(word)) words.insert(std::move(word));
  }
  return words;
}

// Needs that share a word, each with its words, as groups of the same number.
std::vector<std::size_t> joined_by_words(const std::vector<std::set<std::string>>& words) {
  std::vector<std::size_t> group(words.size());
  std::iota(group.begin(), group.end(), std::size_t{0});
  const std::function<std::size_t(std::size_t)> root = [&](std::size_t i) {
    return group[i] == i ? i : group[i] = root(group[i]);
  };
  std::map<std::string, std::size_t> first;
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const std::string& word : words[i]) {
      const std::size_t a = root(first.try_emplace(word, i).first->second), b = root(i);
      group[std::max(a, b)] = std::min(a, b);
    }
  }
  for (std::size_t i = 0; i < group.size(); ++i) group[i] = root(i);
  return group;
}

std::vector<std::string> shared_words(const std::vector<std::set<std::string>>& words,
                                      std::span<const std::size_t> group, std::size_t number) {
  std::map<std::string, int> times;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (group[i] != number) continue;
    for (const std::string& word : words[i]) --times[word];
  }
  std::vector<std::pair<int, std::string>> order;
  for (const auto& [word, count] : times) {
    if (count <= -2) order.emplace_back(count, word);
  }
  std::ranges::sort(order);
  std::vector<std::string> shared;
  for (auto& [count, word] : order) shared.push_back(std::move(word));
  return shared;
}

}  // namespace

std::vector<Need> frequent_needs(const Behaviour& behaviour, const Contributions& contributions,
                                 std::uint32_t least_shoppers) {
  const std::vector<std::uint32_t> shoppers = shoppers_of(behaviour);
  std::vector<Need> needs;
  for (std::uint32_t query = 0; query < shoppers.size(); ++query) {
    const auto categories = contributions.of(query);
    if (shoppers[query] < least_shoppers || categories.empty()) continue;
    needs.push_back({query, shoppers[query], {categories.begin(), categories.end()}});
  }
  return needs;
}

std::vector<MissingCategory> missing_categories(const Behaviour& behaviour, const Contributions& contributions,
                                                std::uint32_t least_shoppers) {
  const std::vector<std::uint32_t> shoppers = shoppers_of(behaviour);
  const std::vector<bool> leads = answered_queries(behaviour, contributions);
  std::vector<Need> lost;
  std::set<std::string> common;  // words of needs that are answered
  for (std::uint32_t query = 0; query < shoppers.size(); ++query) {
    if (shoppers[query] < std::max(least_shoppers, 1U)) continue;
    if (!leads[query]) lost.push_back({query, shoppers[query], {}});
    if (leads[query]) common.merge(words_of(behaviour.queries[query]));
  }
  std::ranges::stable_sort(lost, std::greater(), &Need::searches);
  std::vector<std::set<std::string>> words;
  for (const Need& need : lost) {
    words.push_back(words_of(behaviour.queries[need.query]));
    std::erase_if(words.back(), [&](const std::string& word) { return common.contains(word); });
  }
  const std::vector<std::size_t> group = joined_by_words(words);
  std::vector<MissingCategory> missing;
  for (std::size_t number = 0; number < group.size(); ++number) {
    if (group[number] != number) continue;
    MissingCategory& own = missing.emplace_back(MissingCategory{{}, shared_words(words, group, number)});
    for (std::size_t i = number; i < group.size(); ++i) {
      if (group[i] == number) own.needs.push_back(lost[i]);
    }
  }
  return missing;
}

}  // namespace inkling::categories
