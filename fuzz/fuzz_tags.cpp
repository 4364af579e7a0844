// A tag graph of strangers. The input is either a byte 0xff and a weights.safetensors, or changes of the sample
// graph's arrays (their number, then column, place, value and what to do, a byte each) and a text. Either the graph
// is refused by the name of a tensor, or no look-up leads out of its arrays, every surface is found, and tags lie
// inside the text.
#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "artifact/safetensors.h"
#include "fuzz/property.h"
#include "tag/explanation.h"
#include "tag/extractor.h"
#include "tag/sample_graph.h"
#include "tag/tag_package.h"

namespace inkling::fuzz {
namespace {

constexpr char kFileMark = '\xFF';

std::uint8_t take_byte(std::string_view& text) {
  if (text.empty()) return 0;
  const auto byte = static_cast<std::uint8_t>(text.front());
  text.remove_prefix(1);
  return byte;
}

struct Change {
  std::uint8_t column = 0, place = 0, value = 0, action = 0;
};

template <typename T>
void apply(const Change& change, std::vector<T>& column) {
  const auto value = static_cast<T>(change.value);
  if (change.action % 8 == 0) column.resize(change.place);
  if (change.action % 8 == 1) column.push_back(value);
  if (column.empty()) return;
  T& entry = column[change.place % column.size()];
  if (change.action % 8 == 2) std::memset(&entry, change.value, sizeof(T));
  if (change.action % 8 == 3) entry = static_cast<T>(value / 16);
  if (change.action % 8 >= 4) entry = value;
}

void apply(const Change& change, tag::TagArrays& arrays) {
  std::size_t number = 0;
  const auto visit = [&](std::string_view, auto& column) {
    if (number++ == change.column) apply(change, column);
    return base::Status();
  };
  must(tag::each_column(visit, arrays).ok(), "columns are visited");
}

void check_edges(const tag::TagGraph& graph, std::uint32_t row) {
  const tag::Edges all = graph.edges(row);
  std::size_t of_types = 0;
  for (std::size_t type = 0; type < tag::kEdgeRules.size(); ++type) {
    const tag::Edges edges = graph.edges(row, static_cast<tag::EdgeType>(type));
    of_types += edges.to.size();
    must(std::ranges::is_sorted(edges.weight, std::greater<>()), "edges of a type stand heaviest first");
  }
  must(of_types == all.to.size(), "every edge has a type");
  for (std::uint32_t i = 0; i < all.to.size(); ++i) {
    must(all.to[i] < graph.nodes() && all.to[i] != row, "an edge leads to another node");
    must(!tag::explain(graph, row, all.first + i).empty(), "an edge is explained");
  }
}

void check_rows(const tag::TagGraph& graph) {
  for (std::uint32_t row = 0; row < graph.nodes(); ++row) {
    const tag::NodeFacts facts = graph.facts(row);
    must(facts.industry == tag::kNoRow || facts.industry < graph.nodes(), "an industry is a row");
    for (const std::uint32_t example : facts.examples)
      must(!graph.sentence(example).empty(), "an example is a sentence");
    for (const std::uint32_t surface : facts.variants) {
      must(std::ranges::count(graph.meanings(surface), row) != 0, "a variant means its node");
    }
    check_edges(graph, row);
    for (const std::uint32_t tag : graph.hot(row, 3)) must(tag < graph.nodes(), "a tag of a category is a row");
    must(graph.vector(row).size() == graph.columns().dim(), "a vector is whole");
  }
}

void check_graph(const tag::TagGraph& graph, std::string_view text) {
  check_rows(graph);
  for (std::uint32_t surface = 0; surface < graph.surfaces(); ++surface) {
    must(graph.surface_index().find(graph.surface(surface)) == surface, "a surface is found where it stands");
    must(!graph.meanings(surface).empty(), "a surface means something");
    must(graph.complete(graph.surface(surface), 2).size() <= 2, "completions are counted");
  }
  tag::Extractor extractor;
  std::size_t last = 0;
  for (const tag::TagMatch& match : extractor.extract(graph, text, tag::kNoRow)) {
    must(match.begin >= last && match.begin < match.end && match.end <= text.size(), "tags stand side by side");
    must(match.row < graph.nodes() && match.surface < graph.surfaces(), "a match is a row");
    last = match.end;
  }
  must(text::normal_form(text::normal_form(text)) == text::normal_form(text), "a normal form is its own");
}

void judge(const base::Result<tag::TagGraph>& graph, std::string_view text) {
  if (graph.ok()) return check_graph(*graph, text);
  must(graph.status().message().find("tensor \"") != std::string::npos, "a refusal names the tensor",
       graph.status().message());
}

void check_file(std::string_view bytes) {
  std::vector<std::uint64_t> aligned(bytes.size() / 8 + 9);
  const auto address = reinterpret_cast<std::uintptr_t>(aligned.data());
  auto* start = reinterpret_cast<std::byte*>((address + 63) / 64 * 64);
  if (!bytes.empty()) std::memcpy(start, bytes.data(), bytes.size());
  const auto weights = artifact::Safetensors::parse({start, bytes.size()});
  if (!weights.ok()) return;
  artifact::PackageManifest manifest;
  manifest.params.set("tag_format", tag::kTagFormat).set("normal_form", text::kNormalFormVersion);
  judge(tag::read_tag_tensors(manifest, *weights, nullptr), "快速上门");
}

void check(std::string_view input) {
  if (input.starts_with(kFileMark)) return check_file(input.substr(1));
  static const tag::TagArrays kSample = tag::sample::must(tag::sample::builder().arrays());
  tag::TagArrays arrays = kSample;
  for (int changes = take_byte(input) % 16; changes > 0; --changes) {
    Change change;
    for (std::uint8_t* member : {&change.column, &change.place, &change.value, &change.action})
      *member = take_byte(input);
    apply(change, arrays);
  }
  judge(tag::TagGraph::make(std::move(arrays)), input);
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}
