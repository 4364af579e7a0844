// The training half of the span tagger: labels, vocabulary, samples (span_tagger_samples_net.h), the network's fit
// (span_tagger_fit_net.h), and thresholds chosen on the texts held out (span_tagger_measure_net.h).
// Thread safety: as train::TaggingHalf.
#pragma once

#include "train/tagging_half.h"

namespace inkling::models::span_tagger {

// The registry's entry (train/tagging_half.h).
[[nodiscard]] const train::TaggingHalf& tagging_half();

}  // namespace inkling::models::span_tagger
