#include "tag/tag_graph_builder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/core/utf8.h"
#include "text/normal_form.h"

namespace inkling::tag {
namespace {

using base::Result;
using base::Status;

// Of a name or variant; refused when it cannot be looked up.
Result<std::string> checked_form(std::string_view surface) {
  if (surface.size() > kMaxNameBytes || !base::valid_utf8(surface)) {
    return base::invalid_input("a surface of " + std::to_string(surface.size()) + " bytes; expected UTF-8 of 1 to " +
                               std::to_string(kMaxNameBytes));
  }
  std::string form = text::normal_form(surface);
  if (form.empty() || form.size() > kMaxSurfaceBytes) {
    return base::invalid_input("\"" + std::string(surface) + "\" has " + std::to_string(form.size()) +
                               " bytes in normal form; expected 1 to " + std::to_string(kMaxSurfaceBytes));
  }
  return form;
}

std::uint32_t sum_at_most(std::uint32_t a, std::uint32_t b) {
  const std::uint64_t sum = std::uint64_t{a} + b;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(sum, std::numeric_limits<std::uint32_t>::max()));
}

void keep_shortest(std::vector<std::string>& examples) {
  std::ranges::sort(examples, [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  examples.erase(std::unique(examples.begin(), examples.end()), examples.end());
  examples.resize(std::min(examples.size(), kMaxExamples));
}

}  // namespace

std::string told(const NodeKey& key) {
  std::string text(kNodeKindNames[static_cast<std::size_t>(key.kind)]);
  text += " \"" + key.name + "\"";
  return key.industry.empty() ? text : text + " of \"" + key.industry + "\"";
}

std::string TagGraphBuilder::index_key(NodeKind kind, std::string_view form, Handle industry) {
  return std::to_string(static_cast<int>(kind)) + ":" + std::to_string(industry) + ":" + std::string(form);
}

std::string TagGraphBuilder::index_key(const Draft& draft) const {
  return index_key(draft.kind, draft.form, draft.industry == kNoRow ? kNoRow : alive(draft.industry));
}

std::string TagGraphBuilder::told_of(const Draft& draft) const {
  return told({draft.kind, draft.name, draft.industry == kNoRow ? "" : drafts_[alive(draft.industry)].name});
}

TagGraphBuilder::Handle TagGraphBuilder::alive(Handle node) const {
  while (drafts_[node].instead != kNoRow) node = drafts_[node].instead;
  return node;
}

Result<TagGraphBuilder::Handle> TagGraphBuilder::industry_of(const NodeKey& key) const {
  if (key.industry.empty()) return kNoRow;
  if (key.kind == NodeKind::kCategory) return base::invalid_input(told(key) + ": a category has no industry");
  const auto found = index_.find(index_key(NodeKind::kCategory, text::normal_form(key.industry), kNoRow));
  if (found == index_.end()) return base::not_found(told(key) + ": there is no such category");
  return found->second;
}

Result<TagGraphBuilder::Handle> TagGraphBuilder::find(const NodeKey& key) const {
  INKLING_ASSIGN(const Handle industry, industry_of(key));
  const auto found = index_.find(index_key(key.kind, text::normal_form(key.name), industry));
  if (found == index_.end()) return base::not_found("there is no " + told(key));
  return found->second;
}

Result<TagGraphBuilder::Handle> TagGraphBuilder::add(const NodeKey& key) {
  INKLING_ASSIGN(const Handle industry, industry_of(key));
  auto form = checked_form(key.name);
  if (!form.ok()) return form.status().within(std::string(kNodeKindNames[static_cast<std::size_t>(key.kind)]));
  const auto [place, is_new] = index_.try_emplace(index_key(key.kind, *form, industry), drafts_.size());
  if (!is_new) {
    std::string& name = drafts_[place->second].name;
    name = std::min(name, key.name);
    return place->second;
  }
  Draft draft;
  draft.kind = key.kind;
  draft.industry = industry;
  draft.name = key.name;
  draft.surfaces.push_back(*form);
  draft.form = *std::move(form);
  drafts_.push_back(std::move(draft));
  return place->second;
}

void TagGraphBuilder::add_count(Handle node, Source source, std::uint32_t count) {
  std::uint32_t& sum = draft(node).counts[static_cast<std::size_t>(source)];
  sum = sum_at_most(sum, count);
}

Status TagGraphBuilder::add_variant(Handle node, std::string_view surface) {
  auto form = checked_form(surface);
  if (!form.ok()) return form.status().within(told_of(draft(node)));
  std::vector<std::string>& surfaces = draft(node).surfaces;
  if (std::ranges::find(surfaces, *form) == surfaces.end()) surfaces.push_back(*std::move(form));
  return {};
}

Status TagGraphBuilder::add_example(Handle node, std::string_view sentence) {
  if (sentence.empty() || !base::valid_utf8(sentence)) {
    return base::invalid_input(told_of(draft(node)) + ": an example sentence that is empty or no UTF-8");
  }
  std::vector<std::string>& examples = draft(node).examples;
  examples.emplace_back(base::utf8_cut(sentence, kMaxExampleBytes));
  keep_shortest(examples);
  return {};
}

Status TagGraphBuilder::set_polarity(Handle node, int polarity) {
  std::int8_t& kept = draft(node).polarity;
  if (polarity < -1 || polarity > 1 || (kept != kUnknownPolarity && kept != polarity)) {
    return base::invalid_input(
        told_of(draft(node)) + ": polarity " + std::to_string(polarity) +
        (kept == kUnknownPolarity ? "; expected -1, 0 or 1" : ", but " + std::to_string(kept) + " was told before"));
  }
  kept = static_cast<std::int8_t>(polarity);
  return {};
}

Status TagGraphBuilder::set_vector(Handle node, std::span<const float> vector) {
  Draft& kept = draft(node);
  const bool is_finite = std::ranges::all_of(vector, [](float entry) { return std::isfinite(entry); });
  const bool fits = !vector.empty() && (dim_ == 0 || vector.size() == dim_);
  if (!is_finite || !fits || (!kept.vector.empty() && !std::ranges::equal(kept.vector, vector))) {
    return base::invalid_input(told_of(kept) + ": a vector of " + std::to_string(vector.size()) +
                               " entries that are not all numbers, or not as many as those of other nodes, or others "
                               "than were told before");
  }
  dim_ = vector.size();
  kept.vector.assign(vector.begin(), vector.end());
  return {};
}

Result<std::uint8_t> TagGraphBuilder::signal_number(const std::string& name) {
  if (const auto found = signals_.find(name); found != signals_.end()) return found->second;
  if (name.empty() || name.size() > kMaxNameBytes || !base::valid_utf8(name) || signals_.size() == kMaxSignals) {
    return base::invalid_input("signal \"" + name + "\": expected UTF-8 of 1 to " + std::to_string(kMaxNameBytes) +
                               " bytes, and at most " + std::to_string(kMaxSignals) + " signals");
  }
  return signals_.emplace(name, static_cast<std::uint8_t>(signals_.size())).first->second;
}

Status TagGraphBuilder::add_edge(Handle from, Handle to, EdgeType type, float weight,
                                 std::span<const SignalValue> evidence) {
  const EdgeRule& rule = rule_of(type);
  const Draft &source = draft(from), &target = draft(to);
  if (&source == &target || source.kind != rule.from || target.kind != rule.to) {
    return base::invalid_input("edge \"" + std::string(rule.name) + "\" cannot lead from " + told_of(source) +
                               " to " + told_of(target));
  }
  const bool is_finite =
      std::ranges::all_of(evidence, [](const SignalValue& one) { return std::isfinite(one.value); });
  if (!(weight > 0 && weight <= 1) || !is_finite) {
    return base::invalid_input("edge from " + told_of(source) + " to " + told_of(target) + ": weight " +
                               std::to_string(weight) + "; expected above 0 and up to 1, and evidence in numbers");
  }
  const EdgeDraft edge{from,
                       type,
                       to,
                       weight,
                       static_cast<std::uint32_t>(evidence_.size()),
                       static_cast<std::uint32_t>(evidence.size())};
  std::vector<EvidenceDraft> values;
  for (const SignalValue& one : evidence) {
    INKLING_ASSIGN(const std::uint8_t signal, signal_number(one.signal));
    values.push_back({signal, one.value});
  }
  evidence_.insert(evidence_.end(), values.begin(), values.end());
  edges_.push_back(edge);
  return {};
}

void TagGraphBuilder::accept(Handle node) {
  draft(node).accepted = true;
}

Status TagGraphBuilder::remove(Handle node) {
  const Handle place = alive(node);
  Draft& gone = drafts_[place];
  const auto lives_in_it = [&](const Draft& other) {
    return other.instead == kNoRow && !other.removed && other.industry != kNoRow && alive(other.industry) == place;
  };
  if (const auto found = std::ranges::find_if(drafts_, lives_in_it); found != drafts_.end()) {
    return base::conflict(told_of(gone) + " is the industry of " + told_of(*found) + "; merge it instead");
  }
  index_.erase(index_key(gone));
  gone.removed = true;
  return {};
}

Status TagGraphBuilder::rename(Handle node, std::string_view name) {
  Draft& renamed = draft(node);
  INKLING_ASSIGN(std::string form, checked_form(name));
  const std::string old_key = index_key(renamed);
  const std::string new_key =
      index_key(renamed.kind, form, renamed.industry == kNoRow ? kNoRow : alive(renamed.industry));
  if (new_key != old_key && index_.contains(new_key)) {
    return base::conflict(told_of(renamed) + ": there is another one called \"" + std::string(name) +
                          "\"; merge them instead");
  }
  INKLING_TRY(add_variant(node, name));
  index_.erase(old_key);
  index_[new_key] = alive(node);
  renamed.form = std::move(form);
  renamed.name = name;
  return {};
}

Status TagGraphBuilder::merge(Handle from, Handle into) {
  const Handle source = alive(from), target = alive(into);
  if (source == target || drafts_[source].kind != drafts_[target].kind) {
    return base::invalid_input(told_of(drafts_[source]) + " cannot become part of " + told_of(drafts_[target]));
  }
  merge_drafts(source, target);
  if (drafts_[target].kind == NodeKind::kCategory) move_industry(source, target);
  return {};
}

void TagGraphBuilder::merge_drafts(Handle from, Handle into) {
  Draft &source = drafts_[from], &target = drafts_[into];
  index_.erase(index_key(source));
  source.instead = into;
  for (std::string& surface : source.surfaces) {
    if (std::ranges::find(target.surfaces, surface) == target.surfaces.end()) {
      target.surfaces.push_back(std::move(surface));
    }
  }
  std::ranges::move(source.examples, std::back_inserter(target.examples));
  keep_shortest(target.examples);
  for (std::size_t i = 0; i < kSources; ++i) target.counts[i] = sum_at_most(target.counts[i], source.counts[i]);
  if (target.polarity == kUnknownPolarity) target.polarity = source.polarity;
  if (target.vector.empty()) target.vector = std::move(source.vector);
  target.accepted = target.accepted || source.accepted;
}

// Nodes of industry `from`, which is part of `into` now, are of `into`: under another key, or part of who has that.
void TagGraphBuilder::move_industry(Handle from, Handle into) {
  for (Handle node = 0; node < drafts_.size(); ++node) {
    Draft& moved = drafts_[node];
    if (moved.industry != from || moved.instead != kNoRow || moved.removed) continue;
    index_.erase(index_key(moved.kind, moved.form, from));
    moved.industry = into;
    const auto [place, is_new] = index_.try_emplace(index_key(moved), node);
    if (is_new) continue;
    const Handle other = place->second;
    merge_drafts(node, other);
    index_[index_key(drafts_[other])] = other;
  }
}

Status TagGraphBuilder::remove_variant(Handle node, std::string_view surface) {
  Draft& kept = draft(node);
  const std::string form = text::normal_form(surface);
  const auto found = std::ranges::find(kept.surfaces, form);
  if (found == kept.surfaces.end() || form == kept.form) {
    return base::not_found(told_of(kept) + (form == kept.form ? ": its name is no variant to take away"
                                                              : ": there is no variant \"" + form + "\""));
  }
  kept.surfaces.erase(found);
  return {};
}

}  // namespace inkling::tag
