#include "mining/categories/need_tags.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "mining/categories/sorted_run.h"
#include "tag/extractor.h"

namespace inkling::categories {
namespace {

// Nodes of the graph by category; kNoRow: not there.
std::vector<std::uint32_t> category_rows(const Behaviour& behaviour, const tag::TagGraph& graph) {
  std::vector<std::uint32_t> rows;
  for (const std::string& name : behaviour.categories) {
    rows.push_back(graph.node(tag::NodeKind::kCategory, name, tag::kNoRow).value_or(tag::kNoRow));
  }
  return rows;
}

// What was clicked after searches: how often a query was answered, with a post of each tag, and how often with such a
// post in all.
class Choices {
 public:
  Choices(const Behaviour& behaviour, const tag::TagGraph& graph)
      : of_query_(behaviour.queries.size(), 0), of_tag_(graph.nodes(), 0), squares_(behaviour.queries.size(), 0) {
    std::vector<Pair> posts;
    const auto tags = tags_of_posts(behaviour, graph);
    for_each_answer(behaviour, [&](std::uint32_t query, const Step& step) {
      ++of_query_[query];
      ++all_;
      posts.emplace_back(query, step.what);
      for (const std::uint32_t tag : tags[step.what]) {
        ++of_tag_[tag];
        pairs_.emplace_back(query, tag);
      }
    });
    std::ranges::sort(pairs_);
    std::ranges::sort(posts);
    for_each_run(posts, [&](const Pair& pair, std::uint32_t clicks) {
      squares_[pair.first] += static_cast<double>(clicks) * clicks;
    });
  }

  // Calls each(tag, clicks) with every tag that was chosen after the query.
  template <typename Each>
  void for_each_tag(std::uint32_t query, Each each) const {
    for_each_run(run_of(std::span<const Pair>(pairs_), query, &Pair::first),
                 [&](const Pair& pair, std::uint32_t clicks) { each(pair.second, clicks); });
  }
  [[nodiscard]] std::uint32_t clicks(std::uint32_t query, std::uint32_t tag) const {
    return static_cast<std::uint32_t>(
        run_of(run_of(std::span<const Pair>(pairs_), query, &Pair::first), tag, &Pair::second).size());
  }
  // Clicks after the query of posts with the tag, if neither knew of the other.
  [[nodiscard]] double by_chance(std::uint32_t query, std::uint32_t tag) const {
    return of_query_[query] * share(tag);
  }
  // How far the share of clicks after the query that go to posts with the tag is above the share overall: in
  // standard deviations of as many posts as the clicks are worth, after one post was taken away.
  [[nodiscard]] double deviation(std::uint32_t query, std::uint32_t tag, std::uint32_t clicks) const {
    const double posts = of_query_[query] * of_query_[query] / squares_[query];
    const double more = posts * (clicks / of_query_[query] - share(tag)) - 1;
    return more / std::sqrt(posts * share(tag) * (1 - share(tag)));
  }

 private:
  using Pair = std::pair<std::uint32_t, std::uint32_t>;
  // Calls each(pair, how often it is there) with every pair of a sorted range.
  template <typename Pairs, typename Each>
  static void for_each_run(const Pairs& pairs, Each each) {
    for (auto begin = pairs.begin(), end = begin; begin != pairs.end(); begin = end) {
      end = std::find_if(begin, pairs.end(), [&](const Pair& pair) { return pair != *begin; });
      each(*begin, static_cast<std::uint32_t>(end - begin));
    }
  }
  // Of all clicks after searches, those on posts with the tag.
  [[nodiscard]] double share(std::uint32_t tag) const { return all_ == 0 ? 0 : of_tag_[tag] / all_; }

  std::vector<double> of_query_, of_tag_;  // clicks
  std::vector<double> squares_;            // by query: of the clicks of each post, summed
  std::vector<Pair> pairs_;                // query and tag, a click each
  double all_ = 0;
};

class Finder {
 public:
  Finder(const Behaviour& behaviour, std::span<const Need> needs, const tag::TagGraph& graph,
         const NeedTagOptions& options)
      : behaviour_(behaviour),
        needs_(needs),
        graph_(graph),
        options_(options),
        categories_(category_rows(behaviour, graph)),
        choices_(behaviour, graph) {}

  std::vector<NeedTag> find() {
    std::vector<NeedTag> all;
    for (std::uint32_t need = 0; need < needs_.size(); ++need) {
      std::vector<NeedTag> found = of(need);
      std::ranges::sort(found, {}, [](const NeedTag& each) { return std::tuple(-each.weight, each.tag); });
      if (found.size() > options_.most) found.resize(options_.most);
      all.insert(all.end(), found.begin(), found.end());
    }
    return all;
  }

 private:
  // Tags whose posts are clearly chosen more often after the query than after others.
  [[nodiscard]] std::map<std::uint32_t, NeedTag> chosen(std::uint32_t number) const {
    const std::uint32_t query = needs_[number].query;
    std::map<std::uint32_t, NeedTag> tags;
    choices_.for_each_tag(query, [&](std::uint32_t tag, std::uint32_t clicks) {
      const double pmi = doubted_pmi(clicks, choices_.by_chance(query, tag));
      if (clicks < options_.least_clicks || pmi < options_.least_pmi) return;
      if (choices_.deviation(query, tag, clicks) < options_.least_deviation) return;
      tags[tag] = {number, tag, 0, clicks, static_cast<float>(pmi), 0};
    });
    return tags;
  }

  // The share of a need's bytes that name each tag, as the category that it leads to most understands them.
  std::map<std::uint32_t, float> words_of(const Need& need) {
    const auto most = std::ranges::max_element(need.categories, {}, &Contribution::pmi);
    const std::uint32_t industry = most == need.categories.end() ? tag::kNoRow : categories_[most->category];
    const std::string& words = behaviour_.queries[need.query];
    std::map<std::uint32_t, float> shares;
    for (const tag::TagMatch& match : extractor_.extract(graph_, words, industry)) {
      shares[match.row] += static_cast<float>(match.end - match.begin) / static_cast<float>(words.size());
    }
    return shares;
  }

  // Whether shoppers who asked so had their say, and chose posts with the tag no more often than others do.
  [[nodiscard]] bool is_passed_over(std::uint32_t query, std::uint32_t tag) const {
    const double by_chance = choices_.by_chance(query, tag);
    if (by_chance < options_.least_clicks) return false;
    const std::uint32_t clicks = choices_.clicks(query, tag);
    return clicks == 0 || doubted_pmi(clicks, by_chance) < options_.least_pmi;
  }

  std::vector<NeedTag> of(std::uint32_t number) {
    const Need& need = needs_[number];
    std::map<std::uint32_t, NeedTag> tags = chosen(number);
    for (const auto& [tag, share] : words_of(need)) {
      if (!tags.contains(tag) && is_passed_over(need.query, tag)) continue;
      NeedTag& own = tags.try_emplace(tag, NeedTag{number, tag, 0, 0, 0, 0}).first->second;
      own.words = std::min(share, 1.0F);
    }
    std::vector<NeedTag> found;
    for (auto& [tag, each] : tags) {
      each.weight = 1 - (1 - each.words) * (1 - std::tanh(each.pmi / 2));
      found.push_back(each);
    }
    return found;
  }

  const Behaviour& behaviour_;
  const std::span<const Need> needs_;
  const tag::TagGraph& graph_;
  const NeedTagOptions options_;
  const std::vector<std::uint32_t> categories_;
  const Choices choices_;
  tag::Extractor extractor_;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> tags_of_posts(const Behaviour& behaviour, const tag::TagGraph& graph) {
  const std::vector<std::uint32_t> categories = category_rows(behaviour, graph);
  tag::Extractor extractor;
  std::vector<std::vector<std::uint32_t>> all;
  for (const Post& post : behaviour.posts) {
    std::vector<std::uint32_t>& rows = all.emplace_back();
    const auto take = [&](const std::string& text) {
      for (const tag::TagMatch& match : extractor.extract(graph, text, categories[post.category])) {
        rows.push_back(match.row);
      }
    };
    take(post.title);
    for (const std::string& tag : post.tags) take(tag);
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  }
  return all;
}

std::vector<NeedTag> tags_of_needs(const Behaviour& behaviour, std::span<const Need> needs,
                                   const tag::TagGraph& graph, const NeedTagOptions& options) {
  return Finder(behaviour, needs, graph, options).find();
}

}  // namespace inkling::categories
