// Turns a package's manifest and tensors into an RnnDnnScorer. Internal to models/rnn_dnn. Wasm-clean.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "models/rnn_dnn/rnn_dnn_serve.h"

namespace inkling::models::rnn_dnn {

class RnnDnnLoader {
 public:
  RnnDnnLoader(const artifact::PackageManifest& manifest, const artifact::Safetensors& weights,
               const math::Kernels& kernels)
      : manifest_(manifest), weights_(weights), kernels_(kernels) {}

  [[nodiscard]] base::Result<std::shared_ptr<const RnnDnnScorer>> load(std::shared_ptr<const void> owner);

 private:
  base::Result<nn::Weight> weight(const std::string& name, std::int64_t rows, std::int64_t cols);
  base::Result<nn::Weight> vector(const std::string& name, std::int64_t size);
  base::Result<nn::Embedding> embedding(const std::string& name, const feature::Encoder& encoder);
  base::Status load_embeddings();
  base::Status load_layer(std::int64_t index);
  base::Result<std::unique_ptr<nn::Mlp>> load_net(const char* net, std::int64_t input,
                                                  const std::vector<std::int64_t>& widths);

  const artifact::PackageManifest& manifest_;
  const artifact::Safetensors& weights_;
  const math::Kernels& kernels_;
  std::shared_ptr<RnnDnnScorer> scorer_;
};

}  // namespace inkling::models::rnn_dnn
