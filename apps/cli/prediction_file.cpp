#include "apps/cli/prediction_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "base/core/suggest.h"
#include "base/files.h"
#include "sample/point_table.h"
#include "wire/csv.h"

namespace inkling::cli {
namespace {

using base::Result;
using base::Status;
using PointKey = std::pair<std::string, std::string>;  // shopper, ts_ms as text

Result<std::size_t> column(const std::vector<std::string>& names, std::string_view wanted, const std::string& path) {
  const auto found = std::find(names.begin(), names.end(), wanted);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  return base::invalid_input(
      fmt::format("{}:1: there is no column \"{}\"; {}", path, wanted, base::expected_one_of(wanted, names)));
}

struct ScoreColumns {
  std::size_t shopper = 0, ts_ms = 0;
  std::vector<std::size_t> scores;
};

Result<ScoreColumns> bind(const std::vector<std::string_view>& header, const Evaluation& evaluation,
                          const std::string& path) {
  const std::vector<std::string> names(header.begin(), header.end());
  ScoreColumns columns;
  INKLING_ASSIGN(columns.shopper, column(names, "shopper", path));
  INKLING_ASSIGN(columns.ts_ms, column(names, "ts_ms", path));
  for (const TargetEvaluation& target : evaluation.targets) {
    INKLING_ASSIGN(const std::size_t index, column(names, target.target, path));
    columns.scores.push_back(index);
  }
  return columns;
}

Result<std::vector<double>> row_scores(const std::vector<std::string_view>& cells, const ScoreColumns& columns,
                                       const std::string& where) {
  std::vector<double> scores;
  for (const std::size_t index : columns.scores) {
    const std::string_view text = index < cells.size() ? cells[index] : std::string_view();
    double score = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), score);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) {
      return base::invalid_input(fmt::format("{}: column {}: \"{}\" is not a number", where, index + 1, text));
    }
    scores.push_back(score);
  }
  return scores;
}

Result<std::map<PointKey, std::vector<double>>> read_rows(const std::string& path, const Evaluation& evaluation) {
  INKLING_ASSIGN(wire::LineReader lines, wire::LineReader::open(path));
  wire::CsvReader csv(lines, ',', true);
  INKLING_ASSIGN(const bool has_header, csv.next());
  if (!has_header) return base::invalid_input(path + ": is empty; a header line is expected");
  INKLING_ASSIGN(const ScoreColumns columns, bind(csv.cells(), evaluation, path));
  std::map<PointKey, std::vector<double>> rows;
  for (;;) {
    INKLING_ASSIGN(const bool more, csv.next());
    if (!more) return rows;
    const std::string where = fmt::format("{}:{}", path, csv.line_number());
    if (!csv.mistake().empty()) return base::invalid_input(where + ": " + csv.mistake());
    if (csv.cells().size() <= std::max(columns.shopper, columns.ts_ms)) {
      return base::invalid_input(where + ": the line has too few cells");
    }
    INKLING_ASSIGN(std::vector<double> scores, row_scores(csv.cells(), columns, where));
    rows[{std::string(csv.cells()[columns.shopper]), std::string(csv.cells()[columns.ts_ms])}] = std::move(scores);
  }
}

}  // namespace

Status write_predictions(const std::string& path, const Evaluation& evaluation) {
  std::string text = "shopper,ts_ms";
  for (const auto& target : evaluation.targets) text += ",label_" + target.target;
  for (const auto& target : evaluation.targets) text += "," + target.target;
  text += '\n';
  for (std::size_t i = 0; i < evaluation.shoppers.size(); ++i) {
    text += sample::csv_cell(evaluation.shoppers[i]) + "," + std::to_string(evaluation.ts_ms[i]);
    for (const auto& target : evaluation.targets) text += fmt::format(",{}", target.labels[i]);
    for (const auto& target : evaluation.targets) text += fmt::format(",{:.9g}", target.probs[i]);
    text += '\n';
  }
  return base::write_file_atomic(path, text);
}

Result<std::vector<std::vector<double>>> read_scores(const std::string& path, const Evaluation& evaluation) {
  INKLING_ASSIGN(const auto rows, read_rows(path, evaluation));
  std::vector<std::vector<double>> scores(evaluation.targets.size());
  for (std::size_t i = 0; i < evaluation.shoppers.size(); ++i) {
    const auto found = rows.find({evaluation.shoppers[i], std::to_string(evaluation.ts_ms[i])});
    if (found == rows.end()) {
      return base::invalid_input(fmt::format("{}: has no line for shopper \"{}\" at ts_ms {}", path,
                                             evaluation.shoppers[i], evaluation.ts_ms[i]));
    }
    for (std::size_t k = 0; k < scores.size(); ++k) scores[k].push_back(found->second[k]);
  }
  return scores;
}

}  // namespace inkling::cli
