// inkling: one binary that imports, simulates, trains, evaluates and serves. `inkling --help` lists the verbs.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "apps/cli/verb.h"
#include "base/core/suggest.h"

namespace {

using inkling::base::ErrorCode;

// docs/operations.md lists these.
int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::kOk:
      return 0;
    case ErrorCode::kInvalidInput:
    case ErrorCode::kNotFound:
    case ErrorCode::kTooLarge:
    case ErrorCode::kUnsupported:
      return 2;
    case ErrorCode::kConflict:
      return 3;
    case ErrorCode::kCorrupt:
    case ErrorCode::kIo:
      return 4;
    case ErrorCode::kUnavailable:
      return 5;
    case ErrorCode::kInternal:
      return 70;
  }
  return 70;
}

// CLI11 calls an unknown verb a missing one; this names it, and the nearest. "" when there is nothing to say.
std::string unknown_verb(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return "";
  std::vector<std::string> verbs;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    verbs.push_back(verb->get_name());
  if (std::find(verbs.begin(), verbs.end(), argv[1]) != verbs.end()) return "";
  return fmt::format("\"{}\" is no verb; {}", argv[1], inkling::base::expected_one_of(argv[1], verbs));
}

int usage_mistake(std::string_view mistake) {
  fmt::print(stderr, "inkling: {}; inkling --help and inkling VERB --help tell what there is\n", mistake);
  return 2;
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
  inkling::cli::add_export(app, outcome);
  inkling::cli::add_mine(app, outcome);
  inkling::cli::add_models(app, outcome);
  inkling::cli::add_replay(app, outcome);
  inkling::cli::add_report(app, outcome);
  inkling::cli::add_serve(app, outcome);
  inkling::cli::add_sort(app, outcome);
  inkling::cli::add_standalone(app, outcome);
  inkling::cli::add_tag(app, outcome);
  inkling::cli::add_validate(app, outcome);
  if (const std::string mistake = unknown_verb(app, argc, argv); !mistake.empty()) return usage_mistake(mistake);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wanted) {  // --help, --version
    return app.exit(wanted);
  } catch (const CLI::ParseError& error) {
    return usage_mistake(error.what());
  }
  if (outcome.status.ok()) return 0;
  fmt::print(stderr, "inkling: {}\n", outcome.status.message());
  return exit_code(outcome.status.code());
}
