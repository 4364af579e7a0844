// What DIPN's attention rested on, for people: the same rows that score() gathers, and the weights it computes on the
// way. Wasm-clean.
#include <algorithm>

#include "models/dipn/dipn_memory.h"
#include "models/dipn/dipn_serve.h"

namespace inkling::models::dipn {

// View after view, as inter_input() lays their rows out.
void DipnScorer::name_partners(std::size_t v, const Workspace& workspace, feature::ViewAttention& attention) const {
  const auto add = [&](std::size_t partner) {
    attention.column_views.emplace_back(feature::view_name(blueprint_.spec().views[partner].view));
    attention.column_counts.push_back(workspace.rows[partner]);
  };
  if (architecture_.inter_all) {
    for (std::size_t w = 0; w < views_.size(); ++w) add(w);
    return;
  }
  for (std::size_t w = v + 1; w < views_.size(); ++w) add(w);
  for (std::size_t w = 0; w < v; ++w) add(w);
}

std::vector<feature::ViewAttention> DipnScorer::explain(const state::ShopperState& state,
                                                        const feature::ScorerMemory& memory, std::int64_t now_ms,
                                                        feature::ScorerWorkspace& workspace) const {
  const math::ProductScope scope(product_path());
  const auto& shopper = static_cast<const Memory&>(memory);
  auto& own = static_cast<Workspace&>(workspace);
  gather_rows(shopper, blueprint_.session_live(state, now_ms), own);
  std::vector<feature::ViewAttention> explained;
  if (!architecture_.intra && !architecture_.inter) return explained;
  for (std::size_t v = 0; v < views_.size(); ++v) {
    feature::ViewAttention attention;
    attention.view = feature::view_name(blueprint_.spec().views[v].view);
    attention.rows = own.rows[v];
    if (views_[v].intra) {
      attend_rows(shopper, v, attention.rows, own);  // again, for its weights: one place serves all views
      attention.intra.assign(own.alpha.begin(), own.alpha.begin() + static_cast<std::ptrdiff_t>(attention.rows));
    }
    if (views_[v].inter) {
      const nn::InterAttentionInput input = inter_input(v, own);
      attention.inter.resize(input.query_rows * input.other_rows);
      views_[v].inter->weights(input, attention.inter, own.scratch, own.lines);
      name_partners(v, own, attention);
    }
    explained.push_back(std::move(attention));
  }
  return explained;
}

}  // namespace inkling::models::dipn
