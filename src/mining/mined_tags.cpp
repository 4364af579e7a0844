#include "mining/mined_tags.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_map>

#include "mining/contexts.h"
#include "mining/variants.h"
#include "text/normal_form.h"

namespace inkling::mining {
namespace {

using base::Status;
using tag::NodeKind;

// Of large industries: a word that is theirs alone stands there log2(1 / their share) bits more often than expected.
constexpr double kOfLargestPmi = 0.8;
// Standard deviations over what is expected: the few occurrences of a rare word lie unevenly by chance.
constexpr double kLeastDeviations = 3;

// All counts of `from`, and what it is shown by, become those of `into`.
void absorb(Candidate& from, Candidate& into) {
  std::map<Cell, std::uint64_t> cells;
  for (const Candidate* each : {&from, &into}) {
    for (const CellCount& cell : each->cells) cells[cell.cell] += cell.count;
  }
  into.cells.clear();
  for (const auto& [cell, count] : cells) into.cells.push_back({cell, count});
  into.count += from.count;
  into.texts += from.texts;  // a text with both counts twice
  into.examples.insert(into.examples.end(), from.examples.begin(), from.examples.end());
  into.examples.resize(std::min(into.examples.size(), tag::kMaxExamples));
}

class TagMaker {
 public:
  TagMaker(std::span<const Slice> slices, Candidates& candidates, const TagOptions& options, std::size_t threads)
      : slices_(slices), candidates_(candidates), options_(options), threads_(threads) {}

  base::Result<MinedTags> make() {
    drop_words();
    merge_synonyms();
    merge_variants();
    INKLING_TRY(make_tags());
    return std::move(made_);
  }

 private:
  void drop(std::size_t word, Dropped why) {
    is_tag_[word] = false;
    ++made_.dropped[static_cast<std::size_t>(why)];
  }

  void drop_words() {
    is_tag_.assign(candidates_.words.size(), true);
    variants_.resize(candidates_.words.size());
    names_.resize(candidates_.words.size());
    const double most_texts = options_.max_texts_share * static_cast<double>(candidates_.texts);
    for (std::size_t i = 0; i < candidates_.words.size(); ++i) {
      const Candidate& word = candidates_.words[i];
      names_[i] = word.word;
      if (own_stop_words().contains(word.word) || options_.stop_words.contains(word.word)) {
        drop(i, Dropped::kStopWord);
      } else if (static_cast<double>(word.texts) > most_texts) {
        drop(i, Dropped::kTooFrequent);
      }
    }
  }

  // Words that mean another one go into it, or, where it is no candidate, the first of them becomes it.
  void merge_synonyms() {
    std::unordered_map<std::string, std::size_t> meanings;
    for (std::size_t i = 0; i < candidates_.words.size(); ++i) {
      if (is_tag_[i]) meanings.emplace(candidates_.words[i].word, i);
    }
    for (std::size_t i = 0; i < candidates_.words.size(); ++i) {
      const auto synonym = options_.synonyms.find(candidates_.words[i].word);
      if (!is_tag_[i] || synonym == options_.synonyms.end()) continue;
      const std::string form = text::normal_form(synonym->second);
      const auto [meant, is_first] = meanings.try_emplace(form, i);
      const auto name = options_.synonyms.find(form);
      names_[meant->second] = name == options_.synonyms.end() ? form : name->second;
      if (meant->second != i) become_variant(i, meant->second);
      if (is_first) variants_[i].push_back(candidates_.words[i].word);
    }
  }

  void merge_variants() {
    std::vector<std::size_t> places;
    std::vector<Candidate> left;
    for (std::size_t i = 0; i < candidates_.words.size(); ++i) {
      if (!is_tag_[i]) continue;
      places.push_back(i);
      left.push_back(candidates_.words[i]);
    }
    const auto of = variants_of(left, {options_.min_variant_similarity, options_.max_variant_share});
    for (std::size_t i = 0; i < of.size(); ++i) {
      if (of[i] != i) become_variant(places[i], places[of[i]]);
    }
  }

  void become_variant(std::size_t word, std::size_t of) {
    absorb(candidates_.words[word], candidates_.words[of]);
    variants_[of].push_back(candidates_.words[word].word);
    drop(word, Dropped::kVariant);
  }

  // The industries that the word belongs to, the strongest first.
  [[nodiscard]] std::vector<IndustryEvidence> industries_of(const Candidate& word) const {
    std::map<std::uint32_t, std::uint64_t> counts;
    std::uint64_t all = 0, all_texts = 0;
    for (const CellCount& cell : word.cells) {
      if (industry_of(cell.cell) == 0) continue;  // not told
      counts[industry_of(cell.cell)] += cell.count;
      all += cell.count;
    }
    for (std::size_t i = 1; i < candidates_.industry_texts.size(); ++i) all_texts += candidates_.industry_texts[i];
    std::vector<IndustryEvidence> strong;
    for (const auto& [industry, count] : counts) {
      const double share = static_cast<double>(count) / static_cast<double>(all);
      const double expected =
          static_cast<double>(candidates_.industry_texts[industry]) / static_cast<double>(all_texts);
      const double pmi = std::log2(share / expected);
      const double asked = std::min(options_.min_industry_pmi_bits, kOfLargestPmi * -std::log2(expected));
      const double by_chance = expected * static_cast<double>(all);
      const bool is_chance = static_cast<double>(count) < by_chance + kLeastDeviations * std::sqrt(by_chance);
      if (is_chance || pmi < asked || share < options_.min_industry_share) continue;
      strong.push_back({industry, share, pmi});
    }
    std::ranges::stable_sort(strong, std::greater(), &IndustryEvidence::share);
    return strong;
  }

  Status make_tags() {
    std::vector<std::pair<std::size_t, std::vector<IndustryEvidence>>> found;
    std::vector<ContextQuestion> questions;
    std::vector<std::size_t> question_of;
    for (std::size_t i = 0; i < candidates_.words.size(); ++i) {
      if (!is_tag_[i]) continue;
      found.emplace_back(i, industries_of(candidates_.words[i]));
      question_of.push_back(questions.size());
      if (found.back().second.size() < 2) continue;
      ContextQuestion& question = questions.emplace_back(ContextQuestion{candidates_.words[i].word, {}});
      for (const IndustryEvidence& each : found.back().second) question.industries.push_back(each.industry);
    }
    INKLING_ASSIGN(const auto similarity, context_similarity(slices_, candidates_.industries, questions, threads_));
    for (std::size_t i = 0; i < found.size(); ++i) {
      const auto& [word, strong] = found[i];
      if (strong.size() >= 2 && similarity[question_of[i]] <= options_.max_context_similarity) {
        for (const IndustryEvidence& each : strong) add(word, each.industry, {each}, true);
      } else {
        add(word, strong.size() == 1 ? strong.front().industry : 0, strong, false);
      }
    }
    return {};
  }

  void add(std::size_t word, std::uint32_t industry, std::vector<IndustryEvidence> categories, bool is_split) {
    const Candidate& candidate = candidates_.words[word];
    MinedTag made;
    made.candidate = word;
    made.name = names_[word];
    made.industry = industry;
    made.variants = variants_[word];
    for (const ShownSentence& example : candidate.examples) {
      if (!is_split || example.industry == industry) made.examples.push_back(example.text);
    }
    made.categories = std::move(categories);
    made.idf = std::log(static_cast<double>(candidates_.texts) / static_cast<double>(candidate.texts));
    made.is_split = is_split;
    for (const CellCount& cell : candidate.cells) {
      if (is_split && industry_of(cell.cell) != industry) continue;
      made.by_source[source_of(cell.cell)] += cell.count;
      made.count += cell.count;
    }
    made_.tags.push_back(std::move(made));
  }

  std::span<const Slice> slices_;
  Candidates& candidates_;
  const TagOptions& options_;
  std::size_t threads_;
  std::vector<bool> is_tag_;  // by candidate, as all these
  std::vector<std::vector<std::string>> variants_;
  std::vector<std::string> names_;
  MinedTags made_;
};

std::uint32_t counted(std::uint64_t count) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(count, std::numeric_limits<std::uint32_t>::max()));
}

Status put_tag(const Candidates& candidates, const MinedTag& mined, tag::TagGraphBuilder& builder) {
  INKLING_ASSIGN(const auto node, builder.add({NodeKind::kTag, mined.name, candidates.industries[mined.industry]}));
  for (std::size_t i = 0; i < tag::kSources; ++i) {
    builder.add_count(node, static_cast<tag::Source>(i), counted(mined.by_source[i]));
  }
  for (const std::string& variant : mined.variants) INKLING_TRY(builder.add_variant(node, variant));
  for (const std::string& example : mined.examples) INKLING_TRY(builder.add_example(node, example));
  for (const IndustryEvidence& each : mined.categories) {
    INKLING_ASSIGN(const auto category,
                   builder.find({NodeKind::kCategory, candidates.industries[each.industry], ""}));
    const std::vector<tag::SignalValue> evidence = {{"pmi", static_cast<float>(each.pmi_bits)},
                                                    {"share", static_cast<float>(each.share)}};
    INKLING_TRY(
        builder.add_edge(node, category, tag::EdgeType::kInCategory, static_cast<float>(each.share), evidence));
  }
  return {};
}

}  // namespace

base::Result<MinedTags> tags_from(std::span<const Slice> slices, Candidates& candidates, const TagOptions& options,
                                  std::size_t threads) {
  return TagMaker(slices, candidates, options, threads).make();
}

Status put_tags(const Candidates& candidates, const MinedTags& tags, tag::TagGraphBuilder& builder) {
  for (std::size_t i = 1; i < candidates.industries.size(); ++i) {
    INKLING_TRY(builder.add({NodeKind::kCategory, candidates.industries[i], ""}).status());
  }
  for (const MinedTag& mined : tags.tags) INKLING_TRY(put_tag(candidates, mined, builder));
  return {};
}

}  // namespace inkling::mining
