#include "bench/dipn_forward/stages.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <utility>

#include "nn/dense.h"
#include "nn/input_projection.h"
#include "nn/inter_attention.h"
#include "nn/intra_attention.h"
#include "nn/readout.h"
#include "nn/recurrent_cell.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::Result;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kHidden = 64;
using Paths = std::optional<math::ReducedPaths>;
enum Stage : std::size_t { kInput, kRecurrence, kIntra, kInter, kReadout, kMlp, kStages };
constexpr std::array<const char*, kStages> kStageNames = {
    "embeddings, input product", "recurrence", "attention inside views",
    "attention between views",   "read-out",   "MLP, heads"};

struct View {
  nn::InputProjection input;
  nn::RecurrentCell cell;
  nn::IntraAttention intra;
  nn::InterAttention inter;
  std::size_t rows;
  std::size_t input_width;
};

class Layers {
 public:
  static Result<Layers> make(const artifact::Safetensors& tensors, bool product, const Paths& paths,
                             const std::vector<ForwardInput>& inputs);
  void run(const ForwardInput& input, std::array<std::vector<double>, kStages>& times);
  [[nodiscard]] std::array<double, kStages> mflop() const;

 private:
  std::vector<View> views_;
  std::vector<nn::Mlp> mlp_;
  bool product_ = true;
  Paths paths_;
  std::vector<math::HalfLine> lines_;
  std::vector<float> projected_, scratch_, states_, attended_, columns_, alpha_, context_, mlp_input_;
};

// Time since the last lap goes to `stage`.
class Laps {
 public:
  explicit Laps(std::array<std::vector<double>, kStages>& times) : times_(times), last_(Clock::now()) {}
  ~Laps() {
    for (std::size_t stage = 0; stage < kStages; ++stage) times_[stage].push_back(sums_[stage]);
  }
  void lap(Stage stage) {
    const auto now = Clock::now();
    sums_[stage] += std::chrono::duration<double, std::micro>(now - last_).count();
    last_ = now;
  }

 private:
  std::array<std::vector<double>, kStages>& times_;
  std::array<double, kStages> sums_{};
  Clock::time_point last_;
};

// A tensor as a layer takes it; its name and shape are those of the package.
Result<nn::Weight> weight(const artifact::Safetensors& tensors, const std::string& name) {
  const artifact::TensorView* found = tensors.find(name);
  if (found == nullptr) return base::invalid_input("the package has no tensor " + name);
  INKLING_ASSIGN(const auto values, tensors.floats(name, found->shape));
  const auto rows = static_cast<std::size_t>(found->shape.front());
  return nn::Weight{found->name, values, rows, values.size() / rows};
}

Result<View> load_view(const artifact::Safetensors& tensors, const std::string& name, std::size_t records_ids,
                       const Paths& paths) {
  const std::string prefix = "view." + name + ".";
  nn::RecurrentWeights recurrent;
  INKLING_ASSIGN(recurrent.weight_hh, weight(tensors, prefix + "rnn.weight_hh"));
  INKLING_ASSIGN(recurrent.bias_ih, weight(tensors, prefix + "rnn.bias_ih"));
  INKLING_ASSIGN(recurrent.bias_hh, weight(tensors, prefix + "rnn.bias_hh"));
  INKLING_ASSIGN(auto cell, nn::RecurrentCell::make(nn::CellKind::kGru, recurrent, math::simd_kernels(), paths));
  std::vector<nn::InputProjection::Feature> features;
  while (tensors.find(models::dipn::embedding_name(name, features.size())) != nullptr) {
    INKLING_ASSIGN(const auto table, weight(tensors, models::dipn::embedding_name(name, features.size())));
    INKLING_ASSIGN(const auto embedding, nn::Embedding::make(table));
    features.push_back({embedding, false});
  }
  INKLING_ASSIGN(const auto weight_ih, weight(tensors, prefix + "rnn.weight_ih"));
  INKLING_ASSIGN(auto input,
                 nn::InputProjection::make(features, weight_ih, cell.input_bias(), math::simd_kernels(), paths));
  nn::IntraAttentionWeights attention;
  INKLING_ASSIGN(attention.state, weight(tensors, prefix + "intra.state"));
  INKLING_ASSIGN(attention.last, weight(tensors, prefix + "intra.last"));
  INKLING_ASSIGN(attention.bias, weight(tensors, prefix + "intra.bias"));
  INKLING_ASSIGN(attention.query, weight(tensors, prefix + "intra.query"));
  INKLING_ASSIGN(auto intra, nn::IntraAttention::make(attention, true, math::simd_kernels(), paths));
  INKLING_ASSIGN(const auto merged, weight(tensors, prefix + "inter.merged"));
  INKLING_ASSIGN(const auto bias, weight(tensors, prefix + "inter.bias"));
  INKLING_ASSIGN(auto inter, nn::InterAttention::make(merged, bias, math::simd_kernels(), paths));
  return View{std::move(input), std::move(cell), std::move(intra), std::move(inter), records_ids / features.size(),
              weight_ih.cols};
}

Result<Layers> Layers::make(const artifact::Safetensors& tensors, bool product, const Paths& paths,
                            const std::vector<ForwardInput>& inputs) {
  Layers layers;
  layers.product_ = product;
  layers.paths_ = paths;
  std::size_t total = 0, scratch = 0, lines = 0;
  for (std::size_t v = 0; v < inputs.front().ids.size(); ++v) {
    constexpr std::array<const char*, 3> kNames = {"swipe", "tap", "browse"};
    INKLING_ASSIGN(auto view, load_view(tensors, kNames[v], inputs.front().ids[v].size(), paths));
    total += view.rows;
    scratch = std::max({scratch, view.input.scratch_size(view.rows), view.cell.scratch_size()});
    lines = std::max(lines, view.input.lines_size(view.rows));
    layers.views_.push_back(std::move(view));
  }
  for (const View& view : layers.views_) {
    scratch = std::max({scratch, view.intra.scratch_size(view.rows), view.inter.scratch_size(view.rows, total)});
    lines = std::max({lines, view.intra.lines_size(view.rows), view.inter.lines_size(view.rows, total)});
  }
  std::vector<nn::Dense> dense;
  for (std::size_t i = 0; i < 3; ++i) {
    INKLING_ASSIGN(const auto w, weight(tensors, models::dipn::mlp_name(i, "weight")));
    INKLING_ASSIGN(const auto b, weight(tensors, models::dipn::mlp_name(i, "bias")));
    INKLING_ASSIGN(auto layer, nn::Dense::make(w, b, i < 2 ? nn::Activation::kRelu : nn::Activation::kNone));
    dense.push_back(std::move(layer));
  }
  INKLING_ASSIGN(auto mlp, nn::Mlp::make(std::move(dense)));
  layers.mlp_input_.resize(mlp.in());
  layers.mlp_.push_back(std::move(mlp));
  const std::size_t first_rows = layers.views_.front().rows;
  layers.projected_.resize(total * 3 * kHidden);
  layers.scratch_.resize(scratch);
  layers.states_.resize(total * kHidden);
  layers.attended_.resize((total + first_rows) * kHidden);
  layers.columns_.resize((total + first_rows + 32) / 16 * 16 * kHidden);
  layers.alpha_.resize(total);
  layers.lines_.resize(lines);
  layers.context_.resize(total * kHidden);
  return layers;
}

void Layers::run(const ForwardInput& input, std::array<std::vector<double>, kStages>& times) {
  const math::Kernels& kernels = math::simd_kernels();
  const auto rows_of = [](std::vector<float>& buffer, std::size_t first, std::size_t rows) {
    return std::span(buffer).subspan(first * kHidden, rows * kHidden);
  };
  Laps laps(times);
  const math::ProductScope scope(paths_ ? paths_->product : math::ProductPath::kScalar);
  std::size_t total = 0;
  for (std::size_t v = 0; v < views_.size(); ++v) {
    const View& view = views_[v];
    const std::span<float> projected = std::span(projected_).first(view.rows * 3 * kHidden);
    view.input.project(input.ids[v], projected, scratch_, lines_);
    laps.lap(kInput);
    std::array<float, kHidden> state{};
    const std::span<float> states = rows_of(states_, total, view.rows);
    view.cell.run(projected, state, states, scratch_);
    laps.lap(kRecurrence);
    view.intra.forward(states, view.rows, rows_of(attended_, total, view.rows), std::span(alpha_).first(view.rows),
                       scratch_, lines_);
    laps.lap(kIntra);
    total += view.rows;
  }
  const std::size_t again = views_.front().rows, stride = columns_.size() / kHidden;
  std::ranges::copy(rows_of(attended_, 0, again), rows_of(attended_, total, again).begin());
  if (!paths_) kernels.transpose(rows_of(attended_, 0, total + again), kHidden, columns_, stride);
  laps.lap(kInter);
  std::size_t next = 0;
  for (std::size_t v = 0; v < views_.size(); ++v) {
    const View& view = views_[v];
    const std::span<const float> own = rows_of(attended_, next, view.rows);
    const std::size_t first = v + 1 == views_.size() ? 0 : next + view.rows, others = total - view.rows;
    const nn::InterAttentionInput rows{
        own,   view.rows, rows_of(attended_, first, others), others, std::span<const float>(columns_).subspan(first),
        stride};
    const std::span<float> context = rows_of(context_, 0, view.rows);
    const std::span<float> last = rows_of(context_, 0, 1), mean = rows_of(context_, 1, 1);
    const std::size_t width = mlp_input_.size() / views_.size();
    const std::span<float> out = std::span(mlp_input_).subspan(v * width, width);
    product_ ? view.inter.forward(rows, context, scratch_, lines_)
             : view.inter.forward_pooled(rows, last, mean, scratch_, lines_);
    laps.lap(kInter);
    product_ ? nn::product_sum(own, context, out) : nn::residual_last_and_mean(own, view.rows, last, mean, out);
    laps.lap(kReadout);
    next += view.rows;
  }
  std::array<float, 2> logits;
  mlp_.front().forward(mlp_input_, logits, scratch_);
  laps.lap(kMlp);
}

// Multiplications and additions of the products; curves and sums beside them are not counted.
std::array<double, kStages> Layers::mflop() const {
  std::array<double, kStages> flop{};
  double total = 0;
  for (const View& view : views_) total += static_cast<double>(view.rows);
  constexpr double kH = kHidden;
  for (const View& view : views_) {
    const auto rows = static_cast<double>(view.rows);
    const double others = total - rows;
    flop[kInput] += 2 * rows * static_cast<double>(view.input_width) * 3 * kH;
    flop[kRecurrence] += 2 * rows * kH * 3 * kH;
    flop[kIntra] += 2 * rows * kH * static_cast<double>(view.intra.attention_size());
    flop[kInter] += 2 * rows * kH * kH + 2 * rows * kH * others + 2 * (product_ ? rows : 2) * kH * others;
  }
  flop[kMlp] = 2 * (static_cast<double>(mlp_input_.size()) * 128 + 128 * 64 + 64 * 2);
  for (double& value : flop) value /= 1e6;
  return flop;
}

double median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

Result<Json> time_stages(const ForwardModel& model, const std::string& readout, math::Precision precision,
                         const std::vector<ForwardInput>& inputs, std::int64_t passes) {
  INKLING_ASSIGN(auto layers, Layers::make(model.package->weights(), readout == "product",
                                           math::reduced_paths(precision, math::simd_kernels()), inputs));
  std::array<std::vector<double>, kStages> times;
  for (std::int64_t pass = 0; pass < passes; ++pass) {
    for (const ForwardInput& input : inputs) layers.run(input, times);
  }
  const auto mflop = layers.mflop();
  Json rows = Json::array();
  for (std::size_t stage = 0; stage < kStages; ++stage) {
    Json row = Json::object();
    row.set("stage", kStageNames[stage]).set("us", median(times[stage])).set("mflop", mflop[stage]);
    rows.push(std::move(row));
  }
  return rows;
}

}  // namespace inkling::bench
