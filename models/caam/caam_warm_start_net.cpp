#include "models/caam/caam_warm_start_net.h"

#include <algorithm>
#include <string>

#include "models/caam/caam_package.h"

namespace inkling::models::caam {
namespace {

using base::Result;
using base::Status;
using torch::Tensor;

Result<Tensor> parent_tensor(const artifact::Safetensors& parent, const std::string& name, const Tensor& like,
                             bool any_rows) {
  const artifact::TensorView* view = parent.find(name);
  if (view == nullptr) return base::invalid_input("the package to start from has no tensor \"" + name + "\"");
  artifact::Shape wanted = like.sizes().vec();
  if (any_rows && view->shape.size() == wanted.size()) wanted[0] = view->shape[0];
  if (view->shape == wanted) return train::tensor_of(*view);
  return base::invalid_input("the package to start from has tensor \"" + name + "\" of shape " +
                             artifact::shape_text(view->shape) + ", this network needs " +
                             artifact::shape_text(wanted) + ": set embedding_dim and attention_mlp as it has them");
}

// Row 0, of unknown ids, stays; the lists are increasing, and so a row is a place in its list plus one.
void copy_named_rows(const std::vector<std::uint64_t>& from_names, const Tensor& from,
                     const std::vector<std::uint64_t>& to_names, Tensor to) {
  for (std::size_t i = 0; i < to_names.size(); ++i) {
    const auto found = std::lower_bound(from_names.begin(), from_names.end(), to_names[i]);
    if (found == from_names.end() || *found != to_names[i]) continue;
    to[static_cast<std::int64_t>(i) + 1].copy_(from[found - from_names.begin() + 1]);
  }
}

}  // namespace

Status start_from(const artifact::Safetensors& parent, const Vocabulary& vocabulary, CaamNetwork& network) {
  INKLING_ASSIGN(const InputTables tables, read_input_tables(parent));
  const torch::NoGradGuard no_gradient;
  std::size_t table = 0;  // the named ones come first
  for (auto& [name, tensor] : network.weights()) {
    const bool named = table < Vocabulary::kNamed;
    if (!named && !name.starts_with("embed.") && !name.starts_with("attention.")) continue;
    INKLING_ASSIGN(const Tensor values, parent_tensor(parent, name, tensor, named));
    if (!named) {
      tensor.copy_(values);
      continue;
    }
    const auto& names = tables.vocabulary.names()[table];
    if (values.size(0) != static_cast<std::int64_t>(names.size()) + 1) {
      return base::corrupt("tensor \"" + name + "\" has " + std::to_string(values.size(0)) + " rows for " +
                           std::to_string(names.size()) + " names");
    }
    copy_named_rows(names, values, vocabulary.names()[table], tensor);
    ++table;
  }
  return {};
}

}  // namespace inkling::models::caam
