// Tag graphs as packages (artifact/package.h), so that the registry's states and a server's exchange of a live
// version work for them as for models: <data>/packages/tags/<version>/. Not for making a graph (tag_graph_builder.h).
//
// Format 1: one tensor a column (columns.h); params hold `tag_format` and `normal_form`. A graph depends on neither
// fold nor features, so both versions are 0. Ownership: a graph that was opened keeps its package. Thread safety:
// free functions. Cost: opening reads every byte twice and makes the indexes, about a second for half a million tags.
// Failure: as artifact's; kUnsupported for a newer format, kCorrupt that names file and tensor.
#pragma once

#include <filesystem>
#include <string_view>

#include "artifact/package.h"
#include "tag/tag_graph.h"

namespace inkling::tag {

inline constexpr std::string_view kPackageName = "tags";
inline constexpr int kTagFormat = 1;
// What Registry::load_live and open_package are asked for.
inline constexpr int kFoldVersion = 0;
inline constexpr int kFeatureVersion = 0;

// Fills in name, model, both versions and the two params; version, seed, times and metrics are the caller's. An empty
// report writes no report.html.
[[nodiscard]] base::Result<std::filesystem::path> write_tag_package(const std::filesystem::path& data_folder,
                                                                    artifact::PackageManifest manifest,
                                                                    const TagArrays& arrays,
                                                                    std::string_view report_html = {});

[[nodiscard]] base::Result<TagGraph> read_tag_package(artifact::Package package);
[[nodiscard]] base::Result<TagGraph> open_tag_package(const std::filesystem::path& folder);

// The tensors alone.
[[nodiscard]] base::Result<artifact::SafetensorsWriter> tag_tensors(const TagArrays& arrays);
// `weights` borrows bytes that `owner` keeps where they are.
[[nodiscard]] base::Result<TagGraph> read_tag_tensors(const artifact::PackageManifest& manifest,
                                                      const artifact::Safetensors& weights,
                                                      std::shared_ptr<const void> owner);

}  // namespace inkling::tag
