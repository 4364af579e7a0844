#include "models/span_tagger/span_tagger_serve.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/span_tagger/span_tagger_loader.h"
#include "models/span_tagger/span_tagger_params_yaml.h"

namespace inkling::models::span_tagger {
namespace {

constexpr float kLeastProb = 0.02F;  // less probable spans are not looked at, whatever the thresholds

bool overlap(const FoundSpan& a, const FoundSpan& b) {
  return a.begin < b.end && b.begin < a.end;
}

// Keeps of likeliest-first spans those that overlap none before them; whose chain is the same.
void keep_apart(std::vector<FoundSpan>& spans, std::size_t first) {
  std::stable_sort(spans.begin() + static_cast<std::ptrdiff_t>(first), spans.end(),
                   [](const FoundSpan& a, const FoundSpan& b) { return a.prob > b.prob; });
  std::size_t kept = first;
  for (std::size_t i = first; i < spans.size(); ++i) {
    const auto begin = spans.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = spans.begin() + static_cast<std::ptrdiff_t>(kept);
    if (std::none_of(begin, end, [&](const FoundSpan& span) { return overlap(span, spans[i]); })) {
      spans[kept++] = spans[i];
    }
  }
  spans.resize(kept);
}

std::span<float> append(std::span<const float> values, std::span<float> out) {
  std::ranges::copy(values, out.begin());
  return out.subspan(values.size());
}

void softmax(std::span<float> logits) {
  const float top = *std::ranges::max_element(logits);
  float sum = 0;
  for (float& logit : logits) sum += logit = std::exp(logit - top);
  for (float& logit : logits) logit /= sum;
}

}  // namespace

void choose_spans(const Architecture& architecture, std::span<const float> thresholds,
                  std::span<const std::vector<ChainSpan>> likely, std::vector<FoundSpan>& out) {
  out.clear();
  for (std::size_t chain = 0; chain < likely.size(); ++chain) {
    const std::size_t first = out.size();
    for (std::uint32_t type = 0; type < architecture.types.size(); ++type) {
      if (architecture.chain_of[type] != chain) continue;
      const std::uint32_t place = architecture.place_of(type);
      for (const ChainSpan& span : likely[chain]) {
        if (span.type != place || span.prob < thresholds[type]) continue;
        out.push_back({span.begin, span.end, 0, 0, type, static_cast<float>(span.prob)});
      }
    }
    keep_apart(out, first);
  }
  std::ranges::sort(out, {}, [](const FoundSpan& span) { return std::pair(span.begin, span.type); });
}

class SpanTagger::Workspace final : public TaggingWorkspace {
 public:
  std::vector<base::CodePoint> text;
  std::vector<std::uint32_t> ids, reversed;             // [T x columns]
  std::vector<float> gathered, projected, rows, state;  // of one direction
  std::vector<float> states, emissions;                 // [T x 2 H], [T x tags]
  ChainTrace trace;
  std::vector<std::vector<ChainSpan>> likely;  // of each chain
  std::vector<PlacedSpan> placed;
  std::vector<float> pair_input, pair_scratch, pair_probs;
};

base::Result<std::shared_ptr<const SpanTagger>> SpanTagger::load(const base::JsonView& features,
                                                                 const artifact::Safetensors& weights,
                                                                 const math::Kernels& kernels) {
  return SpanTaggerLoader(weights, kernels).load(features);
}

std::unique_ptr<TaggingWorkspace> SpanTagger::new_workspace() const {
  auto room = std::make_unique<Workspace>();
  const Direction& any = directions_.front();
  const std::size_t hidden = any.cell.hidden_size();
  room->text.reserve(kMaxTaggedCharacters);
  room->ids.resize(kMaxTaggedCharacters * vocabulary_.columns());
  room->reversed.resize(room->ids.size());
  room->gathered.resize(any.input.scratch_size(kMaxTaggedCharacters));
  room->projected.resize(kMaxTaggedCharacters * any.cell.gates_size());
  room->rows.resize(kMaxTaggedCharacters * hidden);
  room->state.resize(any.cell.state_size());
  room->states.resize(kMaxTaggedCharacters * 2 * hidden);
  room->emissions.resize(kMaxTaggedCharacters * emission_bias_.size());
  room->likely.resize(chains_.size());
  for (const PairNet& pairs : pairs_) {
    room->pair_input.resize(pairs.net.in());
    room->pair_scratch.resize(pairs.net.scratch_size());
    room->pair_probs.resize(pairs.net.out());
  }
  return room;
}

void SpanTagger::run(const Direction& direction, std::span<const std::uint32_t> ids, Workspace& room) const {
  const std::size_t length = room.text.size();
  const auto projected = std::span(room.projected).first(length * direction.cell.gates_size());
  direction.input.project(ids, projected, room.gathered);
  std::ranges::fill(room.state, 0.0F);
  direction.cell.run(projected, room.state, std::span(room.rows).first(length * direction.cell.hidden_size()));
}

void SpanTagger::read_states(Workspace& room) const {
  const std::size_t length = room.text.size(), columns = vocabulary_.columns();
  const std::size_t hidden = directions_.front().cell.hidden_size();
  const auto ids = std::span(room.ids).first(length * columns);
  const auto reversed = std::span(room.reversed).first(length * columns);
  vocabulary_.encode(room.text, {}, ids);
  for (std::size_t i = 0; i < length; ++i) {
    std::ranges::copy(ids.subspan(i * columns, columns), reversed.subspan((length - 1 - i) * columns).begin());
  }
  run(directions_[0], ids, room);
  for (std::size_t i = 0; i < length; ++i) {
    std::copy_n(&room.rows[i * hidden], hidden, &room.states[i * 2 * hidden]);
  }
  run(directions_[1], reversed, room);
  for (std::size_t i = 0; i < length; ++i) {
    std::copy_n(&room.rows[(length - 1 - i) * hidden], hidden, &room.states[(i * 2 + 1) * hidden]);
  }
}

void SpanTagger::tag(std::string_view text, TaggingWorkspace& workspace, TaggedText& out) const {
  tag_at(text, thresholds_, workspace, out);
}

std::span<const std::vector<ChainSpan>> SpanTagger::likely_spans(std::string_view text,
                                                                 TaggingWorkspace& workspace) const {
  auto& room = static_cast<Workspace&>(workspace);
  room.text.clear();
  Vocabulary::split(text, room.text);
  for (auto& likely : room.likely) likely.clear();
  const std::size_t length = room.text.size(), tags = emission_bias_.size();
  if (length == 0) return room.likely;
  read_states(room);
  const std::size_t width = 2 * directions_.front().cell.hidden_size();
  const auto emissions = std::span(room.emissions).first(length * tags);
  kernels_->packed_product(std::span(room.states).first(length * width), emissions_.front(), emission_bias_,
                           emissions, math::Output::kReplace);
  for (std::size_t chain = 0; chain < chains_.size(); ++chain) {
    chains_[chain].run(emissions.subspan(architecture_.first_tag(chain)), tags, room.trace);
    chains_[chain].likely_spans(room.trace, kLeastProb, kMaxSpanCharacters, room.likely[chain]);
  }
  return room.likely;
}

void SpanTagger::tag_at(std::string_view text, const Thresholds& thresholds, TaggingWorkspace& workspace,
                        TaggedText& out) const {
  auto& room = static_cast<Workspace&>(workspace);
  out.pairs.clear();
  out.label_probs.clear();
  choose_spans(architecture_, thresholds.spans, likely_spans(text, workspace), out.spans);
  const auto end_byte = [&](std::uint32_t end) {
    if (end < room.text.size()) return room.text[end].byte;
    const std::size_t last = room.text.back().byte;
    return static_cast<std::uint32_t>(last + base::utf8_character_bytes(text, last));
  };
  for (FoundSpan& span : out.spans) {
    span.begin_byte = room.text[span.begin].byte;
    span.end_byte = end_byte(span.end);
  }
  if (!pairs_.empty()) find_pairs(thresholds.pair, room, out);
}

void SpanTagger::find_pairs(float threshold, Workspace& room, TaggedText& out) const {
  room.placed.clear();
  for (const FoundSpan& span : out.spans) room.placed.push_back({span.begin, span.end, span.type});
  for (std::uint32_t first = 0; first < room.placed.size(); ++first) {
    for (std::uint32_t second = 0; second < room.placed.size(); ++second) {
      if (first == second || !architecture_.joins(room.placed[first].type, room.placed[second].type)) continue;
      pair_probs(room.placed[first], room.placed[second], room);
      const float prob = out.spans[first].prob * out.spans[second].prob * (1 - room.pair_probs[0]);
      if (prob < threshold) continue;
      const auto best = std::max_element(room.pair_probs.begin() + 1, room.pair_probs.end());
      out.pairs.push_back({first, second, static_cast<std::uint32_t>(best - room.pair_probs.begin() - 1), prob});
    }
  }
  std::ranges::stable_sort(out.pairs, [](const FoundPair& a, const FoundPair& b) { return a.prob > b.prob; });
}

void SpanTagger::pair_probs(const PlacedSpan& first, const PlacedSpan& second, Workspace& room) const {
  const PairNet& pairs = pairs_.front();
  const std::size_t width = 2 * directions_.front().cell.hidden_size();
  std::span<float> input = room.pair_input;
  for (const std::uint32_t at : {first.begin, first.end - 1, second.begin, second.end - 1}) {
    input = append(std::span(room.states).subspan(at * width, width), input);
  }
  const auto ids = pair_ids(room.text, room.placed, first, second);
  for (std::size_t column = 0; column < ids.size(); ++column) {
    input = append(pairs.tables[column].lookup(ids[column]), input);
  }
  pairs.net.forward(room.pair_input, room.pair_probs, room.pair_scratch);
  softmax(room.pair_probs);
}

const TaggingModel& tagging_model() {
  static const TaggingModel kModel = {
      "span_tagger", kParamsYaml,
      [](const artifact::PackageManifest& manifest,
         const artifact::Safetensors& weights) -> base::Result<std::shared_ptr<const TextTagger>> {
        INKLING_ASSIGN(auto tagger, SpanTagger::load(base::JsonView(manifest.features, "features"), weights));
        return std::shared_ptr<const TextTagger>(std::move(tagger));
      }};
  return kModel;
}

}  // namespace inkling::models::span_tagger
