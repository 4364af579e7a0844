#include "basket/removal_options.h"

namespace inkling::basket {
namespace {

template <typename Count>
base::Status read_count(const base::JsonView& params, std::string_view name, Count& count) {
  INKLING_ASSIGN(const auto value, params.integer(name));
  count = static_cast<Count>(value);
  return {};
}

}  // namespace

base::Result<RemovalOptions> removal_options(const base::JsonView& params) {
  RemovalOptions options;
  INKLING_TRY(read_count(params, "days", options.days));
  INKLING_TRY(read_count(params, "removals", options.removals));
  INKLING_ASSIGN(options.cases.stretch, params.number("stretch"));
  INKLING_TRY(read_count(params, "max_basket_items", options.cases.max_items));
  options.statistics.max_basket_items = options.cases.max_items;
  INKLING_TRY(read_count(params, "max_neighbours", options.statistics.max_neighbours));
  INKLING_TRY(read_count(params, "max_autoencoder_items", options.statistics.max_autoencoder_items));
  INKLING_ASSIGN(const double lambda, params.number("autoencoder_lambda"));
  options.statistics.lambda = static_cast<float>(lambda);
  INKLING_TRY(read_count(params, "hard_negatives", options.negatives.hard));
  INKLING_TRY(read_count(params, "random_negatives", options.negatives.random));
  return options;
}

}  // namespace inkling::basket
