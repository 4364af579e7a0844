#include "mining/dimensions/put_dimensions.h"

#include <algorithm>
#include <vector>

namespace inkling::dimensions {
namespace {

using tag::EdgeType;
using tag::NodeKind;
using tag::SignalValue;
using tag::TagGraphBuilder;

}  // namespace

base::Status put_dimensions(std::span<const DimensionSeeds> seeds, std::span<const std::string> words,
                            const Growth& growth, TagGraphBuilder& builder) {
  std::vector<TagGraphBuilder::Handle> dimensions;
  const auto join = [&](const std::string& word, std::size_t dimension, float weight,
                        const std::vector<SignalValue>& evidence) -> base::Status {
    INKLING_ASSIGN(const auto tag, builder.add({NodeKind::kTag, word, seeds[dimension].industry}));
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
