#include "train/fused/summed_rows.h"

#include <string>

#include "train/fused/kernels.h"

namespace inkling::train::fused {
namespace {

base::Status outside(std::string_view role, std::int64_t id, std::size_t table, std::size_t rows) {
  return base::invalid_input(std::string(role) + ": table " + std::to_string(table) + " is asked for id " +
                             std::to_string(id) + ", but has ids 0 to " + std::to_string(rows - 1));
}

constexpr std::size_t kVectorsAhead = 4;  // so early that a row is there when it is read

template <class Real>
void fetch(const Real* row, std::size_t width) {
#if defined(__GNUC__)
  constexpr std::size_t kLine = 64 / sizeof(Real);
  for (std::size_t i = 0; i < width; i += kLine) __builtin_prefetch(row + i, 1, 3);
#endif
}

}  // namespace

template <class Real>
base::Status sum_rows(std::string_view role, std::span<const std::int64_t> ids,
                      std::span<const std::span<const Real>> tables, std::size_t width, std::span<Real> out) {
  const std::size_t count = tables.size();
  std::vector<const Real*> rows(count);
  const std::int64_t *id = ids.data(), *end = id + ids.size();
  for (std::size_t begin = 0; begin < out.size(); begin += width, id += count) {
    for (std::size_t t = 0; t < count; ++t) {
      const std::size_t at = static_cast<std::size_t>(id[t]) * width;
      if (id[t] < 0 || at >= tables[t].size()) return outside(role, id[t], t, tables[t].size() / width);
      rows[t] = tables[t].data() + at;
      const std::size_t later =
          static_cast<std::size_t>(id + kVectorsAhead * count < end ? id[kVectorsAhead * count + t] : 0) * width;
      if (later < tables[t].size()) fetch(tables[t].data() + later, width);
    }
    sum_of_rows<Real>(rows, out.subspan(begin, width));
  }
  return {};
}

template <class Real>
void add_to_rows(std::span<const std::int64_t> ids, std::span<const Real> out_gradient, std::size_t width,
                 std::size_t padded, std::span<const std::span<Real>> gradients) {
  const std::size_t count = gradients.size();
  std::vector<Real*> rows(count);
  const std::int64_t* id = ids.data();
  for (std::size_t begin = 0; begin < out_gradient.size(); begin += width, id += count) {
    std::size_t known = 0;
    for (std::size_t t = 0; t < count; ++t) {
      if (id[t] != 0 || t >= padded) rows[known++] = gradients[t].data() + static_cast<std::size_t>(id[t]) * width;
      if (begin + width < out_gradient.size()) {
        fetch(gradients[t].data() + static_cast<std::size_t>(id[count + t]) * width, width);
      }
    }
    add_to_each<Real>(out_gradient.subspan(begin, width), std::span<Real* const>(rows).first(known));
  }
}

template base::Status sum_rows(std::string_view, std::span<const std::int64_t>,
                               std::span<const std::span<const float>>, std::size_t, std::span<float>);
template base::Status sum_rows(std::string_view, std::span<const std::int64_t>,
                               std::span<const std::span<const double>>, std::size_t, std::span<double>);
template void add_to_rows(std::span<const std::int64_t>, std::span<const float>, std::size_t, std::size_t,
                          std::span<const std::span<float>>);
template void add_to_rows(std::span<const std::int64_t>, std::span<const double>, std::size_t, std::size_t,
                          std::span<const std::span<double>>);

}  // namespace inkling::train::fused
