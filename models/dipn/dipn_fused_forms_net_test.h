// The two forms of DIPN's body side by side, for the tests that hold the fused one to the composite one.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "artifact/test_folder.h"
#include "models/dipn/dipn_twins_net_test.h"

namespace inkling::models::dipn {

inline const Assignments kOdd = {"hidden=21", "embedding_dim=5", "attention_size=11", "mlp=[19]"};

// Networks of the same weights in both forms, and one batch whose samples sit on every edge.
struct Forms {
  Twins twins;
  std::unique_ptr<DipnNet> composite;
  train::Batch batch;
};

inline void copy_weights(const DipnNet& from, DipnNet& to) {
  const torch::NoGradGuard no_gradient;
  const auto values = from.parameters();
  auto copies = to.parameters();
  for (std::size_t i = 0; i < values.size(); ++i) copies[i].copy_(values[i]);
}

// The fused network multiplies as `path` says.
inline Forms make_forms(const Assignments& assignments, const twin::Input& input = {},
                        train::fused::ReducedPath path = {}) {
  Forms forms{make_twins(assignments, input), nullptr, {}};
  const Architecture architecture =
      must(architecture_from_json(base::JsonView(forms.twins.params), twin::two_targets()));
  forms.composite = std::make_unique<DipnNet>(architecture, forms.twins.blueprint, 0.1, Form::kComposite);
  copy_weights(*forms.twins.network, *forms.composite);
  if (path) {
    forms.twins.network = std::make_unique<DipnNet>(architecture, forms.twins.blueprint, 0.1, Form::kFastest, path);
    copy_weights(*forms.composite, *forms.twins.network);
  }
  const artifact::TestFolder folder;
  base::Random random(12);
  const auto lengths = twin::edge_lengths(forms.twins.blueprint.spec(), 6, random);
  const auto samples = must(twin::write_samples(twin::random_columns(forms.twins.blueprint, lengths, random),
                                                forms.twins.blueprint, folder.path()));
  const auto data = must(train::SequenceData::load(samples.set));
  forms.batch = data.batch(data.part(sample::Part::kTrain));
  forms.batch.views[0].ids.select(1, 0).select(1, 0).fill_(0);  // padding inside a record, which learns nothing
  return forms;
}

// Unlike for every entry of the read-out, so that no two errors cancel.
inline torch::Tensor coefficients(const torch::Tensor& like) {
  torch::manual_seed(3);
  return torch::randn(like.sizes(), torch::kFloat64).to(like.dtype());
}

// The largest difference as a part of the expected tensor's largest magnitude.
inline double relative_difference(const torch::Tensor& found, const torch::Tensor& expected) {
  if (expected.numel() == 0) return 0;
  const double magnitude = expected.abs().max().item<double>();
  const double difference = (found - expected).abs().max().item<double>();
  return difference == 0 ? 0 : difference / magnitude;
}

inline void backward_of(DipnNet& network, const train::Batch& batch, torch::Tensor& out) {
  out = network.read_views(batch.views);
  (out * coefficients(out)).sum().backward();
}

inline void expect_equal_gradients(DipnNet& found, DipnNet& expected, double tolerance) {
  const auto parameters = found.named_parameters();
  for (const auto& item : expected.named_parameters()) {
    const torch::Tensor wanted = item.value().grad();
    if (!wanted.defined()) continue;  // MLP and statistics, which are no part of the body
    const torch::Tensor got = parameters[item.key()].grad();
    ASSERT_TRUE(got.defined()) << item.key();
    EXPECT_GT(wanted.abs().max().item<double>(), 1e-6) << item.key() << ": a gradient of zero compares nothing";
    EXPECT_LT(relative_difference(got, wanted), tolerance) << item.key();
  }
}

struct Case {
  const char* name;
  Assignments assignments;
  twin::Input input;
};

inline std::vector<Case> cases() {
  twin::Input browse_alone, swipe_and_browse;
  browse_alone.views = {feature::View::kBrowse};
  swipe_and_browse.views = {feature::View::kSwipe, feature::View::kBrowse};
  return {{"last_and_mean", kOdd, {}},
          {"product", kOdd + Assignments{"readout=product"}, {}},
          {"published_width", {"hidden=64", "attention_size=64", "readout=product"}, {}},
          {"product_without_intra", kOdd + Assignments{"readout=product", "intra=false"}, {}},
          {"without_inter_and_length_factor", kOdd + Assignments{"inter=false", "intra_scale_by_length=false"}, {}},
          {"two_views", kOdd, swipe_and_browse},
          {"two_views_product", kOdd + Assignments{"readout=product"}, swipe_and_browse},
          {"one_view", kOdd, browse_alone}};
}

}  // namespace inkling::models::dipn
