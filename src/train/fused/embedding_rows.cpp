#include "train/fused/embedding_rows.h"

#include <array>
#include <cstring>
#include <string>

namespace inkling::train::fused {
namespace {

// Of a record's values: the width as a constant where it is a usual one, so that a copy is two or four instructions.
template <class Operation>
void with_width(std::size_t width, const Operation& operation) {
  switch (width) {
    case 4:
      return operation(std::integral_constant<std::size_t, 4>());
    case 8:
      return operation(std::integral_constant<std::size_t, 8>());
    case 16:
      return operation(std::integral_constant<std::size_t, 16>());
    default:
      return operation(width);
  }
}

// In local values, since the compiler must not fear that the rows overlap.
template <class Real, std::size_t kWidth>
void add_row(Real* to, const Real* from, std::integral_constant<std::size_t, kWidth> /*width*/) {
  std::array<Real, kWidth> sum, more;
  std::memcpy(sum.data(), to, sizeof(sum));
  std::memcpy(more.data(), from, sizeof(more));
  for (std::size_t i = 0; i < kWidth; ++i) sum[i] += more[i];
  std::memcpy(to, sum.data(), sizeof(sum));
}
template <class Real>
void add_row(Real* to, const Real* from, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) to[i] += from[i];
}

// Rows of tables lie anywhere; the next record's are on their way while this one's are read.
template <class Real>
void fetch(const Real* row) {
#if defined(__GNUC__)
  __builtin_prefetch(row, 1, 3);
#endif
}

base::Status outside(std::int64_t id, std::size_t feature, std::size_t rows) {
  return base::invalid_input("feature " + std::to_string(feature) + " has the id " + std::to_string(id) +
                             ", but its table has ids 0 to " + std::to_string(rows - 1));
}

}  // namespace

template <class Real>
base::Status gather(const ViewShape& shape, const ViewTensors<const Real>& weights, const IdRows& ids,
                    std::size_t from, const RowLayout& layout, std::span<Real> x) {
  base::Status status;
  with_width(shape.embedding_dim, [&](auto width) {
    Real* to = x.data();
    for (std::size_t sample = 0; sample < layout.samples(); ++sample) {
      const std::int64_t* id = ids.ids.data() + (sample * ids.steps + from) * shape.features;
      for (std::size_t row = 0; row < layout.length(sample); ++row) {
        for (std::size_t f = 0; f < shape.features; ++f, ++id, to += width) {
          const std::span<const Real> table = weights.embeddings[f];
          const std::size_t at = static_cast<std::size_t>(*id) * width;
          if (*id < 0 || at >= table.size()) {
            status = outside(*id, f, table.size() / width);
            return;
          }
          std::memcpy(to, table.data() + at, width * sizeof(Real));
        }
      }
    }
  });
  return status;
}

template <class Real>
void scatter(const ViewShape& shape, const IdRows& ids, const RowLayout& layout, std::span<const Real> x_gradient,
             ViewTensors<Real>& gradients) {
  with_width(shape.embedding_dim, [&](auto width) {
    const Real* from = x_gradient.data();
    for (std::size_t sample = 0; sample < layout.samples(); ++sample) {
      const std::int64_t* id = ids.ids.data() + sample * ids.steps * shape.features;
      for (std::size_t row = 0; row < layout.length(sample); ++row) {
        for (std::size_t f = 0; f < shape.features; ++f, ++id, from += width) {
          if (row + 1 < layout.length(sample)) {
            fetch(gradients.embeddings[f].data() + static_cast<std::size_t>(id[shape.features]) * width);
          }
          if (*id == 0) continue;
          add_row(gradients.embeddings[f].data() + static_cast<std::size_t>(*id) * width, from, width);
        }
      }
    }
  });
}

template base::Status gather(const ViewShape&, const ViewTensors<const float>&, const IdRows&, std::size_t,
                             const RowLayout&, std::span<float>);
template base::Status gather(const ViewShape&, const ViewTensors<const double>&, const IdRows&, std::size_t,
                             const RowLayout&, std::span<double>);
template void scatter(const ViewShape&, const IdRows&, const RowLayout&, std::span<const float>, ViewTensors<float>&);
template void scatter(const ViewShape&, const IdRows&, const RowLayout&, std::span<const double>,
                      ViewTensors<double>&);

}  // namespace inkling::train::fused
