// Amounts of money as the statistics and samples of a journal count them: those of the first currency that is met; of
// any other one kNoPrice. Not for adding up what is paid (src/offer). Thread safety: one thread. Failure: none.
#pragma once

#include <optional>
#include <string>

#include "basket/purchase.h"
#include "domain/money.h"

namespace inkling::basket {

class OneCurrency {
 public:
  [[nodiscard]] std::int64_t cents(const std::optional<domain::Money>& price) {
    if (!price) return kNoPrice;
    if (!currency_) currency_ = price->currency;
    return price->currency == *currency_ ? price->cents : kNoPrice;
  }

 private:
  std::optional<std::string> currency_;
};

}  // namespace inkling::basket
