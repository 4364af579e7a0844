// From candidates to tags: what is no tag goes, what means the same becomes one, and each learns its industries. Not
// for finding candidates (candidates.h) and not for what editors decide (tag/edits.h).
//
// A word belongs to an industry when it stands there clearly more often than the industry's share of all texts lets
// expect: pointwise mutual information and a share of its occurrences over two thresholds. With none it is a general
// tag; with one a tag of that industry; with several it is a tag of each if the letters around it differ (the word
// means several things), else a general tag that belongs to the categories of all of them.
// Learned variants: two halves in the other order (快速上门, 上门快速), or one letter more, less or other in a word
// of a script with blanks; of the rarer and the more frequent one, when they stand in the same industries. Thread
// safety: free functions. Cost: linear in the candidates; for words that newly have several industries one
// pass over all texts (kept_phrases.h). Failure: what writing what is kept may meet.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "mining/candidates.h"
#include "mining/word_lists.h"
#include "tag/tag_graph_builder.h"

namespace inkling::mining {

struct TagOptions {
  WordSet stop_words;  // beside our own
  Synonyms synonyms;
  double max_texts_share = 0.5;  // what stands in more texts says nothing
  double min_industry_pmi_bits = 1;
  double min_industry_share = 0.2;
  double max_context_similarity = 0.3;  // of two meanings
  double min_variant_similarity = 0.9;  // of the industries of a word and its variant
  double max_variant_share = 0.2;       // of a misspelling, of the count of the word
};

enum class Dropped : std::uint8_t { kStopWord, kTooFrequent, kVariant };
inline constexpr std::array<std::string_view, 3> kDroppedNames = {"is a stop word", "stands in too many texts",
                                                                  "became a variant of another tag"};

struct IndustryEvidence {
  std::uint32_t industry = 0;  // of Candidates::industries
  double share = 0;            // of the word's occurrences in texts that tell an industry
  double pmi_bits = 0;
};

struct MinedTag {
  std::size_t candidate = 0;
  std::string name;
  std::uint32_t industry = 0;  // 0: general
  std::uint64_t count = 0;
  std::array<std::uint64_t, tag::kSources> by_source{};
  std::vector<std::string> variants;
  std::vector<std::string> examples;
  std::vector<IndustryEvidence> categories;  // the strongest first
  double idf = 0;                            // ln(texts / texts with it)
  bool is_split = false;                     // one of several meanings of the word
};

struct MinedTags {
  std::vector<MinedTag> tags;
  std::array<std::uint64_t, kDroppedNames.size()> dropped{};
};

// Takes what it moves from the candidates: examples and counts of variants go to their tags.
[[nodiscard]] base::Result<MinedTags> tags_from(std::span<const Slice> slices, Candidates& candidates,
                                                const TagOptions& options, std::size_t threads);

// A category node an industry, and the tags.
[[nodiscard]] base::Status put_tags(const Candidates& candidates, const MinedTags& tags,
                                    tag::TagGraphBuilder& builder);

}  // namespace inkling::mining
