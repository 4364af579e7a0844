// The streamed form of DIPN: what attention would compute anew for every answer is kept beside a hot shopper's hidden
// states, so that an answer after one more record costs one step, that record's products, and a weighing anew.
//
// A row of a view that looks at others is h'_t = a_t h_t, with a_t from inside its view; so every score between views
// is a_t a_n (h_t M h_n) + a_n (c . h_n), and only the scalars a change with each record. Kept per view: exp(2 W1 h)
// of each state, the products h_t M h_n with all it looks at, c . h_n, and a. Rows stand in the ring's order: sums do
// not care. M h_n, from which a new column comes, takes less than reading kept queries h_t M would, so those are not
// kept.
// Size (Stream::bytes): 4 bytes times the sum over views of window x (A + columns + 2) + columns, and some scratch,
// with columns = the windows that the view looks at, rounded up to 16.
// Streamed: GRU and LSTM, with or without either attention, any scope, read-outs residual + mean and product.
// Computed in full all the same: combine tanh_product, reduced precision, and weights of the attention inside views
// so large that exps would leave a float's range. Thread safety and failure: as DipnScorer. Internal to models/dipn.
// Wasm-clean. Source: models.md A.3, speed-notes.md section 3.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "models/dipn/dipn_serve.h"

namespace inkling::models::dipn {

// Where a scorer's streams keep what; the same for all shoppers.
struct DipnScorer::StreamPlan {
  static constexpr std::size_t kNotLookedAt = static_cast<std::size_t>(-1);
  struct View {
    std::size_t first = 0;                                // of its rows among those of all views
    std::size_t columns = 0;                              // of all it looks at, whole groups
    std::array<std::size_t, feature::kViewCount> column;  // where each partner's columns begin
  };
  std::vector<View> views;
  std::size_t rows = 0;  // of all windows
  // Contexts are kept for each pair of views, as the product read-out needs them.
  bool by_pairs = false;
};

// What is kept of one shopper.
struct DipnScorer::Stream {
  // What the rows of a view saw in one partner: exps with a row's shift taken off (math/cached_attention.h).
  struct Pair {
    std::span<float> contexts;  // [window x H]: sum of e_tn h'_n
    std::span<float> sums;      // [window]: of e_tn
    std::span<float> shifts;    // [window]
    bool shifted = false;       // some of them are not nought
  };
  struct View {
    std::span<float> keys;      // [window x A]
    std::span<float> products;  // [window x columns]
    std::span<float> bounds;    // [window]: the largest magnitude in each row of them
    std::span<float> terms;     // [columns]: c . h_n
    std::span<float> weights;   // [window]: a, of the rows there are
    std::array<Pair, feature::kViewCount> pairs;
    bool weighed = true;  // the weights are those of the last record
  };
  // Rows of exps that are in a near cache when their contexts are summed up.
  static constexpr std::size_t kBlockRows = 2 * math::kPooledRows;

  std::shared_ptr<float[]> floats;
  std::size_t float_count = 0;
  std::vector<View> views;
  // Scratch: H, the longest window, A; with contexts by pairs a block's exps, and a partner's factors and terms.
  std::span<float> query, dots, shift, exps, factors, terms;

  [[nodiscard]] std::size_t bytes() const {
    return sizeof(*this) + views.size() * sizeof(View) + float_count * sizeof(float);
  }
};

// Where a scoring thread weighs anew.
struct DipnScorer::StreamBuffers {
  std::vector<float> factors, terms;  // [columns]
  std::vector<float> sums, picked;    // [columns]
  std::vector<float> exps;            // of a block of rows
  std::vector<float> pooling;         // [2 views x rows]: what each state adds to each half of the read-out
  std::vector<float> shares;          // [longest window]: of one partner's contexts
};

}  // namespace inkling::models::dipn
