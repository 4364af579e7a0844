// What a span tagger finds beside what people labelled: exact spans with their type, and exact pairs. Each different
// span and pair of a text counts once; a pair is right when both spans are, whatever its relation, which is counted
// apart. Choosing thresholds is here too, since they are chosen for these numbers.
//
// Thread safety: pure functions; a tagger is run on one thread. Cost: one pass of the tagger over the texts, choosing
// two.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "models/span_tagger/span_tagger_serve.h"
#include "train/labelled_text.h"

namespace inkling::models::span_tagger {

struct Agreement {
  std::size_t found = 0, labelled = 0, right = 0;

  [[nodiscard]] double precision() const { return share(right, found); }
  [[nodiscard]] double recall() const { return share(right, labelled); }
  [[nodiscard]] double f1() const { return share(2 * right, found + labelled); }

 private:
  static double share(std::size_t part, std::size_t all) {
    return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
  }
};

struct Agreements {
  std::vector<Agreement> types;  // one a type
  Agreement spans;               // of all types
  Agreement pairs;
  Agreement related;  // pairs with the right relation too
};

// Counts one text's. The text's types and relations are those of the tagger that found them; out.types has one entry
// each. Not `spans`, which is the sum of all.
void add_agreements(const TaggedText& found, const train::LabelledText& text, Agreements& out);
void sum_types(Agreements& agreements);

// The texts' types and relations are the tagger's.
[[nodiscard]] Agreements measure(const SpanTagger& tagger, std::span<const train::LabelledText* const> texts,
                                 const Thresholds& thresholds);

// "f1", "precision", "recall" of "spans", of "spans.<type>", of "pairs" and of "related".
[[nodiscard]] std::map<std::string, double> metrics_of(const Agreements& agreements, const TextTagger& tagger);

// Those with the best F1 of every type for itself, then of the pairs.
[[nodiscard]] Thresholds choose_thresholds(const SpanTagger& tagger,
                                           std::span<const train::LabelledText* const> texts);

}  // namespace inkling::models::span_tagger
