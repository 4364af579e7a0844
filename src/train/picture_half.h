// The training half of a model that sorts pictures: labelled pictures and parameters go in, named tensors come out.
// Thread safety: train() is called by one thread at a time and runs `threads` of its own. Failure: a Status that
// names what is wrong with the pictures or the parameters; what a library throws is told as one.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "artifact/safetensors.h"
#include "base/core/json.h"
#include "base/core/result.h"
#include "train/labelled_pictures.h"

namespace inkling::train {

struct PictureJob {
  const LabelledPictures& pictures;
  base::Json params;  // complete (ParameterTable::complete)
  std::uint64_t seed = 1;
  int threads = 1;
  std::function<void(std::string_view)> on_note;  // a sentence after every epoch; may be empty
};

struct LearntSorter {
  artifact::SafetensorsWriter weights;
  std::map<std::string, double> metrics;  // of what was held out
  base::Json features;                    // names of albums and the side, for the manifest
};

class PictureHalf {
 public:
  virtual ~PictureHalf() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual base::Result<LearntSorter> train(const PictureJob& job) const = 0;
};

}  // namespace inkling::train

namespace inkling::plugins {

// All of this build, in alphabetical order (generated from the model folders).
[[nodiscard]] std::span<const train::PictureHalf* const> picture_halves();

}  // namespace inkling::plugins
