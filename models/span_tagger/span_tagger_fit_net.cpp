#include "models/span_tagger/span_tagger_fit_net.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <string>

#include "base/core/random.h"
#include "models/span_tagger/span_tagger_chain.h"
#include "models/span_tagger/span_tagger_serve.h"
#include "nn/embedding.h"
#include "train/rowwise_adam.h"

namespace inkling::models::span_tagger {
namespace {

using torch::Tensor;

constexpr double kCandidateProb = 0.2;       // of a span that the network finds itself
constexpr std::size_t kMostCandidates = 24;  // spans a text, so that a bad start does not make thousands of pairs
constexpr double kWarmShare = 0.05;          // of all steps, while the rate rises

struct Batch {
  std::vector<const Sample*> samples;  // longest first
  Tensor ids, lengths;
};

class Fit {
 public:
  Fit(SpanTaggerNet& net, const Architecture& architecture, const FitOptions& options)
      : net_(net),
        architecture_(architecture),
        options_(options),
        random_(options.seed),
        optimizer_(net.parameters(), net.tables(), {options.learning_rate, options.weight_decay}) {}

  void run(std::span<const Sample> samples) {
    for (const Sample& sample : samples) {
      if (!sample.text.empty()) samples_.push_back(&sample);
    }
    const std::size_t batches = (samples_.size() + options_.batch_size - 1) / options_.batch_size;
    steps_ = static_cast<double>(batches * options_.epochs);
    for (std::size_t epoch = 1; epoch <= options_.epochs; ++epoch) run_epoch(epoch);
  }

 private:
  void run_epoch(std::size_t epoch) {
    const auto begin = std::chrono::steady_clock::now();
    chain_loss_ = pair_loss_ = 0;
    net_.train();
    for (const auto& members : shuffled_batches()) step(make_batch(members));
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const auto texts = static_cast<double>(samples_.size());
    if (options_.on_note) {
      options_.on_note("epoch " + std::to_string(epoch) + ": loss of tags " + std::to_string(chain_loss_ / texts) +
                       ", of pairs " + std::to_string(pair_loss_ / texts) + ", " + std::to_string(seconds) + " s");
    }
  }

  // Texts of about one length together: a batch is as wide as its longest text.
  std::vector<std::vector<const Sample*>> shuffled_batches() {
    std::vector<std::pair<double, const Sample*>> keyed;
    for (const Sample* sample : samples_) {
      keyed.emplace_back(static_cast<double>(sample->text.size()) * random_.uniform(0.9, 1.1), sample);
    }
    std::ranges::stable_sort(keyed, {}, &std::pair<double, const Sample*>::first);
    std::vector<std::vector<const Sample*>> batches;
    for (std::size_t i = 0; i < keyed.size(); ++i) {
      if (i % options_.batch_size == 0) batches.emplace_back();
      batches.back().push_back(keyed[i].second);
    }
    for (std::size_t i = batches.size(); i > 1; --i) std::swap(batches[i - 1], batches[random_.below(i)]);
    return batches;
  }

  Batch make_batch(std::vector<const Sample*> members) {
    std::ranges::stable_sort(members, std::ranges::greater(), [](const Sample* s) { return s->text.size(); });
    const auto count = static_cast<std::int64_t>(members.size());
    const auto length = static_cast<std::int64_t>(members.front()->text.size());
    const auto columns = static_cast<std::int64_t>(members.front()->ids.size()) / length;
    Batch batch;
    batch.ids = torch::zeros({count, length, columns}, torch::kInt64);
    batch.lengths = torch::zeros({count}, torch::kInt64);
    for (std::int64_t b = 0; b < count; ++b) {
      const Sample& sample = *members[static_cast<std::size_t>(b)];
      std::int64_t* rows = batch.ids.data_ptr<std::int64_t>() + b * length * columns;
      for (std::size_t i = 0; i < sample.ids.size(); ++i) {
        const bool forgets = i % static_cast<std::size_t>(columns) < kKindColumn && random_.chance(options_.forget);
        rows[i] = forgets ? nn::Embedding::kMissingId : sample.ids[i];
      }
      batch.lengths.data_ptr<std::int64_t>()[b] = static_cast<std::int64_t>(sample.text.size());
    }
    batch.samples = std::move(members);
    return batch;
  }

  void step(const Batch& batch) {
    optimizer_.zero_grad();
    const Tensor states = net_.states(batch.ids, batch.lengths);
    const Tensor emissions = net_.emissions(states);
    std::vector<std::vector<PlacedSpan>> candidates(batch.samples.size());
    const Tensor gradient = chain_gradients(batch, emissions.detach().contiguous(), candidates);
    Tensor loss = (emissions * gradient).sum();  // its gradient is the one computed
    const PairBatch pairs = pair_batch(batch, candidates, emissions.size(1));
    if (pairs.size() > 0) {
      const Tensor logits = net_.pair_logits(states.reshape({-1, states.size(2)}), pairs);
      const Tensor pair_loss = torch::nn::functional::cross_entropy(
          logits, torch::tensor(pairs.classes),
          torch::nn::functional::CrossEntropyFuncOptions().reduction(torch::kSum));
      pair_loss_ += pair_loss.item<double>();
      loss = loss + pair_loss * (options_.pair_weight / static_cast<double>(batch.samples.size()));
    }
    loss.backward();
    optimizer_.clip(options_.gradient_clip);
    optimizer_.set_learning_rate(options_.learning_rate * rate_now());
    optimizer_.step();
    ++step_;
  }

  double rate_now() const {
    const double done = step_ / steps_;
    return done < kWarmShare ? (step_ + 1) / (steps_ * kWarmShare) : (1 - done) / (1 - kWarmShare);
  }

  // Of the mean loss, for emissions [B, T, tags]; those of the transitions are set. Notes what spans look likely.
  Tensor chain_gradients(const Batch& batch, const Tensor& emissions,
                         std::vector<std::vector<PlacedSpan>>& candidates) {
    const Tensor gradient = torch::zeros_like(emissions);
    const auto tags = static_cast<std::size_t>(emissions.size(2));
    const std::size_t row = static_cast<std::size_t>(emissions.size(1)) * tags;
    for (std::size_t chain = 0; chain < architecture_.chains(); ++chain) {
      const Tensor weights = net_.transitions(chain);
      const Tensor plain = weights.detach().contiguous();
      const Chain field(architecture_.types_of(chain).size(),
                        {plain.data_ptr<float>(), static_cast<std::size_t>(plain.numel())});
      std::vector<double> transitions(static_cast<std::size_t>(plain.numel()));
      const std::size_t first = architecture_.first_tag(chain);
      for (std::size_t b = 0; b < batch.samples.size(); ++b) {
        const Sample& sample = *batch.samples[b];
        const std::size_t size = sample.text.size() * tags;
        const std::span values(emissions.data_ptr<float>() + b * row + first, size - first);
        const std::span out(gradient.data_ptr<float>() + b * row + first, size - first);
        field.run(values, tags, trace_);
        chain_loss_ += loss_and_gradient(field, plain, sample.tags[chain], values, out, tags, transitions);
        note_candidates(field, chain, candidates[b]);
      }
      set_transition_gradient(weights, transitions, batch.samples.size());
    }
    return gradient.div_(static_cast<double>(batch.samples.size()));
  }

  double loss_and_gradient(const Chain& field, const Tensor& weights, const std::vector<std::uint32_t>& gold,
                           std::span<const float> emissions, std::span<float> gradient, std::size_t stride,
                           std::vector<double>& transitions) {
    double score = 0;
    const float* table = weights.data_ptr<float>();
    for (std::size_t t = 0; t < gold.size(); ++t) {
      for (std::size_t k = 0; k < field.tags(); ++k) {
        gradient[t * stride + k] = static_cast<float>(field.marginal(trace_, t, k)) - (k == gold[t] ? 1.0F : 0.0F);
      }
      score += emissions[t * stride + gold[t]];
      if (t == 0) continue;
      const std::size_t step = gold[t - 1] * field.tags() + gold[t];
      score += table[step];
      transitions[step] -= 1;
    }
    field.add_expected_transitions(trace_, transitions);
    return trace_.log_sum - score;
  }

  void note_candidates(const Chain& field, std::size_t chain, std::vector<PlacedSpan>& out) {
    if (architecture_.joints.empty()) return;
    likely_.clear();
    field.likely_spans(trace_, kCandidateProb, kMaxSpanCharacters, likely_);
    const auto types = architecture_.types_of(chain);
    for (const ChainSpan& span : likely_) out.push_back({span.begin, span.end, types[span.type]});
  }

  static void set_transition_gradient(const Tensor& weights, const std::vector<double>& sums, std::size_t texts) {
    const Tensor gradient = torch::tensor(sums, torch::kFloat64).view(weights.sizes()).to(torch::kFloat32);
    weights.mutable_grad().copy_(gradient / static_cast<double>(texts));
  }

  PairBatch pair_batch(const Batch& batch, std::span<const std::vector<PlacedSpan>> candidates,
                       std::int64_t length) const {
    PairBatch pairs;
    if (architecture_.joints.empty()) return pairs;
    for (std::size_t b = 0; b < batch.samples.size(); ++b) {
      std::vector<PlacedSpan> spans = batch.samples[b]->spans;
      for (const PlacedSpan& span : candidates[b]) {
        if (std::ranges::find(spans, span) == spans.end()) spans.push_back(span);
      }
      spans.resize(std::min(spans.size(), std::max(kMostCandidates, batch.samples[b]->spans.size())));
      add_pairs(*batch.samples[b], spans, static_cast<std::int64_t>(b) * length, pairs);
    }
    return pairs;
  }

  void add_pairs(const Sample& sample, const std::vector<PlacedSpan>& spans, std::int64_t first_row,
                 PairBatch& out) const {
    for (std::uint32_t i = 0; i < spans.size(); ++i) {
      for (std::uint32_t j = 0; j < spans.size(); ++j) {
        if (i == j || !architecture_.joins(spans[i].type, spans[j].type)) continue;
        if (std::max(spans[i].end, spans[j].end) > sample.text.size()) continue;
        for (const std::uint32_t at : {spans[i].begin, spans[i].end - 1, spans[j].begin, spans[j].end - 1}) {
          out.ends.push_back(first_row + at);
        }
        for (const std::uint32_t id : pair_ids(sample.text, sample.spans, spans[i], spans[j])) out.ids.push_back(id);
        const auto pair = std::ranges::find_if(
            sample.pairs, [&](const train::TextPair& each) { return each.first == i && each.second == j; });
        out.classes.push_back(pair == sample.pairs.end() ? 0 : pair->relation + 1);
      }
    }
  }

  SpanTaggerNet& net_;
  const Architecture& architecture_;
  const FitOptions& options_;
  base::Random random_;
  train::RowwiseAdam optimizer_;
  std::vector<const Sample*> samples_;
  ChainTrace trace_;
  std::vector<ChainSpan> likely_;
  double step_ = 0, steps_ = 0, chain_loss_ = 0, pair_loss_ = 0;
};

}  // namespace

void fit(SpanTaggerNet& net, const Architecture& architecture, std::span<const Sample> samples,
         const FitOptions& options) {
  Fit(net, architecture, options).run(samples);
}

}  // namespace inkling::models::span_tagger
