// How rankers are taught by items taken out of baskets, from a model's parameters: one reading for all of them. The
// parameters' names, meanings and ranges stand in each model's params.yaml. Thread safety: a plain value. Failure:
// errors name the parameter.
#pragma once

#include "base/core/json.h"
#include "basket/co_basket_builder.h"
#include "basket/removal_cases.h"

namespace inkling::basket {

struct RemovalOptions {
  CoBasketOptions statistics;
  CaseOptions cases;
  NegativeOptions negatives;
  int days = 75;     // before the end, whose baskets teach
  int removals = 1;  // of one basket, each a case of its own
};

// From days, removals, stretch, max_basket_items, max_neighbours, max_autoencoder_items, autoencoder_lambda,
// hard_negatives and random_negatives.
[[nodiscard]] base::Result<RemovalOptions> removal_options(const base::JsonView& params);

}  // namespace inkling::basket
