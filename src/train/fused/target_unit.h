// DIN's local activation unit when it learns: how much each behaviour matters to each candidate, and the way back.
//
// w_tn = w3 . leaky(W2 leaky(W1 [s_t, x_n, s_t - x_n, s_t * x_n] + b1) + b2) + b3, no softmax. With W1 = [Ws Wx Wd
// Wp] the first layer's sum is (A + P diag(x)) s + B x + b1, A = Ws + Wd, B = Wx - Wd, P = Wp: of a candidate one
// folded [H1 x E] matrix, in which a behaviour meets E inputs in the place of 4E. On the way back one product a
// candidate, M = G^T S, gives the gradients of A (M), of P (M diag(x)) and of x (column sums of M * P). Shapes:
// behaviours S [T x E], candidates X [N x E], weights [N x T]; T and N may be 0. Thread safety: the object is
// immutable; sums, workspaces and traces belong to one call at a time. Cost: 2 (E H1 + H1 H2) operations a pair
// forward and twice that back. Source: DIN (KDD 2018), section 4.3; ours: the fold both ways, and leaky ReLU for
// PReLU.
#pragma once

#include <span>
#include <vector>

#include "train/fused/add_on_tensors.h"
#include "train/fused/buffer.h"
#include "train/fused/products.h"

namespace inkling::train::fused {

// Outputs of both hidden layers, of every pair; the way back uses them up.
template <class Real>
struct UnitTrace {
  std::span<Real> first;   // [N T x H1]
  std::span<Real> second;  // [N T x padded H2]
};

template <class Real>
struct UnitWorkspace {
  Buffer<Real> folded, shifts, first_gradient, fold_gradient, shift_gradient;
};

// Gradients of the unit's weights as it folds them, added up over any number of requests.
template <class Real>
struct UnitSums {
  explicit UnitSums(const AddOnShape& shape);
  // Adds what was added up to the gradients of the tensors themselves.
  void add_to(AddOnTensors<Real>& gradients) const;

  std::size_t dim;
  std::vector<Real> steps, candidates, products;  // of A, B, P: [H1 x E]
  std::vector<Real> bias1, weight2;               // [H1], [H2 x H1]
  std::vector<Real> bias2, weight3;               // [padded H2]
  Real bias3 = 0;
};

template <class Real>
class TargetUnit {
 public:
  // H2 is carried with zeros up to whole SIMD vectors, which no product has to treat apart.
  [[nodiscard]] static std::size_t padded(std::size_t width) { return (width + 15) / 16 * 16; }

  // Copies of the weights, laid out for the products; make a new one when the weights have changed.
  TargetUnit(const AddOnShape& shape, const AddOnTensors<const Real>& weights);

  void forward(std::span<const Real> behaviours, std::span<const Real> candidates, const UnitTrace<Real>& trace,
               std::span<Real> weights, UnitWorkspace<Real>& workspace, Products<Real>& products) const;
  // Adds to both gradients, [T x E] and [N x E], and to `sums`.
  void backward(std::span<const Real> behaviours, std::span<const Real> candidates, const UnitTrace<Real>& trace,
                std::span<const Real> weight_gradients, std::span<Real> behaviour_gradients,
                std::span<Real> candidate_gradients, UnitSums<Real>& sums, UnitWorkspace<Real>& workspace) const;

 private:
  void candidate_back(std::span<const Real> behaviours, std::span<const Real> candidate, const UnitTrace<Real>& trace,
                      std::span<const Real> weight_gradients, std::span<Real> behaviour_gradients,
                      std::span<Real> candidate_gradient, std::span<Real> shift_gradient, UnitSums<Real>& sums,
                      UnitWorkspace<Real>& workspace) const;

  std::size_t e_, h1_, h2_, h2_padded_;
  Real slope_;
  std::vector<Real> steps_rows_, products_rows_;     // A^T and P^T, [E x H1]
  std::vector<Real> steps_, products_, candidates_;  // A, P, B: [H1 x E]
  Factor<Real> candidate_factor_, second_factor_;
  std::span<const Real> bias1_, weight2_;
  std::vector<Real> bias2_, weight3_;
  Real bias3_;
};

}  // namespace inkling::train::fused
