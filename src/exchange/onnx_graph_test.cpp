#include "exchange/onnx_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include <array>

namespace inkling::exchange {
namespace {

using Element = OnnxGraph::Element;
using testing::HasSubstr;

// y = x W, with W [2 x 3], and the key `k` told.
OnnxGraph product_of(const std::vector<Side>& sides) {
  OnnxGraph graph("product");
  const Value x = graph.input("x", Element::kFloat, sides, "what is multiplied");
  const std::array<float, 6> weights = {1, 2, 3, 4, 5, 6};
  const Value w = graph.weight("w", {2, 3}, weights);
  graph.output(graph.add("MatMul", {x, w}), "y", {std::string("batch"), std::int64_t{3}}, "the product");
  graph.tell("k", "v");
  return graph;
}

onnx::ModelProto parsed(const OnnxGraph& graph) {
  onnx::ModelProto model;
  const auto bytes = graph.bytes();
  EXPECT_TRUE(bytes.ok()) << bytes.status().message();
  EXPECT_TRUE(model.ParseFromString(*bytes));
  return model;
}

TEST(OnnxGraph, says_its_opset_its_sides_and_what_it_was_told) {
  const auto model = parsed(product_of({std::string("batch"), std::int64_t{2}}));
  EXPECT_EQ(model.ir_version(), 7);
  EXPECT_EQ(model.opset_import(0).version(), 14);
  EXPECT_EQ(model.metadata_props(0).key() + model.metadata_props(0).value(), "kv");
  const auto& shape = model.graph().input(0).type().tensor_type().shape();
  EXPECT_EQ(shape.dim(0).dim_param(), "batch");
  EXPECT_EQ(shape.dim(1).dim_value(), 2);
  const auto& weight = model.graph().initializer(0);
  EXPECT_EQ(weight.name(), "w");
  EXPECT_EQ(weight.raw_data().size(), 6 * sizeof(float));
}

TEST(OnnxGraph, refuses_shapes_that_do_not_fit) {
  const auto bytes = product_of({std::string("batch"), std::int64_t{5}}).bytes();
  ASSERT_FALSE(bytes.ok());
  EXPECT_EQ(bytes.status().code(), base::ErrorCode::kInternal);
  EXPECT_THAT(bytes.status().message(), HasSubstr("Incompatible dimensions"));
}

TEST(OnnxGraph, refuses_a_value_that_nothing_made) {
  OnnxGraph graph("broken");
  graph.output("nowhere", "y", {std::int64_t{1}}, "");
  EXPECT_THAT(graph.bytes().status().message(), HasSubstr("nowhere"));
}

TEST(OnnxGraph, keeps_equal_constants_once_and_tells_numbers_apart) {
  OnnxGraph graph("constants");
  const std::array<std::int64_t, 2> pair = {1, 2};
  EXPECT_EQ(graph.integers(pair), graph.integers(pair));
  EXPECT_NE(graph.integers({pair.data(), 1}), graph.integer(1)) << "a list of one is no single number";
  EXPECT_NE(graph.number(1e-9F), graph.number(2e-9F));
  graph.output(graph.number(1), "y", {}, "");
  EXPECT_EQ(parsed(graph).graph().initializer_size(), 6);
}

}  // namespace
}  // namespace inkling::exchange
