// Statistics of baskets as a package keeps them: tensors of strangers, of right and wrong lengths. Either one of them
// is refused by its name, or no look-up leads out of the arrays: every list names other items in order, every item is
// found where it stands.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "basket/co_basket.h"
#include "fuzz/property.h"

namespace inkling::fuzz {
namespace {

class Bytes {
 public:
  explicit Bytes(std::string_view text) : text_(text) {}

  // Zeros behind the end.
  template <typename T>
  T take() {
    T value{};
    const std::size_t size = std::min(sizeof(T), text_.size());
    std::memcpy(&value, text_.data(), size);
    text_.remove_prefix(size);
    return value;
  }
  // Mostly of the right length.
  template <typename T>
  std::vector<T> column(std::size_t size) {
    const auto other = take<std::uint8_t>();
    std::vector<T> values(other >= 0xf0 ? other - 0xf0U : size);
    for (T& value : values) value = take<T>();
    return values;
  }
  // Small numbers: rows and places, most of them in bounds.
  std::vector<std::uint32_t> places(std::size_t size) {
    std::vector<std::uint32_t> values;
    for (const std::uint8_t value : column<std::uint8_t>(size)) values.push_back(value);
    return values;
  }

 private:
  std::string_view text_;
};

basket::CoBasketTensors tensors_of(std::string_view text) {
  Bytes bytes(text);
  const std::size_t items = bytes.take<std::uint8_t>() % 32;
  const std::size_t pairs = bytes.take<std::uint8_t>();
  const std::size_t weights = bytes.take<std::uint8_t>();
  basket::CoBasketTensors tensors;
  for (const std::uint32_t item : bytes.places(items)) tensors.items.push_back(item);
  for (auto* counts : {&tensors.baskets, &tensors.baskets_30d, &tensors.baskets_7d, &tensors.paired_baskets}) {
    *counts = bytes.places(items);
  }
  for (auto* times : {&tensors.first_ms, &tensors.last_ms, &tensors.price_cents}) {
    *times = bytes.column<std::int64_t>(items);
  }
  for (auto* numbers : {&tensors.buy_again_prob, &tensors.cycle_days, &tensors.wait_days}) {
    *numbers = bytes.column<float>(items);
  }
  tensors.pair_start = bytes.places(items + 1);
  tensors.pair_row = bytes.places(pairs);
  tensors.pair_count = bytes.column<float>(pairs);
  tensors.weight_start = bytes.places(items + 1);
  tensors.weight_row = bytes.places(weights);
  tensors.weight = bytes.column<float>(weights);
  tensors.totals = bytes.column<std::int64_t>(4);
  return tensors;
}

void check_list(const basket::Neighbours& list, std::uint32_t trigger, std::size_t items) {
  must(list.rows.size() == list.values.size(), "a value for each partner");
  for (std::size_t i = 0; i < list.rows.size(); ++i) {
    must(list.rows[i] < items && list.rows[i] != trigger, "a partner is another item");
    must(i == 0 || list.rows[i - 1] < list.rows[i], "partners stand in order");
    must(std::isfinite(list.values[i]) && list.values[i] >= 0, "values are numbers from 0");
  }
}

void check(std::string_view text) {
  const auto made = basket::CoBasket::make(tensors_of(text));
  if (!made.ok()) return must(made.status().message().starts_with("tensor \""), "a refusal names the tensor");
  const auto items = static_cast<std::uint32_t>(made->item_count());
  for (std::uint32_t row = 0; row < items; ++row) {
    must(made->find(made->item(row)) == row, "an item is found where it stands");
    must(std::isfinite(made->repurchase(row).buy_again_prob), "priors are numbers");
    check_list(made->pairs(row), row, items);
    check_list(made->weights(row), row, items);
  }
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}
