#include "train/booster_trees.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/core/json.h"

namespace inkling::train {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;
using forest::TreeColumns;

struct XgbTree {
  std::vector<double> left, right, column, value, missing_left;
  std::vector<std::vector<std::uint32_t>> set;  // per node; empty: it compares
};

Result<JsonView> at(JsonView view, std::initializer_list<std::string_view> path) {
  for (const std::string_view key : path) {
    INKLING_ASSIGN(view, view.member(key));
  }
  return view;
}

Result<std::vector<double>> numbers(const JsonView& tree, std::string_view key) {
  INKLING_ASSIGN(const auto elements, tree.elements(key));
  std::vector<double> values;
  for (const JsonView& element : elements) {
    const bool* flag = element.json().if_boolean();
    double value = flag != nullptr && *flag ? 1 : 0;
    if (flag == nullptr) {
      INKLING_ASSIGN(value, element.as_number());
    }
    values.push_back(value);
  }
  return values;
}

// The first word is how many follow; bit 0 of the first of them is category 0.
std::vector<std::uint32_t> packed(const std::vector<double>& categories, std::size_t begin, std::size_t end) {
  std::vector<std::uint32_t> words(1, 0);
  for (std::size_t i = begin; i < end; ++i) {
    const auto category = static_cast<std::uint32_t>(categories[i]);
    if (words.size() < category / 32 + 2) words.resize(category / 32 + 2, 0);
    words[category / 32 + 1] |= std::uint32_t{1} << (category % 32);
  }
  words[0] = static_cast<std::uint32_t>(words.size() - 1);
  return words;
}

Status read_sets(const JsonView& view, XgbTree& tree) {
  INKLING_ASSIGN(const auto categories, numbers(view, "categories"));
  INKLING_ASSIGN(const auto nodes, numbers(view, "categories_nodes"));
  INKLING_ASSIGN(const auto begins, numbers(view, "categories_segments"));
  INKLING_ASSIGN(const auto sizes, numbers(view, "categories_sizes"));
  tree.set.resize(tree.left.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto node = static_cast<std::size_t>(nodes[i]);
    const bool fits = begins.size() > i && sizes.size() > i && node < tree.set.size() &&
                      begins[i] + sizes[i] <= static_cast<double>(categories.size());
    if (!fits) return view.refuse("its categories do not fit together");
    const auto begin = static_cast<std::size_t>(begins[i]);
    tree.set[node] = packed(categories, begin, begin + static_cast<std::size_t>(sizes[i]));
  }
  return {};
}

Result<XgbTree> read_tree(const JsonView& view) {
  XgbTree tree;
  INKLING_ASSIGN(tree.left, numbers(view, "left_children"));
  INKLING_ASSIGN(tree.right, numbers(view, "right_children"));
  INKLING_ASSIGN(tree.column, numbers(view, "split_indices"));
  INKLING_ASSIGN(tree.value, numbers(view, "split_conditions"));
  INKLING_ASSIGN(tree.missing_left, numbers(view, "default_left"));
  const std::size_t nodes = tree.left.size();
  const bool same = nodes > 0 && tree.right.size() == nodes && tree.column.size() == nodes &&
                    tree.value.size() == nodes && tree.missing_left.size() == nodes;
  if (!same) return view.refuse("its lists have different lengths");
  INKLING_TRY(read_sets(view, tree));
  return tree;
}

void append_node(const XgbTree& tree, std::size_t node, TreeColumns& out) {
  const bool leaf = tree.left[node] < 0;
  const bool asks_set = !leaf && !tree.set[node].empty();
  out.left.push_back(0);  // set when its children find their place
  out.column.push_back(leaf ? 0 : static_cast<std::int32_t>(tree.column[node]));
  out.value.push_back(asks_set ? 0.0F : static_cast<float>(tree.value[node]));
  out.missing_left.push_back(!leaf && tree.missing_left[node] != 0 ? 1 : 0);
  out.set.push_back(asks_set ? static_cast<std::int32_t>(out.sets.size()) : -1);
  if (asks_set) out.sets.insert(out.sets.end(), tree.set[node].begin(), tree.set[node].end());
}

// Level by level, so that both children of a node stand side by side behind it.
Status append_tree(const XgbTree& tree, const JsonView& view, TreeColumns& out) {
  const std::size_t first = out.left.size();
  out.roots.push_back(static_cast<std::int32_t>(first));
  std::vector<std::size_t> order = {0};
  append_node(tree, 0, out);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t node = order[i];
    if (tree.left[node] < 0) continue;
    const bool inside = tree.left[node] < static_cast<double>(tree.left.size()) && tree.right[node] >= 0 &&
                        tree.right[node] < static_cast<double>(tree.left.size()) &&
                        order.size() + 2 <= tree.left.size();
    if (!inside) return view.refuse("a node's children lie outside the tree");
    out.left[first + i] = static_cast<std::int32_t>(out.left.size());
    for (const double child : {tree.left[node], tree.right[node]}) {
      order.push_back(static_cast<std::size_t>(child));
      append_node(tree, order.back(), out);
    }
  }
  return {};
}

// XGBoost keeps the start as the text of a probability.
Result<float> start_logit(const JsonView& learner) {
  INKLING_ASSIGN(const JsonView shape, learner.member("learner_model_param"));
  INKLING_ASSIGN(const std::string text, shape.text("base_score"));
  float prob = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), prob);
  if (error != std::errc() || prob <= 0 || prob >= 1)
    return shape.refuse("base_score " + text + " is no probability");
  return -std::log(1.0F / prob - 1.0F);
}

Result<TreeColumns> read_model(const JsonView& model, int rounds) {
  TreeColumns out;
  INKLING_ASSIGN(const JsonView learner, model.member("learner"));
  INKLING_ASSIGN(out.start_logit, start_logit(learner));
  INKLING_ASSIGN(const JsonView booster, at(learner, {"gradient_booster", "model"}));
  INKLING_ASSIGN(const auto trees, booster.elements("trees"));
  for (std::size_t i = 0; i < trees.size() && i < static_cast<std::size_t>(rounds); ++i) {
    INKLING_ASSIGN(const XgbTree tree, read_tree(trees[i]));
    INKLING_TRY(append_tree(tree, trees[i], out));
  }
  if (out.roots.empty()) return forest::constant_trees(out.start_logit);
  if (out.sets.empty()) out.sets.push_back(0);
  return out;
}

// A node that asks a set has no threshold: XGBoost writes NaN there, which is no JSON. No text of the document has
// it.
std::string without_nan(std::string_view json) {
  constexpr std::string_view kNan = "NaN";
  std::string text;
  text.reserve(json.size());
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t nan = std::min(json.find(kNan, at), json.size());
    text.append(json, at, nan - at);
    if (nan < json.size()) text += "0.0";
    at = nan + kNan.size();
  }
  return text;
}

}  // namespace

Result<forest::TreeColumns> trees_from_model(std::string_view model_json, int rounds) {
  const auto told = [](const Status& status) { return base::internal_error("XGBoost's model: " + status.message()); };
  const auto model = Json::parse(without_nan(model_json));
  if (!model.ok()) return told(model.status());
  auto trees = read_model(JsonView(*model), rounds);
  if (!trees.ok()) return told(trees.status());
  return trees;
}

}  // namespace inkling::train
