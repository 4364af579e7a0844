// What training asks of the network's logits.
//
//   graded    mean over candidates of the three cross-entropies (clicked, put into the cart, bought) of one logit.
//             Cross-entropy is linear in the label, so that their mean is the cross-entropy against the mean label.
//   learnt    the same three, each weighed by exp(-v_k) with v_k learnt and added: Kendall, Gal and Cipolla (CVPR
//   2018) click     the first of the three alone listwise  cross-entropy of a softmax over each sample's candidates
//   against its labels, made a distribution; samples
//             without any label teach nothing. For samples of which one candidate is right.
//   esmm      three logits: click, cart given click, purchase given cart; cross-entropy of their products over all
//   that
//             was shown (ESMM, SIGIR 2018, extended by a step)
//
// Thread safety: pure functions. Failure: LibTorch throws.
#pragma once

#include <span>

#include "models/caam/caam_network_net.h"

namespace inkling::models::caam {

struct LossOptions {
  bool listwise = false;
  bool click_only = false;
};

// [N, 3] of all samples, one after another.
[[nodiscard]] torch::Tensor deeds_of(std::span<const NetworkSample* const> samples);

// [N]: the mean label, or the click.
[[nodiscard]] torch::Tensor labels_of(const torch::Tensor& deeds, bool click_only);

// logits [N, 1] and deeds [N, 3]. `balance` [3] or undefined: v of the learnt weights.
[[nodiscard]] torch::Tensor graded_loss(const torch::Tensor& logits, const torch::Tensor& deeds, bool click_only,
                                        const torch::Tensor& balance);
[[nodiscard]] torch::Tensor listwise_loss(const torch::Tensor& logits, const torch::Tensor& deeds, bool click_only,
                                          std::span<const NetworkSample* const> samples);
// logits [N, 3].
[[nodiscard]] torch::Tensor esmm_loss(const torch::Tensor& logits, const torch::Tensor& deeds);

[[nodiscard]] torch::Tensor loss_of(const torch::Tensor& logits, std::span<const NetworkSample* const> samples,
                                    const Architecture& architecture, const LossOptions& options,
                                    const torch::Tensor& balance);

}  // namespace inkling::models::caam
