#include "train/fused/add_on_body.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "train/fused/summed_rows.h"

namespace inkling::train::fused {
namespace {

base::Status misfit(const char* role, std::size_t found, const char* what, std::size_t expected) {
  return base::invalid_input(std::string(role) + ": there are " + std::to_string(found) + " " + what + ", but " +
                             std::to_string(expected) + " are needed");
}

// Rows of one role, request after request.
template <class Set>
base::Status place_rows(const char* role, const RequestRows& rows, std::size_t tables,
                        std::vector<RequestPlace>& places, const Set& set, std::size_t& total) {
  if (rows.counts.size() != places.size()) return misfit(role, rows.counts.size(), "counts", places.size());
  total = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (rows.counts[i] < 0) return base::invalid_input(std::string(role) + ": a count is below 0");
    set(places[i], {total, static_cast<std::size_t>(rows.counts[i])});
    total += static_cast<std::size_t>(rows.counts[i]);
  }
  if (rows.ids.size() != total * tables) return misfit(role, rows.ids.size(), "ids", total * tables);
  return {};
}

template <class Real>
base::Status place_requests(const AddOnShape& shape, AddOnTrace<Real>& trace) {
  using Rows = RequestPlace::Rows;
  const AddOnInput<Real>& in = trace.input;
  auto& places = trace.places;
  places.assign(in.candidates.counts.size(), {});
  RequestPlace& all = trace.totals;
  const std::size_t item = shape.item_tables;
  INKLING_TRY(place_rows(
      "behaviours", in.behaviours, item + shape.behaviour_tables, places,
      [](RequestPlace& to, Rows rows) { to.behaviours = rows; }, all.behaviours.begin));
  INKLING_TRY(place_rows(
      "ticked", in.ticked, item, places, [](RequestPlace& to, Rows rows) { to.ticked = rows; }, all.ticked.begin));
  INKLING_TRY(place_rows(
      "unticked", in.unticked, item, places, [](RequestPlace& to, Rows rows) { to.unticked = rows; },
      all.unticked.begin));
  INKLING_TRY(place_rows(
      "candidates", in.candidates, item, places, [](RequestPlace& to, Rows rows) { to.candidates = rows; },
      all.candidates.begin));
  all.pairs_begin = all.trigger_begin = 0;
  for (RequestPlace& place : places) {
    place.pairs_begin = all.pairs_begin;
    place.trigger_begin = all.trigger_begin;
    all.pairs_begin += place.candidates.count * place.behaviours.count;
    all.trigger_begin += place.ticked.count * place.behaviours.count;
  }
  const auto fits = [](const char* role, std::size_t found, std::size_t expected) {
    return found == expected ? base::Status() : misfit(role, found, "numbers", expected);
  };
  INKLING_TRY(fits("context", in.context.size(), places.size() * shape.context));
  INKLING_TRY(fits("request", in.request.size(), places.size() * shape.request_numbers));
  return fits("candidate", in.candidate.size(), all.candidates.begin * shape.candidate_numbers);
}

template <class Real>
void mean_of(std::span<const Real> rows, std::span<Real> mean) {
  std::fill(mean.begin(), mean.end(), Real(0));
  if (rows.empty()) return;
  column_sums<Real>(rows, mean.size(), mean);
  const Real share = static_cast<Real>(mean.size()) / static_cast<Real>(rows.size());
  for (Real& value : mean) value *= share;
}

template <class Real>
void mean_back(std::span<const Real> of_mean, std::span<Real> of_rows) {
  const Real share = static_cast<Real>(of_mean.size()) / static_cast<Real>(of_rows.size());
  for (std::size_t begin = 0; begin < of_rows.size(); begin += of_mean.size()) {
    for (std::size_t i = 0; i < of_mean.size(); ++i) of_rows[begin + i] += share * of_mean[i];
  }
}

}  // namespace

// The spans of one request's parts of a trace.
template <class Real>
struct AddOnBody<Real>::Request {
  Request(const AddOnShape& shape, AddOnTrace<Real>& trace, std::size_t index) : place(trace.places[index]) {
    const RequestPlace& all = trace.totals;
    const std::size_t e = shape.dim, heads = shape.heads;
    const auto rows = [&](auto& buffer, const RequestPlace::Rows& of, std::size_t total, std::size_t width) {
      return buffer.take(total * width).subspan(of.begin * width, of.count * width);
    };
    const auto pairs = [&](auto& buffer, std::size_t width) {
      return rows(buffer, {place.pairs_begin, place.candidates.count * place.behaviours.count}, all.pairs_begin,
                  width);
    };
    behaviours = rows(trace.behaviours, place.behaviours, all.behaviours.begin, e);
    behaviour_columns = rows(trace.behaviour_columns, place.behaviours, all.behaviours.begin, e);
    of_behaviours = rows(trace.of_behaviours, place.behaviours, all.behaviours.begin, e);
    ticked = rows(trace.ticked, place.ticked, all.ticked.begin, e);
    of_ticked = rows(trace.of_ticked, place.ticked, all.ticked.begin, e);
    unticked = rows(trace.unticked, place.unticked, all.unticked.begin, e);
    of_unticked = rows(trace.of_unticked, place.unticked, all.unticked.begin, e);
    candidates = rows(trace.candidates, place.candidates, all.candidates.begin, e);
    of_candidates = rows(trace.of_candidates, place.candidates, all.candidates.begin, e);
    unit = {pairs(trace.first, shape.unit_first),
            pairs(trace.above, TargetUnit<Real>::padded(shape.unit_second) / 8)};
    target = pairs(trace.target, 1);
    gates = pairs(trace.gates, 1);
    mixed = pairs(trace.mixed, 1);
    trigger = rows(trace.trigger, place.behaviours, all.behaviours.begin, 1);
    triggers = {rows(trace.queries, place.ticked, all.ticked.begin, e),
                rows(trace.trigger_rows, place.ticked, all.ticked.begin, heads * e),
                rows(trace.trigger_attention, {place.trigger_begin, place.ticked.count * place.behaviours.count},
                     all.trigger_begin, heads)};
    context = trace.input.context.subspan(index * shape.context, shape.context);
  }

  [[nodiscard]] bool attends_triggers(const AddOnShape& shape) const {
    return shape.heads > 0 && !behaviours.empty() && !ticked.empty();
  }
  // What makes sums over T behaviours of one size.
  [[nodiscard]] Real share() const { return Real(1) / std::sqrt(static_cast<Real>(place.behaviours.count)); }

  RequestPlace place;
  std::span<Real> behaviours, behaviour_columns, of_behaviours, ticked, of_ticked, unticked, of_unticked, candidates,
      of_candidates;
  UnitTrace<Real> unit;
  std::span<Real> target, gates, mixed, trigger;
  TriggerTrace<Real> triggers;
  std::span<const Real> context;
};

template <class Real>
AddOnBody<Real>::AddOnBody(const AddOnShape& shape, const AddOnTensors<const Real>& weights)
    : shape_(shape), weights_(weights), unit_(shape, weights) {
  if (shape.heads == 0) return;
  triggers_.emplace(shape, weights);
  gate_.emplace(weights);
}

template <class Real>
base::Status AddOnBody<Real>::gather(AddOnTrace<Real>& trace) const {
  const std::span<const std::span<const Real>> tables = weights_.tables, items = tables.first(shape_.item_tables);
  const AddOnInput<Real>& in = trace.input;
  const auto sums = [&](const char* role, const RequestRows& rows, std::span<const std::span<const Real>> of,
                        Buffer<Real>& to) {
    return sum_rows<Real>(role, rows.ids, of, shape_.dim, to.take(rows.ids.size() / of.size() * shape_.dim));
  };
  INKLING_TRY(sums("behaviours", in.behaviours, tables, trace.behaviours));
  INKLING_TRY(sums("ticked", in.ticked, items, trace.ticked));
  INKLING_TRY(sums("unticked", in.unticked, items, trace.unticked));
  return sums("candidates", in.candidates, items, trace.candidates);
}

template <class Real>
void AddOnBody<Real>::read_history(const Request& request, AddOnTrace<Real>& trace, Products<Real>& products,
                                   std::span<Real> out) const {
  const std::size_t e = shape_.dim, steps = request.place.behaviours.count, count = request.place.candidates.count;
  transpose<Real>(request.behaviours, e, request.behaviour_columns, steps);
  unit_.forward(request.behaviours, request.candidates, request.unit, request.target, trace.unit, products);
  if (request.attends_triggers(shape_)) {
    triggers_->forward(request.behaviour_columns, request.ticked, request.triggers, request.trigger, trace.triggers,
                       products);
    gate_->forward(request.target, request.trigger, request.context, request.gates, request.mixed);
  } else {
    std::copy(request.target.begin(), request.target.end(), request.mixed.begin());
  }
  const Real share = request.share();
  for (Real& weight : request.mixed) weight *= share;
  product<Real>(request.mixed, request.behaviours, out, {.m = count, .n = e, .k = steps, .c_stride = shape_.width()});
}

template <class Real>
void AddOnBody<Real>::write_rows(std::size_t index, const Request& request, AddOnTrace<Real>& trace,
                                 std::span<Real> out) const {
  const std::size_t e = shape_.dim;
  const std::span<Real> pool = trace.means.take(2 * e).first(e), unticked = trace.means.take(2 * e).subspan(e);
  mean_of<Real>(request.ticked, pool);
  mean_of<Real>(request.unticked, unticked);
  const std::span<const Real> numbers =
      trace.input.request.subspan(index * shape_.request_numbers, shape_.request_numbers);
  for (std::size_t n = 0; n < request.place.candidates.count; ++n) {
    Real* row = out.data() + n * shape_.width();
    const Real* x = request.candidates.data() + n * e;
    if (request.behaviours.empty()) std::fill(row, row + e, Real(0));
    std::copy(x, x + e, row + e);
    for (std::size_t i = 0; shape_.pools_ticked && i < e; ++i) {
      row[2 * e + i] = pool[i];
      row[3 * e + i] = x[i] * pool[i];
    }
    Real* rest = row + shape_.unticked_begin();
    if (shape_.pools_unticked) rest = std::copy(unticked.begin(), unticked.end(), rest);
    rest = std::copy(numbers.begin(), numbers.end(), rest);
    const std::size_t candidate = request.place.candidates.begin + n;
    const auto own = trace.input.candidate.subspan(candidate * shape_.candidate_numbers, shape_.candidate_numbers);
    std::copy(own.begin(), own.end(), rest);
  }
}

template <class Real>
base::Status AddOnBody<Real>::forward(const AddOnInput<Real>& input, AddOnTrace<Real>& trace,
                                      std::span<Real> out) const {
  trace.input = input;
  INKLING_TRY(place_requests(shape_, trace));
  INKLING_TRY(gather(trace));
  Products<Real> products({}, trace.room);
  for (std::size_t i = 0; i < trace.places.size(); ++i) {
    const Request request(shape_, trace, i);
    const RequestPlace::Rows& rows = request.place.candidates;
    const std::span<Real> own = out.subspan(rows.begin * shape_.width(), rows.count * shape_.width());
    if (!request.behaviours.empty() && !own.empty()) read_history(request, trace, products, own);
    write_rows(i, request, trace, own);
  }
  return {};
}

// The parts of a row that are not the read-out.
template <class Real>
void AddOnBody<Real>::rows_back(const Request& request, AddOnTrace<Real>& trace,
                                std::span<const Real> out_gradient) const {
  const std::size_t e = shape_.dim;
  const std::span<Real> means = trace.means.take(3 * e);
  const std::span<Real> pool = means.first(e), of_pool = means.subspan(e, e), of_unticked = means.subspan(2 * e);
  mean_of<Real>(request.ticked, pool);
  std::fill(of_pool.begin(), means.end(), Real(0));
  for (std::size_t n = 0; n < request.place.candidates.count; ++n) {
    const Real* row = out_gradient.data() + n * shape_.learnt_width();
    const Real* x = request.candidates.data() + n * e;
    std::copy(row + e, row + 2 * e, request.of_candidates.data() + n * e);
    for (std::size_t i = 0; shape_.pools_ticked && i < e; ++i) {
      request.of_candidates[n * e + i] += row[3 * e + i] * pool[i];
      of_pool[i] += row[2 * e + i] + row[3 * e + i] * x[i];
    }
    for (std::size_t i = 0; shape_.pools_unticked && i < e; ++i) of_unticked[i] += row[shape_.unticked_begin() + i];
  }
  std::fill(request.of_ticked.begin(), request.of_ticked.end(), Real(0));
  std::fill(request.of_unticked.begin(), request.of_unticked.end(), Real(0));
  mean_back<Real>(of_pool, request.of_ticked);
  mean_back<Real>(of_unticked, request.of_unticked);
}

template <class Real>
void AddOnBody<Real>::read_history_back(const Request& request, AddOnTrace<Real>& trace,
                                        std::span<const Real> out_gradient, AddOnTensors<Real>& gradients,
                                        UnitSums<Real>& sums) const {
  const std::size_t e = shape_.dim, steps = request.place.behaviours.count, count = request.place.candidates.count;
  const std::span<Real> of_mixed = trace.of_mixed.take(count * steps);
  product<Real>(out_gradient, request.behaviour_columns, of_mixed,
                {.m = count, .n = steps, .k = e, .a_stride = shape_.learnt_width()});
  const Real share = request.share();
  for (Real& gradient : of_mixed) gradient *= share;
  add_transposed_product<Real>(request.mixed, out_gradient, request.of_behaviours,
                               {.m = steps, .n = e, .k = count, .b_stride = shape_.learnt_width()});
  if (request.attends_triggers(shape_)) {
    const std::span<Real> of_trigger = trace.of_trigger.zeros(steps);
    gate_->backward(request.target, request.trigger, request.context, request.gates, of_mixed, of_trigger, gradients);
    triggers_->backward(request.behaviours, request.ticked, request.triggers, of_trigger, request.of_behaviours,
                        request.of_ticked, trace.triggers, gradients);
  }
  unit_.backward(request.behaviours, request.candidates, request.unit, of_mixed, request.of_behaviours,
                 request.of_candidates, sums, trace.unit);
}

template <class Real>
void AddOnBody<Real>::scatter(AddOnTrace<Real>& trace, AddOnTensors<Real>& gradients) const {
  const std::span<const std::span<Real>> tables = gradients.tables, items = tables.first(shape_.item_tables);
  const AddOnInput<Real>& in = trace.input;
  const auto add = [&](const RequestRows& rows, std::span<const std::span<Real>> of, Buffer<Real>& from) {
    add_to_rows<Real>(rows.ids, from.take(rows.ids.size() / of.size() * shape_.dim), shape_.dim, shape_.item_tables,
                      of);
  };
  add(in.behaviours, tables, trace.of_behaviours);
  add(in.ticked, items, trace.of_ticked);
  add(in.unticked, items, trace.of_unticked);
  add(in.candidates, items, trace.of_candidates);
}

template <class Real>
void AddOnBody<Real>::backward(std::span<const Real> out_gradient, AddOnTrace<Real>& trace,
                               AddOnTensors<Real>& gradients, UnitSums<Real>& sums) const {
  (void)trace.of_behaviours.zeros(trace.totals.behaviours.begin * shape_.dim);
  for (std::size_t i = trace.places.size(); i-- > 0;) {  // what was written last is nearest
    const Request request(shape_, trace, i);
    const RequestPlace::Rows& rows = request.place.candidates;
    const auto own = out_gradient.subspan(rows.begin * shape_.learnt_width(), rows.count * shape_.learnt_width());
    rows_back(request, trace, own);
    if (!request.behaviours.empty() && !own.empty()) read_history_back(request, trace, own, gradients, sums);
  }
  scatter(trace, gradients);
}

template class AddOnBody<float>;
template class AddOnBody<double>;

}  // namespace inkling::train::fused
