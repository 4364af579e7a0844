#include "train/fused/add_on_function.h"

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <utility>

#include "train/fused/add_on_body.h"
#include "train/fused/loss_head.h"
#include "train/fused/tensor_spans.h"

namespace inkling::train::fused {
namespace {

using torch::Tensor;

constexpr std::size_t kMicroCandidates = 16;

Tensor unchanged(const Tensor& tensor) {
  return tensor;
}

template <class Real, class Change>
AddOnTensors<Real> tensors_of(const AddOnParameters& from, const Change& change) {
  AddOnTensors<Real> to;
  for (const Tensor& table : from.tables) to.tables.push_back(span_of<Real>(change(table)));
  to.unit_weight1 = span_of<Real>(change(from.unit_weight1));
  to.unit_bias1 = span_of<Real>(change(from.unit_bias1));
  to.unit_weight2 = span_of<Real>(change(from.unit_weight2));
  to.unit_bias2 = span_of<Real>(change(from.unit_bias2));
  to.unit_weight3 = span_of<Real>(change(from.unit_weight3));
  to.unit_bias3 = span_of<Real>(change(from.unit_bias3));
  to.trigger_query = span_of<Real>(change(from.trigger_query));
  to.trigger_key = span_of<Real>(change(from.trigger_key));
  to.trigger_heads = span_of<Real>(change(from.trigger_heads));
  to.gate_scale = span_of<Real>(change(from.gate_scale));
  to.gate_context = span_of<Real>(change(from.gate_context));
  to.gate_bias = span_of<Real>(change(from.gate_bias));
  return to;
}

template <class Real, class Change>
HeadTensors<Real> head_tensors(const std::vector<torch::nn::Linear>& mlp, double slope, const Change& change) {
  HeadTensors<Real> head;
  head.slope = slope;
  for (const torch::nn::Linear& layer : mlp) {
    head.layers.push_back({span_of<Real>(change(layer->weight)), span_of<Real>(change(layer->bias))});
  }
  return head;
}

// What all candidates of a request have in common of what the top MLP reads.
std::vector<ColumnRange> shared_columns(const AddOnShape& shape) {
  std::vector<ColumnRange> ranges;
  if (shape.pools_ticked) ranges.push_back({2 * shape.dim, shape.dim});
  const std::size_t begin = shape.unticked_begin(), end = shape.learnt_width() + shape.request_numbers;
  if (end > begin) ranges.push_back({begin, end - begin});
  return ranges;
}

// What is left of rows request after request.
class RowCursor {
 public:
  RowCursor(const RequestRows& rows, std::size_t tables) : left_(rows), tables_(tables) {}
  RequestRows take(std::size_t requests) {
    std::size_t rows = 0;
    for (std::size_t i = 0; i < requests; ++i) rows += static_cast<std::size_t>(left_.counts[i]);
    const RequestRows taken{left_.ids.first(rows * tables_), left_.counts.first(requests)};
    left_ = {left_.ids.subspan(rows * tables_), left_.counts.subspan(requests)};
    return taken;
  }
  [[nodiscard]] const RequestRows& left() const { return left_; }

 private:
  RequestRows left_;
  std::size_t tables_;
};

// A batch in micro-batches of whole requests.
class MicroBatches {
 public:
  MicroBatches(const AddOnShape& shape, const AddOnInput<float>& all)
      : shape_(shape),
        all_(all),
        behaviours_(all.behaviours, shape.item_tables + shape.behaviour_tables),
        ticked_(all.ticked, shape.item_tables),
        unticked_(all.unticked, shape.item_tables),
        candidates_(all.candidates, shape.item_tables) {}

  [[nodiscard]] bool empty() const { return candidates_.left().counts.empty(); }
  AddOnInput<float> next() {
    std::size_t requests = 0, candidates = 0;
    const auto counts = candidates_.left().counts;
    while (requests < counts.size() && candidates < kMicroCandidates) {
      candidates += static_cast<std::size_t>(counts[requests++]);
    }
    AddOnInput<float> micro{behaviours_.take(requests),
                            ticked_.take(requests),
                            unticked_.take(requests),
                            candidates_.take(requests),
                            {},
                            {},
                            {}};
    micro.context = all_.context.subspan(requests_ * shape_.context, requests * shape_.context);
    micro.request = all_.request.subspan(requests_ * shape_.request_numbers, requests * shape_.request_numbers);
    micro.candidate =
        all_.candidate.subspan(begin_ * shape_.candidate_numbers, candidates * shape_.candidate_numbers);
    requests_ += requests;
    begin_ += candidates;
    return micro;
  }

 private:
  const AddOnShape& shape_;
  const AddOnInput<float>& all_;
  RowCursor behaviours_, ticked_, unticked_, candidates_;
  std::size_t requests_ = 0, begin_ = 0;
};

void check_rows(const char* role, const AddOnBatch::Rows& rows) {
  TORCH_CHECK((rows.counts >= 0).all().item<bool>() && rows.counts.sum().item<std::int64_t>() == rows.ids.size(0),
              role, ": ", rows.ids.size(0), " rows do not fit the requests' counts");
}

void check_numbers(const char* role, const Tensor& numbers, std::int64_t rows, std::size_t width) {
  TORCH_CHECK(numbers.dim() == 2 && numbers.size(0) == rows && numbers.size(1) == static_cast<std::int64_t>(width),
              role, ": the numbers are ", numbers.sizes(), ", but must be [", rows, ", ", width, "]");
}

// What slicing a batch relies on; the body checks the rest of every micro-batch.
void check_batch(const AddOnShape& shape, const AddOnBatch& batch) {
  check_rows("behaviours", batch.behaviours);
  check_rows("ticked", batch.ticked);
  check_rows("unticked", batch.unticked);
  check_rows("candidates", batch.candidates);
  const std::int64_t requests = batch.candidates.counts.size(0);
  for (const auto* rows : {&batch.behaviours, &batch.ticked, &batch.unticked}) {
    TORCH_CHECK(rows->counts.size(0) == requests, "every role needs one count a request, ", requests);
  }
  check_numbers("context", batch.context, requests, shape.context);
  check_numbers("request", batch.request, requests, shape.request_numbers);
  check_numbers("candidate", batch.candidate, batch.candidates.ids.size(0), shape.candidate_numbers);
}

}  // namespace

template <class Real>
AddOnTensors<const Real> values_of(const AddOnParameters& parameters) {
  return tensors_of<const Real>(parameters, unchanged);
}

template <class Real>
AddOnTensors<Real> gradients_of(const AddOnParameters& parameters) {
  return tensors_of<Real>(parameters, gradient_of);
}

template <class Real>
AddOnInput<Real> input_of(const AddOnBatch& batch) {
  const auto rows = [](const AddOnBatch::Rows& of) {
    return RequestRows{span_of<const std::int64_t>(of.ids), span_of<const std::int64_t>(of.counts)};
  };
  return {rows(batch.behaviours),
          rows(batch.ticked),
          rows(batch.unticked),
          rows(batch.candidates),
          span_of<const Real>(batch.context),
          span_of<const Real>(batch.request),
          span_of<const Real>(batch.candidate)};
}

template AddOnTensors<const float> values_of(const AddOnParameters&);
template AddOnTensors<const double> values_of(const AddOnParameters&);
template AddOnTensors<float> gradients_of(const AddOnParameters&);
template AddOnTensors<double> gradients_of(const AddOnParameters&);
template AddOnInput<float> input_of(const AddOnBatch&);
template AddOnInput<double> input_of(const AddOnBatch&);

struct AddOnFunction::State {
  AddOnShape shape;
  AddOnParameters parameters;
  std::vector<std::unique_ptr<AddOnTrace<float>>> idle;  // traces whose way back is done
  HeadWorkspace<float> head;
  Buffer<float> read, of_read;

  std::unique_ptr<AddOnTrace<float>> trace() {
    if (idle.empty()) return std::make_unique<AddOnTrace<float>>();
    auto taken = std::move(idle.back());
    idle.pop_back();
    return taken;
  }
};

namespace {

// What one forward pass leaves for its way back.
struct Pass : torch::CustomClassHolder {
  Pass(std::shared_ptr<AddOnFunction::State> of, AddOnBatch read)
      : state(std::move(of)),
        body(state->shape, values_of<float>(state->parameters)),
        batch(std::move(read)),
        trace(state->trace()) {}
  ~Pass() override { state->idle.push_back(std::move(trace)); }
  std::shared_ptr<AddOnFunction::State> state;
  AddOnBody<float> body;
  AddOnBatch batch;  // keeps what the trace names
  std::unique_ptr<AddOnTrace<float>> trace;
};

// `anchor` is any parameter: its gradient is not returned but makes LibTorch call backward().
struct Differentiable : torch::autograd::Function<Differentiable> {
  static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& anchor,
                        const c10::intrusive_ptr<Pass>& pass) {
    context->saved_data["pass"] = c10::IValue::make_capsule(pass);
    Tensor out =
        torch::empty({pass->batch.candidates.ids.size(0), static_cast<std::int64_t>(pass->state->shape.width())},
                     anchor.options());
    const base::Status done = pass->body.forward(input_of<float>(pass->batch), *pass->trace, span_of<float>(out));
    TORCH_CHECK_INDEX(done.ok(), done.message());
    return out;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    auto pass = c10::static_intrusive_pointer_cast<Pass>(context->saved_data["pass"].toCapsule());
    auto into = gradients_of<float>(pass->state->parameters);
    UnitSums<float> sums(pass->state->shape);
    const Tensor learnt = gradients[0].narrow(1, 0, static_cast<std::int64_t>(pass->state->shape.learnt_width()));
    pass->body.backward(span_of<const float>(learnt.contiguous()), *pass->trace, into, sums);
    sums.add_to(values_of<float>(pass->state->parameters), into);
    return {Tensor(), Tensor()};
  }
};

// How many requests have a label above 0.
std::int64_t taught_requests(const Tensor& counts, const Tensor& labels) {
  std::span<const float> left = span_of<const float>(labels);
  std::int64_t taught = 0;
  for (const std::int64_t count : span_of<const std::int64_t>(counts)) {
    const auto own = left.first(static_cast<std::size_t>(count));
    taught += std::any_of(own.begin(), own.end(), [](float label) { return label > 0; }) ? 1 : 0;
    left = left.subspan(own.size());
  }
  return taught;
}

// The rows of a mask that belong to the candidates from `begin` on; of no mask, nothing.
std::span<const float> mask_rows(const Tensor& mask, std::size_t begin, std::size_t count) {
  if (!mask.defined()) return {};
  const auto width = static_cast<std::size_t>(mask.size(1));
  return span_of<const float>(mask).subspan(begin * width, count * width);
}

// The first columns of rows as long as `stride`, times a mask of so many columns.
void multiply_columns(std::span<const float> mask, std::size_t columns, std::size_t stride, std::span<float> rows) {
  for (std::size_t i = 0; i < mask.size(); ++i) rows[i / columns * stride + i % columns] *= mask[i];
}

// Micro-batch after micro-batch: forward, and nothing is kept.
void read_in_parts(AddOnFunction::State& state, const AddOnInput<float>& all, std::span<float> out) {
  const AddOnBody<float> body(state.shape, values_of<float>(state.parameters));
  auto trace = state.trace();
  for (MicroBatches batches(state.shape, all); !batches.empty();) {
    const AddOnInput<float> micro = batches.next();
    const std::size_t size = micro.candidates.ids.size() / state.shape.item_tables * state.shape.width();
    const base::Status done = body.forward(micro, *trace, out.first(size));
    TORCH_CHECK_INDEX(done.ok(), done.message());
    out = out.subspan(size);
  }
  state.idle.push_back(std::move(trace));
}

// Micro-batch after micro-batch: forward, loss, back. `factor` is what one candidate or request counts.
double add_in_parts(AddOnFunction::State& state, const AddOnInput<float>& all, std::span<const float> labels,
                    const AddOnFunction::Head& head, float factor) {
  const AddOnBody<float> body(state.shape, values_of<float>(state.parameters));
  const LossHead<float> top(head_tensors<const float>(head.mlp, state.shape.slope, unchanged),
                            shared_columns(state.shape));
  auto gradients = gradients_of<float>(state.parameters);
  auto top_gradients = head_tensors<float>(head.mlp, state.shape.slope, gradient_of);
  UnitSums<float> sums(state.shape);
  auto trace = state.trace();
  double loss = 0;
  std::size_t begin = 0;
  for (MicroBatches batches(state.shape, all); !batches.empty();) {
    const AddOnInput<float> micro = batches.next();
    const std::size_t count = micro.candidates.ids.size() / state.shape.item_tables;
    const std::span<float> read = state.read.take(count * state.shape.width());
    const std::span<float> of_read = state.of_read.take(count * state.shape.learnt_width());
    const base::Status done = body.forward(micro, *trace, read);
    TORCH_CHECK_INDEX(done.ok(), done.message());
    if (count == 0) continue;
    const std::span<const float> mask = mask_rows(head.masks.vectors, begin, count);
    multiply_columns(mask, state.shape.learnt_width(), state.shape.width(), read);
    HeadInput<float> input{read, {}, labels.first(count), {&factor, 1}, {}, {}, {}};
    if (mask.empty()) input.sharing = micro.candidates.counts;
    if (head.loss == AddOnFunction::Loss::kListwise) input.groups = micro.candidates.counts;
    for (const Tensor& hidden : head.masks.hidden) input.masks.push_back(mask_rows(hidden, begin, count));
    loss += top.loss_and_gradients(input, state.head, top_gradients, of_read);
    multiply_columns(mask, state.shape.learnt_width(), state.shape.learnt_width(), of_read);
    body.backward(of_read, *trace, gradients, sums);
    begin += count;
    labels = labels.subspan(count);
  }
  sums.add_to(values_of<float>(state.parameters), gradients);
  state.idle.push_back(std::move(trace));
  return loss;
}

}  // namespace

AddOnFunction::AddOnFunction(const AddOnShape& shape, AddOnParameters parameters)
    : state_(std::make_shared<State>()) {
  state_->shape = shape;
  state_->parameters = std::move(parameters);
}

AddOnFunction::~AddOnFunction() = default;

Tensor AddOnFunction::forward(const AddOnBatch& batch) {
  check_batch(state_->shape, batch);
  const Tensor& anchor = state_->parameters.tables.front();
  if (torch::GradMode::is_enabled()) return Differentiable::apply(anchor, c10::make_intrusive<Pass>(state_, batch));
  const Tensor out = torch::empty({batch.candidates.ids.size(0), static_cast<std::int64_t>(state_->shape.width())});
  read_in_parts(*state_, input_of<float>(batch), span_of<float>(out));
  return out;
}

double AddOnFunction::add_gradients(const AddOnBatch& batch, const Tensor& labels, const Head& head, double share) {
  const torch::NoGradGuard no_gradient;
  const std::size_t width = state_->shape.width();
  TORCH_CHECK(!head.mlp.empty() && head.mlp.front()->weight.size(1) == static_cast<std::int64_t>(width),
              "the top MLP must read ", width, " numbers of a candidate");
  TORCH_CHECK(head.mlp.back()->bias.numel() == 1, "the top MLP must give one logit");
  TORCH_CHECK(labels.numel() == batch.candidates.ids.size(0), "every candidate needs one label");
  check_batch(state_->shape, batch);
  const std::int64_t parts =
      head.loss == Loss::kListwise ? taught_requests(batch.candidates.counts, labels) : labels.numel();
  return add_in_parts(*state_, input_of<float>(batch), span_of<const float>(labels), head,
                      static_cast<float>(share / static_cast<double>(std::max<std::int64_t>(parts, 1))));
}

}  // namespace inkling::train::fused
