// Random requests, samples and networks for the tests of CAAM.
#pragma once

#include <torch/torch.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "base/core/clock.h"
#include "base/core/random.h"
#include "basket/co_basket_builder.h"
#include "basket/sample_request.h"
#include "basket/statistics_tensors.h"
#include "models/caam/caam_network_net.h"
#include "models/caam/caam_params_yaml.h"
#include "models/caam/caam_serve.h"
#include "models/caam/caam_variants_yaml.h"
#include "train/network_parts.h"
#include "train/variants.h"

namespace inkling::models::caam {

template <typename T>
T must(base::Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.status().message());  // ends the test with this message
  return *std::move(result);
}
inline void must(const base::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.message());
}

inline train::ParameterTable parameter_table() {
  return must(train::ParameterTable::parse(kParamsYaml, "params.yaml"));
}

// Complete parameters of a name of the zoo, with assignments on top.
inline base::Json params_of(const std::string& variant, const std::vector<std::string>& settings = {}) {
  const auto table = parameter_table();
  base::Json given = base::Json::object();
  for (const std::string& setting : settings) must(table.set(setting, given));
  if (variant == "caam") return must(table.complete(base::JsonView(given)));
  for (const train::Variant& known : must(train::variants_from_yaml(kVariantsYaml, "caam", table, "variants.yaml"))) {
    if (known.name != variant) continue;
    const base::Json preset = train::with_presets(given, known);
    return must(table.complete(base::JsonView(preset)));
  }
  throw std::runtime_error("no variant " + variant);
}

inline Architecture architecture_of(const std::string& variant, const std::vector<std::string>& settings = {}) {
  const base::Json params = params_of(variant, settings);
  return must(architecture_from_json(base::JsonView(params)));
}

// Ten shops, six categories under three, 60 items. Now and then something nobody knows.
class RandomShop {
 public:
  explicit RandomShop(std::uint64_t seed) : random(seed) {}

  basket::ItemRef item() {
    if (random.chance(0.1)) return {9'000'000 + random.below(50), 0, 0, 0, basket::kNoPrice};
    return known(1 + random.below(60));
  }
  static basket::ItemRef known(std::uint64_t id) {
    return {id, 100 + id % 6, 200 + id % 3, 300 + id % 10, static_cast<std::int64_t>(150 * (1 + id % 17))};
  }
  // `candidates` offers; a click in most.
  basket::AddOnSample sample(std::size_t steps, std::size_t ticked, std::size_t candidates, std::int64_t now_ms) {
    basket::AddOnSample made;
    made.shopper = 1 + random.below(20);
    made.now_ms = now_ms;
    made.promotion = 1 + random.below(5);
    made.gap_cents = static_cast<std::int64_t>(random.below(3000));
    made.threshold_cents = made.gap_cents + 20'000;
    made.tier = static_cast<std::uint32_t>(random.below(3));
    if (random.chance(0.5)) made.intent_prob = static_cast<float>(random.uniform());
    for (std::size_t t = 0; t < steps; ++t) {
      made.behaviours.push_back({item(), static_cast<basket::BehaviourKind>(random.below(basket::kBehaviourKinds)),
                                 now_ms - static_cast<std::int64_t>((steps - t) * random.below(base::kDayMs))});
    }
    for (std::size_t c = 0; c < ticked; ++c) made.ticked.push_back(item());
    for (std::uint64_t u = random.below(4); u > 0; --u) made.unticked.push_back(item());
    for (std::size_t n = 0; n < candidates; ++n) made.offered.push_back(offered());
    return made;
  }
  basket::OfferedItem offered() {
    basket::OfferedItem made;
    made.item = item();
    made.recall_count = static_cast<std::uint8_t>(random.below(basket::kMaxRecalls + 1));
    for (std::size_t r = 0; r < made.recall_count; ++r) {
      made.recalls[r] = {1 + random.below(9), static_cast<float>(random.uniform())};
    }
    made.clicked = random.chance(0.2);
    made.carted = made.clicked && random.chance(0.4);
    made.bought = made.carted && random.chance(0.6);
    return made;
  }
  std::vector<basket::Purchase> purchases(int days) {
    std::vector<basket::Purchase> made;
    for (int i = 0; i < 6 * days; ++i) {
      basket::Purchase purchase{1 + random.below(20), i * base::kDayMs / 6, {}};
      for (std::uint64_t left = 2 + random.below(4); left > 0; --left) {
        const auto bought = known(1 + random.below(60));
        purchase.lines.push_back({bought.item, bought.price_cents});
      }
      made.push_back(purchase);
    }
    return made;
  }

  base::Random random;
};

}  // namespace inkling::models::caam
