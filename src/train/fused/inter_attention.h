// What one view of one sample reads out of itself and the records of the other views: merged scaled dot products
// (one matrix for queries and keys), values are the attended states themselves. Two read-outs: the sum of state times
// context, or last and mean of state plus context, for which no context but two is ever made: the mean needs only the
// column sums of the weights. Source: models.md A.3 steps 4 and 5. Thread safety: the object is immutable.
#pragma once

#include <span>

#include "train/fused/buffer.h"
#include "train/fused/products.h"
#include "train/fused/tensors.h"

namespace inkling::train::fused {

enum class ReadOut { kProduct, kLastAndMean };

// The other views' attended states, one view after another, and the same on their side: [H x stride], where columns
// up to the next multiple of kColumns after the last may be read and mean nothing.
template <class Real>
struct OtherRows {
  static constexpr std::size_t kColumns = 16;
  std::span<const Real> rows;     // [count x H]
  std::span<const Real> columns;  // [H x count], rows at multiples of stride; not in bf16
  std::size_t stride = 0;
  std::size_t count = 0;

  [[nodiscard]] std::size_t padded() const { return (count + kColumns - 1) / kColumns * kColumns; }
};

// What the way back needs.
template <class Real>
struct InterTrace {
  std::span<Real> queries;   // [length x H]
  std::span<Real> weights;   // [length x others.padded()]
  std::span<Real> contexts;  // [length x H], the product read-out only
};

template <class Real>
struct InterWorkspace {
  Buffer<Real> scores, outputs, queries, pooled, sums;
};

template <class Real>
class InterAttention {
 public:
  InterAttention(const ViewShape& shape, const ViewTensors<const Real>& weights, ReadOut read_out, ReducedPath path);

  [[nodiscard]] std::size_t width() const { return read_out_ == ReadOut::kProduct ? h_ : 2 * h_; }
  // own: [length x H], length > 0; out: [width()]. With others.count == 0 there is no context.
  void forward(std::span<const Real> own, const OtherRows<Real>& others, const InterTrace<Real>& trace,
               std::span<Real> out, InterWorkspace<Real>& workspace, Products<Real>& products) const;
  // Writes own_gradient [length x H], adds to others_gradient [others.count x H].
  void backward(std::span<const Real> own, const OtherRows<Real>& others, const InterTrace<Real>& trace,
                std::span<const Real> out_gradient, std::span<Real> own_gradient, std::span<Real> others_gradient,
                InterWorkspace<Real>& workspace, Products<Real>& products, ViewTensors<Real>& gradients) const;

 private:
  std::span<Real> pooled_weights(const InterTrace<Real>& trace, const OtherRows<Real>& others, std::size_t length,
                                 InterWorkspace<Real>& workspace) const;
  std::span<Real> product_scores_back(std::span<const Real> own, const OtherRows<Real>& others,
                                      const InterTrace<Real>& trace, std::span<const Real> out_gradient,
                                      std::span<Real> own_gradient, std::span<Real> others_gradient,
                                      InterWorkspace<Real>& workspace, Products<Real>& products) const;
  std::span<Real> mean_scores_back(const OtherRows<Real>& others, const InterTrace<Real>& trace,
                                   std::span<const Real> last_and_mean, std::size_t length,
                                   std::span<Real> others_gradient, InterWorkspace<Real>& workspace,
                                   Products<Real>& products) const;
  void rows_back(std::span<const Real> last_and_mean, std::span<Real> own_gradient) const;

  std::size_t h_;
  ReadOut read_out_;
  Real scale_;
  Factor<Real> merged_;       // times scale_
  Factor<Real> merged_back_;  // of the queries' gradients
  std::vector<Real> bias_;    // times scale_
};

}  // namespace inkling::train::fused
