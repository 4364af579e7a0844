// What DIPN's attention rested on, for people: from what streaming keeps where there is a stream. Wasm-clean.
#include "models/dipn/dipn_memory.h"
#include "models/dipn/dipn_serve.h"

namespace inkling::models::dipn {

// Whom a view looks at: view after view, as inter_input() lays their rows out.
std::vector<std::size_t> DipnScorer::partners_of(std::size_t view_index) const {
  std::vector<std::size_t> partners;
  const std::size_t first = architecture_.inter_all ? 0 : view_index + 1;
  for (std::size_t v = first; v < views_.size(); ++v) partners.push_back(v);
  for (std::size_t v = 0; v < view_index && v < first; ++v) partners.push_back(v);
  return partners;
}

std::vector<feature::ViewAttention> DipnScorer::explain(const state::ShopperState& state,
                                                        const feature::ScorerMemory& memory, std::int64_t now_ms,
                                                        feature::ScorerWorkspace& workspace) const {
  const math::ProductScope scope(product_path());
  const auto& shopper = static_cast<const Memory&>(memory);
  auto& own = static_cast<Workspace&>(workspace);
  const bool live = blueprint_.session_live(state, now_ms);
  for (std::size_t v = 0; v < views_.size(); ++v) own.rows[v] = live ? shopper.views[v].rows() : 0;
  std::vector<feature::ViewAttention> explained;
  if (!architecture_.intra && !architecture_.inter) return explained;
  for (std::size_t v = 0; v < views_.size(); ++v) {
    feature::ViewAttention& attention = explained.emplace_back();
    attention.view = feature::view_name(blueprint_.spec().views[v].view);
    attention.rows = own.rows[v];
    shopper.stream ? explain_stream(shopper, v, own, attention) : explain_full(shopper, v, own, attention);
    if (!views_[v].inter) continue;
    for (const std::size_t partner : partners_of(v)) {
      attention.column_views.emplace_back(feature::view_name(blueprint_.spec().views[partner].view));
      attention.column_counts.push_back(own.rows[partner]);
    }
  }
  return explained;
}

void DipnScorer::explain_stream(const Memory& memory, std::size_t view_index, const Workspace& workspace,
                                feature::ViewAttention& attention) const {
  const Stream::View& view = memory.stream->views[view_index];
  // The place in the ring of a view's row, oldest first.
  const auto slot = [&](std::size_t v, std::size_t row) {
    return (memory.views[v].steps - workspace.rows[v] + row) % memory.views[v].window;
  };
  const float scale = architecture_.intra_scale_by_length ? 1.0F / static_cast<float>(attention.rows) : 1.0F;
  const auto partners = partners_of(view_index);
  for (std::size_t row = 0; row < attention.rows; ++row) {
    const std::size_t own = slot(view_index, row);
    if (views_[view_index].intra) attention.intra.push_back(scale * view.weights[own]);
    if (!views_[view_index].inter) continue;
    const StreamPlan::View& plan = stream_plan_->views[view_index];
    const std::size_t first = attention.inter.size();
    for (const std::size_t partner : partners) {
      for (std::size_t other = 0; other < workspace.rows[partner]; ++other) {
        const std::size_t place = slot(partner, other), column = plan.column[partner] + place;
        const float product = view.weights[own] * view.products[own * plan.columns + column];
        attention.inter.push_back(memory.stream->views[partner].weights[place] * (product + view.terms[column]));
      }
    }
    const std::span<float> scores = std::span(attention.inter).subspan(first);
    if (!scores.empty()) kernels_->softmax_rows(scores, scores.size(), scores.size());
  }
}

}  // namespace inkling::models::dipn
