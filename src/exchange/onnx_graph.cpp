#include "exchange/onnx_graph.h"

#include <onnx/checker.h>
#include <onnx/onnx_pb.h>
#include <onnx/shape_inference/implementation.h>

#include <bit>
#include <exception>
#include <limits>
#include <map>
#include <utility>

namespace inkling::exchange {
namespace {

constexpr std::int64_t kOpset = 14;
constexpr std::int64_t kIrVersion = 7;

static_assert(std::endian::native == std::endian::little, "raw_data of an ONNX tensor is little-endian");

void describe_value(onnx::ValueInfoProto& info, const std::string& name, OnnxGraph::Element element,
                    const std::vector<Side>& sides, const std::string& meaning) {
  info.set_name(name);
  info.set_doc_string(meaning);
  auto* tensor = info.mutable_type()->mutable_tensor_type();
  tensor->set_elem_type(element == OnnxGraph::Element::kFloat ? onnx::TensorProto::FLOAT : onnx::TensorProto::INT64);
  auto* shape = tensor->mutable_shape();  // there even without sides: a single number
  for (const Side& side : sides) {
    auto* dim = shape->add_dim();
    if (const auto* size = std::get_if<std::int64_t>(&side)) {
      dim->set_dim_value(*size);
    } else {
      dim->set_dim_param(std::get<std::string>(side));
    }
  }
}

struct SetAttribute {
  onnx::AttributeProto& proto;
  void operator()(std::int64_t value) const {
    proto.set_type(onnx::AttributeProto::INT);
    proto.set_i(value);
  }
  void operator()(float value) const {
    proto.set_type(onnx::AttributeProto::FLOAT);
    proto.set_f(value);
  }
  void operator()(const std::string& value) const {
    proto.set_type(onnx::AttributeProto::STRING);
    proto.set_s(value);
  }
  void operator()(const std::vector<std::int64_t>& values) const {
    proto.set_type(onnx::AttributeProto::INTS);
    for (const std::int64_t value : values) proto.add_ints(value);
  }
};

template <typename T>
void fill(onnx::TensorProto& tensor, const std::string& name, int type, const Shape& shape,
          std::span<const T> values) {
  tensor.set_name(name);
  tensor.set_data_type(type);
  for (const std::int64_t side : shape) tensor.add_dims(side);
  tensor.set_raw_data(values.data(), values.size_bytes());
}

}  // namespace

struct OnnxGraph::Parts {
  onnx::ModelProto model;
  std::map<std::string, int, std::less<>> made;  // values so far, by operator
  std::map<std::string, Value, std::less<>> constants;

  Value next(std::string_view op) { return std::string(op) + "_" + std::to_string(made[std::string(op)]++); }
  Value constant(const std::string& name, const Shape& shape, std::span<const std::int64_t> values) {
    const auto [place, is_new] = constants.try_emplace(name, name);
    if (is_new) fill(*model.mutable_graph()->add_initializer(), name, onnx::TensorProto::INT64, shape, values);
    return place->second;
  }
};

OnnxGraph::OnnxGraph(std::string name) : parts_(std::make_unique<Parts>()) {
  parts_->model.set_ir_version(kIrVersion);
  parts_->model.set_producer_name("inkling");
  parts_->model.add_opset_import()->set_version(kOpset);
  parts_->model.mutable_graph()->set_name(std::move(name));
}

OnnxGraph::~OnnxGraph() = default;
OnnxGraph::OnnxGraph(OnnxGraph&&) noexcept = default;
OnnxGraph& OnnxGraph::operator=(OnnxGraph&&) noexcept = default;

Value OnnxGraph::input(const std::string& name, Element element, const std::vector<Side>& sides,
                       const std::string& meaning) {
  describe_value(*parts_->model.mutable_graph()->add_input(), name, element, sides, meaning);
  return name;
}

void OnnxGraph::output(const Value& value, const std::string& name, const std::vector<Side>& sides,
                       const std::string& meaning) {
  auto* graph = parts_->model.mutable_graph();
  auto* node = graph->add_node();
  node->set_op_type("Identity");
  node->set_name(name);
  node->add_input(value);
  node->add_output(name);
  describe_value(*graph->add_output(), name, Element::kFloat, sides, meaning);
}

Value OnnxGraph::weight(const std::string& name, const Shape& shape, std::span<const float> values) {
  fill(*parts_->model.mutable_graph()->add_initializer(), name, onnx::TensorProto::FLOAT, shape, values);
  return name;
}

Value OnnxGraph::integers(std::span<const std::int64_t> values) {
  std::string name = "integers";
  for (const std::int64_t value : values) name += "_" + std::to_string(value);
  return parts_->constant(name, {static_cast<std::int64_t>(values.size())}, values);
}

Value OnnxGraph::integer(std::int64_t value) {
  return parts_->constant("integer_" + std::to_string(value), {}, {&value, 1});
}

Value OnnxGraph::number(float value) {
  const std::string name = "number_" + std::to_string(std::bit_cast<std::uint32_t>(value));
  if (parts_->constants.try_emplace(name, name).second) {
    fill<float>(*parts_->model.mutable_graph()->add_initializer(), name, onnx::TensorProto::FLOAT, {}, {&value, 1});
  }
  return name;
}

Value OnnxGraph::add(std::string_view op, const std::vector<Value>& inputs,
                     const std::vector<Attribute>& attributes) {
  return add_many(op, inputs, attributes, 1).front();
}

std::vector<Value> OnnxGraph::add_many(std::string_view op, const std::vector<Value>& inputs,
                                       const std::vector<Attribute>& attributes, std::size_t outputs) {
  auto* node = parts_->model.mutable_graph()->add_node();
  node->set_op_type(std::string(op));
  for (const Value& value : inputs) node->add_input(value);
  std::vector<Value> values;
  for (std::size_t i = 0; i < outputs; ++i) {
    values.push_back(parts_->next(op));
    node->add_output(values.back());
  }
  node->set_name(values.front());
  for (const Attribute& attribute : attributes) {
    auto* proto = node->add_attribute();
    proto->set_name(attribute.name);
    std::visit(SetAttribute{*proto}, attribute.value);
  }
  return values;
}

void OnnxGraph::tell(const std::string& key, const std::string& value) {
  auto* entry = parts_->model.add_metadata_props();
  entry->set_key(key);
  entry->set_value(value);
}

void OnnxGraph::describe(const std::string& text) {
  parts_->model.set_doc_string(text);
}

base::Result<std::string> OnnxGraph::bytes() const {
  if (parts_->model.ByteSizeLong() > std::numeric_limits<std::int32_t>::max()) {
    return base::too_large("an ONNX file can have 2 GB, and this model's would have " +
                           std::to_string(parts_->model.ByteSizeLong()) + " bytes; embed smaller vocabularies");
  }
  try {  // ONNX reports by throwing
    onnx::checker::check_model(parts_->model);
    onnx::ModelProto inferred = parts_->model;
    onnx::shape_inference::InferShapes(inferred, onnx::OpSchemaRegistry::Instance(),
                                       {/* check_type */ true, /* strict_mode */ 1, /* data_prop */ true});
  } catch (const std::exception& error) {
    return base::internal_error(std::string("ONNX: ") + error.what());
  }
  return parts_->model.SerializeAsString();
}

}  // namespace inkling::exchange
