#include <array>
#include <string>
#include <utility>
#include <vector>

#include "bench/parity.h"
#include "models/dipn/dipn_twin_net.h"

namespace inkling::bench {
namespace {

namespace twin = models::dipn::twin;
using base::Json;
using base::Result;
using base::Status;
using feature::View;
using models::dipn::Architecture;

constexpr std::size_t kRandomLengths = 6;  // samples beside those on the edges
constexpr std::size_t kBatchSize = 10;     // leaves a smaller batch at the end

struct Switch {
  const char* name;
  std::array<const char*, 2> values;  // the default first
};
constexpr std::array<Switch, 8> kSwitches = {{{"cell", {"gru", "lstm"}},
                                              {"intra", {"true", "false"}},
                                              {"intra_scale_by_length", {"true", "false"}},
                                              {"inter", {"true", "false"}},
                                              {"inter_scope", {"others", "all"}},
                                              {"combine", {"residual", "tanh_product"}},
                                              {"readout", {"last_and_mean", "product"}},
                                              {"wide", {"true", "false"}}}};

// Widths that fill no SIMD register whole, and those of params.yaml with the default windows of each view.
struct Sizes {
  const char* name;
  std::array<std::uint32_t, feature::kViewCount> windows;
  std::vector<std::string> assignments;
};
const Sizes kOdd = {"odd", {9, 12, 16}, {"hidden=21", "embedding_dim=5", "attention_size=11", "mlp=[19]"}};
const Sizes kDefault = {"default", {100, 50, 50}, {}};

std::string views_name(const twin::Input& input) {
  std::string name;
  for (const View view : input.views) name += (name.empty() ? "" : "+") + std::string(feature::view_name(view));
  return input.statistics ? name : name + ", no statistics";
}

// One input with its samples, on which combinations of switches are tried.
class Bench {
 public:
  static Result<Bench> make(const twin::Input& input, const Sizes& sizes, std::uint64_t seed,
                            const std::filesystem::path& folder) {
    base::Random random(seed);
    INKLING_ASSIGN(auto blueprint, feature::Blueprint::make(twin::blueprint_of(input)));
    const auto lengths = twin::edge_lengths(blueprint.spec(), kRandomLengths, random);
    INKLING_ASSIGN(auto samples,
                   twin::write_samples(twin::random_columns(blueprint, lengths, random), blueprint, folder));
    INKLING_ASSIGN(auto data, train::SequenceData::load(samples.set));
    return Bench{input, sizes, std::move(blueprint), std::move(samples), std::move(data)};
  }

  // Appends a row unless the combination is one that check_architecture refuses.
  Status compare(unsigned combination, std::uint64_t seed, Json& rows) const {
    std::vector<std::string> assignments = sizes.assignments;
    Json row = Json::object();
    row.set("views", views_name(input)).set("sizes", sizes.name);
    for (std::size_t i = 0; i < kSwitches.size(); ++i) {
      const char* value = kSwitches[i].values[(combination >> i) & 1U];
      assignments.push_back(std::string(kSwitches[i].name) + "=" + value);
      row.set(kSwitches[i].name, value);
    }
    INKLING_ASSIGN(const Json params, twin::params_of(assignments));
    INKLING_ASSIGN(const auto architecture,
                   models::dipn::architecture_from_json(base::JsonView(params), twin::two_targets()));
    if (!models::dipn::check_architecture(architecture, blueprint).ok()) return {};
    INKLING_TRY(measure(architecture, params, seed, row));
    rows.push(std::move(row));
    return {};
  }

  twin::Input input;
  Sizes sizes;
  feature::Blueprint blueprint;
  twin::Samples samples;
  train::SequenceData data;

 private:
  Status measure(const Architecture& architecture, const Json& params, std::uint64_t seed, Json& row) const {
    base::Random random(seed);
    models::dipn::DipnNet network(architecture, blueprint, 0.1);
    twin::draw_trained_weights(network, random);
    twin::scale_logits(network, architecture, data);
    INKLING_ASSIGN(const auto weights, network.write());
    const auto manifest = twin::manifest_of(blueprint.spec(), params);
    INKLING_ASSIGN(const auto simd, twin::serve(manifest, weights));
    INKLING_ASSIGN(const auto scalar, twin::serve(manifest, weights, math::scalar_kernels()));
    const twin::Logits trained = twin::network_logits(network, data, kBatchSize);
    const twin::Logits served = twin::scorer_logits(*simd, samples.columns);
    row.set("samples", static_cast<std::int64_t>(trained.size())).set("deviation", twin::deviation(trained));
    row.set("error", twin::largest_difference(trained, served));
    row.set("simd_error", twin::largest_difference(served, twin::scorer_logits(*scalar, samples.columns)));
    twin::flatten_attention(network);
    row.set("attention_effect", twin::largest_difference(trained, twin::network_logits(network, data, kBatchSize)));
    return {};
  }
};

constexpr unsigned kCombinations = 1U << kSwitches.size();
constexpr unsigned kAllDefault = 0;

Status compare_all(const twin::Input& input, const Sizes& sizes, bool every_switch, std::uint64_t seed,
                   const std::filesystem::path& folder, Json& rows) {
  twin::Input sized = input;
  sized.windows = sizes.windows;
  INKLING_ASSIGN(const Bench bench, Bench::make(sized, sizes, seed, folder));
  const unsigned end = every_switch ? kCombinations : kAllDefault + 1;
  for (unsigned combination = kAllDefault; combination < end; ++combination) {
    INKLING_TRY(bench.compare(combination, seed + combination, rows));
  }
  return {};
}

std::vector<twin::Input> partial_inputs() {
  std::vector<twin::Input> inputs;
  for (unsigned subset = 1; subset < 7; ++subset) {
    twin::Input input;
    input.views.clear();
    for (const View view : {View::kSwipe, View::kTap, View::kBrowse}) {
      if ((subset >> static_cast<unsigned>(view)) & 1U) input.views.push_back(view);
    }
    inputs.push_back(input);
  }
  twin::Input bare;
  bare.views = {View::kBrowse};
  bare.statistics = false;
  inputs.push_back(bare);
  return inputs;
}

}  // namespace

Result<Json> compare_networks(bool quick, std::uint64_t seed, const std::filesystem::path& folder) {
  train::limit_threads(1);
  Json rows = Json::array();
  INKLING_TRY(compare_all({}, kOdd, true, seed, folder, rows));
  INKLING_TRY(compare_all({}, kDefault, !quick, seed, folder, rows));
  for (const twin::Input& input : partial_inputs()) {
    INKLING_TRY(compare_all(input, kOdd, !quick, seed, folder, rows));
  }
  return rows;
}

}  // namespace inkling::bench
