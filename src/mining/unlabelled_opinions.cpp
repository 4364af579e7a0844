#include "mining/unlabelled_opinions.h"

#include <limits>

#include "base/core/hash.h"
#include "mining/remarks.h"

namespace inkling::mining {

std::vector<std::string_view> texts_to_learn_from(std::span<const Slice> slices, std::size_t most_texts) {
  std::size_t all = 0;
  for (const Slice& slice : slices) all += slice.texts();
  constexpr auto kLast = std::numeric_limits<std::uint64_t>::max();
  const std::uint64_t last = all <= most_texts ? kLast : kLast / all * most_texts;
  std::vector<std::string_view> chosen;
  for (const Slice& slice : slices) {
    for (std::size_t i = 0; i < slice.texts(); ++i) {
      if (base::name_hash(slice.text(i)) <= last) chosen.push_back(slice.text(i));
    }
  }
  return chosen;
}

base::Result<std::vector<TagPolarity>> polarities_of(const tag::TagGraph& graph, const OpinionWords& words) {
  INKLING_ASSIGN(RemarkReader reader, RemarkReader::create(words));
  std::vector<TagPolarity> polarities;
  std::vector<Remark> remarks;
  for (std::uint32_t row = 0; row < graph.nodes(); ++row) {
    if (graph.facts(row).kind != tag::NodeKind::kTag) continue;
    reader.read(graph.name(row), remarks);
    if (remarks.size() == 1 && remarks.front().polarity != 0) polarities.push_back({row, remarks.front().polarity});
  }
  return polarities;
}

}  // namespace inkling::mining
