// The body of the add-on network in one piece, when it learns: from ids to what the top MLP reads of every candidate,
// and the way back to the embedding tables. Computes no padding. The top MLP and the loss are not its business
// (loss_head.h). The double form uses plain loops: it is for checking gradients, not for training.
//
// Of a request with T behaviours, C ticked items and N candidates: weights of DIN's unit (target_unit.h) [N x T] and
// of the triggers (trigger_weights.h) [T], mixed by the gate (weight_gate.h); r_n = sum_t w_nt s_t / sqrt(T). Without
// ticked items w is the unit's weight exactly; without behaviours r is 0; a mean over no items is 0.
//
// Use: forward() keeps in the trace what one backward() needs. A micro-batch of about 16 candidates stays in the
// caches. Ownership: weights and gradients are the caller's; weights are laid out anew by every AddOnBody, so make
// one a step. Thread safety: forward and backward may run on several threads with a trace and sums each. Cost,
// published shape (E = 32, T = 100, C = 10, unit 80-40), forward and back: 2.6 MFLOP a candidate and 0.9 MFLOP a
// request. Source: models.md B.2.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/core/result.h"
#include "train/fused/target_unit.h"
#include "train/fused/trigger_weights.h"
#include "train/fused/weight_gate.h"

namespace inkling::train::fused {

// Where one request's rows begin and how many they are.
struct RequestPlace {
  struct Rows {
    std::size_t begin = 0, count = 0;
  };
  Rows behaviours, ticked, unticked, candidates;
  std::size_t pairs_begin = 0;    // candidate x behaviour
  std::size_t trigger_begin = 0;  // ticked x behaviour
};

// What forward() leaves for backward(), and room to work. Keep it: its memory is used again.
template <class Real>
struct AddOnTrace {
  AddOnInput<Real> input;
  std::vector<RequestPlace> places;
  RequestPlace totals;  // begins = sizes
  Buffer<Real> behaviours, behaviour_columns, ticked, unticked, candidates;
  Buffer<Real> first, target, gates, mixed;  // a pair each
  Buffer<std::uint8_t> above;
  Buffer<Real> queries, trigger_rows, trigger_attention, trigger;
  Buffer<Real> of_behaviours, of_ticked, of_unticked, of_candidates, of_mixed, of_trigger, means;
  UnitWorkspace<Real> unit;
  TriggerWorkspace<Real> triggers;
  ProductRoom room;
};

template <class Real>
class AddOnBody {
 public:
  AddOnBody(const AddOnShape& shape, const AddOnTensors<const Real>& weights);

  // out: [candidates x shape.width()]. The input's memory must outlive backward().
  // Failure: kInvalidInput for an id outside its table, or counts and rows that do not fit each other.
  [[nodiscard]] base::Status forward(const AddOnInput<Real>& input, AddOnTrace<Real>& trace,
                                     std::span<Real> out) const;
  // out_gradient: of the first learnt_width() columns, [candidates x learnt_width()]. Adds to `gradients`, and what
  // the unit learns to `sums`. The trace is used up.
  void backward(std::span<const Real> out_gradient, AddOnTrace<Real>& trace, AddOnTensors<Real>& gradients,
                UnitSums<Real>& sums) const;

 private:
  struct Request;  // the spans of one request in a trace
  base::Status gather(AddOnTrace<Real>& trace) const;
  void read_history(const Request& request, AddOnTrace<Real>& trace, Products<Real>& products,
                    std::span<Real> out) const;
  void write_rows(std::size_t index, const Request& request, AddOnTrace<Real>& trace, std::span<Real> out) const;
  void rows_back(const Request& request, AddOnTrace<Real>& trace, std::span<const Real> out_gradient) const;
  void read_history_back(const Request& request, AddOnTrace<Real>& trace, std::span<const Real> out_gradient,
                         AddOnTensors<Real>& gradients, UnitSums<Real>& sums) const;
  void scatter(AddOnTrace<Real>& trace, AddOnTensors<Real>& gradients) const;

  AddOnShape shape_;
  AddOnTensors<const Real> weights_;
  TargetUnit<Real> unit_;
  std::optional<TriggerWeights<Real>> triggers_;
  std::optional<WeightGate<Real>> gate_;
};

}  // namespace inkling::train::fused
