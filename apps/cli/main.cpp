// inkling: one binary that imports, simulates, trains, evaluates and serves. `inkling --help` lists the verbs.
#include <fmt/format.h>

#include <cstdio>

#include "apps/cli/verb.h"

namespace {

using inkling::base::ErrorCode;

// docs/operations.md lists these.
int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::kOk: return 0;
    case ErrorCode::kInvalidInput:
    case ErrorCode::kNotFound:
    case ErrorCode::kTooLarge:
    case ErrorCode::kUnsupported: return 2;
    case ErrorCode::kConflict: return 3;
    case ErrorCode::kCorrupt:
    case ErrorCode::kIo: return 4;
    case ErrorCode::kUnavailable: return 5;
    case ErrorCode::kInternal: return 70;
  }
  return 70;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"inkling: knows what a shopper is about to do, and acts on it", "inkling"};
  app.set_version_flag("--version", std::string("inkling ") + INKLING_VERSION);
  app.require_subcommand(1);
  inkling::cli::Outcome outcome;
  inkling::cli::add_import(app, outcome);
  inkling::cli::add_simulate(app, outcome);
  inkling::cli::add_train(app, outcome);
  inkling::cli::add_evaluate(app, outcome);
  inkling::cli::add_models(app, outcome);
  inkling::cli::add_replay(app, outcome);
  inkling::cli::add_serve(app, outcome);
  inkling::cli::add_standalone(app, outcome);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wanted) {  // --help, --version
    return app.exit(wanted);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "inkling: {}\nTry inkling --help, or inkling VERB --help.\n", error.what());
    return 2;
  }
  if (outcome.status.ok()) return 0;
  fmt::print(stderr, "inkling: {}\n", outcome.status.message());
  return exit_code(outcome.status.code());
}
