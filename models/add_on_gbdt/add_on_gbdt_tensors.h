// The statistics of src/basket as tensors of a package: basket.<member of CoBasketTensors>. Thread safety: pure
// functions. Failure: errors name the tensor. Wasm-clean.
#pragma once

#include "artifact/safetensors.h"
#include "basket/co_basket.h"

namespace inkling::models::add_on_gbdt {

[[nodiscard]] base::Status write_statistics(const basket::CoBasket& statistics, artifact::SafetensorsWriter& out);
[[nodiscard]] base::Result<basket::CoBasket> read_statistics(const artifact::Safetensors& weights);

}  // namespace inkling::models::add_on_gbdt
