#include "train/arithmetic.h"

#include "math/precision.h"

namespace inkling::train {

bool asks_for_reduced(const TrainingJob& job) {
  const base::Json* precision = job.params.find("precision");
  const std::string* name = precision == nullptr ? nullptr : precision->if_text();
  return name != nullptr && math::precision_named(*name) == math::Precision::kReduced;
}

std::optional<math::ProductPath> reduced_path(const TrainingJob& job) {
  if (!asks_for_reduced(job)) return std::nullopt;
  return job.products ? job.products : math::best_product_path();
}

}  // namespace inkling::train
