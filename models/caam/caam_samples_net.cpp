#include "models/caam/caam_samples_net.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/core/clock.h"
#include "basket/sample_request.h"

namespace inkling::models::caam {
namespace {

using base::Result;
using base::Status;
using basket::AddOnSample;
using basket::Candidate;
using basket::ItemRef;
using basket::Purchase;

// Ids that stand often enough, and all of the package that training starts from.
class VocabularyMaker {
 public:
  void count(const ItemRef& item) {
    const std::array<std::uint64_t, Vocabulary::kNamed> ids = {item.item, item.leaf, item.top, item.shop};
    for (std::size_t table = 0; table < ids.size(); ++table) ++counts_[table][ids[table]];
  }
  void count(const AddOnSample& sample) {
    for (const ItemRef& item : sample.ticked) count(item);
    for (const ItemRef& item : sample.unticked) count(item);
    for (const basket::Behaviour& behaviour : sample.behaviours) count(behaviour.item);
    for (const basket::OfferedItem& offered : sample.offered) count(offered.item);
  }
  [[nodiscard]] Vocabulary make(std::uint32_t min_count, const Vocabulary::Names& parent) const {
    Vocabulary::Names names = parent;
    for (std::size_t table = 0; table < names.size(); ++table) {
      for (const auto& [id, count] : counts_[table]) {
        if (count >= min_count) names[table].push_back(id);
      }
    }
    return Vocabulary::of(std::move(names));
  }

 private:
  std::array<std::unordered_map<std::uint64_t, std::uint32_t>, Vocabulary::kNamed> counts_;
};

// One question before its numbers are encoded.
struct ReadSample {
  RequestInput request;
  std::vector<CandidateInput> candidates;
  std::vector<Deeds> deeds;
};

class SampleReader {
 public:
  SampleReader(const train::RankingJob& job, std::int64_t end_ms, const SampleOptions& options)
      : job_(job), split_ms_(end_ms - options.removal.days * base::kDayMs), end_ms_(end_ms), options_(options) {}

  Status read() {
    INKLING_ASSIGN(statistics_, statistics_until(job_.purchases, split_ms_, options_.removal.statistics));
    for (const Purchase& purchase : job_.purchases) {
      if (purchase.ts_ms < split_ms_) histories_.add(purchase);
    }
    INKLING_TRY(make_vocabulary());
    return options_.impressions ? read_impressions() : read_removals();
  }
  std::vector<ReadSample>& samples() { return samples_; }
  Vocabulary& vocabulary() { return vocabulary_; }

 private:
  [[nodiscard]] bool teaches(std::int64_t ts_ms) const { return ts_ms >= split_ms_ && ts_ms < end_ms_; }

  Status make_vocabulary() {
    VocabularyMaker maker;
    Vocabulary::Names parent;
    if (job_.parent != nullptr) {
      INKLING_ASSIGN(const InputTables tables, read_input_tables(*job_.parent));
      parent = tables.vocabulary.names();
    }
    for (const Purchase& purchase : job_.purchases) {
      if (options_.impressions || purchase.ts_ms >= end_ms_) continue;
      for (const basket::PurchaseLine& line : purchase.lines)
        maker.count(ItemRef{line.item, 0, 0, 0, line.price_cents});
    }
    for (const AddOnSample& sample : job_.samples) {
      if (options_.impressions && teaches(sample.now_ms)) maker.count(sample);
    }
    vocabulary_ = maker.make(options_.min_id_count, parent);
    return {};
  }

  Status read_impressions() {
    for (const AddOnSample& sample : job_.samples) {
      if (!teaches(sample.now_ms) || sample.offered.empty()) continue;
      const basket::SampleRequest asked(sample, statistics_, histories_);
      add(asked.request(), asked.candidates());
      for (const basket::OfferedItem& offered : sample.offered) {
        samples_.back().deeds.push_back(
            {offered.clicked ? 1.0F : 0.0F, offered.carted ? 1.0F : 0.0F, offered.bought ? 1.0F : 0.0F});
      }
    }
    if (!samples_.empty()) return {};
    return base::invalid_input(
        "none of the last " + std::to_string(options_.removal.days) +
        " days has an impression that teaches; ask for more days, or teach with teach=removals");
  }

  Status read_removals() {
    basket::CaseMaker maker(statistics_, options_.removal.cases);
    base::Random random(options_.seed);
    for (const Purchase& purchase : job_.purchases) {
      for (int removal = 0; teaches(purchase.ts_ms) && removal < options_.removal.removals; ++removal) {
        const auto made = maker.make(purchase, random);
        if (made && made->candidates.size() > 1) add_removal(*made, random);
      }
    }
    if (!samples_.empty()) return {};
    return base::invalid_input("none of the baskets of the last " + std::to_string(options_.removal.days) +
                               " days makes a case: at least one of " +
                               std::to_string(options_.removal.cases.min_items) + " to " +
                               std::to_string(options_.removal.cases.max_items) +
                               " items that were bought before those days is needed; ask for fewer days");
  }

  void add_removal(const basket::AddOnCase& made, base::Random& random) {
    scores_.gather(statistics_, made.triggers);
    const auto chosen = basket::teaching_candidates(scores_, made, options_.removal.negatives, random);
    add(basket::request_of(statistics_, histories_, made), chosen);
    for (const Candidate& candidate : chosen) {
      const float taken_out = candidate.row == made.candidates[made.target].row ? 1.0F : 0.0F;
      samples_.back().deeds.push_back({taken_out, taken_out, taken_out});
    }
  }

  void add(const basket::AddOnRequest& request, std::span<const Candidate> candidates) {
    reader_.start(request, vocabulary_);
    ReadSample sample;
    sample.request = reader_.request();
    for (const Candidate& candidate : candidates) sample.candidates.push_back(reader_.read(candidate));
    samples_.push_back(std::move(sample));
  }

  const train::RankingJob& job_;
  std::int64_t split_ms_, end_ms_;
  const SampleOptions& options_;
  basket::CoBasket statistics_;
  basket::Histories histories_;
  basket::TriggerScores scores_;
  Vocabulary vocabulary_;
  InputReader reader_;
  std::vector<ReadSample> samples_;
};

void measure(const std::vector<ReadSample>& samples, InputTables& tables) {
  NormalMaker request(kRequestColumns), candidate(kCandidateColumns);
  for (const ReadSample& sample : samples) {
    request.add(sample.request.values);
    for (const CandidateInput& input : sample.candidates) candidate.add(input.values);
  }
  tables.request = request.make();
  tables.candidate = candidate.make();
}

NetworkSample encoded(ReadSample read, const InputTables& tables, const Sight& sight) {
  NetworkSample sample;
  sample.steps = std::move(read.request.steps);
  sample.triggers = std::move(read.request.triggers);
  sample.unticked = std::move(read.request.unticked);
  sample.deeds = std::move(read.deeds);
  sample.request.resize(request_width());
  encode(request_columns(), read.request.values, tables.request, sight, sample.request);
  sample.features.resize(read.candidates.size() * candidate_width());
  for (std::size_t i = 0; i < read.candidates.size(); ++i) {
    sample.candidates.push_back(read.candidates[i].item);
    encode(candidate_columns(), read.candidates[i].values, tables.candidate, sight,
           std::span(sample.features).subspan(i * candidate_width(), candidate_width()));
  }
  return sample;
}

}  // namespace

Result<basket::CoBasket> statistics_until(std::span<const Purchase> purchases, std::int64_t end_ms,
                                          const basket::CoBasketOptions& options) {
  basket::CoBasketBuilder builder(options);
  for (const Purchase& purchase : purchases) {
    if (purchase.ts_ms < end_ms) builder.add(purchase);
  }
  return builder.build(end_ms);
}

Result<TeachingSamples> teaching_samples(const train::RankingJob& job, std::int64_t end_ms,
                                         const SampleOptions& options, const Sight& sight) {
  SampleReader reader(job, end_ms, options);
  INKLING_TRY(reader.read());
  TeachingSamples teaching;
  teaching.tables.vocabulary = std::move(reader.vocabulary());
  measure(reader.samples(), teaching.tables);
  for (ReadSample& sample : reader.samples()) {
    teaching.samples.push_back(encoded(std::move(sample), teaching.tables, sight));
  }
  return teaching;
}

}  // namespace inkling::models::caam
