#include "basket/statistics_tensors.h"

#include <span>
#include <string>
#include <utility>

namespace inkling::basket {
namespace {

using base::Status;

std::string name_of(const char* member) {
  return std::string("basket.") + member;
}

// One list of the members for both directions.
template <typename Tensors, typename Visit>
Status for_each_tensor(Tensors& tensors, Visit visit) {
  INKLING_TRY(visit("items", tensors.items));
  INKLING_TRY(visit("baskets", tensors.baskets));
  INKLING_TRY(visit("baskets_30d", tensors.baskets_30d));
  INKLING_TRY(visit("baskets_7d", tensors.baskets_7d));
  INKLING_TRY(visit("paired_baskets", tensors.paired_baskets));
  INKLING_TRY(visit("first_ms", tensors.first_ms));
  INKLING_TRY(visit("last_ms", tensors.last_ms));
  INKLING_TRY(visit("price_cents", tensors.price_cents));
  INKLING_TRY(visit("buy_again_prob", tensors.buy_again_prob));
  INKLING_TRY(visit("cycle_days", tensors.cycle_days));
  INKLING_TRY(visit("wait_days", tensors.wait_days));
  INKLING_TRY(visit("pair_start", tensors.pair_start));
  INKLING_TRY(visit("pair_row", tensors.pair_row));
  INKLING_TRY(visit("pair_count", tensors.pair_count));
  INKLING_TRY(visit("weight_start", tensors.weight_start));
  INKLING_TRY(visit("weight_row", tensors.weight_row));
  INKLING_TRY(visit("weight", tensors.weight));
  return visit("totals", tensors.totals);
}

}  // namespace

Status write_statistics(const CoBasket& statistics, artifact::SafetensorsWriter& out) {
  return for_each_tensor(statistics.tensors(), [&]<typename T>(const char* member, const std::vector<T>& values) {
    return out.add<T>(name_of(member), {static_cast<std::int64_t>(values.size())}, std::span<const T>(values));
  });
}

base::Result<CoBasket> read_statistics(const artifact::Safetensors& weights) {
  CoBasketTensors tensors;
  INKLING_TRY(for_each_tensor(tensors, [&]<typename T>(const char* member, std::vector<T>& values) -> Status {
    INKLING_ASSIGN(const std::span<const T> read, weights.values<T>(name_of(member), {-1}));
    values.assign(read.begin(), read.end());
    return {};
  }));
  auto made = CoBasket::make(std::move(tensors));
  if (!made.ok()) return made.status().within("basket");
  return made;
}

}  // namespace inkling::basket
