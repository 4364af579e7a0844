// In place of dipn_full.cpp on devices, whose packages all stream (dipn_device.h) and whose code is loaded byte by
// byte: nothing here is ever asked.
#include <algorithm>

#include "models/dipn/dipn_memory.h"

namespace inkling::models::dipn {

void DipnScorer::size_full(Workspace&) const {}

void DipnScorer::pool_full(const Memory&, Workspace& workspace) const {
  std::ranges::fill(workspace.mlp_input, 0.0F);
}

void DipnScorer::explain_full(const Memory&, std::size_t, Workspace&, feature::ViewAttention&) const {}

}  // namespace inkling::models::dipn
