// A small graph of household services, and random surfaces and texts made of few letters so that they meet often:
// tests only.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/random.h"
#include "tag/tag_graph.h"
#include "tag/tag_graph_builder.h"

namespace inkling::tag::sample {

// Of calls that must work.
template <typename T>
T must(base::Result<T> result) {
  if (!result.ok()) std::abort();
  return *std::move(result);
}
inline void must(const base::Status& status) {
  if (!status.ok()) std::abort();
}

inline TagGraphBuilder builder() {
  TagGraphBuilder builder;
  const auto repair = must(builder.add({NodeKind::kCategory, "家电维修", ""}));
  const auto moving = must(builder.add({NodeKind::kCategory, "搬家", ""}));
  const auto speed = must(builder.add({NodeKind::kDimension, "速度", ""}));
  const auto wifi = must(builder.add({NodeKind::kTag, "WiFi维修", "家电维修"}));
  const auto fast = must(builder.add({NodeKind::kTag, "快速上门", ""}));
  const auto fast_moving = must(builder.add({NodeKind::kTag, "快速上门", "搬家"}));
  const auto cat = must(builder.add({NodeKind::kTag, "cat", ""}));
  must(builder.add_variant(wifi, "无线网络维修"));
  must(builder.add_variant(fast, "上门快"));
  must(builder.add_variant(fast_moving, "上门快"));
  must(builder.add_example(wifi, "WiFi 维修, 半小时上门"));
  must(builder.set_polarity(fast, 1));
  builder.add_count(wifi, Source::kTitle, 7);
  builder.add_count(wifi, Source::kQuery, 2);
  builder.add_count(fast, Source::kBody, 40);
  builder.add_count(fast_moving, Source::kReview, 3);
  builder.add_count(cat, Source::kQuery, 1);
  must(builder.add_edge(wifi, repair, EdgeType::kInCategory, 0.82F,
                        std::vector<SignalValue>{{"walks", 0.5F}, {"pmi", 3.1F}}));
  must(builder.add_edge(fast, repair, EdgeType::kInCategory, 0.4F, {}));
  must(builder.add_edge(fast, moving, EdgeType::kInCategory, 0.6F, {}));
  must(builder.add_edge(fast_moving, moving, EdgeType::kInCategory, 1, {}));
  must(builder.add_edge(fast, speed, EdgeType::kInDimension, 0.9F, {}));
  must(builder.add_edge(fast, fast_moving, EdgeType::kSimilar, 0.7F, {}));
  must(builder.add_edge(repair, moving, EdgeType::kMerges, 0.1F, {}));
  return builder;
}

inline TagGraph graph() {
  return must(TagGraph::make(must(builder().arrays())));
}

inline std::uint32_t row(const TagGraph& graph, NodeKind kind, std::string_view name,
                         std::string_view industry = "") {
  const auto of = industry.empty() ? std::optional(kNoRow) : graph.node(NodeKind::kCategory, industry, kNoRow);
  return graph.node(kind, name, of.value()).value();
}

// One to `most` letters of few, of one to four bytes.
inline std::string letters(base::Random& random, std::uint64_t most) {
  static constexpr std::array<std::string_view, 10> kLetters = {"a",  "b",  "b",  "é",  "家",
                                                                "电", "维", "修", "𠮷", "ก"};
  std::string text;
  for (std::uint64_t i = 1 + random.below(most); i > 0; --i) text += kLetters[random.below(kLetters.size())];
  return text;
}

}  // namespace inkling::tag::sample
