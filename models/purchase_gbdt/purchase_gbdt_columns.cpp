#include "models/purchase_gbdt/purchase_gbdt_columns.h"

#include <algorithm>
#include <limits>

namespace inkling::models::purchase_gbdt {

std::size_t column_count(const feature::Blueprint& blueprint) {
  return blueprint.number_count() + blueprint.statistic_id_count();
}

std::vector<bool> category_columns(const feature::Blueprint& blueprint) {
  std::vector<bool> categories(blueprint.number_count(), false);
  for (const feature::Encoder* encoder : blueprint.statistic_id_encoders()) {
    categories.push_back(encoder->kind == feature::EncoderKind::kVocabulary);
  }
  return categories;
}

template <typename Id>
void fill_row(std::span<const float> numbers, std::span<const Id> ids, std::span<float> row) {
  std::ranges::copy(numbers, row.begin());
  std::ranges::transform(ids, row.begin() + static_cast<std::ptrdiff_t>(numbers.size()), [](Id id) {
    const auto above = static_cast<std::int64_t>(id) - feature::kFirstId;
    return above < 0 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(above);
  });
}
template void fill_row(std::span<const float>, std::span<const std::uint32_t>, std::span<float>);
template void fill_row(std::span<const float>, std::span<const std::int32_t>, std::span<float>);

}  // namespace inkling::models::purchase_gbdt
