// The training half of text polarity: Naive Bayes' log-count ratios as the scale of every feature, and a logistic
// model over them (Wang and Manning, ACL 2012: "NB-SVM", with the logistic loss, so that it tells probabilities). A
// plain loop over sparse rows on one thread: autograd has nothing to offer a linear model, and the same seed gives
// the same bytes. Thread safety: as train::TaggingHalf.
#pragma once

#include "train/tagging_half.h"

namespace inkling::models::text_polarity {

// The registry's entry (train/tagging_half.h).
[[nodiscard]] const train::TaggingHalf& tagging_half();

}  // namespace inkling::models::text_polarity
