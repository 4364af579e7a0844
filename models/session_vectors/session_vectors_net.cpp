#include "models/session_vectors/session_vectors_net.h"

#include <map>
#include <string>
#include <utility>

#include "models/session_vectors/session_vectors_next_item_net.h"
#include "models/session_vectors/session_vectors_serve.h"
#include "models/session_vectors/session_vectors_skip_gram_net.h"

namespace inkling::models::session_vectors {
namespace {

using base::JsonView;
using base::Result;

constexpr std::size_t kMostPoints = 20'000;  // that are measured: more would change the third digit

Result<SkipGramOptions> options_of(const train::VectorJob& job) {
  SkipGramOptions options;
  options.seed = job.seed;
  const JsonView params(job.params, "params");
  const auto read_count = [&](std::string_view name, std::size_t& count) -> base::Status {
    INKLING_ASSIGN(const std::int64_t value, params.integer(name));
    count = static_cast<std::size_t>(value);
    return {};
  };
  INKLING_TRY(read_count("dim", options.dim));
  INKLING_TRY(read_count("window", options.window));
  INKLING_TRY(read_count("negatives", options.negatives));
  INKLING_TRY(read_count("epochs", options.epochs));
  INKLING_TRY(read_count("min_count", options.min_count));
  INKLING_ASSIGN(options.learning_rate, params.number("learning_rate"));
  INKLING_ASSIGN(options.subsample, params.number("subsample"));
  INKLING_ASSIGN(options.negative_power, params.number("negative_power"));
  INKLING_ASSIGN(options.bought_context, params.boolean("bought_context"));
  return options;
}

class SessionVectorsTraining final : public train::VectorHalf {
 public:
  [[nodiscard]] std::string_view name() const override { return "session_vectors"; }

  [[nodiscard]] Result<train::LearntVectors> train(const train::VectorJob& job) const override {
    INKLING_ASSIGN(const SkipGramOptions options, options_of(job));
    INKLING_ASSIGN(const double test_share, JsonView(job.params, "params").number("test_share"));
    const std::size_t visits = job.visits.size();
    const auto first = visits - static_cast<std::size_t>(test_share * static_cast<double>(visits));
    train::LearntVectors learnt;
    if (first < visits) {
      INKLING_ASSIGN(learnt.metrics, held_out(job.visits, first, options));
    }
    INKLING_ASSIGN(const index::ItemVectors vectors, fit_skip_gram(job.visits, visits, options));
    learnt.items = vectors.rows();
    INKLING_TRY(write_vectors(vectors, learnt.weights));
    return learnt;
  }

 private:
  // What vectors of the visits before `first` find in those from there on.
  static Result<std::map<std::string, double>> held_out(const train::VisitLog& log, std::size_t first,
                                                        const SkipGramOptions& options) {
    INKLING_ASSIGN(const index::ItemVectors vectors, fit_skip_gram(log, first, options));
    const auto points = next_items(log, first, vectors, kMostPoints);
    INKLING_ASSIGN(const Found near, search_near(vectors, points, 0));
    const Found popular = search_popular(log, first, points);
    return std::map<std::string, double>{{"test.points", static_cast<double>(near.points)},
                                         {"test.hr20", near.hit_rate()},
                                         {"test.mrr20", near.mean_reciprocal_rank()},
                                         {"test.popularity.hr20", popular.hit_rate()},
                                         {"test.popularity.mrr20", popular.mean_reciprocal_rank()}};
  }
};

}  // namespace

const train::VectorHalf& vector_half() {
  static const SessionVectorsTraining kHalf;
  return kHalf;
}

}  // namespace inkling::models::session_vectors
