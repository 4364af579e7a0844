// CoBasket as tensors of a package, for every model that is served with it: basket.<member of CoBasketTensors>.
// Thread safety: pure functions. Failure: errors name the tensor. Wasm-clean.
#pragma once

#include "artifact/safetensors.h"
#include "basket/co_basket.h"

namespace inkling::basket {

[[nodiscard]] base::Status write_statistics(const CoBasket& statistics, artifact::SafetensorsWriter& out);
[[nodiscard]] base::Result<CoBasket> read_statistics(const artifact::Safetensors& weights);

}  // namespace inkling::basket
