#include "exchange/onnx_layers.h"

#include <algorithm>
#include <array>
#include <utility>

namespace inkling::exchange {

using base::Result;
using Element = OnnxGraph::Element;

namespace {

constexpr float kMasked = -30000.0F;
const Side kBatch = std::string("batch");

std::size_t element_count(const Shape& shape) {
  std::size_t count = 1;
  for (const std::int64_t side : shape) count *= static_cast<std::size_t>(side);
  return count;
}

// Where ONNX's gates stand in LibTorch's order: z r h of r z n, and i o f c of i f g o.
std::vector<std::size_t> gate_order(nn::CellKind kind) {
  if (kind == nn::CellKind::kGru) return {1, 0, 2};
  return {0, 3, 1, 2};
}

// The blocks of `rows` rows of `values`, one a gate, in ONNX's order.
std::vector<float> reordered(std::span<const float> values, nn::CellKind kind) {
  const auto order = gate_order(kind);
  const std::size_t block = values.size() / order.size();
  std::vector<float> result;
  for (const std::size_t gate : order) {
    const auto part = values.subspan(gate * block, block);
    result.insert(result.end(), part.begin(), part.end());
  }
  return result;
}

}  // namespace

OnnxView OnnxLayers::view(const feature::ViewSpec& spec) {
  OnnxView view;
  view.name = feature::view_name(spec.view);
  const Side steps = view.name + "_steps";
  view.ids = graph_.input(view.name + "_ids", Element::kInt64,
                          {kBatch, steps, static_cast<std::int64_t>(spec.features.size())},
                          "the last " + std::to_string(spec.window) +
                              " records of the session, oldest first, one id a feature; 0 behind the last record");
  view.lengths = graph_.input(view.name + "_lengths", Element::kInt64, {kBatch},
                              "how many of them there are, 0 to " + std::to_string(spec.window));
  const Value shape = graph_.add("Shape", {view.ids});
  const Value count = graph_.add("Gather", {shape, graph_.integer(1)}, {{"axis", std::int64_t{0}}});
  const Value places = graph_.add("Range", {graph_.integer(0), count, graph_.integer(1)});
  const std::array<std::int64_t, 1> one = {1}, two = {2};
  const Value lengths = graph_.add("Unsqueeze", {view.lengths, graph_.integers(one)});
  view.mask = graph_.add("Less", {places, lengths});
  const auto float_type = std::int64_t{1};  // onnx::TensorProto::FLOAT
  view.present =
      graph_.add("Unsqueeze", {graph_.add("Cast", {view.mask}, {{"to", float_type}}), graph_.integers(two)});
  const Value last = graph_.add("Sub", {lengths, graph_.integer(1)});
  const Value is_last = graph_.add("Cast", {graph_.add("Equal", {places, last})}, {{"to", float_type}});
  view.is_last = graph_.add("Unsqueeze", {is_last, graph_.integers(one)});
  return view;
}

Result<Value> OnnxLayers::statistics(const feature::Blueprint& blueprint, const std::string& table,
                                     std::int64_t dim) {
  std::vector<Value> parts;
  if (blueprint.number_count() > 0) {
    parts.push_back(graph_.input("numbers", Element::kFloat,
                                 {kBatch, static_cast<std::int64_t>(blueprint.number_count())},
                                 "statistics whose encoder is number, encoded, in the order of the features"));
  }
  const auto encoders = blueprint.statistic_id_encoders();
  if (!encoders.empty()) {
    const Value ids = graph_.input("ids", Element::kInt64, {kBatch, static_cast<std::int64_t>(encoders.size())},
                                   "all other statistics, one id each, in the order of the features");
    for (std::size_t i = 0; i < encoders.size(); ++i) {
      INKLING_ASSIGN(const Value rows, weight(table + std::to_string(i), {encoders[i]->id_count(), dim}));
      const Value id =
          graph_.add("Gather", {ids, graph_.integer(static_cast<std::int64_t>(i))}, {{"axis", std::int64_t{1}}});
      parts.push_back(graph_.add("Gather", {rows, id}, {{"axis", std::int64_t{0}}}));
    }
  }
  if (parts.size() < 2) return parts.empty() ? Value() : parts.front();
  return graph_.add("Concat", parts, {{"axis", std::int64_t{1}}});
}

Result<Value> OnnxLayers::embed(const OnnxView& view, const feature::ViewSpec& spec, const std::string& table,
                                std::int64_t dim) {
  std::vector<Value> parts;
  for (std::size_t f = 0; f < spec.features.size(); ++f) {
    INKLING_ASSIGN(const Value rows, weight(table + std::to_string(f), {spec.features[f].encoder.id_count(), dim}));
    const Value ids =
        graph_.add("Gather", {view.ids, graph_.integer(static_cast<std::int64_t>(f))}, {{"axis", std::int64_t{2}}});
    parts.push_back(graph_.add("Gather", {rows, ids}, {{"axis", std::int64_t{0}}}));
  }
  if (parts.size() == 1) return parts.front();
  return graph_.add("Concat", parts, {{"axis", std::int64_t{2}}});
}

struct OnnxLayers::States {
  Value hidden, cell;  // [1, batch, H]
};

OnnxLayers::States OnnxLayers::initial_states(const Cell& cell) {
  const std::array<std::int64_t, 1> zero = {0};
  const auto state = [&](const char* name, const std::string& meaning) {
    const Value value = graph_.input(cell.states + name, Element::kFloat, {kBatch, cell.hidden}, meaning);
    return graph_.add("Unsqueeze", {value, graph_.integers(zero)});
  };
  States states;
  states.hidden =
      state("_state", "the recurrent state before the first record here; zeros when the session began there");
  if (cell.kind == nn::CellKind::kLstm) states.cell = state("_cell", "the same of the LSTM's cell");
  return states;
}

Result<Value> OnnxLayers::gates(const std::string& name, const Cell& cell, std::int64_t cols) {
  const std::int64_t rows = (cell.kind == nn::CellKind::kGru ? 3 : 4) * cell.hidden;
  INKLING_ASSIGN(const auto values, weights_.floats(cell.weights + name, {rows, cols}));
  return graph_.weight(cell.weights + name, {1, rows, cols}, reordered(values, cell.kind));
}

Result<Value> OnnxLayers::biases(const Cell& cell) {
  const std::int64_t rows = (cell.kind == nn::CellKind::kGru ? 3 : 4) * cell.hidden;
  INKLING_ASSIGN(const auto of_inputs, weights_.floats(cell.weights + "bias_ih", {rows}));
  INKLING_ASSIGN(const auto of_states, weights_.floats(cell.weights + "bias_hh", {rows}));
  std::vector<float> both = reordered(of_inputs, cell.kind);
  const auto second = reordered(of_states, cell.kind);
  both.insert(both.end(), second.begin(), second.end());
  return graph_.weight(cell.weights + "bias", {1, 2 * rows}, both);
}

void OnnxLayers::final_state(const Cell& cell, const Value& value, const char* name) {
  const std::array<std::int64_t, 1> zero = {0};
  graph_.output(graph_.add("Squeeze", {value, graph_.integers(zero)}), cell.states + name, {kBatch, cell.hidden},
                "the same behind the last record, to carry on from");
}

Result<Value> OnnxLayers::recurrent(const Cell& cell, const OnnxView& view, const Value& steps) {
  const bool gru = cell.kind == nn::CellKind::kGru;
  INKLING_ASSIGN(const Value of_inputs, gates("weight_ih", cell, cell.inputs));
  INKLING_ASSIGN(const Value of_states, gates("weight_hh", cell, cell.hidden));
  INKLING_ASSIGN(const Value bias, biases(cell));
  const std::vector<std::int64_t> swap = {1, 0, 2};
  const auto int32_type = std::int64_t{6};  // onnx::TensorProto::INT32
  const States states = initial_states(cell);
  std::vector<Value> inputs = {
      graph_.add("Transpose", {steps}, {{"perm", swap}}),       of_inputs,    of_states, bias,
      graph_.add("Cast", {view.lengths}, {{"to", int32_type}}), states.hidden};
  if (!gru) inputs.push_back(states.cell);
  std::vector<Attribute> attributes = {{"hidden_size", cell.hidden}};
  if (gru) attributes.push_back({"linear_before_reset", std::int64_t{1}});
  const auto made = graph_.add_many(gru ? "GRU" : "LSTM", inputs, attributes, gru ? 2 : 3);
  final_state(cell, made[1], "_state_after");
  if (!gru) final_state(cell, made[2], "_cell_after");
  const std::array<std::int64_t, 1> direction = {1};
  const Value rows =
      graph_.add("Transpose", {graph_.add("Squeeze", {made[0], graph_.integers(direction)})}, {{"perm", swap}});
  return graph_.add("Mul", {rows, view.present});
}

Value OnnxLayers::masked_softmax(const Value& logits, const Value& mask) {
  const Value kept = graph_.add("Where", {mask, logits, graph_.number(kMasked)});
  const Value weights = graph_.add("Softmax", {kept}, {{"axis", std::int64_t{-1}}});
  return graph_.add("Mul", {weights, graph_.add("Cast", {mask}, {{"to", std::int64_t{1}}})});
}

Value OnnxLayers::sum_of_rows(const Value& rows) {
  const std::array<std::int64_t, 1> steps = {1};
  return graph_.add("ReduceSum", {rows, graph_.integers(steps)}, {{"keepdims", std::int64_t{0}}});
}

Value OnnxLayers::last_row(const OnnxView& view, const Value& rows) {
  const std::array<std::int64_t, 1> steps = {1};
  return graph_.add("Squeeze", {graph_.add("MatMul", {view.is_last, rows}), graph_.integers(steps)});
}

Value OnnxLayers::mean_of_rows(const OnnxView& view, const Value& rows) {
  const std::array<std::int64_t, 1> second = {1};
  const Value count = graph_.add("Cast", {view.lengths}, {{"to", std::int64_t{1}}});
  const Value divisor = graph_.add("Max", {count, graph_.number(1)});
  return graph_.add("Div", {sum_of_rows(rows), graph_.add("Unsqueeze", {divisor, graph_.integers(second)})});
}

Result<Value> OnnxLayers::dense(const Value& x, const std::string& name, std::int64_t in, std::int64_t out) {
  INKLING_ASSIGN(const Value w, weight(name + ".weight", {out, in}));
  INKLING_ASSIGN(const Value b, weight(name + ".bias", {out}));
  return graph_.add("Gemm", {x, w, b}, {{"transB", std::int64_t{1}}});
}

Result<Value> OnnxLayers::weight(const std::string& name, const Shape& shape) {
  return scaled(name, shape, 1);
}

Result<Value> OnnxLayers::scaled(const std::string& name, const Shape& shape, float factor) {
  INKLING_ASSIGN(const auto found, weights_.floats(name, shape));
  std::vector<float> values(found.begin(), found.end());
  for (float& value : values) value *= factor;
  return graph_.weight(name, shape, std::span<const float>(values).first(element_count(shape)));
}

Result<Value> OnnxLayers::transposed(const std::string& name, std::int64_t rows, std::int64_t cols) {
  INKLING_ASSIGN(const auto found, weights_.floats(name, {rows, cols}));
  std::vector<float> values;
  for (std::size_t c = 0; c < static_cast<std::size_t>(cols); ++c) {
    for (std::size_t r = 0; r < static_cast<std::size_t>(rows); ++r)
      values.push_back(found[r * static_cast<std::size_t>(cols) + c]);
  }
  return graph_.weight(name, {cols, rows}, values);
}

void OnnxLayers::answer(const Value& logits, std::size_t targets) {
  const std::vector<Side> sides = {kBatch, static_cast<std::int64_t>(targets)};
  graph_.output(graph_.add("Sigmoid", {logits}), "probabilities", sides, "one a target, shortest horizon first");
  graph_.output(logits, "logits", sides, "the same before the sigmoid");
}

void tell_package(const artifact::PackageManifest& manifest, OnnxGraph& graph) {
  graph.describe(manifest.name + " " + manifest.version +
                 ": the chance of a purchase within each horizon; metadata_props say how features are encoded");
  graph.tell("inkling.model", manifest.name);
  graph.tell("inkling.version", manifest.version);
  graph.tell("inkling.features", manifest.features.to_text());
  graph.tell("inkling.params", manifest.params.to_text());
}

}  // namespace inkling::exchange
