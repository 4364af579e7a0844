// Labelled texts as the training of a span tagger reads them: what the labels say about its build, what is known of
// characters and words, and each text as ids and tags. Thread safety: pure functions. Cost: one pass over the texts
// each.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/span_tagger/span_tagger_architecture.h"
#include "models/span_tagger/span_tagger_pairs.h"
#include "models/span_tagger/span_tagger_vocabulary.h"
#include "train/labelled_text.h"

namespace inkling::models::span_tagger {

struct Sample {
  std::vector<base::CodePoint> text;
  std::vector<std::uint32_t> ids;                // [characters x columns]
  std::vector<std::vector<std::uint32_t>> tags;  // [chain][character]
  std::vector<PlacedSpan> spans;                 // each once
  std::vector<train::TextPair> pairs;            // of `spans`
};

// Types, chains, relations and joints. A type goes into the first chain whose types none of its spans overlaps.
// kInvalidInput without spans.
[[nodiscard]] base::Result<Architecture> read_labels(const train::LabelledTexts& texts);

// Characters and pairs in `min_count` texts or more; all words of at most kMaxWordCharacters.
[[nodiscard]] base::Result<Vocabulary> learn_vocabulary(std::span<const train::LabelledText* const> texts,
                                                        const Architecture& architecture, std::uint32_t min_count);

// Of two spans of a chain that overlap, the first one is tagged. Spans beyond kMaxTaggedCharacters are left out.
[[nodiscard]] Sample make_sample(const train::LabelledText& text, const Architecture& architecture,
                                 const Vocabulary& vocabulary);

// The spans of a text, each once, and its pairs with places among them.
void distinct_spans(const train::LabelledText& text, std::vector<PlacedSpan>& spans,
                    std::vector<train::TextPair>& pairs);

}  // namespace inkling::models::span_tagger
