// What a model folder offers that tags texts: spans with a type, pairs of them with a relation, or probabilities of
// labels of the whole text, instead of scoring shoppers (models/model.h). The list of all such models is generated at
// configure time from the folders (cmake/Components.cmake). Wasm-clean.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "artifact/manifest.h"
#include "artifact/safetensors.h"
#include "base/core/result.h"

namespace inkling::models {

// Longer texts are tagged up to there.
inline constexpr std::size_t kMaxTaggedCharacters = 1024;

struct FoundSpan {
  std::uint32_t begin = 0, end = 0;            // code points
  std::uint32_t begin_byte = 0, end_byte = 0;  // of the same characters
  std::uint32_t type = 0;
  float prob = 0;  // that just these characters are a span of that type
};

struct FoundPair {
  std::uint32_t first = 0, second = 0;  // of the spans found
  std::uint32_t relation = 0;           // the likeliest
  float prob = 0;                       // that both spans are and belong together
};

struct TaggedText {
  std::vector<FoundSpan> spans;    // in the order of the text
  std::vector<FoundPair> pairs;    // likeliest first
  std::vector<float> label_probs;  // one a label
};

class TaggingWorkspace {
 public:
  virtual ~TaggingWorkspace() = default;
};

// Immutable; any number of threads, each with a workspace of its own.
class TextTagger {
 public:
  virtual ~TextTagger() = default;
  [[nodiscard]] virtual std::span<const std::string> types() const = 0;
  [[nodiscard]] virtual std::span<const std::string> relations() const = 0;
  [[nodiscard]] virtual std::span<const std::string> labels() const = 0;
  [[nodiscard]] virtual std::unique_ptr<TaggingWorkspace> new_workspace() const = 0;
  // Overwrites `out`, whose memory is used again. Never fails: what is no UTF-8 ends the text.
  virtual void tag(std::string_view text, TaggingWorkspace& workspace, TaggedText& out) const = 0;
};

struct TaggingModel {
  std::string_view name;         // the folder's
  std::string_view params_yaml;  // the text of params.yaml: every parameter with meaning, unit, range and default
  // Makes a tagger that holds copies of all it needs. Errors name the feature or tensor that does not fit.
  base::Result<std::shared_ptr<const TextTagger>> (*load)(const artifact::PackageManifest& manifest,
                                                          const artifact::Safetensors& weights);
};

}  // namespace inkling::models

namespace inkling::plugins {

// All of this build, in alphabetical order.
[[nodiscard]] std::span<const models::TaggingModel* const> tagging_models();

}  // namespace inkling::plugins
