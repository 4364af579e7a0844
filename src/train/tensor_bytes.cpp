#include "train/tensor_bytes.h"

#include <array>
#include <cstring>

namespace inkling::train {
namespace {

struct DtypePair {
  torch::ScalarType torch_type;
  artifact::Dtype dtype;
};
constexpr std::array<DtypePair, 8> kDtypes = {{{torch::kFloat32, artifact::Dtype::kF32},
                                               {torch::kFloat64, artifact::Dtype::kF64},
                                               {torch::kFloat16, artifact::Dtype::kF16},
                                               {torch::kBFloat16, artifact::Dtype::kBf16},
                                               {torch::kUInt8, artifact::Dtype::kU8},
                                               {torch::kInt32, artifact::Dtype::kI32},
                                               {torch::kInt64, artifact::Dtype::kI64},
                                               {torch::kBool, artifact::Dtype::kBool}}};

}  // namespace

base::Status add_tensor(artifact::SafetensorsWriter& out, const std::string& name, const torch::Tensor& tensor) {
  const torch::Tensor values = tensor.detach().cpu().contiguous();
  for (const DtypePair& pair : kDtypes) {
    if (pair.torch_type != values.scalar_type()) continue;
    const auto* bytes = static_cast<const std::byte*>(values.data_ptr());
    return out.add_bytes(name, pair.dtype, values.sizes().vec(), {bytes, values.nbytes()});
  }
  return base::unsupported("tensor \"" + name + "\" has a type of number that no checkpoint can hold");
}

base::Result<torch::Tensor> tensor_of(const artifact::TensorView& view) {
  for (const DtypePair& pair : kDtypes) {
    if (pair.dtype != view.dtype) continue;
    torch::Tensor tensor = torch::empty(view.shape, pair.torch_type);
    if (!view.bytes.empty()) std::memcpy(tensor.data_ptr(), view.bytes.data(), view.bytes.size());
    return tensor;
  }
  return base::unsupported("tensor \"" + view.name + "\" has type " + std::string(artifact::dtype_name(view.dtype)) +
                           ", which training does not read");
}

}  // namespace inkling::train
