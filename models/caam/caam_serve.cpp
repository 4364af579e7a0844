#include "models/caam/caam_serve.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "basket/statistics_tensors.h"
#include "models/caam/caam_params_yaml.h"
#include "nn/lane_rows.h"

namespace inkling::models::caam {

using base::Result;
using basket::Candidate;

class CaamScorer::Workspace final : public basket::CandidateWorkspace {
 public:
  InputReader reader;
  std::vector<float> steps;                    // S [T x E]
  std::vector<float> triggers;                 // [C x E]
  std::vector<float> trigger_weights;          // [T], or empty: none
  std::vector<float> request;                  // what the top MLP reads of it
  std::vector<float> attention, readout, top;  // folded into the layers
  std::vector<float> items, features;          // of candidates, row by row
  nn::LaneBuffer candidates, weights, logits;
  std::vector<float> scratch;
};

namespace {

// Vectors that keep what they once grew to: from the second request of a size on nothing is allocated.
std::span<float> room(std::vector<float>& values, std::size_t size) {
  values.resize(size);
  return values;
}

float sigmoid(float logit) {
  return 1 / (1 + std::exp(-logit));
}

}  // namespace

Sight sight_of(const Architecture& architecture) {
  return {architecture.rich_context, architecture.recall_scores};
}

Result<std::shared_ptr<const CaamScorer>> CaamScorer::load(const Architecture& architecture,
                                                           const artifact::Safetensors& weights) {
  auto made = std::make_shared<CaamScorer>();
  made->architecture_ = architecture;
  made->sight_ = sight_of(architecture);
  INKLING_ASSIGN(made->statistics_, basket::read_statistics(weights));
  if (!architecture.network) return std::shared_ptr<const CaamScorer>(std::move(made));
  INKLING_ASSIGN(made->tables_, read_input_tables(weights));
  INKLING_ASSIGN(made->layers_, make_layers(weights, architecture, made->tables_.vocabulary));
  return std::shared_ptr<const CaamScorer>(std::move(made));
}

std::unique_ptr<basket::CandidateWorkspace> CaamScorer::new_workspace() const {
  return std::make_unique<Workspace>();
}

void CaamScorer::start(const basket::AddOnRequest& request, basket::CandidateWorkspace& workspace) const {
  if (!layers_) return;
  auto& space = static_cast<Workspace&>(workspace);
  basket::AddOnRequest own = request;
  own.statistics = &statistics_;
  space.reader.start(own, tables_.vocabulary);
  embed_request(space);
  const std::size_t steps = space.reader.request().steps.size();
  const std::size_t triggers = space.reader.request().triggers.size();
  space.trigger_weights.clear();
  if (layers_->triggers && steps > 0 && triggers > 0) {
    layers_->triggers->weights(space.steps, space.triggers, room(space.trigger_weights, steps),
                               room(space.scratch, layers_->triggers->scratch_size(steps, triggers)));
  }
  layers_->attention.start(space.steps, room(space.attention, layers_->attention.folded_size(steps)));
  const std::size_t dim = layers_->embedding.dim();
  layers_->readout.start(space.steps, dim, space.trigger_weights, std::span(space.request).last(request_width()),
                         room(space.readout, nn::GatedReadout::state_size(steps, dim)));
  layers_->top.start(space.request, room(space.top, layers_->top.folded_size()));
}

// Steps, triggers, and the request's own inputs: the triggers' mean, the unticked items' mean, its numbers.
void CaamScorer::embed_request(Workspace& space) const {
  const ItemEmbedding& embedding = layers_->embedding;
  const std::size_t dim = embedding.dim();
  const RequestInput& input = space.reader.request();
  room(space.steps, input.steps.size() * dim);
  for (std::size_t t = 0; t < input.steps.size(); ++t) {
    embedding.step(input.steps[t], std::span(space.steps).subspan(t * dim, dim));
  }
  room(space.triggers, input.triggers.size() * dim);
  for (std::size_t c = 0; c < input.triggers.size(); ++c) {
    embedding.item(input.triggers[c], std::span(space.triggers).subspan(c * dim, dim));
  }
  std::span<float> rest = room(space.request, layers_->top.request_in());
  if (architecture_.triggers != Triggers::kNone) {
    embedding.pool(input.triggers, rest.first(dim));
    rest = rest.subspan(dim);
  }
  if (architecture_.rich_context) {
    embedding.pool(input.unticked, rest.first(dim));
    rest = rest.subspan(dim);
  }
  encode(request_columns(), input.values, tables_.request, sight_, rest);
}

void CaamScorer::read_candidates(std::span<const Candidate> candidates, Workspace& space) const {
  const std::size_t dim = layers_->embedding.dim(), width = candidate_width();
  room(space.items, candidates.size() * dim);
  room(space.features, candidates.size() * width);
  for (std::size_t n = 0; n < candidates.size(); ++n) {
    const CandidateInput input = space.reader.read(candidates[n]);
    layers_->embedding.item(input.item, std::span(space.items).subspan(n * dim, dim));
    encode(candidate_columns(), input.values, tables_.candidate, sight_,
           std::span(space.features).subspan(n * width, width));
  }
}

void CaamScorer::score(std::span<const Candidate> candidates, basket::CandidateWorkspace& workspace,
                       std::span<float> scores) const {
  const std::size_t count = candidates.size();
  if (!layers_) {
    for (std::size_t n = 0; n < count; ++n) {
      scores[n] = 0;
      for (const basket::RecallHit& hit : candidates[n].recalls) scores[n] = std::max(scores[n], hit.score);
    }
    return;
  }
  if (count == 0) return;
  auto& space = static_cast<Workspace&>(workspace);
  read_candidates(candidates, space);
  const std::size_t steps = space.reader.request().steps.size(), dim = layers_->embedding.dim();
  const std::size_t rows = layers_->top.candidate_in(), outputs = layers_->top.out();
  const nn::MutableLaneRows inputs = space.candidates.of(rows, count);
  const nn::MutableLaneRows read = inputs.part(0, dim), items = inputs.part(dim, dim);
  nn::to_lane_rows(space.items, items);
  nn::to_lane_rows(space.features, inputs.part(2 * dim, candidate_width()));
  const std::size_t scratch = std::max(layers_->attention.scratch_size(), layers_->top.scratch_size());
  room(space.scratch, scratch);
  const nn::MutableLaneRows weights = space.weights.of(steps, count);
  layers_->attention.weights(space.steps, space.attention, items, count, weights, space.scratch);
  layers_->readout.forward(space.readout, steps, !space.trigger_weights.empty(), weights, count, read);
  const nn::MutableLaneRows logits = space.logits.of(outputs, count);
  layers_->top.forward(space.top, inputs, count, logits, space.scratch);
  for (std::size_t n = 0; n < count; ++n) {
    const auto logit = [&](std::size_t row) {
      return logits.block(n / math::kBlockLanes)[row * math::kBlockLanes + n % math::kBlockLanes];
    };
    scores[n] = logit(0);
    if (outputs == 1) continue;
    const float click = sigmoid(logit(0)), cart = click * sigmoid(logit(1)), bought = cart * sigmoid(logit(2));
    scores[n] = (click + cart + bought) / 3;
  }
}

const RankingModel& ranking_model() {
  static const RankingModel kModel = {
      "caam", kParamsYaml,
      [](const artifact::PackageManifest& manifest,
         const artifact::Safetensors& weights) -> Result<std::shared_ptr<const basket::CandidateScorer>> {
        if (manifest.features != column_names()) {
          return base::unsupported(
              "features: this package ranks by other columns than this version; "
              "train it again with inkling train --model caam");
        }
        INKLING_ASSIGN(const Architecture architecture,
                       architecture_from_json(base::JsonView(manifest.params, "params")));
        INKLING_ASSIGN(auto scorer, CaamScorer::load(architecture, weights));
        return std::shared_ptr<const basket::CandidateScorer>(std::move(scorer));
      }};
  return kModel;
}

}  // namespace inkling::models::caam
