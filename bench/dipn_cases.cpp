#include "bench/dipn_cases.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace inkling::bench {
namespace {

namespace twin = models::dipn::twin;
using base::Json;
using base::Result;
using base::Status;
using feature::View;

constexpr std::size_t kRandomLengths = 6;  // samples beside those on the edges

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
  Status visit(unsigned combination, std::uint64_t seed, const DipnCaseVisitor& visitor, Json& rows) const {
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
    base::Random random(seed);
    models::dipn::DipnNet network(architecture, blueprint, 0.1);
    twin::draw_trained_weights(network, random);
    twin::scale_logits(network, architecture, data);
    INKLING_TRY(visitor({architecture, network, twin::manifest_of(blueprint.spec(), params), samples, data}, row));
    rows.push(std::move(row));
    return {};
  }

  twin::Input input;
  Sizes sizes;
  feature::Blueprint blueprint;
  twin::Samples samples;
  train::SequenceData data;
};

constexpr unsigned kCombinations = 1U << kSwitches.size();
constexpr unsigned kAllDefault = 0;

Status visit_all(const twin::Input& input, const Sizes& sizes, bool every_switch, std::uint64_t seed,
                 const std::filesystem::path& folder, const DipnCaseVisitor& visitor, Json& rows) {
  twin::Input sized = input;
  sized.windows = sizes.windows;
  INKLING_ASSIGN(const Bench bench, Bench::make(sized, sizes, seed, folder));
  const unsigned end = every_switch ? kCombinations : kAllDefault + 1;
  for (unsigned combination = kAllDefault; combination < end; ++combination) {
    INKLING_TRY(bench.visit(combination, seed + combination, visitor, rows));
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

Result<Json> visit_dipn_cases(bool quick, std::uint64_t seed, const std::filesystem::path& folder,
                              const DipnCaseVisitor& visit) {
  train::limit_threads(1);
  Json rows = Json::array();
  INKLING_TRY(visit_all({}, kOdd, true, seed, folder, visit, rows));
  INKLING_TRY(visit_all({}, kDefault, !quick, seed, folder, visit, rows));
  for (const twin::Input& input : partial_inputs()) {
    INKLING_TRY(visit_all(input, kOdd, !quick, seed, folder, visit, rows));
  }
  return rows;
}

}  // namespace inkling::bench
