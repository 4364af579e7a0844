// Writes one network as an ONNX model: nodes are named by what they make, and every call that adds something returns
// the name that later calls refer to it by. Not a reader, not a runtime, no optimiser: engines bring their own.
//
// Shapes: a side that is only known when the model runs (the batch, the steps) has a name instead of a number; equal
// names mean equal sides. Weights are float32, ids and lengths int64. Opset 14, IR version 7: the oldest that have
// what recurrent networks need, so that converters of phone engines read them.
// Ownership: values are copied in. Thread safety: one thread. Cost: the weights are held once, and once more as
// bytes. Failure: only bytes() fails: kInternal when ONNX's own checker or its shape inference refuses the graph (our
// bug, told in the checker's words), kTooLarge above the two gigabytes that one such file can have. Source: the ONNX
// operator specification, opset 14.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/core/result.h"

namespace inkling::exchange {

using Value = std::string;                             // the name of something in the graph
using Side = std::variant<std::int64_t, std::string>;  // a number, or the name of a side that varies
using Shape = std::vector<std::int64_t>;

struct Attribute {
  std::string name;
  std::variant<std::int64_t, float, std::string, std::vector<std::int64_t>> value;
};

class OnnxGraph {
 public:
  enum class Element { kFloat, kInt64 };

  explicit OnnxGraph(std::string name);
  ~OnnxGraph();
  OnnxGraph(OnnxGraph&&) noexcept;
  OnnxGraph& operator=(OnnxGraph&&) noexcept;

  Value input(const std::string& name, Element element, const std::vector<Side>& sides, const std::string& meaning);
  // Gives `value` the name `name` and makes it an output.
  void output(const Value& value, const std::string& name, const std::vector<Side>& sides,
              const std::string& meaning);

  // A weight that stands in the file; `values` has as many elements as the shape says.
  Value weight(const std::string& name, const Shape& shape, std::span<const float> values);
  Value integers(std::span<const std::int64_t> values);  // one-dimensional; the same values give the same name
  Value integer(std::int64_t value);                     // without dimensions
  Value number(float value);                             // without dimensions

  Value add(std::string_view op, const std::vector<Value>& inputs, const std::vector<Attribute>& attributes = {});
  // An operator with several outputs; "" for those that nobody reads.
  std::vector<Value> add_many(std::string_view op, const std::vector<Value>& inputs,
                              const std::vector<Attribute>& attributes, std::size_t outputs);

  // What the file says of itself beside the graph (metadata_props).
  void tell(const std::string& key, const std::string& value);
  void describe(const std::string& text);

  // The checked file.
  [[nodiscard]] base::Result<std::string> bytes() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace inkling::exchange
