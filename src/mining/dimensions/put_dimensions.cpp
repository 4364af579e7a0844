#include "mining/dimensions/put_dimensions.h"

#include <algorithm>
#include <vector>

namespace inkling::dimensions {
namespace {

using tag::EdgeType;
using tag::NodeKind;
using tag::SignalValue;
using tag::TagGraphBuilder;

// The industry's tag; else the general one, which holds for the industry too; else a new one of the industry.
base::Result<TagGraphBuilder::Handle> tag_of(const std::string& word, const std::string& industry,
                                             TagGraphBuilder& builder) {
  for (const std::string& of : {industry, std::string()}) {
    const auto known = builder.find({NodeKind::kTag, word, of});
    if (known.ok()) return *known;
  }
  return builder.add({NodeKind::kTag, word, industry});
}

}  // namespace

base::Status put_dimensions(std::span<const DimensionSeeds> seeds, std::span<const std::string> words,
                            const Growth& growth, TagGraphBuilder& builder) {
  std::vector<TagGraphBuilder::Handle> dimensions;
  const auto join = [&](const std::string& word, std::size_t dimension, float weight,
                        const std::vector<SignalValue>& evidence) -> base::Status {
    INKLING_ASSIGN(const auto tag, tag_of(word, seeds[dimension].industry, builder));
    return builder.add_edge(tag, dimensions[dimension], EdgeType::kInDimension, weight, evidence);
  };
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    if (!seeds[i].industry.empty()) INKLING_TRY(builder.add({NodeKind::kCategory, seeds[i].industry, ""}).status());
    INKLING_ASSIGN(dimensions.emplace_back(), builder.add({NodeKind::kDimension, seeds[i].dimension, ""}));
    for (const std::string& word : seeds[i].words) INKLING_TRY(join(word, i, 1, {{"seed", 1}}));
  }
  for (const Placement& placement : growth.placed) {
    const float weight = std::clamp(placement.similarity, 0.01F, 1.0F);
    INKLING_TRY(join(words[placement.word], placement.dimension, weight,
                     {{"similarity", placement.similarity}, {"round", static_cast<float>(placement.round)}}));
  }
  return {};
}

}  // namespace inkling::dimensions
