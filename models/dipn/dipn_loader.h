// Turns a package's manifest and tensors into a DipnScorer. Internal to models/dipn. Wasm-clean.
#pragma once

#include <memory>
#include <string>

#include "artifact/manifest.h"
#include "models/dipn/dipn_serve.h"

namespace inkling::models::dipn {

class DipnLoader {
 public:
  DipnLoader(const artifact::PackageManifest& manifest, const artifact::Safetensors& weights,
             math::Precision precision, const math::Kernels& kernels)
      : manifest_(manifest), weights_(weights), precision_(precision), kernels_(kernels) {}

  [[nodiscard]] base::Result<std::shared_ptr<const DipnScorer>> load(std::shared_ptr<const void> owner);

 private:
  base::Result<nn::Weight> weight(const std::string& name, std::int64_t rows, std::int64_t cols);
  base::Result<nn::Weight> vector(const std::string& name, std::int64_t size);
  base::Result<nn::Embedding> embedding(const std::string& name, const feature::Encoder& encoder);
  base::Status load_view(std::size_t index);
  base::Status load_cell(const std::string& prefix, DipnScorer::ViewLayers& layers);
  base::Status load_input(std::size_t index, const std::string& prefix, DipnScorer::ViewLayers& layers);
  base::Status load_attention(const std::string& prefix, DipnScorer::ViewLayers& layers);
  base::Status load_statistics();
  base::Status load_mlp();

  const artifact::PackageManifest& manifest_;
  const artifact::Safetensors& weights_;
  math::Precision precision_;
  const math::Kernels& kernels_;
  std::shared_ptr<DipnScorer> scorer_;
  std::size_t largest_folded_vocab_ = 0;
};

}  // namespace inkling::models::dipn
