#include "models/caam/caam_net.h"

#include <torch/torch.h>

#include <exception>
#include <utility>

#include "base/core/clock.h"
#include "basket/statistics_tensors.h"
#include "models/caam/caam_fit_net.h"
#include "models/caam/caam_judge_net.h"
#include "models/caam/caam_samples_net.h"
#include "models/caam/caam_serve.h"
#include "models/caam/caam_warm_start_net.h"
#include "train/fit_network.h"
#include "train/network_parts.h"

namespace inkling::models::caam {
namespace {

using base::JsonView;
using base::Result;
using base::Status;

struct Options {
  Architecture architecture;
  SampleOptions samples;
  FitOptions fit;
  Dropouts dropouts;
};

template <typename Count>
Status read_count(const JsonView& params, std::string_view name, Count& count) {
  INKLING_ASSIGN(const auto value, params.integer(name));
  count = static_cast<Count>(value);
  return {};
}

Result<bool> taught_by_impressions(const JsonView& params, const train::RankingJob& job) {
  INKLING_ASSIGN(const std::string teach, params.text("teach"));
  if (teach != "impressions" || !job.samples.empty()) {
    return teach == "impressions" || (teach == "auto" && !job.samples.empty());
  }
  return base::invalid_input(
      "teach impressions: the journal has none of the scene add-on with a click; use "
      "teach=removals");
}

Result<LossOptions> loss_options(const JsonView& params, bool impressions) {
  LossOptions options;
  INKLING_ASSIGN(const std::string loss, params.text("loss"));
  INKLING_ASSIGN(const std::string labels, params.text("labels"));
  options.listwise = loss == "listwise" || (loss == "auto" && !impressions);
  options.click_only = labels == "click";
  return options;
}

// Combinations of which one part would silently do nothing.
Status check(const Options& options) {
  const bool plain_graded = !options.fit.loss.listwise && !options.fit.loss.click_only;
  if (options.architecture.head == Head::kEsmm && !plain_graded) {
    return base::invalid_input(
        "head esmm: it has a loss of its own over all that was shown; set loss=graded and "
        "labels=graded");
  }
  if (options.fit.learnt_weights && (!plain_graded || options.architecture.head == Head::kEsmm)) {
    return base::invalid_input(
        "loss_weights learnt: only loss=graded with labels=graded and head=single has three "
        "losses to weigh");
  }
  return {};
}

Result<Options> options_of(const train::RankingJob& job) {
  const JsonView params(job.params, "params");
  Options options;
  INKLING_ASSIGN(options.architecture, architecture_from_json(params));
  INKLING_ASSIGN(options.samples.removal, basket::removal_options(params));
  INKLING_TRY(read_count(params, "min_id_count", options.samples.min_id_count));
  INKLING_ASSIGN(options.samples.impressions, taught_by_impressions(params, job));
  options.samples.seed = options.fit.seed = job.seed;
  options.fit.threads = job.threads;
  INKLING_ASSIGN(options.fit.loss, loss_options(params, options.samples.impressions));
  INKLING_ASSIGN(const std::string weights, params.text("loss_weights"));
  options.fit.learnt_weights = weights == "learnt";
  INKLING_ASSIGN(options.fit.learning_rate, params.number("learning_rate"));
  INKLING_ASSIGN(options.fit.weight_decay, params.number("weight_decay"));
  INKLING_ASSIGN(options.fit.gradient_clip, params.number("gradient_clip"));
  INKLING_ASSIGN(options.fit.held_out_share, params.number("held_out_share"));
  INKLING_ASSIGN(options.dropouts.hidden, params.number("dropout"));
  INKLING_ASSIGN(options.dropouts.embedding, params.number("embedding_dropout"));
  INKLING_ASSIGN(options.dropouts.blind_share, params.number("blind_share"));
  INKLING_TRY(read_count(params, "epochs", options.fit.epochs));
  INKLING_TRY(read_count(params, "patience", options.fit.patience));
  INKLING_TRY(read_count(params, "batch_samples", options.fit.batch_samples));
  INKLING_TRY(read_count(params, "epoch_negatives", options.fit.epoch_negatives));
  INKLING_TRY(check(options));
  return options;
}

struct Fitted {
  artifact::SafetensorsWriter weights;
  FitOutcome outcome;
};

// A package that is taught by what came before `end_ms`.
Result<Fitted> fit_until(const train::RankingJob& job, std::int64_t end_ms, const Options& options) {
  Fitted fitted;
  if (options.architecture.network) {
    INKLING_ASSIGN(const TeachingSamples teaching,
                   teaching_samples(job, end_ms, options.samples, sight_of(options.architecture)));
    torch::manual_seed(job.seed);
    CaamNetwork network(options.architecture, teaching.tables.vocabulary, options.dropouts);
    if (job.parent != nullptr) INKLING_TRY(start_from(*job.parent, teaching.tables.vocabulary, network));
    INKLING_ASSIGN(fitted.outcome, fit(teaching.samples, options.fit, network));
    INKLING_ASSIGN(fitted.weights, train::package_weights(network.weights()));
    INKLING_TRY(write_input_tables(teaching.tables, fitted.weights));
  }
  INKLING_ASSIGN(const auto statistics, statistics_until(job.purchases, end_ms, options.samples.removal.statistics));
  INKLING_TRY(basket::write_statistics(statistics, fitted.weights));
  return fitted;
}

Result<train::RankedModel> train_caam(const train::RankingJob& job) {
  INKLING_ASSIGN(const Options options, options_of(job));
  INKLING_ASSIGN(const auto test_days, JsonView(job.params, "params").integer("test_days"));
  train::limit_threads(job.threads);
  train::RankedModel trained;
  if (test_days > 0) {
    const std::int64_t from_ms = job.end_ms - test_days * base::kDayMs;
    INKLING_ASSIGN(const Fitted earlier, fit_until(job, from_ms, options));
    INKLING_ASSIGN(const auto bytes, earlier.weights.bytes());
    INKLING_ASSIGN(const auto tensors, artifact::Safetensors::parse(bytes));
    INKLING_ASSIGN(const auto scorer, CaamScorer::load(options.architecture, tensors));
    INKLING_ASSIGN(trained.metrics,
                   judge(*scorer, job, from_ms, options.samples.impressions, options.samples.removal.cases));
  }
  INKLING_ASSIGN(Fitted fitted, fit_until(job, job.end_ms, options));
  if (options.architecture.network) {
    trained.metrics["best_epoch"] = fitted.outcome.best_epoch;
    if (options.fit.held_out_share > 0) trained.metrics["validation.loss"] = fitted.outcome.validation_loss;
  }
  trained.weights = std::move(fitted.weights);
  trained.features = column_names();
  return trained;
}

class CaamTraining final : public train::RankingHalf {
 public:
  [[nodiscard]] std::string_view name() const override { return "caam"; }
  [[nodiscard]] Result<train::RankedModel> train(const train::RankingJob& job) const override {
    try {
      return train_caam(job);
    } catch (const c10::Error& error) {
      return base::internal_error(std::string("LibTorch: ") + error.what_without_backtrace());
    } catch (const std::exception& error) {
      return base::internal_error(std::string("LibTorch: ") + error.what());
    }
  }
};

}  // namespace

const train::RankingHalf& ranking_half() {
  static const CaamTraining kHalf;
  return kHalf;
}

}  // namespace inkling::models::caam
