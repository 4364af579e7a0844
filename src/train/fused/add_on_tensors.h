// What the fused operators of the add-on network read and write: its shape, its tensors and one batch, as spans over
// memory of others. Weights are LibTorch's own [out x in]. Source: models.md B.2 and B.3 (DIN's unit, the triggers'
// attention and the gate between them); the forms that we chose are told with the operators.
//
// Items come as ids, one of every item table (the item, its leaf, its top category, its shop, its price bucket); a
// behaviour has some more (its kind, its age). A vector is the sum of its rows. Id 0 of an item table stands for what
// is not known: its row is read as it stands and learns nothing. The other tables have no such id.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace inkling::train::fused {

struct AddOnShape {
  std::size_t item_tables = 5;
  std::size_t behaviour_tables = 2;  // after the items'
  std::size_t dim = 32;              // E
  std::size_t unit_first = 80;       // widths of the two hidden layers of DIN's unit
  std::size_t unit_second = 40;
  std::size_t heads = 4;  // of the triggers' attention, a divisor of E; 0: triggers do not attend
  std::size_t context = 0;
  std::size_t request_numbers = 0;
  std::size_t candidate_numbers = 0;
  bool pools_ticked = true;    // the top MLP reads p and x * p
  bool pools_unticked = true;  // and u
  double slope = 0.1;          // of every leaky ReLU

  // What the top MLP reads of a candidate: read-out r, candidate x, mean p of the ticked, x * p, mean u of the
  // unticked, the request's numbers, the candidate's numbers.
  [[nodiscard]] std::size_t unticked_begin() const { return (pools_ticked ? 4 : 2) * dim; }
  // All but the numbers, which come last: what a gradient flows through.
  [[nodiscard]] std::size_t learnt_width() const { return unticked_begin() + (pools_unticked ? dim : 0); }
  [[nodiscard]] std::size_t width() const { return learnt_width() + request_numbers + candidate_numbers; }
};

// Weights (Real const) or their gradients, which operators only add to. Empty where heads is 0.
template <class Real>
struct AddOnTensors {
  std::vector<std::span<Real>> tables;  // [ids x E] each: item_tables, then behaviour_tables
  std::span<Real> unit_weight1;         // [H1 x 4E], columns for s, x, s - x, s * x
  std::span<Real> unit_bias1;           // [H1]
  std::span<Real> unit_weight2;         // [H2 x H1]
  std::span<Real> unit_bias2;           // [H2]
  std::span<Real> unit_weight3;         // [H2]
  std::span<Real> unit_bias3;           // [1]
  std::span<Real> trigger_query;        // [E x E], a head's E / h rows together
  std::span<Real> trigger_key;          // [E x E]
  std::span<Real> trigger_heads;        // [h]
  std::span<Real> gate_scale;           // [2]: of the target's weight and of the triggers'
  std::span<Real> gate_context;         // [context]
  std::span<Real> gate_bias;            // [1]
};

// Rows of several requests without padding: request after request, counts[i] rows each.
struct RequestRows {
  std::span<const std::int64_t> ids;     // [rows x tables]
  std::span<const std::int64_t> counts;  // [requests]
};

template <class Real>
struct AddOnInput {
  RequestRows behaviours;  // oldest first; item_tables + behaviour_tables ids each
  RequestRows ticked, unticked, candidates;
  std::span<const Real> context;    // [requests x context]
  std::span<const Real> request;    // [requests x request_numbers]
  std::span<const Real> candidate;  // [candidates x candidate_numbers]
};

}  // namespace inkling::train::fused
