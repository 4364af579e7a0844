#include "bench/dipn_cases.h"
#include "bench/parity.h"

namespace inkling::bench {
namespace {

namespace twin = models::dipn::twin;
using base::Json;

constexpr std::size_t kBatchSize = 10;  // leaves a smaller batch at the end

base::Status compare(const DipnCase& each, Json& row) {
  INKLING_ASSIGN(const auto weights, each.network.write());
  INKLING_ASSIGN(const auto simd, twin::serve(each.manifest, weights));
  INKLING_ASSIGN(const auto scalar, twin::serve(each.manifest, weights, math::scalar_kernels()));
  const twin::Logits trained = twin::network_logits(each.network, each.data, kBatchSize);
  const twin::Logits served = twin::scorer_logits(*simd, each.samples.columns);
  row.set("samples", static_cast<std::int64_t>(trained.size())).set("deviation", twin::deviation(trained));
  row.set("error", twin::largest_difference(trained, served));
  row.set("simd_error", twin::largest_difference(served, twin::scorer_logits(*scalar, each.samples.columns)));
  twin::flatten_attention(each.network);
  row.set("attention_effect",
          twin::largest_difference(trained, twin::network_logits(each.network, each.data, kBatchSize)));
  return {};
}

}  // namespace

base::Result<Json> compare_networks(bool quick, std::uint64_t seed, const std::filesystem::path& folder) {
  return visit_dipn_cases(quick, seed, folder, compare);
}

}  // namespace inkling::bench
