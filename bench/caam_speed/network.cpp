#include "bench/caam_speed/network.h"

#include <algorithm>
#include <utility>

namespace inkling::bench {
namespace {

using base::Result;
using nn::InputPart;
using nn::Weight;
using Kind = InputPart::Kind;

// A candidate's inputs of the top layer in their lanes: read-out, vector, dense.
constexpr std::size_t kVectorRow = kWidth, kDenseRow = 2 * kWidth, kInputRows = 2 * kWidth + kCandidateDense;

// [r, x, p, x * p, unticked, request dense, candidate dense]
constexpr std::array kTopParts = {
    InputPart{Kind::kCandidate, kWidth},         InputPart{Kind::kCandidate, kWidth},
    InputPart{Kind::kRequest, kWidth},           InputPart{Kind::kProduct, kWidth, 1, 2},
    InputPart{Kind::kRequest, kWidth},           InputPart{Kind::kRequest, kRequestDense},
    InputPart{Kind::kCandidate, kCandidateDense}};

class Reader {
 public:
  explicit Reader(const artifact::Safetensors& tensors) : tensors_(tensors) {}
  Result<Weight> matrix(std::string_view name) const { return read(name, {-1, -1}); }
  Result<Weight> vector(std::string_view name) const { return read(name, {-1}); }

 private:
  Result<Weight> read(std::string_view name, const artifact::Shape& shape) const {
    INKLING_ASSIGN(const auto values, tensors_.floats(name, shape));
    const artifact::Shape& found = tensors_.find(name)->shape;
    return Weight{name, values, static_cast<std::size_t>(found[0]),
                  found.size() == 2 ? static_cast<std::size_t>(found[1]) : 1};
  }
  const artifact::Safetensors& tensors_;
};

Result<nn::TargetAttention> target_of(const Reader& read, const math::Kernels& kernels,
                                      const math::Reducible<math::ReducedPaths>& paths) {
  nn::TargetAttentionWeights weights;
  INKLING_ASSIGN(weights.weight1, read.matrix("attention.0.weight"));
  INKLING_ASSIGN(weights.bias1, read.vector("attention.0.bias"));
  INKLING_ASSIGN(weights.weight2, read.matrix("attention.1.weight"));
  INKLING_ASSIGN(weights.bias2, read.vector("attention.1.bias"));
  INKLING_ASSIGN(weights.weight3, read.matrix("attention.2.weight"));
  INKLING_ASSIGN(weights.bias3, read.vector("attention.2.bias"));
  return nn::TargetAttention::make(weights, kSlope, kernels, paths);
}

Result<nn::TriggerAttention> trigger_of(const Reader& read, const math::Kernels& kernels) {
  nn::TriggerAttentionWeights weights;
  INKLING_ASSIGN(weights.query, read.matrix("trigger.query"));
  INKLING_ASSIGN(weights.key, read.matrix("trigger.key"));
  INKLING_ASSIGN(weights.heads, read.vector("trigger.heads"));
  return nn::TriggerAttention::make(weights, kernels);
}

Result<nn::GatedReadout> readout_of(const Reader& read, const math::Kernels& kernels) {
  nn::GateWeights weights;
  INKLING_ASSIGN(weights.scale, read.vector("gate.scale"));
  INKLING_ASSIGN(weights.context, read.vector("gate.context"));
  INKLING_ASSIGN(weights.bias, read.vector("gate.bias"));
  return nn::GatedReadout::make(weights, kernels);
}

Result<nn::BatchMlp> top_of(const Reader& read, const math::Kernels& kernels) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i <= kTopHidden.size(); ++i) {
    names.push_back("top." + std::to_string(i) + ".weight");
    names.push_back("top." + std::to_string(i) + ".bias");
  }
  std::vector<nn::MlpLayerWeights> layers;
  for (std::size_t i = 0; i < names.size(); i += 2) {
    INKLING_ASSIGN(const Weight weight, read.matrix(names[i]));
    INKLING_ASSIGN(const Weight bias, read.vector(names[i + 1]));
    layers.push_back({weight, bias});
  }
  return nn::BatchMlp::make(kTopParts, layers, kSlope, kernels);
}

}  // namespace

Network::Network(nn::TargetAttention target, nn::TriggerAttention trigger, nn::GatedReadout readout, nn::BatchMlp top,
                 const math::Kernels& kernels, std::string arithmetic)
    : target_(std::move(target)),
      trigger_(std::move(trigger)),
      readout_(std::move(readout)),
      top_(std::move(top)),
      kernels_(&kernels),
      arithmetic_(std::move(arithmetic)),
      folded_(target_.folded_size(kSteps)),
      trigger_weights_(kSteps),
      gate_state_(nn::GatedReadout::state_size(kSteps, kWidth)),
      request_input_(top_.request_in()),
      top_folded_(top_.folded_size()),
      scratch_(std::max({target_.scratch_size(), trigger_.scratch_size(kSteps, kTriggers), top_.scratch_size()})),
      lines_(target_.lines_size(kCandidates)) {}

Result<Network> Network::make(const artifact::Safetensors& weights, math::Precision precision,
                              const math::Kernels& kernels) {
  const Reader read(weights);
  const auto paths = math::reduced_paths(precision, kernels);
  INKLING_ASSIGN(auto target, target_of(read, kernels, paths));
  INKLING_ASSIGN(auto trigger, trigger_of(read, kernels));
  INKLING_ASSIGN(auto readout, readout_of(read, kernels));
  INKLING_ASSIGN(auto top, top_of(read, kernels));
  return Network(std::move(target), std::move(trigger), std::move(readout), std::move(top), kernels,
                 paths ? math::path_name(paths->product) : "float");
}

void Network::take_in(const Request& request) {
  target_.start(request.steps, folded_);
  trigger_.weights(request.steps, request.triggers, trigger_weights_, scratch_);
  readout_.start(request.steps, kWidth, trigger_weights_, request.dense, gate_state_);
  const std::span<float> pool = std::span(request_input_).first(kWidth);
  kernels_->column_sums(request.triggers, kWidth, pool);
  kernels_->scale(1.0f / static_cast<float>(kTriggers), pool, pool);
  std::ranges::copy(request.unticked, request_input_.begin() + kWidth);
  std::ranges::copy(request.dense, request_input_.begin() + 2 * kWidth);
  top_.start(request_input_, top_folded_);
  const nn::MutableLaneRows inputs = inputs_.of(kInputRows, kCandidates);
  nn::to_lane_rows(request.candidates, inputs.part(kVectorRow, kWidth), *kernels_);
  nn::to_lane_rows(request.candidate_dense, inputs.part(kDenseRow, kCandidateDense), *kernels_);
}

void Network::run_stage(Stage stage, const Request& request, std::span<float> logits) {
  const nn::MutableLaneRows inputs = inputs_.of(kInputRows, kCandidates), weights = weights_.of(kSteps, kCandidates);
  const nn::LaneRows vectors = inputs.part(kVectorRow, kWidth);
  switch (stage) {
    case kTakeIn:
      return take_in(request);
    case kTargetAttention:
      return target_.weights(request.steps, folded_, vectors, kCandidates, weights, scratch_, lines_);
    case kReadOut:
      return readout_.forward(gate_state_, kSteps, true, weights, kCandidates, inputs.part(0, kWidth));
    case kTop:
      return top_.forward(top_folded_, inputs, kCandidates, nn::lane_rows(logits, 1), scratch_);
    case kStages:
      return;
  }
}

void Network::run(const Request& request, std::span<float> logits) {
  for (const Stage stage : {kTakeIn, kTargetAttention, kReadOut, kTop}) run_stage(stage, request, logits);
}

std::array<double, Network::kStages> stage_mflop() {
  const auto mflop = [](std::size_t pairs) { return 2e-6 * static_cast<double>(pairs); };
  const auto [h1, h2] = kAttentionHidden;
  const auto [t1, t2, t3] = kTopHidden;
  const std::size_t request_in = 2 * kWidth + kRequestDense;
  const std::size_t start = kSteps * kWidth * h1 + (kSteps + kTriggers) * kWidth * kWidth +
                            kSteps * kTriggers * kWidth + request_in * t1 + kWidth * t1;
  const std::size_t attention = kSteps * h1 * kWidth + kSteps * kCandidates * (kWidth * h1 + h1 * h2 + h2);
  return {mflop(start), mflop(attention), mflop(kSteps * kCandidates * kWidth),
          mflop(kCandidates * (kInputRows * t1 + t1 * t2 + t2 * t3 + t3))};
}

}  // namespace inkling::bench
