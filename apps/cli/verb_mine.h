// The sub-verbs of inkling mine, as verb.h has the verbs: one file each.
#pragma once

#include <CLI/CLI.hpp>

#include "apps/cli/verb.h"

namespace inkling::cli {

void add_mine_categories(CLI::App& mine, Outcome& outcome);
void add_mine_dimensions(CLI::App& mine, Outcome& outcome);
void add_mine_tags(CLI::App& mine, Outcome& outcome);

}  // namespace inkling::cli
