#include "models/span_tagger/span_tagger_measure_net.h"

#include <algorithm>

#include "models/span_tagger/span_tagger_samples_net.h"

namespace inkling::models::span_tagger {
namespace {

constexpr float kStep = 0.04F, kHighest = 0.8F;  // of the thresholds that are tried

struct Gold {
  std::vector<PlacedSpan> spans;
  std::vector<train::TextPair> pairs;
};

PlacedSpan placed(const FoundSpan& span) {
  return {span.begin, span.end, span.type};
}

void count_spans(const TaggedText& found, const Gold& gold, Agreements& out) {
  for (const PlacedSpan& span : gold.spans) ++out.types[span.type].labelled;
  for (const FoundSpan& span : found.spans) {
    ++out.types[span.type].found;
    out.types[span.type].right += std::ranges::find(gold.spans, placed(span)) == gold.spans.end() ? 0 : 1;
  }
}

void count_pairs(const TaggedText& found, const Gold& gold, Agreements& out) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> distinct;
  for (const train::TextPair& pair : gold.pairs) distinct.emplace_back(pair.first, pair.second);
  std::ranges::sort(distinct);
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  for (Agreement* count : {&out.pairs, &out.related}) {
    count->labelled += distinct.size();
    count->found += found.pairs.size();
  }
  for (const FoundPair& pair : found.pairs) {
    const PlacedSpan first = placed(found.spans[pair.first]), second = placed(found.spans[pair.second]);
    bool right = false, related = false;
    for (const train::TextPair& label : gold.pairs) {
      if (gold.spans[label.first] != first || gold.spans[label.second] != second) continue;
      right = true;
      related |= label.relation == pair.relation;
    }
    out.pairs.right += right ? 1 : 0;
    out.related.right += related ? 1 : 0;
  }
}

void put(std::map<std::string, double>& out, const std::string& name, const Agreement& agreement) {
  out[name + ".f1"] = agreement.f1();
  out[name + ".precision"] = agreement.precision();
  out[name + ".recall"] = agreement.recall();
}

std::vector<Gold> golds_of(std::span<const train::LabelledText* const> texts) {
  std::vector<Gold> golds(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) distinct_spans(*texts[i], golds[i].spans, golds[i].pairs);
  return golds;
}

// The network runs once a text; what it finds likely is then chosen from by every threshold.
std::vector<float> choose_for_spans(const SpanTagger& tagger, std::span<const train::LabelledText* const> texts) {
  const auto golds = golds_of(texts);
  const auto workspace = tagger.new_workspace();
  std::vector<std::vector<std::vector<ChainSpan>>> likely;
  for (const train::LabelledText* text : texts) {
    const auto spans = tagger.likely_spans(text->text, *workspace);
    likely.emplace_back(spans.begin(), spans.end());
  }
  const std::size_t types = tagger.types().size();
  std::vector<float> chosen(types, kStep);
  std::vector<double> best(types, -1);
  TaggedText found;
  for (float threshold = kStep; threshold < kHighest; threshold += kStep) {
    Agreements counted;
    counted.types.resize(types);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      choose_spans(tagger.architecture(), std::vector<float>(types, threshold), likely[i], found.spans);
      count_spans(found, golds[i], counted);
    }
    for (std::size_t type = 0; type < types; ++type) {
      if (counted.types[type].f1() <= best[type]) continue;
      best[type] = counted.types[type].f1();
      chosen[type] = threshold;
    }
  }
  return chosen;
}

float choose_for_pairs(const SpanTagger& tagger, std::span<const train::LabelledText* const> texts,
                       const Thresholds& all_pairs) {
  const auto golds = golds_of(texts);
  const auto workspace = tagger.new_workspace();
  std::vector<TaggedText> found(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) tagger.tag_at(texts[i]->text, all_pairs, *workspace, found[i]);
  float chosen = kStep;
  double best = -1;
  for (float threshold = kStep; threshold < kHighest; threshold += kStep) {
    Agreements counted;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      std::erase_if(found[i].pairs, [&](const FoundPair& pair) { return pair.prob < threshold; });
      count_pairs(found[i], golds[i], counted);
    }
    if (counted.pairs.f1() <= best) continue;
    best = counted.pairs.f1();
    chosen = threshold;
  }
  return chosen;
}

}  // namespace

void add_agreements(const TaggedText& found, const train::LabelledText& text, Agreements& out) {
  Gold gold;
  distinct_spans(text, gold.spans, gold.pairs);
  count_spans(found, gold, out);
  count_pairs(found, gold, out);
}

void sum_types(Agreements& agreements) {
  for (const Agreement& type : agreements.types) {
    agreements.spans.found += type.found;
    agreements.spans.labelled += type.labelled;
    agreements.spans.right += type.right;
  }
}

Agreements measure(const SpanTagger& tagger, std::span<const train::LabelledText* const> texts,
                   const Thresholds& thresholds) {
  Agreements counted;
  counted.types.resize(tagger.types().size());
  const auto workspace = tagger.new_workspace();
  TaggedText found;
  for (const train::LabelledText* text : texts) {
    tagger.tag_at(text->text, thresholds, *workspace, found);
    add_agreements(found, *text, counted);
  }
  sum_types(counted);
  return counted;
}

std::map<std::string, double> metrics_of(const Agreements& agreements, const TextTagger& tagger) {
  std::map<std::string, double> metrics;
  put(metrics, "spans", agreements.spans);
  for (std::size_t type = 0; type < agreements.types.size(); ++type) {
    put(metrics, "spans." + tagger.types()[type], agreements.types[type]);
  }
  if (!tagger.relations().empty()) {
    put(metrics, "pairs", agreements.pairs);
    put(metrics, "related", agreements.related);
  }
  return metrics;
}

Thresholds choose_thresholds(const SpanTagger& tagger, std::span<const train::LabelledText* const> texts) {
  Thresholds chosen{choose_for_spans(tagger, texts), 0};
  if (!tagger.relations().empty()) chosen.pair = choose_for_pairs(tagger, texts, chosen);
  return chosen;
}

}  // namespace inkling::models::span_tagger
