// Starts a network from an older package's weights. Not for resuming a training that was stopped (checkpoint.h).
//
// Every tensor is copied as it is. An embedding table whose vocabulary has learned names since has more rows: old
// rows keep their ids and values, and the row of an added name starts as a copy of the row that it shared with other
// unknown names until now. So before its first step the network gives every sample the very logits that the package
// gives. Thread safety: free functions. Failure: kCorrupt that names the tensor which is missing or of another shape.
#pragma once

#include <map>
#include <string>

#include "base/core/result.h"
#include "feature/encoder.h"
#include "train/tensor_bytes.h"
#include "train/training_half.h"

namespace inkling::train {

// The encoder behind each embedding table, by the table's name in a package.
using TableEncoders = std::map<std::string, const feature::Encoder*>;

// `weights`: the network's own tensors under their names in a package; they share their values with it.
[[nodiscard]] base::Status start_from_parent(const Parent& parent, const NamedTensors& weights,
                                             const TableEncoders& encoders);

}  // namespace inkling::train
