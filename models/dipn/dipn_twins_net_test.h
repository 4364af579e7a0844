// The twins that the tests of DIPN compare: a network with weights as if trained, and what it would be packaged as.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "models/dipn/dipn_twin_net.h"

namespace inkling::models::dipn {

using Assignments = std::vector<std::string>;
inline const Assignments kSmall = {"hidden=16", "embedding_dim=4", "attention_size=8", "mlp=[16]"};

inline Assignments operator+(Assignments a, const Assignments& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

template <typename T>
T must(base::Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.status().message());  // ends the test with this message
  return *std::move(result);
}

// A network with weights as if trained, what it would be packaged as, and the samples to try it on.
struct Twins {
  feature::Blueprint blueprint;
  base::Json params;
  std::unique_ptr<DipnNet> network;
  artifact::PackageManifest manifest;
};

inline Twins make_twins(const Assignments& assignments, const twin::Input& input = {}) {
  feature::Blueprint blueprint = must(feature::Blueprint::make(twin::blueprint_of(input)));
  base::Json params = must(twin::params_of(assignments));
  const Architecture architecture = must(architecture_from_json(base::JsonView(params), twin::two_targets()));
  auto network = std::make_unique<DipnNet>(architecture, blueprint, 0.1);
  base::Random random(11);
  twin::draw_trained_weights(*network, random);
  auto manifest = twin::manifest_of(blueprint.spec(), params);
  return {std::move(blueprint), std::move(params), std::move(network), std::move(manifest)};
}

inline std::shared_ptr<const DipnScorer> served(const Twins& twins,
                                                math::Precision precision = math::Precision::kFloat,
                                                const math::Kernels& kernels = math::simd_kernels()) {
  return must(twin::serve(twins.manifest, must(twins.network->write()), kernels, precision));
}

}  // namespace inkling::models::dipn
