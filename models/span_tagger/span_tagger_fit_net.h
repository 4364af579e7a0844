// Fits a span tagger's network: the negative log-likelihood of the tags in their chains and the cross-entropy of the
// pairs, by AdamW whose rate falls to zero. Candidates of a pair are the labelled spans and those that the network
// itself finds likely while it learns, so that it learns to leave wrong spans alone.
//
// Thread safety: one fit at a time. Same samples, options and machine with one thread: same bytes. Failure: what
// LibTorch throws goes through.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "models/span_tagger/span_tagger_network_net.h"
#include "models/span_tagger/span_tagger_samples_net.h"

namespace inkling::models::span_tagger {

struct FitOptions {
  std::size_t epochs = 6;
  std::size_t batch_size = 32;
  double learning_rate = 0.002;
  double weight_decay = 0.01;
  double gradient_clip = 5;
  double forget = 0.1;  // this share of characters and pairs is read as unknown
  double pair_weight = 1;
  std::uint64_t seed = 1;
  std::function<void(std::string_view)> on_note;
};

void fit(SpanTaggerNet& net, const Architecture& architecture, std::span<const Sample> samples,
         const FitOptions& options);

}  // namespace inkling::models::span_tagger
