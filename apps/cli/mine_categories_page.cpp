#include "apps/cli/mine_categories_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <vector>

#include "mining/categories/sorted_run.h"
#include "report/markup.h"
#include "report/page.h"

namespace inkling::cli {
namespace {

using report::fixed;

constexpr std::size_t kMostRows = 200, kMostInCell = 12;

void add(std::string& list, std::string_view text) {
  list += (list.empty() ? "" : ", ") + std::string(text);
}

class CategoriesPage {
 public:
  CategoriesPage(const categories::BehaviourLog& log, const categories::Knowledge& knowledge,
                 const categories::CategoryFindings& findings, const tag::TagGraph& graph)
      : log_(log),
        behaviour_(log.behaviour),
        knowledge_(knowledge),
        findings_(findings),
        graph_(graph),
        page_("Categories mined from behaviour") {}

  std::string html() {
    opening();
    merges();
    splits();
    missing();
    needs();
    scenes();
    titles();
    return page_.html();
  }

 private:
  void opening() {
    page_.paragraph(fmt::format(
        "{} lines told of {} posts in {} categories, {} steps of shoppers and {} queries. The categories are "
        "{} groups; {} queries are needs.",
        log_.lines, behaviour_.posts.size(), behaviour_.categories.size(), behaviour_.steps.size(),
        behaviour_.queries.size(), findings_.merged.groups, findings_.needs.size()));
    if (log_.unknown_items > 0) {
      page_.note(fmt::format("{} steps on items that no line tells of were left out.", log_.unknown_items));
    }
  }

  // Puts a table of at most kMostRows rows, or says that there is nothing.
  void put(report::Table table) {
    const std::size_t all = table.rows.size();
    if (all == 0) return page_.paragraph("None.");
    table.rows.resize(std::min(all, kMostRows));
    page_.table(table);
    if (all > kMostRows) page_.note(fmt::format("The first {} of {}.", kMostRows, all));
  }

  void merges() {
    page_.section("Categories that are one");
    page_.paragraph(
        "The score is the mean of four signals, each from 0 to 1; in brackets the share of the score that a signal "
        "brings.");
    report::Table table{{"categories", "score"}, {}, false};
    table.head.insert(table.head.end(), categories::kMergeSignalNames.begin(), categories::kMergeSignalNames.end());
    const categories::MergeFindings& merged = findings_.merged;
    merged.score.for_each([&](std::uint32_t a, std::uint32_t b, float score) {
      if (merged.group[a] != merged.group[b]) return;
      float sum = 0;
      for (const auto& signal : merged.signal) sum += signal.at(a, b);
      auto& row = table.rows.emplace_back();
      row = {behaviour_.categories[a] + " · " + behaviour_.categories[b], fixed(score, 2)};
      for (const auto& signal : merged.signal) {
        const float own = signal.at(a, b);
        row.push_back(fmt::format("{} ({:.0f} %)", fixed(own, 2), sum > 0 ? 100 * own / sum : 0));
      }
    });
    put(std::move(table));
  }

  [[nodiscard]] std::string group_name(std::uint32_t group) const {
    std::string name;
    for (std::size_t i = 0; i < behaviour_.categories.size(); ++i) {
      if (findings_.merged.group[i] == group) add(name, behaviour_.categories[i]);
    }
    return name;
  }

  void splits() {
    page_.section("Categories that are several");
    page_.paragraph(
        "Parts are communities of posts. They must hold together by more than communities of shuffled graphs do "
        "(modularity over chance). A part is named by the hyponym that its titles have; the share says how many.");
    report::Table table{{"categories", "part", "share", "posts", "modularity", "by chance", "a title"}, {}, true};
    for (std::uint32_t group = 0; group < findings_.splits.size(); ++group) {
      const categories::GroupSplit& split = findings_.splits[group];
      if (split.parts.size() < 2) continue;
      for (const categories::Part& part : split.parts) {
        table.rows.push_back({group_name(group), part.kind.empty() ? "(no name)" : part.kind,
                              fixed(part.kind_share, 2), std::to_string(part.posts.size()),
                              fixed(split.modularity, 2), fixed(split.chance_modularity, 2),
                              behaviour_.posts[part.posts.front()].title});
      }
    }
    put(std::move(table));
  }

  void missing() {
    page_.section("Categories that may be missing");
    page_.paragraph(
        "Queries that enough shoppers ask and that lead to no category, or to a click in fewer than one search of "
        "ten. "
        "They are together by words that no answered query has.");
    report::Table table{{"words", "shoppers", "queries"}, {}, true};
    for (const categories::MissingCategory& each : findings_.missing) {
      std::string words, queries;
      std::uint64_t shoppers = 0;
      for (const std::string& word : each.words) add(words, word);
      for (const categories::Need& need : each.needs) {
        shoppers += need.searches;
        add(queries, fmt::format("{} ({})", behaviour_.queries[need.query], need.searches));
      }
      table.rows.push_back({words.empty() ? "–" : words, std::to_string(shoppers), queries});
    }
    put(std::move(table));
  }

  [[nodiscard]] std::string categories_of(const categories::Need& need) const {
    std::string told;
    for (const categories::Contribution& each : need.categories) {
      add(told,
          fmt::format("{} (pmi {:.1f}, {} clicks)", behaviour_.categories[each.category], each.pmi, each.count));
    }
    return told;
  }

  [[nodiscard]] std::string tags_of(std::uint32_t need) const {
    std::string told;
    std::size_t left = kMostInCell;
    for (const categories::NeedTag& each : categories::run_of(
             std::span<const categories::NeedTag>(findings_.need_tags), need, &categories::NeedTag::need)) {
      if (left-- == 0) break;
      const std::string clicks = each.clicks == 0 ? "" : fmt::format(", pmi {:.1f}", each.pmi);
      add(told, fmt::format("{} {:.2f} ({}{})", graph_.name(each.tag), each.weight,
                            each.words > 0 ? "said" : "chosen", clicks));
    }
    return told;
  }

  void needs() {
    page_.section("Needs");
    page_.paragraph(
        "Frequent queries, the categories that they lead to, and the tags that stand for them: said in the query "
        "itself, or on the posts that are chosen after it more often than chance has it; with their weight.");
    std::vector<std::uint32_t> order(findings_.needs.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, std::greater(), [&](std::uint32_t i) { return findings_.needs[i].searches; });
    report::Table table{{"need", "shoppers", "categories", "tags"}, {}, true};
    for (const std::uint32_t i : order) {
      const categories::Need& need = findings_.needs[i];
      table.rows.push_back(
          {behaviour_.queries[need.query], std::to_string(need.searches), categories_of(need), tags_of(i)});
    }
    put(std::move(table));
  }

  void scenes() {
    if (knowledge_.scenes.empty()) return;
    page_.section("Scenes");
    report::Table table{{"scene", "tags that are shown in it"}, {}, true};
    for (std::uint32_t scene = 0; scene < knowledge_.scenes.size(); ++scene) {
      std::string tags;
      for (const categories::SceneTag& each : categories::run_of(
               std::span<const categories::SceneTag>(findings_.scene_tags), scene, &categories::SceneTag::scene)) {
        add(tags, fmt::format("{} {:.2f} ({})", each.tag.name, each.weight, each.evidence.front().signal));
      }
      table.rows.push_back({knowledge_.scenes[scene].name, tags});
    }
    put(std::move(table));
  }

  void titles() {
    page_.section("Titles against their category");
    report::Table table{{"post", "category", "the title speaks of", "by its words", "title"}, {}, true};
    for (const categories::Contradiction& each : findings_.contradictions) {
      const categories::Post& post = behaviour_.posts[each.post];
      std::string words;
      for (const std::uint32_t word : each.words) add(words, findings_.title_words[word]);
      table.rows.push_back(
          {post.id, behaviour_.categories[post.category], behaviour_.categories[each.towards], words, post.title});
    }
    put(std::move(table));
  }

  const categories::BehaviourLog& log_;
  const categories::Behaviour& behaviour_;
  const categories::Knowledge& knowledge_;
  const categories::CategoryFindings& findings_;
  const tag::TagGraph& graph_;
  report::Page page_;
};

}  // namespace

std::string mine_categories_page(const categories::BehaviourLog& log, const categories::Knowledge& knowledge,
                                 const categories::CategoryFindings& findings, const tag::TagGraph& graph) {
  return CategoriesPage(log, knowledge, findings, graph).html();
}

}  // namespace inkling::cli
