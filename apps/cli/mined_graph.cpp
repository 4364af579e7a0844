#include "apps/cli/mined_graph.h"

#include <fmt/format.h>

#include <utility>

#include "base/system_clock.h"
#include "registry/registry.h"
#include "tag/retelling.h"
#include "tag/tag_package.h"

namespace inkling::cli {

using base::Result;

Result<MinedGraph> newest_graph(const std::filesystem::path& data) {
  std::string version;
  INKLING_ASSIGN(const auto entries, registry::Registry(data).list());
  for (const registry::PackageEntry& entry : entries) {
    if (entry.name == tag::kPackageName) version = entry.version;  // by version number
  }
  if (version.empty()) {
    tag::TagGraphBuilder builder;
    INKLING_ASSIGN(const tag::TagArrays nothing, builder.arrays());
    INKLING_ASSIGN(tag::TagGraph none, tag::TagGraph::make(nothing));
    return MinedGraph{"", std::move(none), std::move(builder)};
  }
  INKLING_ASSIGN(tag::TagGraph graph,
                 tag::open_tag_package(artifact::package_folder(data, std::string(tag::kPackageName), version)));
  INKLING_ASSIGN(tag::TagGraphBuilder builder, tag::retold(graph));
  return MinedGraph{std::move(version), std::move(graph), std::move(builder)};
}

Result<std::string> publish_graph(const std::filesystem::path& data, const tag::TagGraphBuilder& builder,
                                  artifact::PackageManifest manifest, std::string_view page, bool live) {
  const base::SystemClock clock;
  const registry::Registry registry(data);
  INKLING_ASSIGN(const tag::TagArrays arrays, builder.arrays());
  INKLING_ASSIGN(manifest.version, registry.next_version(tag::kPackageName));
  manifest.created_ms = clock.now_ms();
  INKLING_TRY(tag::write_tag_package(data, manifest, arrays, page).status());
  INKLING_TRY(registry.publish(tag::kPackageName, manifest.version, clock.now_ms()));
  if (live) INKLING_TRY(registry.promote(tag::kPackageName, manifest.version, clock.now_ms()));
  return manifest.version;
}

std::string graph_state(std::string_view version, bool live) {
  return fmt::format("{} {} is {}", tag::kPackageName, version,
                     live ? "live" : "a candidate; inkling models promote makes it live");
}

}  // namespace inkling::cli
