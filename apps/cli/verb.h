// One file a verb: each adds its subcommand to the program and, when chosen, leaves an exit status in `outcome`.
#pragma once

#include <CLI/CLI.hpp>

#include "base/core/result.h"

namespace inkling::cli {

// Every verb writes here what became of it; main turns it into an exit code and one line on stderr.
struct Outcome {
  base::Status status;
};

void add_evaluate(CLI::App& app, Outcome& outcome);
void add_export(CLI::App& app, Outcome& outcome);
void add_import(CLI::App& app, Outcome& outcome);
void add_mine(CLI::App& app, Outcome& outcome);
void add_models(CLI::App& app, Outcome& outcome);
void add_replay(CLI::App& app, Outcome& outcome);
void add_report(CLI::App& app, Outcome& outcome);
void add_serve(CLI::App& app, Outcome& outcome);
void add_simulate(CLI::App& app, Outcome& outcome);
void add_sort(CLI::App& app, Outcome& outcome);
void add_standalone(CLI::App& app, Outcome& outcome);
// The options that serve and standalone share.
struct ServeRequest;
void add_serve_options(CLI::App& verb, ServeRequest& request);
void add_tag(CLI::App& app, Outcome& outcome);
void add_train(CLI::App& app, Outcome& outcome);
void add_validate(CLI::App& app, Outcome& outcome);

}  // namespace inkling::cli
