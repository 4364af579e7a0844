// The tag graph that the sub-verbs of inkling mine add to, one after the other: each takes the newest version of the
// package `tags`, lays what it found over it and publishes what comes out as the next one. Failure: as a verb tells
// it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "artifact/manifest.h"
#include "base/core/result.h"
#include "tag/tag_graph.h"
#include "tag/tag_graph_builder.h"

namespace inkling::cli {

struct MinedGraph {
  std::string version;  // "": there was none, and the graph is empty
  tag::TagGraph graph;
  tag::TagGraphBuilder builder;  // knows all of `graph`
};
[[nodiscard]] base::Result<MinedGraph> newest_graph(const std::filesystem::path& data);

// Writes what the builder holds and publishes it, as a candidate or `live`; gives the version. Of `manifest` metrics
// and params are read. `page`: the package's report; may be empty.
[[nodiscard]] base::Result<std::string> publish_graph(const std::filesystem::path& data,
                                                      const tag::TagGraphBuilder& builder,
                                                      artifact::PackageManifest manifest, std::string_view page,
                                                      bool live);

// "tags v2 is a candidate; ..."
[[nodiscard]] std::string graph_state(std::string_view version, bool live);

}  // namespace inkling::cli
