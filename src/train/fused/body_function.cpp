#include "train/fused/body_function.h"

#include <torch/csrc/autograd/custom_function.h>

#include <utility>

#include "train/fused/tensor_spans.h"

namespace inkling::train::fused {
namespace {

using torch::Tensor;

// Every tensor of a view once more, each changed by `change`.
template <class Real, class Change>
ViewTensors<Real> tensors_of(const ViewParameters& from, const Change& change) {
  ViewTensors<Real> to;
  for (const Tensor& table : from.embeddings) to.embeddings.push_back(span_of<Real>(change(table)));
  to.weight_ih = span_of<Real>(change(from.weight_ih));
  to.weight_hh = span_of<Real>(change(from.weight_hh));
  to.bias_ih = span_of<Real>(change(from.bias_ih));
  to.bias_hh = span_of<Real>(change(from.bias_hh));
  to.intra_state = span_of<Real>(change(from.intra_state));
  to.intra_last = span_of<Real>(change(from.intra_last));
  to.intra_bias = span_of<Real>(change(from.intra_bias));
  to.intra_query = span_of<Real>(change(from.intra_query));
  to.inter_merged = span_of<Real>(change(from.inter_merged));
  to.inter_bias = span_of<Real>(change(from.inter_bias));
  return to;
}

}  // namespace

std::vector<Tensor> ViewParameters::all() const {
  std::vector<Tensor> tensors = embeddings;
  for (const Tensor& tensor : {weight_ih, weight_hh, bias_ih, bias_hh, intra_state, intra_last, intra_bias,
                               intra_query, inter_merged, inter_bias}) {
    if (tensor.defined()) tensors.push_back(tensor);
  }
  return tensors;
}

template <class Real>
ViewTensors<const Real> values_of(const ViewParameters& parameters) {
  return tensors_of<const Real>(parameters, [](const Tensor& tensor) { return tensor; });
}

template <class Real>
ViewTensors<Real> gradients_of(const ViewParameters& parameters) {
  return tensors_of<Real>(parameters, gradient_of);
}

template ViewTensors<const float> values_of(const ViewParameters&);
template ViewTensors<const double> values_of(const ViewParameters&);
template ViewTensors<float> gradients_of(const ViewParameters&);
template ViewTensors<double> gradients_of(const ViewParameters&);

std::vector<ViewInput> inputs_of(const std::vector<ViewBatch>& views) {
  const auto rows = [](const Tensor& ids, const Tensor& lengths) {
    return IdRows{span_of<const std::int64_t>(ids), span_of<const std::int64_t>(lengths),
                  static_cast<std::size_t>(ids.size(1))};
  };
  std::vector<ViewInput> inputs;
  for (const ViewBatch& view : views) {
    inputs.push_back({rows(view.prefix_ids, view.prefix_lengths), rows(view.ids, view.lengths)});
  }
  return inputs;
}

struct BodyFunction::State {
  BodyShape shape;
  ReducedPath path;
  std::vector<ViewParameters> parameters;
  std::vector<Tensor> all;
  std::vector<std::uint32_t> versions;  // of `all`, when `body` was made
  std::shared_ptr<const Body<float>> body;
  std::vector<std::unique_ptr<BodyTrace<float>>> idle;  // traces whose way back is done

  std::shared_ptr<const Body<float>> current_body() {
    std::vector<std::uint32_t> now;
    for (const Tensor& tensor : all) now.push_back(tensor._version());
    if (body == nullptr || now != versions) {
      std::vector<ViewTensors<const float>> weights;
      for (const ViewParameters& view : parameters) weights.push_back(values_of<float>(view));
      body = std::make_shared<const Body<float>>(shape, weights, path);
      versions = std::move(now);
    }
    return body;
  }
  std::unique_ptr<BodyTrace<float>> trace() {
    if (idle.empty()) return std::make_unique<BodyTrace<float>>();
    auto taken = std::move(idle.back());
    idle.pop_back();
    return taken;
  }
};

namespace {

// What one forward pass leaves for its way back.
struct Pass : torch::CustomClassHolder {
  Pass(std::shared_ptr<BodyFunction::State> of, std::vector<ViewBatch> read)
      : state(std::move(of)), body(state->current_body()), views(std::move(read)), trace(state->trace()) {}
  ~Pass() override { state->idle.push_back(std::move(trace)); }
  std::shared_ptr<BodyFunction::State> state;
  std::shared_ptr<const Body<float>> body;
  std::vector<ViewBatch> views;  // keeps the ids that the trace names
  std::unique_ptr<BodyTrace<float>> trace;
};

// `anchor` is any parameter: its gradient is not returned but makes LibTorch call backward().
struct Differentiable : torch::autograd::Function<Differentiable> {
  static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& anchor,
                        const c10::intrusive_ptr<Pass>& pass) {
    context->saved_data["pass"] = c10::IValue::make_capsule(pass);
    const std::int64_t samples = pass->views.front().lengths.size(0);
    Tensor out = torch::empty({samples, static_cast<std::int64_t>(pass->state->shape.width())}, anchor.options());
    const base::Status done = pass->body->forward(inputs_of(pass->views), *pass->trace, span_of<float>(out));
    TORCH_CHECK_INDEX(done.ok(), done.message());
    return out;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    auto pass = c10::static_intrusive_pointer_cast<Pass>(context->saved_data["pass"].toCapsule());
    std::vector<ViewTensors<float>> into;
    for (const ViewParameters& view : pass->state->parameters) into.push_back(gradients_of<float>(view));
    pass->body->backward(span_of<const float>(gradients[0].contiguous()), *pass->trace, into);
    return {Tensor(), Tensor()};
  }
};

}  // namespace

BodyFunction::BodyFunction(BodyShape shape, std::vector<ViewParameters> parameters, ReducedPath path)
    : state_(std::make_shared<State>()) {
  state_->shape = std::move(shape);
  state_->path = path;
  state_->parameters = std::move(parameters);
  for (const ViewParameters& view : state_->parameters) {
    for (Tensor& tensor : view.all()) state_->all.push_back(std::move(tensor));
  }
}

BodyFunction::~BodyFunction() = default;

Tensor BodyFunction::forward(const std::vector<ViewBatch>& views) {
  std::vector<ViewBatch> kept;
  for (const ViewBatch& view : views) {
    kept.push_back({view.prefix_ids.contiguous(), view.prefix_lengths.contiguous(), view.ids.contiguous(),
                    view.lengths.contiguous()});
  }
  return Differentiable::apply(state_->all.front(), c10::make_intrusive<Pass>(state_, std::move(kept)));
}

}  // namespace inkling::train::fused
