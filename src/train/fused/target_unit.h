// DIN's local activation unit when it learns: how much each behaviour matters to each candidate, and the way back.
//
// w_tn = w3 . leaky(W2 leaky(W1 [s_t, x_n, s_t - x_n, s_t * x_n] + b1) + b2) + b3, no softmax. With W1 = [Ws Wx Wd
// Wp] the first layer's sum is (A + P diag(x)) s + B x + b1, A = Ws + Wd, B = Wx - Wd, P = Wp: of a candidate one
// folded [H1 x E] matrix, in which a behaviour meets E inputs in the place of 4E. On the way back one product a
// candidate, M = G^T S, gives the gradients of A (M), of P (M diag(x)) and of x (column sums of M * P).
//
// The second layer is read by one score alone, so that its way back needs one bit a unit (math/unit_bits.h): with
// g_tn the score's gradient and d_tnj = 1 or the slope, all that it learns follows from R_j = sum g d_j leaky(first)
// and c_j = sum g d_j: of W2 it is w3_j R_j, of b2 w3_j c_j, of w3 W2_j . R_j + b2_j c_j.
//
// Shapes: behaviours S [T x E], candidates X [N x E], weights [N x T]; T and N may be 0. Thread safety: the object is
// immutable; sums, workspaces and traces belong to one call at a time. Cost, operations a pair: 2 (E H1 + H1 H2)
// forward, 4 E H1 + H1 H2 back. Source: DIN (KDD 2018), section 4.3; ours: the fold both ways, the bits, and leaky
// ReLU for PReLU.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "math/unit_bits.h"
#include "train/fused/add_on_tensors.h"
#include "train/fused/buffer.h"
#include "train/fused/products.h"

namespace inkling::train::fused {

// What the way back needs of every pair.
template <class Real>
struct UnitTrace {
  std::span<Real> first;          // outputs of the first layer, [N T x H1]
  std::span<std::uint8_t> above;  // which sums of the second are above 0, [N T x padded H2 / 8]
};

template <class Real>
struct UnitWorkspace {
  Buffer<Real> folded, shifts, second, first_gradient, fold_gradient, shift_gradient;
};

// Gradients of the unit's weights as it folds them, added up over any number of requests.
template <class Real>
struct UnitSums {
  explicit UnitSums(const AddOnShape& shape);
  // Adds what was added up to the gradients of the tensors themselves; `weights` as they were.
  void add_to(const AddOnTensors<const Real>& weights, AddOnTensors<Real>& gradients) const;

  std::size_t dim;
  Real slope;
  std::vector<Real> steps, candidates, products;  // of A, B, P: [H1 x E]
  std::vector<Real> bias1;                        // [H1]
  // Of the second layer, what R and c are made of: sums over the pairs in which a unit is above 0, and over all.
  std::vector<Real> rows, counts;  // [padded H2 + 1 x H1], [padded H2 + 1]

 private:
  void add_second_layer(const AddOnTensors<const Real>& weights, AddOnTensors<Real>& gradients) const;
};

template <class Real>
class TargetUnit {
 public:
  // H2 is carried with zeros up to whole bytes of bits.
  [[nodiscard]] static std::size_t padded(std::size_t width) { return (width + 7) / 8 * 8; }

  // Copies of the weights, laid out for the products; make a new one when the weights have changed.
  TargetUnit(const AddOnShape& shape, const AddOnTensors<const Real>& weights);

  void forward(std::span<const Real> behaviours, std::span<const Real> candidates, const UnitTrace<Real>& trace,
               std::span<Real> weights, UnitWorkspace<Real>& workspace, Products<Real>& products) const;
  // Adds to both gradients, [T x E] and [N x E], and to `sums`.
  void backward(std::span<const Real> behaviours, std::span<const Real> candidates, const UnitTrace<Real>& trace,
                std::span<const Real> weight_gradients, std::span<Real> behaviour_gradients,
                std::span<Real> candidate_gradients, UnitSums<Real>& sums, UnitWorkspace<Real>& workspace) const;

 private:
  [[nodiscard]] std::span<std::uint8_t> above_of(const UnitTrace<Real>& trace, std::size_t pair,
                                                 std::size_t pairs) const;
  void candidate_back(std::span<const Real> behaviours, std::span<const Real> candidate, const UnitTrace<Real>& trace,
                      std::span<const Real> weight_gradients, std::span<Real> behaviour_gradients,
                      std::span<Real> candidate_gradient, std::span<Real> shift_gradient, UnitSums<Real>& sums,
                      UnitWorkspace<Real>& workspace) const;

  std::size_t e_, h1_, h2_, h2_padded_;
  Real slope_;
  std::vector<Real> steps_rows_, products_rows_;     // A^T and P^T, [E x H1]
  std::vector<Real> steps_, products_, candidates_;  // A, P, B: [H1 x E]
  Factor<Real> candidate_factor_, second_factor_;
  std::span<const Real> bias1_;
  std::vector<Real> bias2_, weight3_;  // [padded H2]
  Real bias3_;
  math::SubsetSums<Real> second_sums_;  // w3_j W2_j where a unit is above 0, a share `slope` of it elsewhere
};

}  // namespace inkling::train::fused
