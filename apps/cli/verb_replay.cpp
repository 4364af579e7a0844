// inkling replay: the decision points of a journal as a table, for rivals, plots and anybody's own analysis.
#include <fmt/format.h>

#include <memory>

#include "apps/cli/data_folder.h"
#include "apps/cli/training_file.h"
#include "apps/cli/verb.h"
#include "sample/point_table.h"

namespace inkling::cli {
namespace {

struct ReplayArguments {
  std::string data;
  std::string config;
  std::string table;
  bool json = false;
};

// A table has a column for each statistic that is a number.
std::vector<std::string> number_statistics() {
  std::vector<std::string> names = feature::statistic_source_names();
  std::erase_if(names, [](const std::string& name) {
    const auto source = feature::statistic_source(name);
    return !source.ok() || source->kind != feature::ValueKind::kNumber;
  });
  return names;
}

base::Status replay(const ReplayArguments& arguments) {
  Console console(arguments.json);
  INKLING_ASSIGN(const TrainingFile file, load_training_file(arguments.config));
  INKLING_ASSIGN(DataFolder folder, open_existing_data_folder(arguments.data, console));
  INKLING_ASSIGN(const sample::LogSpan span, sample::log_span(*folder.store));
  INKLING_ASSIGN(const sample::SamplePlan plan, sample::with_boundaries(file.plan, span));
  INKLING_ASSIGN(const std::uint64_t rows,
                 sample::write_point_table(*folder.store, plan, file.blueprint, span, number_statistics(),
                                           arguments.table, console.reporter("replaying", "shoppers")));
  console.say(fmt::format("{} decision points in {}", rows, arguments.table));
  base::Json result = base::Json::object();
  result.set("points", static_cast<std::int64_t>(rows));
  result.set("table", arguments.table);
  console.result(result);
  return {};
}

}  // namespace

void add_replay(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<ReplayArguments>();
  CLI::App* verb =
      app.add_subcommand("replay", "Write every decision point with labels and statistics as a CSV table");
  verb->add_option("--data", arguments->data, "data folder")->required();
  verb->add_option("--config", arguments->config, "training file (YAML): points, horizons, split");
  verb->add_option("--table", arguments->table, "CSV file to write")->required();
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  verb->callback([arguments, &outcome] { outcome.status = replay(*arguments); });
}

}  // namespace inkling::cli
