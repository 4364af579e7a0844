// Puts a SpanTagger together from a package's features and tensors, whose names stand here for both halves.
// Failure: kCorrupt or kInvalidInput that names feature or tensor. Thread safety: one loader, one thread.
#pragma once

#include <memory>
#include <string>

#include "artifact/safetensors.h"
#include "base/core/result.h"
#include "models/span_tagger/span_tagger_serve.h"

namespace inkling::models::span_tagger {

// The embedding that column `column` of a character's ids looks into; both columns of neighbours share one.
[[nodiscard]] std::string table_name(std::size_t column);
[[nodiscard]] std::string pair_table_name(std::size_t column);
[[nodiscard]] std::string transitions_name(std::size_t chain);
inline constexpr const char* kDirectionPrefixes[] = {"forward.", "backward."};

class SpanTaggerLoader {
 public:
  SpanTaggerLoader(const artifact::Safetensors& weights, const math::Kernels& kernels)
      : weights_(weights), kernels_(kernels) {}
  [[nodiscard]] base::Result<std::shared_ptr<const SpanTagger>> load(const base::JsonView& features);

 private:
  [[nodiscard]] base::Result<nn::Weight> matrix(const std::string& name, std::int64_t rows, std::int64_t cols);
  [[nodiscard]] base::Result<nn::Weight> vector(const std::string& name, std::int64_t size);
  [[nodiscard]] base::Result<nn::Embedding> embedding(const std::string& name, std::size_t ids);
  [[nodiscard]] base::Result<nn::Dense> dense(const std::string& prefix, std::int64_t in, std::int64_t out,
                                              nn::Activation activation);
  [[nodiscard]] base::Status load_direction(const std::string& prefix);
  [[nodiscard]] base::Status load_chains();
  [[nodiscard]] base::Status load_pairs();
  [[nodiscard]] base::Status load_thresholds();
  [[nodiscard]] nn::Weight keep(std::string_view name, std::span<const float> values, std::size_t rows,
                                std::size_t cols);

  const artifact::Safetensors& weights_;
  const math::Kernels& kernels_;
  std::shared_ptr<SpanTagger> tagger_;
};

}  // namespace inkling::models::span_tagger
