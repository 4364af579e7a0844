// The weights of a server's package, whose tensors have names. Internal to models/dipn; not on devices.
#pragma once

#include <string>

#include "artifact/safetensors.h"
#include "models/dipn/dipn_tensor.h"

namespace inkling::models::dipn {

class NamedWeights : public WeightSource {
 public:
  explicit NamedWeights(const artifact::Safetensors& tensors) : tensors_(tensors) {}
  [[nodiscard]] base::Status take(const TensorKey& key, std::size_t rows, std::size_t columns,
                                  nn::Weight& out) override;

 private:
  const artifact::Safetensors& tensors_;
  std::string names_[4];  // of the last tensors: a layer is made of no more
  std::size_t taken_ = 0;
};

}  // namespace inkling::models::dipn
