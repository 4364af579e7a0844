#include "models/caam/caam_loss_net.h"

#include <torch/nn/functional/loss.h>

namespace inkling::models::caam {
namespace {

using torch::Tensor;

// Of one logit a candidate against one label each.
Tensor cross_entropy(const Tensor& logits, const Tensor& labels) {
  return torch::binary_cross_entropy_with_logits(logits, labels);
}

// log(1 - exp(x)) of x < 0, without loss of digits at either end.
Tensor log_complement(const Tensor& x) {
  const Tensor below = x.clamp_max(-1e-7);
  return torch::where(below > -0.6931, torch::log(-torch::expm1(below)), torch::log1p(-torch::exp(below)));
}

}  // namespace

Tensor deeds_of(std::span<const NetworkSample* const> samples) {
  std::vector<float> all;
  for (const NetworkSample* sample : samples) {
    for (const Deeds& deeds : sample->deeds) all.insert(all.end(), deeds.begin(), deeds.end());
  }
  return torch::tensor(all).view({-1, 3});
}

Tensor labels_of(const Tensor& deeds, bool click_only) {
  return click_only ? deeds.select(1, 0).contiguous() : deeds.mean(1);
}

Tensor graded_loss(const Tensor& logits, const Tensor& deeds, bool click_only, const Tensor& balance) {
  const Tensor flat = logits.squeeze(1);
  if (!balance.defined()) return cross_entropy(flat, labels_of(deeds, click_only));
  Tensor loss = torch::zeros({});
  for (std::int64_t k = 0; k < 3; ++k) {
    loss = loss + torch::exp(-balance[k]) * cross_entropy(flat, deeds.select(1, k)) + balance[k];
  }
  return loss / 3;
}

Tensor listwise_loss(const Tensor& logits, const Tensor& deeds, bool click_only,
                     std::span<const NetworkSample* const> samples) {
  const Tensor flat = logits.squeeze(1), labels = labels_of(deeds, click_only);
  Tensor loss = torch::zeros({});
  std::int64_t at = 0, taught = 0;
  for (const NetworkSample* sample : samples) {
    const auto count = static_cast<std::int64_t>(sample->candidates.size());
    const Tensor wanted = labels.narrow(0, at, count);
    const Tensor logs = count == 0 ? Tensor() : torch::log_softmax(flat.narrow(0, at, count), 0);
    at += count;
    if (count == 0 || wanted.sum().item<float>() == 0) continue;
    loss = loss - (wanted / wanted.sum()).dot(logs);
    ++taught;
  }
  return taught == 0 ? (flat * 0).sum() : loss / taught;
}

Tensor esmm_loss(const Tensor& logits, const Tensor& deeds) {
  const Tensor logs = torch::log_sigmoid(logits).cumsum(1);  // of clicked, carted, bought
  return -(deeds * logs + (1 - deeds) * log_complement(logs)).mean();
}

Tensor loss_of(const Tensor& logits, std::span<const NetworkSample* const> samples, const Architecture& architecture,
               const LossOptions& options, const Tensor& balance) {
  const Tensor deeds = deeds_of(samples);
  if (architecture.head == Head::kEsmm) return esmm_loss(logits, deeds);
  if (options.listwise) return listwise_loss(logits, deeds, options.click_only, samples);
  return graded_loss(logits, deeds, options.click_only, balance);
}

}  // namespace inkling::models::caam
