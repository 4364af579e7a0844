// The serving half's other forms: many shoppers at once, and ONNX.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/dipn/dipn_batch.h"
#ifdef INKLING_HAS_ONNX
#include "models/dipn/dipn_onnx.h"
#endif
#include "models/dipn/dipn_twins_net_test.h"

namespace inkling::models::dipn {
namespace {

using base::Random;
using testing::HasSubstr;

const Assignments kOdd = {"hidden=21", "embedding_dim=5", "attention_size=11", "mlp=[19]"};

// Samples in the form that DipnBatch takes; owns what the spans point to.
struct Encoded {
  Encoded(const feature::Blueprint& blueprint, const sample::ShardColumns& columns)
      : samples(columns.sample_count()), statistic_ids(columns.statistic_ids.begin(), columns.statistic_ids.end()) {
    const std::size_t ids = blueprint.statistic_id_count(), numbers = blueprint.number_count();
    for (std::size_t v = 0; v < columns.views.size(); ++v) {
      records.emplace_back(columns.views[v].ids.begin(), columns.views[v].ids.end());
    }
    for (std::size_t i = 0; i < samples.size(); ++i) {
      for (std::size_t v = 0; v < columns.views.size(); ++v) {
        const std::size_t features = blueprint.spec().views[v].features.size();
        const auto begin = static_cast<std::size_t>(columns.views[v].begin[i]);
        const auto end = static_cast<std::size_t>(columns.views[v].end[i]);
        samples[i].ids[v] = std::span(records[v]).subspan(begin * features, (end - begin) * features);
      }
      samples[i].numbers = std::span(columns.numbers).subspan(i * numbers, numbers);
      samples[i].statistic_ids = std::span(statistic_ids).subspan(i * ids, ids);
    }
  }
  std::vector<BatchSample> samples;
  std::vector<std::vector<std::uint32_t>> records;
  std::vector<std::uint32_t> statistic_ids;
};

class DipnBatchOn : public testing::TestWithParam<Assignments> {};

TEST_P(DipnBatchOn, many_shoppers_at_once_score_as_one_after_the_other) {
  const Twins twins = make_twins(kOdd + GetParam());
  const auto scorer = served(twins);
  Random random(21);
  const auto lengths =
      twin::edge_lengths(twins.blueprint.spec(), 55, random);  // 73 samples: no whole turns, no whole groups
  const auto columns = twin::random_columns(twins.blueprint, lengths, random);
  const auto expected = twin::scorer_logits(*scorer, columns);
  const Encoded encoded(twins.blueprint, columns);
  DipnBatch batch(scorer);
  for (int pass = 0; pass < 2; ++pass) {  // the second finds what the first left behind
    std::vector<float> logits(2 * encoded.samples.size());
    batch.score(encoded.samples, logits);
    twin::Logits found;
    for (std::size_t i = 0; i < logits.size(); i += 2) found.push_back({logits[i], logits[i + 1]});
    EXPECT_LT(twin::largest_difference(found, expected), 1e-5) << pass;
  }
  EXPECT_GT(twin::deviation(expected), 0.1);
}

INSTANTIATE_TEST_SUITE_P(With, DipnBatchOn,
                         testing::Values(Assignments{}, Assignments{"cell=lstm"}, Assignments{"readout=product"}),
                         [](const auto& each) { return "case" + std::to_string(each.index); });

#ifdef INKLING_HAS_ONNX

base::Result<std::string> exported(const Twins& twins, const artifact::PackageManifest& manifest) {
  const auto bytes = must(must(twins.network->write()).bytes());
  return onnx_half().write(manifest, must(artifact::Safetensors::parse(bytes)));
}

TEST(DipnExchange, writes_an_onnx_file_that_its_checker_accepts_for_every_switch) {
  twin::Input browse_alone;
  browse_alone.views = {feature::View::kBrowse};
  browse_alone.statistics = false;
  for (const Assignments& assignments : {Assignments{},
                                         {"cell=lstm", "inter_scope=all", "combine=tanh_product"},
                                         {"intra=false", "readout=product"},
                                         {"inter=false", "wide=false", "intra_scale_by_length=false"},
                                         {"mlp=[]"}}) {
    const Twins all = make_twins(kOdd + assignments);
    const std::string model = must(exported(all, all.manifest));
    for (const char* name :
         {"swipe_ids", "tap_lengths", "browse_state", "numbers", "probabilities", "inkling.features"})
      EXPECT_THAT(model, HasSubstr(name));
    if (assignments == Assignments{"intra=false", "readout=product"}) continue;  // needs a second view
    const Twins one = make_twins(kOdd + assignments, browse_alone);
    EXPECT_THAT(must(exported(one, one.manifest)), testing::Not(HasSubstr("numbers")));
  }
}

TEST(DipnExchange, says_which_tensor_or_switch_does_not_fit) {
  const Twins twins = make_twins(kOdd);
  auto manifest = twins.manifest;
  manifest.params.set("hidden", 22);
  EXPECT_THAT(exported(twins, manifest).status().message(), HasSubstr("view.swipe.rnn.weight_ih"));
  manifest.params.set("cell", "gruu");
  EXPECT_THAT(exported(twins, manifest).status().message(), HasSubstr("params.cell: \"gruu\" is unknown"));
}

#endif

}  // namespace
}  // namespace inkling::models::dipn
