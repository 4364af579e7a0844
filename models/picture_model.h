// What a model folder offers that sorts pictures into albums, or says that it is unsure, instead of scoring shoppers
// (models/model.h). The list of all such models is generated at configure time from the folders
// (cmake/Components.cmake). Wasm-clean: pictures are decoded elsewhere (src/picture).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "artifact/manifest.h"
#include "artifact/safetensors.h"
#include "base/core/result.h"

namespace inkling::models {

struct SortedPicture {
  std::uint32_t album = 0;  // the likeliest, of albums()
  float prob = 0;           // of that album, calibrated
  float strangeness = 0;    // how unlike the albums' pictures it is; 1 is as strange as the training allows
  bool unsure = false;      // strangeness is above 1: nobody should rely on `album`
};

class PictureWorkspace {
 public:
  virtual ~PictureWorkspace() = default;
};

// Immutable; any number of threads, each with a workspace of its own.
class PictureSorter {
 public:
  virtual ~PictureSorter() = default;
  [[nodiscard]] virtual std::span<const std::string> albums() const = 0;
  [[nodiscard]] virtual std::size_t side() const = 0;
  [[nodiscard]] virtual std::unique_ptr<PictureWorkspace> new_workspace() const = 0;
  // `planes`: 3 * side() * side() values from 0 to 1, as picture::shrink gives them. Never fails, allocates nothing.
  [[nodiscard]] virtual SortedPicture sort(std::span<const float> planes, PictureWorkspace& workspace) const = 0;
};

struct PictureModel {
  std::string_view name;         // the folder's
  std::string_view params_yaml;  // the text of params.yaml: every parameter with meaning, unit, range and default
  // Makes a sorter that holds copies of all it needs. Errors name the feature or tensor that does not fit.
  base::Result<std::shared_ptr<const PictureSorter>> (*load)(const artifact::PackageManifest& manifest,
                                                             const artifact::Safetensors& weights);
};

}  // namespace inkling::models

namespace inkling::plugins {

// All of this build, in alphabetical order.
[[nodiscard]] std::span<const models::PictureModel* const> picture_models();

}  // namespace inkling::plugins
