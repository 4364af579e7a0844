// inkling mine: what can be found in texts and behaviour. One file a sub-verb: mine_categories.cpp,
// mine_dimensions.cpp, mine_tags.cpp.
#include "apps/cli/verb_mine.h"

#include "apps/cli/verb.h"

namespace inkling::cli {

void add_mine(CLI::App& app, Outcome& outcome) {
  CLI::App* verb = app.add_subcommand("mine", "Find tags, dimensions and categories in texts and behaviour");
  verb->require_subcommand(1);
  add_mine_categories(*verb, outcome);
  add_mine_dimensions(*verb, outcome);
  add_mine_tags(*verb, outcome);
}

}  // namespace inkling::cli
