#include "apps/cli/mine_dimensions_page.h"

#include <fmt/format.h>

#include "report/markup.h"
#include "report/page.h"

namespace inkling::cli {
namespace {

constexpr std::size_t kMostWords = 300;

template <typename Words>
std::string joined(const Words& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

std::string named(const GrownIndustry& industry, std::span<const std::uint32_t> words) {
  std::vector<std::string> names;
  for (const std::uint32_t word : words.first(std::min(words.size(), kMostWords))) {
    names.push_back(industry.words[word]);
  }
  if (words.size() > kMostWords) names.push_back(fmt::format("… {} more", words.size() - kMostWords));
  return joined(names);
}

void put_dimensions(const GrownIndustry& industry, report::Page& page) {
  report::Table table{{"dimension", "seeds", "joined, with round and likeness"}, {}, true};
  for (std::uint32_t i = 0; i < industry.dimensions.size(); ++i) {
    std::vector<std::string> joining;
    for (const dimensions::Placement& each : industry.growth.placed) {
      if (each.dimension != i || joining.size() == kMostWords) continue;
      joining.push_back(
          fmt::format("{} ({}, {})", industry.words[each.word], each.round, report::fixed(each.similarity, 2)));
    }
    table.rows.push_back({industry.dimensions[i].dimension, joined(industry.dimensions[i].words), joined(joining)});
  }
  page.table(table);
}

void put_missing(const GrownIndustry& industry, report::Page& page) {
  if (industry.growth.missing.empty()) return;
  page.notice(fmt::format(
      "{} may be missing: words that no dimension's words are near, and that are near each other.",
      industry.growth.missing.size() == 1 ? "A dimension"
                                          : fmt::format("{} dimensions", industry.growth.missing.size())));
  report::Table table{{"words", "which"}, {}, true};
  for (const auto& group : industry.growth.missing) {
    table.rows.push_back({std::to_string(group.size()), named(industry, group)});
  }
  page.table(table);
}

void put(const GrownIndustry& industry, report::Page& page) {
  const dimensions::Growth& growth = industry.growth;
  page.section(industry.name.empty() ? "General words" : industry.name);
  page.paragraph(fmt::format("{} of {} words found a dimension in {} rounds.", growth.placed.size(),
                             industry.words.size(), growth.rounds));
  put_missing(industry, page);
  put_dimensions(industry, page);
  if (!growth.unplaced.empty()) {
    page.folded_table(fmt::format("{} words are left over", growth.unplaced.size()),
                      {{"words"}, {{named(industry, growth.unplaced)}}, true});
  }
  if (!growth.without_vector.empty()) {
    page.folded_table(fmt::format("{} words stand in no text", growth.without_vector.size()),
                      {{"words"}, {{named(industry, growth.without_vector)}}, true});
  }
}

}  // namespace

std::string mine_dimensions_page(const std::vector<GrownIndustry>& industries, std::size_t sentences) {
  report::Page page("Dimensions grown from seeds");
  page.paragraph(fmt::format(
      "Each word joined the dimension whose three nearest members are nearest to it, by vectors learnt from {} "
      "sentences. Likeness is the mean cosine to them, after the mean of all vectors was taken away.",
      sentences));
  for (const GrownIndustry& industry : industries) put(industry, page);
  return page.html();
}

}  // namespace inkling::cli
