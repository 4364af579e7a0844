// inkling evaluate: a package on the test part of its own plan, beside rivals' scores; or a whole suite of models,
// trained and tested, as one page.
#include <fmt/format.h>

#include <memory>

#include "apps/cli/add_on_suite_page.h"
#include "apps/cli/evaluation.h"
#include "apps/cli/prediction_file.h"
#include "apps/cli/suite_report.h"
#include "apps/cli/suite_runner.h"
#include "apps/cli/table_scoring.h"
#include "apps/cli/verb.h"
#include "artifact/package.h"
#include "base/files.h"
#include "eval/auc.h"
#include "registry/registry.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

struct EvaluateArguments {
  std::string data;
  std::string model = "dipn";
  std::string version;
  std::string predictions;
  std::string table;
  std::vector<std::string> against;  // name=file
  SuiteRequest suite;
  std::string out;
  bool json = false;
};

struct Opened {
  artifact::PackageManifest manifest;
  sample::SamplePlan plan;
  std::shared_ptr<const feature::Scorer> scorer;
  std::int64_t utc_offset_ms = 0;
};

Result<Opened> open(const EvaluateArguments& arguments) {
  INKLING_ASSIGN(const std::string version, chosen_version(arguments.data, arguments.model, arguments.version));
  Opened opened;
  const auto folder = artifact::package_folder(arguments.data, arguments.model, version);
  INKLING_ASSIGN(opened.manifest, artifact::read_manifest(folder));
  INKLING_ASSIGN(opened.scorer, load_scorer(arguments.data, arguments.model, version));
  INKLING_ASSIGN(const JsonView stored, JsonView(opened.manifest.params, "params").member("plan"));
  INKLING_ASSIGN(opened.plan, sample::sample_plan_from_stored(stored));
  INKLING_ASSIGN(opened.utc_offset_ms, JsonView(opened.manifest.features, "features").integer("utc_offset_ms"));
  return opened;
}

Status compare(const std::string& rival, const EvaluateArguments& arguments, const Evaluation& evaluation,
               Console& console, Json& result) {
  const auto equals = rival.find('=');
  if (equals == std::string::npos) return base::invalid_input("--against \"" + rival + "\": write name=file.csv");
  const std::string name = rival.substr(0, equals);
  INKLING_ASSIGN(const auto scores, read_scores(rival.substr(equals + 1), evaluation));
  const eval::Groups shoppers = eval::Groups::of(evaluation.shopper_ids);
  for (std::size_t k = 0; k < evaluation.targets.size(); ++k) {
    const TargetEvaluation& target = evaluation.targets[k];
    INKLING_ASSIGN(const double auc, eval::auc(scores[k], target.labels));
    INKLING_ASSIGN(const eval::Difference difference,
                   eval::paired_bootstrap_auc(target.probs, scores[k], target.labels, shoppers, kBootstrapSeed));
    console.say(fmt::format(
        "{:<14} {} AUC {:.4f}; {} minus it {:+.4f} [{:+.4f}, {:+.4f}] paired by shopper, p {:.3f}", target.target,
        name, auc, arguments.model, difference.value, difference.low, difference.high, difference.p_value));
    Json row = Json::object();
    row.set("rival", name).set("target", target.target).set("auc", auc).set("difference", difference.value);
    row.set("low", difference.low).set("high", difference.high).set("p_value", difference.p_value);
    result.push(std::move(row));
  }
  return {};
}

Status evaluate_table(const EvaluateArguments& arguments, Console& console) {
  INKLING_ASSIGN(const ScoredTable scored, score_table(arguments.data, arguments.table, arguments.model,
                                                       arguments.version, arguments.predictions));
  console.say(
      fmt::format("{} {}: {} rows", scored.manifest.name, scored.manifest.version, scored.evaluation.probs.size()));
  Evaluation evaluation;
  evaluation.shoppers.resize(scored.evaluation.probs.size());
  if (!scored.evaluation.labels.empty()) {
    evaluation.targets.push_back(scored.evaluation);
    say_evaluation(evaluation, console);
  }
  Json metrics = Json::object();
  for (const auto& [name, value] : metrics_of(evaluation)) metrics.set(name, value);
  Json result = Json::object();
  result.set("model", scored.manifest.name).set("version", scored.manifest.version);
  result.set("metrics", std::move(metrics));
  console.result(result);
  return {};
}

Status evaluate(const EvaluateArguments& arguments) {
  Console console(arguments.json);
  if (!arguments.table.empty()) return evaluate_table(arguments, console);
  INKLING_ASSIGN(DataFolder folder, open_existing_data_folder(arguments.data, console));
  INKLING_ASSIGN(const Opened opened, open(arguments));
  INKLING_ASSIGN(const sample::LogSpan span, sample::log_span(*folder.store));
  INKLING_ASSIGN(const Evaluation evaluation, evaluate_part(folder, opened.plan, opened.utc_offset_ms, span,
                                                            *opened.scorer, sample::Part::kTest, console));
  console.say(fmt::format("{} {}", opened.manifest.name, opened.manifest.version));
  say_evaluation(evaluation, console);
  Json rivals = Json::array();
  for (const std::string& rival : arguments.against) {
    INKLING_TRY(compare(rival, arguments, evaluation, console, rivals));
  }
  if (!arguments.predictions.empty()) INKLING_TRY(write_predictions(arguments.predictions, evaluation));
  Json metrics = Json::object();
  for (const auto& [name, value] : metrics_of(evaluation)) metrics.set(name, value);
  Json result = Json::object();
  result.set("model", opened.manifest.name).set("version", opened.manifest.version);
  result.set("metrics", std::move(metrics)).set("rivals", std::move(rivals));
  console.result(result);
  return {};
}

// A page and its numbers, for people and for machines.
Status tell_suite(const std::filesystem::path& out, const std::string& page, const Json& numbers, Console& console) {
  INKLING_TRY(base::write_file_atomic((out / "report.html").string(), page));
  INKLING_TRY(base::write_file_atomic((out / "report.json").string(), numbers.to_pretty_text()));
  console.say("report " + (out / "report.html").string());
  console.result(numbers);
  return {};
}

Status evaluate_intent(const SuiteFile& file, const EvaluateArguments& arguments, Console& console) {
  INKLING_ASSIGN(const Suite suite, load_suite(file, arguments.suite));
  INKLING_ASSIGN(const auto runs, run_suite(suite, arguments.out, console));
  console.say("comparing");
  INKLING_ASSIGN(const SuiteSummary summary, summarise(suite, runs));
  INKLING_ASSIGN(const std::string page, suite_report(suite, summary, runs));
  return tell_suite(arguments.out, page, summary_to_json(suite, summary, runs), console);
}

Status evaluate_add_on(const SuiteFile& file, const EvaluateArguments& arguments, Console& console) {
  INKLING_ASSIGN(const AddOnSuite suite, load_add_on_suite(file, arguments.suite));
  INKLING_ASSIGN(const auto seeds, run_add_on_suite(suite, arguments.out, console));
  console.say("comparing");
  INKLING_ASSIGN(const AddOnResults results, compare_add_on(suite, seeds));
  return tell_suite(arguments.out, add_on_suite_page(suite, results, seeds), to_json(suite, results, seeds), console);
}

Status evaluate_suite(const EvaluateArguments& arguments) {
  if (!arguments.data.empty())
    return base::invalid_input("--data: a suite's file says where its data is; leave it out");
  if (arguments.out.empty()) return base::invalid_input("--out: is missing; name the folder for the suite's results");
  Console console(arguments.json);
  INKLING_ASSIGN(const SuiteFile file, open_suite(arguments.suite));
  return file.task == "add-on" ? evaluate_add_on(file, arguments, console)
                               : evaluate_intent(file, arguments, console);
}

Status run(const EvaluateArguments& arguments) {
  if (!arguments.suite.name.empty() || !arguments.suite.file.empty()) return evaluate_suite(arguments);
  if (arguments.data.empty()) return base::invalid_input("--data or --suite: is missing; say what to evaluate");
  return evaluate(arguments);
}

void add_suite_options(CLI::App& verb, EvaluateArguments& arguments) {
  const char* group = "A suite: models trained and tested, as one page";
  SuiteRequest& suite = arguments.suite;
  verb.add_option("--suite", suite.name, "run this suite: intent or add-on")->group(group);
  verb.add_option("--suite-file", suite.file, "or the suite of this file (YAML)")->group(group);
  verb.add_option("--out", arguments.out, "folder for data, packages, results and report.html; runs resume in it")
      ->group(group);
  verb.add_option("--models", suite.models, "only these of its models, separated by commas")
      ->delimiter(',')
      ->group(group);
  verb.add_option("--seeds", suite.seeds, "in place of its seeds, separated by commas")->delimiter(',')->group(group);
  verb.add_option("--without", suite.without, "switch off a simulated signal, as inkling simulate does; repeatable")
      ->allow_extra_args(false)
      ->group(group);
  verb.add_flag("--quick", suite.quick, "smaller, as the suite's file says")->group(group);
}

}  // namespace

void add_evaluate(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<EvaluateArguments>();
  CLI::App* verb = app.add_subcommand("evaluate", "Measure a package on the test part of its plan, or run a suite");
  verb->add_option("--data", arguments->data, "data folder");
  verb->add_option("--model", arguments->model, "model")->capture_default_str();
  verb->add_option("--version", arguments->version, "version (default: the live one)");
  verb->add_option("--predictions", arguments->predictions,
                   "write shopper, ts_ms, labels and scores to this CSV file");
  verb->add_option("--table", arguments->table, "score the rows of this CSV file with a package of a table");
  verb->add_option("--against", arguments->against, "a rival's scores, name=file.csv; may be repeated");
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  add_suite_options(*verb, *arguments);
  verb->callback([arguments, &outcome] { outcome.status = run(*arguments); });
}

}  // namespace inkling::cli
