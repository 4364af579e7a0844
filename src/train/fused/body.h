// The body of DIPN in one piece: ids of all views to what the views read out, and the way back, sample by sample
// where the parts allow it, so that a micro-batch's values stay in the caches. Computes no padding. Dropout,
// statistics, MLP and heads are not its business. The double form uses plain loops: it is for checking gradients, not
// for training.
//
// Use: forward() keeps in the trace what one backward() needs. Ownership: weights and gradients are the caller's;
// weights are laid out anew by every Body, so make one a step. Thread safety: forward and backward may run on several
// threads with a trace each. Cost: 61 MFLOP a sample at views 100x14, 50x3, 50x6, E=8, H=64, product read-out.
// Source: models.md A.3 steps 1 to 5.
#pragma once

#include <span>
#include <vector>

#include "base/core/result.h"
#include "train/fused/gru.h"
#include "train/fused/inter_attention.h"
#include "train/fused/intra_attention.h"

namespace inkling::train::fused {

struct BodyShape {
  std::vector<ViewShape> views;
  ReadOut read_out = ReadOut::kLastAndMean;
  bool scale_by_length = true;

  [[nodiscard]] std::size_t view_width(std::size_t view) const {
    return views[view].hidden * (read_out == ReadOut::kProduct ? 1 : 2);
  }
  [[nodiscard]] std::size_t width() const;
};

struct ViewInput {
  IdRows prefix;  // records before the window, through which the state is carried without gradient
  IdRows window;
};

// What forward() leaves for backward(), and room to work. Keep it: its memory is used again.
template <class Real>
struct BodyTrace {
  struct View {
    RowLayout layout;
    IdRows ids;
    Buffer<Real> x, gates, hidden_n, states, keys, factors, queries, weights, contexts, state_gradients;
    std::vector<std::size_t> weights_begin;  // of each sample in `weights`
  };
  std::vector<View> views;
  // Attended states: of each sample all views, then all but the last two once more, so that the other views of each
  // view stand in one piece; and the same on their side.
  Buffer<Real> attended, columns, gradient;
  std::vector<std::size_t> attended_begin, columns_begin;
  Buffer<Real> own_gradient;
  GruWorkspace<Real> gru;
  IntraWorkspace<Real> intra;
  InterWorkspace<Real> inter;
  ProductRoom room;
};

template <class Real>
class Body {
 public:
  // `path`: multiply bf16 factors in the large products; float only.
  Body(const BodyShape& shape, const std::vector<ViewTensors<const Real>>& weights, ReducedPath path = {});

  // out: [samples x width()]. Failure: kInvalidInput for an id outside its table.
  [[nodiscard]] base::Status forward(std::span<const ViewInput> inputs, BodyTrace<Real>& trace,
                                     std::span<Real> out) const;
  // Adds to `gradients`, one set a view. The trace is used up.
  void backward(std::span<const Real> out_gradient, BodyTrace<Real>& trace,
                std::vector<ViewTensors<Real>>& gradients) const;

 private:
  struct Sample;  // the spans of one sample in a trace
  base::Status run_states(std::size_t view, const ViewInput& input, BodyTrace<Real>& trace,
                          Products<Real>& products) const;
  base::Status carry_states(std::size_t view, const IdRows& prefix, std::span<Real> carried, BodyTrace<Real>& trace,
                            Products<Real>& products) const;
  void place(BodyTrace<Real>& trace) const;
  void attend(std::size_t sample, BodyTrace<Real>& trace, Products<Real>& products, std::span<Real> out) const;
  void attend_back(std::size_t sample, std::span<const Real> out_gradient, BodyTrace<Real>& trace,
                   Products<Real>& products, std::vector<ViewTensors<Real>>& gradients) const;

  BodyShape shape_;
  ReducedPath path_;
  std::vector<ViewTensors<const Real>> weights_;
  std::vector<Gru<Real>> cells_;
  std::vector<std::optional<IntraAttention<Real>>> intra_;
  std::vector<InterAttention<Real>> inter_;
};

}  // namespace inkling::train::fused
