// The stages of DIPN's forward pass one by one, from the same package and the same layers as the scorer's, so that
// the figure can say where the time goes and how near each stage comes to the machine's peak.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "bench/dipn_forward/fixture.h"
#include "bench/dipn_forward/peak.h"

namespace inkling::bench {

// One JSON object a stage: {"stage", "us", "mflop"}; the median over all inputs and passes, and the operations of its
// products. `model` is one of load_model's, `precision` what it was loaded with.
[[nodiscard]] base::Result<base::Json> time_stages(const ForwardModel& model, const std::string& readout,
                                                   math::Precision precision, const std::vector<ForwardInput>& inputs,
                                                   std::int64_t passes);

}  // namespace inkling::bench
