#include "tag/tag_package.h"

#include <string>
#include <type_traits>
#include <utility>

#include "text/normal_form.h"

namespace inkling::tag {
namespace {

using base::Result;
using base::Status;

// Characters travel as bytes.
template <typename T>
using Stored = std::conditional_t<std::is_same_v<T, char>, std::uint8_t, T>;

Status check_format(const artifact::PackageManifest& manifest) {
  const base::JsonView params(manifest.params, "params");
  const auto format = params.integer("tag_format", 1);
  if (!format.ok()) return base::corrupt(format.status().message());
  if (*format > kTagFormat) {
    return base::unsupported("the tags have format " + std::to_string(*format) +
                             ", but this build reads formats up to " + std::to_string(kTagFormat) +
                             "; use a newer build of Inkling.");
  }
  const auto form = params.integer("normal_form", 1);
  if (!form.ok()) return base::corrupt(form.status().message());
  if (*form == text::kNormalFormVersion) return {};
  return base::unsupported("the tags have normal form " + std::to_string(*form) +
                           ", but this build looks them up in form " + std::to_string(text::kNormalFormVersion) +
                           "; mine them anew.");
}

}  // namespace

Result<artifact::SafetensorsWriter> tag_tensors(const TagArrays& arrays) {
  artifact::SafetensorsWriter writer;
  const auto add = [&](std::string_view name, const auto& column) {
    using Entry = Stored<typename std::remove_cvref_t<decltype(column)>::value_type>;
    return writer.add_bytes(std::string(name), artifact::dtype_of<Entry>(),
                            {static_cast<std::int64_t>(column.size())}, std::as_bytes(std::span(column)));
  };
  INKLING_TRY(each_column(add, arrays));
  return writer;
}

Result<TagGraph> read_tag_tensors(const artifact::PackageManifest& manifest, const artifact::Safetensors& weights,
                                  std::shared_ptr<const void> owner) {
  INKLING_TRY(check_format(manifest));
  TagViews views;
  const auto look = [&](std::string_view name, auto& column) -> Status {
    using Entry = typename std::remove_cvref_t<decltype(column)>::value_type;
    INKLING_ASSIGN(const auto stored, weights.values<Stored<Entry>>(name, {-1}));
    column = {reinterpret_cast<const Entry*>(stored.data()), stored.size()};
    return {};
  };
  INKLING_TRY(each_column(look, views));
  return TagGraph::over(views, std::move(owner));
}

Result<std::filesystem::path> write_tag_package(const std::filesystem::path& data_folder,
                                                artifact::PackageManifest manifest, const TagArrays& arrays,
                                                std::string_view report_html) {
  INKLING_TRY(check_columns(views_of(arrays)));
  manifest.name = kPackageName;
  manifest.model = "";
  manifest.fold_version = kFoldVersion;
  manifest.feature_version = kFeatureVersion;
  manifest.params.set("tag_format", kTagFormat).set("normal_form", text::kNormalFormVersion);
  INKLING_ASSIGN(auto tensors, tag_tensors(arrays));
  return artifact::write_package(data_folder, manifest, std::move(tensors), report_html);
}

Result<TagGraph> read_tag_package(artifact::Package package) {
  auto kept = std::make_shared<const artifact::Package>(std::move(package));
  const artifact::PackageManifest& manifest = kept->manifest();
  const artifact::Safetensors& weights = kept->weights();
  return read_tag_tensors(manifest, weights, std::move(kept));
}

Result<TagGraph> open_tag_package(const std::filesystem::path& folder) {
  INKLING_ASSIGN(artifact::Package package, artifact::open_package(folder, kFoldVersion, kFeatureVersion));
  auto graph = read_tag_package(std::move(package));
  if (!graph.ok()) return graph.status().within(folder.string());
  return graph;
}

}  // namespace inkling::tag
