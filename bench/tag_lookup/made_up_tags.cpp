#include "bench/tag_lookup/made_up_tags.h"

#include <unordered_set>

#include "tag/tag_graph_builder.h"

namespace inkling::bench {
namespace {

using tag::EdgeType;
using tag::NodeKind;
using tag::SignalValue;
using tag::TagGraphBuilder;

constexpr std::size_t kCategories = 200, kDimensions = 20, kVariants = 2, kExamples = 2, kSimilar = 3;

// Of 3,000 characters, the first ones far more often.
void add_character(std::string& text, base::Random& random) {
  const double u = random.uniform();
  const auto letter = 0x4E00 + static_cast<std::uint32_t>(3000 * u * u);
  text += static_cast<char>(0xE0 | (letter >> 12));
  text += static_cast<char>(0x80 | ((letter >> 6) & 0x3F));
  text += static_cast<char>(0x80 | (letter & 0x3F));
}

std::string category_name(std::size_t number) {
  return "类目" + std::to_string(number);
}

std::string surface(base::Random& random) {
  return made_up_text(random, 2 + random.below(5));
}

base::Status add_facts(TagGraphBuilder& builder, TagGraphBuilder::Handle node, base::Random& random) {
  for (std::size_t i = 0; i < tag::kSources; ++i) {
    builder.add_count(node, static_cast<tag::Source>(i), static_cast<std::uint32_t>(random.exponential(50)));
  }
  for (std::size_t i = 0; i < kExamples; ++i) {
    INKLING_TRY(builder.add_example(node, made_up_text(random, 20 + random.below(21))));
  }
  return builder.set_polarity(node, static_cast<int>(random.below(3)) - 1);
}

float weight(base::Random& random) {
  return static_cast<float>(1 - random.uniform());
}

std::vector<SignalValue> evidence(base::Random& random) {
  return {{"pmi", static_cast<float>(random.uniform(0, 9))}, {"walks", weight(random)}};
}

}  // namespace

std::string made_up_text(base::Random& random, std::size_t length) {
  std::string text;
  for (; length > 0; --length) add_character(text, random);
  return text;
}

std::vector<MadeUpTag> made_up_tags(std::size_t count, std::uint64_t seed) {
  base::Random random(seed);
  std::vector<MadeUpTag> tags;
  std::unordered_set<std::string> known;
  while (tags.size() < count) {
    MadeUpTag tag;
    tag.name = surface(random);
    if (random.chance(0.8)) tag.industry = category_name(random.below(kCategories));
    for (std::size_t i = 0; i < kVariants; ++i) tag.variants.push_back(surface(random));
    if (known.insert(tag.industry + "/" + tag.name).second) tags.push_back(std::move(tag));
  }
  return tags;
}

base::Result<tag::TagArrays> made_up_graph(const std::vector<MadeUpTag>& tags, std::uint64_t seed) {
  base::Random random = base::Random::stream(seed, 1);
  TagGraphBuilder builder;
  std::vector<TagGraphBuilder::Handle> categories, dimensions, nodes;
  for (std::size_t i = 0; i < kCategories; ++i) {
    INKLING_ASSIGN(categories.emplace_back(), builder.add({NodeKind::kCategory, category_name(i), ""}));
  }
  for (std::size_t i = 0; i < kDimensions; ++i) {
    INKLING_ASSIGN(dimensions.emplace_back(), builder.add({NodeKind::kDimension, "维度" + std::to_string(i), ""}));
  }
  for (const MadeUpTag& tag : tags) {
    INKLING_ASSIGN(nodes.emplace_back(), builder.add({NodeKind::kTag, tag.name, tag.industry}));
    for (const std::string& variant : tag.variants) INKLING_TRY(builder.add_variant(nodes.back(), variant));
    INKLING_TRY(add_facts(builder, nodes.back(), random));
  }
  const auto join = [&](auto node, auto other, EdgeType type) -> base::Status {
    if (node == other) return {};
    return builder.add_edge(node, other, type, weight(random), evidence(random));
  };
  for (const auto node : nodes) {
    INKLING_TRY(join(node, categories[random.below(kCategories)], EdgeType::kInCategory));
    INKLING_TRY(join(node, dimensions[random.below(kDimensions)], EdgeType::kInDimension));
    for (std::size_t i = 0; i < kSimilar; ++i) {
      INKLING_TRY(join(node, nodes[random.below(nodes.size())], EdgeType::kSimilar));
    }
  }
  return builder.arrays();
}

}  // namespace inkling::bench
