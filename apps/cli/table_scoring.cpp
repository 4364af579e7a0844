#include "apps/cli/table_scoring.h"

#include <fmt/format.h>

#include <utility>

#include "apps/cli/data_folder.h"
#include "apps/cli/table_samples.h"
#include "artifact/package.h"
#include "base/files.h"
#include "registry/registry.h"

namespace inkling::cli {

using base::JsonView;
using base::Result;
using base::Status;

Result<std::vector<double>> score_rows(const Table& table, const std::vector<bool>& chosen,
                                       const feature::BlueprintSpec& blueprint, const feature::Scorer& scorer) {
  INKLING_ASSIGN(RowEncoder encoder, RowEncoder::make(blueprint, table));
  const auto workspace = scorer.new_workspace();
  std::vector<float> prob(scorer.info().targets.size());
  std::vector<double> probs;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    if (!chosen[row]) continue;
    encoder.encode(table.row(row));
    INKLING_TRY(scorer.score_statistics(encoder.numbers(), encoder.ids(), *workspace, prob));
    probs.push_back(prob.front());
  }
  return probs;
}

Result<TargetEvaluation> evaluate_rows(const std::string& label, const Table& table, const std::vector<double>& probs,
                                       const std::vector<bool>& chosen) {
  TargetEvaluation target;
  target.target = label;
  target.probs = probs;
  std::vector<std::uint64_t> lines;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    if (!chosen[row]) continue;
    lines.push_back(table.lines[row]);
    target.labels.push_back(table.labels[row]);
  }
  INKLING_TRY(measure_target(eval::Groups::of(lines), target));
  return target;
}

Status write_rows(const std::string& path, const Table& table, const std::string& label,
                  const std::vector<double>& probs, const std::vector<int>& folds, const std::vector<bool>& chosen) {
  std::string text =
      table.labels.empty() ? "line,fold," + label + "\n" : "line,fold,label_" + label + "," + label + "\n";
  std::size_t next = 0;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    if (!chosen[row]) continue;
    text += fmt::format("{},{}", table.lines[row], folds.empty() ? 0 : folds[row]);
    if (!table.labels.empty()) text += fmt::format(",{}", table.labels[row]);
    text += fmt::format(",{:.9g}\n", probs[next++]);
  }
  return base::write_file_atomic(path, text);
}

namespace {

// The newest version under this name.
Result<std::string> newest_version(const std::filesystem::path& data, const std::string& model) {
  INKLING_ASSIGN(const auto packages, registry::Registry(data).list());
  std::string newest;
  for (const registry::PackageEntry& entry : packages) {
    if (entry.name == model && artifact::version_number(entry.version) > artifact::version_number(newest)) {
      newest = entry.version;
    }
  }
  if (!newest.empty()) return newest;
  return base::not_found("there is no package of \"" + model + "\" in " + data.string() +
                         "; train one with --table first");
}

}  // namespace

Result<ScoredTable> score_table(const std::filesystem::path& data, const std::string& table_path,
                                const std::string& model, const std::string& version,
                                const std::string& predictions) {
  std::string chosen = version;
  if (chosen.empty()) {
    INKLING_ASSIGN(chosen, newest_version(data, model));
  }
  ScoredTable scored;
  INKLING_ASSIGN(scored.manifest, artifact::read_manifest(artifact::package_folder(data, model, chosen)));
  const JsonView params(scored.manifest.params, "params");
  if (!params.has("table")) {
    return base::invalid_input(model + " " + chosen + " was not trained on a table; name another with --version");
  }
  INKLING_ASSIGN(const TableSpec spec, table_columns_from_json(*params.member("table")));
  INKLING_ASSIGN(const auto blueprint, feature::blueprint_from_json(JsonView(scored.manifest.features, "features")));
  INKLING_ASSIGN(const auto scorer, load_scorer(data, model, chosen));
  INKLING_ASSIGN(const Table table, read_table(table_path, spec, TableUse::kScore));
  const std::vector<bool> all(table.row_count(), true);
  INKLING_ASSIGN(scored.evaluation.probs, score_rows(table, all, blueprint, *scorer));
  if (!predictions.empty()) {
    INKLING_TRY(write_rows(predictions, table, spec.label, scored.evaluation.probs, {}, all));
  }
  scored.evaluation.target = spec.label;
  if (table.labels.empty()) return scored;
  INKLING_ASSIGN(scored.evaluation, evaluate_rows(spec.label, table, scored.evaluation.probs, all));
  return scored;
}

}  // namespace inkling::cli
