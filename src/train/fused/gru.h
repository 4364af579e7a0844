// A GRU over records without padding, with given first states, and the way back through all its steps. Source:
// LibTorch's GRU (reset after the product); models.md A.3 step 2. The samples that still run at a step pass through
// one product together. Thread safety: the object is immutable; traces and workspaces belong to one call at a time.
#pragma once

#include <span>
#include <vector>

#include "train/fused/buffer.h"
#include "train/fused/products.h"
#include "train/fused/rows.h"
#include "train/fused/tensors.h"

namespace inkling::train::fused {

template <class Real>
struct GruWorkspace {
  Buffer<Real> hidden, sums;
};

template <class Real>
class Gru {
 public:
  // Keeps the spans of `weights` and copies laid out for the products; make a new one when the weights have changed.
  Gru(const ViewShape& shape, const ViewTensors<const Real>& weights, ReducedPath path);

  // x: [layout.rows() x input]. The first states stand in the trace; everything else of it is written.
  void forward(const RowLayout& layout, std::span<const Real> x, const math::GruTrace<Real>& trace,
               GruWorkspace<Real>& workspace, Products<Real>& products) const;
  // state_gradients: [layout.rows() x H]. Overwrites the trace's gates by gradients and `x` by its own gradient.
  void backward(const RowLayout& layout, std::span<Real> x, const math::GruTrace<Real>& trace,
                std::span<const Real> state_gradients, GruWorkspace<Real>& workspace, Products<Real>& products,
                ViewTensors<Real>& gradients) const;

 private:
  void steps_back(const RowLayout& layout, const math::GruTrace<Real>& trace, std::span<const Real> state_gradients,
                  GruWorkspace<Real>& workspace, Products<Real>& products) const;

  ViewShape shape_;
  Factor<Real> input_, recurrent_;            // of x and h
  Factor<Real> input_back_, recurrent_back_;  // of the gradients of their sums
  std::vector<Real> sum_bias_;                // b_ih, with b_hh of r and z
  std::span<const Real> hidden_bias_;         // b_hh of n
};

}  // namespace inkling::train::fused
