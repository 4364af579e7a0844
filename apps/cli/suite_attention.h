// The part of a suite's page that shows what attention rested on in a few sessions.
#pragma once

#include <vector>

#include "apps/cli/model_run.h"
#include "report/page.h"

namespace inkling::cli {

// Sessions of the first run that has any; nothing when none has.
void add_attention(const std::vector<ModelRun>& runs, report::Page& page);

}  // namespace inkling::cli
