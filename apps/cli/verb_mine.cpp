// inkling mine: what can be found in texts and behaviour. One file a sub-verb: mine_tags.cpp.
#include "apps/cli/verb_mine.h"

#include "apps/cli/verb.h"

namespace inkling::cli {

void add_mine(CLI::App& app, Outcome& outcome) {
  CLI::App* verb = app.add_subcommand("mine", "Find tags in posts, reviews and queries");
  verb->require_subcommand(1);
  add_mine_tags(*verb, outcome);
}

}  // namespace inkling::cli
