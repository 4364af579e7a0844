// Layers of our models as ONNX nodes, with weights that a package holds in LibTorch's layout. The counterparts of
// src/nn, over batches: rows stand as [batch, steps, width], left-aligned, and a mask says which of them are records.
//
// Thread safety: one thread. Failure: kCorrupt that names the tensor that is missing or misshapen.
// Every masked softmax adds a number to the logits that is large enough for float32 and still finite in float16,
// because engines of phones compute in the latter.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "artifact/manifest.h"
#include "artifact/safetensors.h"
#include "base/core/result.h"
#include "exchange/onnx_graph.h"
#include "feature/blueprint.h"
#include "feature/scorer.h"
#include "nn/recurrent_cell.h"

namespace inkling::exchange {

// What one view of a blueprint brings into the graph.
struct OnnxView {
  std::string name;
  Value ids;      // [batch, steps, features]
  Value lengths;  // [batch]
  Value mask;     // [batch, steps] bool: where there is a record
  Value present;  // the same as 1 or 0, [batch, steps, 1]
  Value is_last;  // [batch, 1, steps], 1 at the last record of each; all 0 of an empty one
};

class OnnxLayers {
 public:
  OnnxLayers(OnnxGraph& graph, const artifact::Safetensors& weights) : graph_(graph), weights_(weights) {}

  // Inputs <view>_ids and <view>_lengths, and the masks made of them.
  [[nodiscard]] OnnxView view(const feature::ViewSpec& spec);
  // Inputs numbers and ids as far as the blueprint has any, side by side with the embeddings of the latter, [batch,
  // width]; "" without any statistic. Tables are named `table` followed by the id's place.
  [[nodiscard]] base::Result<Value> statistics(const feature::Blueprint& blueprint, const std::string& table,
                                               std::int64_t dim);

  // The embeddings of all features of each record, [batch, steps, features x dim]. Tables as above.
  [[nodiscard]] base::Result<Value> embed(const OnnxView& view, const feature::ViewSpec& spec,
                                          const std::string& table, std::int64_t dim);

  struct Cell {
    nn::CellKind kind = nn::CellKind::kGru;
    std::int64_t inputs = 0, hidden = 0;
    std::string weights;  // the tensors' prefix: weight_ih, weight_hh, bias_ih, bias_hh follow
    std::string states;   // inputs <states>_state and, of an LSTM, <states>_cell; outputs the same with _after
  };
  // Every step's hidden state, [batch, steps, H]; zero where there is no record.
  [[nodiscard]] base::Result<Value> recurrent(const Cell& cell, const OnnxView& view, const Value& steps);

  // Softmax over the last axis among the places that `mask` leaves; all zero where it leaves none.
  [[nodiscard]] Value masked_softmax(const Value& logits, const Value& mask);
  // Rows [batch, steps, width] summed to [batch, width].
  [[nodiscard]] Value sum_of_rows(const Value& rows);
  [[nodiscard]] Value last_row(const OnnxView& view, const Value& rows);
  // The mean over records; zero of none.
  [[nodiscard]] Value mean_of_rows(const OnnxView& view, const Value& rows);

  // [batch, in] to [batch, out] with tensors <name>.weight [out x in] and <name>.bias.
  [[nodiscard]] base::Result<Value> dense(const Value& x, const std::string& name, std::int64_t in, std::int64_t out);
  [[nodiscard]] base::Result<Value> weight(const std::string& name, const Shape& shape);
  // The same, every element times `factor`, or turned on its side ([rows x cols] becomes [cols x rows]).
  [[nodiscard]] base::Result<Value> scaled(const std::string& name, const Shape& shape, float factor);
  [[nodiscard]] base::Result<Value> transposed(const std::string& name, std::int64_t rows, std::int64_t cols);

  // Outputs `logits` and `probabilities`, [batch, targets].
  void answer(const Value& logits, std::size_t targets);

 private:
  struct States;
  [[nodiscard]] States initial_states(const Cell& cell);
  [[nodiscard]] base::Result<Value> gates(const std::string& name, const Cell& cell, std::int64_t cols);
  [[nodiscard]] base::Result<Value> biases(const Cell& cell);
  void final_state(const Cell& cell, const Value& value, const char* name);

  OnnxGraph& graph_;
  const artifact::Safetensors& weights_;
};

// Model, version, targets, parameters and the fitted blueprint, so that whoever holds the file can encode features.
void tell_package(const artifact::PackageManifest& manifest, OnnxGraph& graph);

}  // namespace inkling::exchange
