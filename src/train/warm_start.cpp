#include "train/warm_start.h"

#include <vector>

namespace inkling::train {
namespace {

using base::Result;
using base::Status;
using torch::Tensor;

// For each row of the new table, the row of the parent's that it starts from.
std::vector<std::int64_t> origins(const feature::Encoder& encoder) {
  std::vector<std::int64_t> rows;
  for (std::uint32_t id = 0; id < encoder.id_count(); ++id) rows.push_back(encoder.origin_of(id));
  return rows;
}

// The parent's names that were added before are rows of its own, which origin_of would pass over.
Tensor grown(const Tensor& table, const feature::Encoder& encoder) {
  std::vector<std::int64_t> rows = origins(encoder);
  for (std::int64_t id = 0; id < table.size(0); ++id) rows[static_cast<std::size_t>(id)] = id;
  return table.index_select(0, torch::tensor(rows, torch::kInt64));
}

Status misfit(const Parent& parent, const std::string& name, const Tensor& found, const Tensor& expected) {
  return base::corrupt(parent.name + ": tensor \"" + name + "\" has shape " +
                       artifact::shape_text(found.sizes().vec()) + ", but the network that goes on from it has " +
                       artifact::shape_text(expected.sizes().vec()));
}

Result<Tensor> parent_tensor(const Parent& parent, const std::string& name, const Tensor& expected,
                             const feature::Encoder* encoder) {
  const artifact::TensorView* view = parent.weights->find(name);
  if (view == nullptr) return base::corrupt(parent.name + ": tensor \"" + name + "\" is missing");
  INKLING_ASSIGN(Tensor tensor, tensor_of(*view));
  const bool grows = encoder != nullptr && tensor.dim() == 2 && tensor.size(0) > 0 &&
                     tensor.size(0) < expected.size(0) && tensor.size(0) + encoder->added.size() >= expected.size(0);
  if (grows) tensor = grown(tensor, *encoder);
  if (tensor.sizes() != expected.sizes()) return misfit(parent, name, tensor, expected);
  return tensor;
}

}  // namespace

Status start_from_parent(const Parent& parent, const NamedTensors& weights, const TableEncoders& encoders) {
  const torch::NoGradGuard no_gradient;
  for (const auto& [name, tensor] : weights) {
    const auto encoder = encoders.find(name);
    INKLING_ASSIGN(const Tensor values,
                   parent_tensor(parent, name, tensor, encoder == encoders.end() ? nullptr : encoder->second));
    Tensor target = tensor;
    target.copy_(values);
  }
  return {};
}

}  // namespace inkling::train
