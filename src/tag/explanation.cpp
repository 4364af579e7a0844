#include "tag/explanation.h"

#include <array>
#include <string_view>

#include "base/core/number_text.h"

namespace inkling::tag {
namespace {

// Between the names of both ends, by EdgeType.
constexpr std::array<std::string_view, kEdgeRules.size()> kVerbs = {"belongs to the category",
                                                                    "belongs to the dimension",
                                                                    "is like",
                                                                    "is a need of",
                                                                    "is served by",
                                                                    "goes together with",
                                                                    "is a kind of",
                                                                    "is shown in"};

std::string quoted(std::string_view name) {
  return "\"" + std::string(name) + "\"";
}

std::string shown(float value) {
  return base::number_text(base::tidy_double(value));
}

}  // namespace

std::vector<SignalValue> evidence_of(const TagGraph& graph, std::uint32_t edge) {
  const Evidence evidence = graph.evidence(edge);
  std::vector<SignalValue> pairs;
  for (std::size_t i = 0; i < evidence.signal.size(); ++i) {
    pairs.push_back({std::string(graph.signal_name(evidence.signal[i])), evidence.value[i]});
  }
  return pairs;
}

std::string explain(const TagGraph& graph, std::uint32_t row, std::uint32_t edge) {
  const TagViews& columns = graph.columns();
  std::string sentence = quoted(graph.name(row)) + " " + std::string(kVerbs[columns.edge_type[edge]]) + " " +
                         quoted(graph.name(columns.edge_to[edge])) + ", weight " + shown(columns.edge_weight[edge]);
  std::string_view separator = ": ";
  for (const SignalValue& pair : evidence_of(graph, edge)) {
    sentence += std::string(separator) + pair.signal + " " + shown(pair.value);
    separator = ", ";
  }
  return sentence + ".";
}

}  // namespace inkling::tag
