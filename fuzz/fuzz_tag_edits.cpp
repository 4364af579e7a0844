// A file of editors' decisions about tags. Either every mistake is told with its line, or the edits read back as they
// were written, and what is left of the sample graph when they are laid over it is a graph.
#include <string>

#include "fuzz/property.h"
#include "tag/edits.h"
#include "tag/sample_graph.h"

namespace inkling::fuzz {
namespace {

void check(std::string_view input) {
  const auto edits = tag::read_edits(input, "edits");
  if (!edits.ok()) return must(edits.status().message().starts_with("edits:"), "a mistake has its line");
  for (const tag::Edit& edit : *edits) {
    const auto again = tag::read_edits(tag::edit_text(edit), "again");
    must(again.ok() && again->size() == 1, "an edit that was written is read", tag::edit_text(edit));
    tag::Edit moved = again->front();
    moved.line = edit.line;
    must(moved == edit, "an edit reads back equal", tag::edit_text(edit));
  }
  static const tag::TagGraphBuilder kSample = tag::sample::builder();
  tag::TagGraphBuilder builder = kSample;
  const tag::EditReport report = tag::apply_edits(builder, *edits);
  must(report.applied + report.unfit.size() == edits->size(), "every edit is applied or reported");
  const auto arrays = builder.arrays();
  must(arrays.ok(), "arrays are made");
  const auto graph = tag::TagGraph::make(*arrays);
  must(graph.ok(), "what is left is a graph", graph.status().message());
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}
