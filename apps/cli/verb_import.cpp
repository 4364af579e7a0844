// inkling import: log files become journal events.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <vector>

#include "apps/cli/simulation.h"
#include "apps/cli/verb.h"
#include "store/event_sorter.h"
#include "wire/importer.h"
#include "wire/mapping.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::Result;
using base::Status;

struct ImportArguments {
  std::string data;
  std::string mapping;
  std::string rejects;
  std::vector<std::string> files;
  std::uint64_t max_bad_lines = 0;
  bool json = false;
};

// Bad lines with their reasons, as JSON Lines; the file appears with the first of them.
class RejectsFile {
 public:
  explicit RejectsFile(std::string path) : path_(std::move(path)) {}

  void add(const wire::BadLine& bad) {
    if (count_++ == 0) out_.open(path_, std::ios::trunc);
    Json line = Json::object();
    line.set("file", bad.file);
    line.set("line", static_cast<std::int64_t>(bad.line));
    line.set("reason", bad.reason);
    line.set("text", bad.text);
    out_ << line.to_text() << '\n';
  }
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::ofstream out_;
  std::uint64_t count_ = 0;
};

class Import {
 public:
  Import(const ImportArguments& arguments, DataFolder& folder, Console& console)
      : arguments_(arguments), console_(console), appender_(*folder.store),
        rejects_(arguments.rejects.empty() ? (folder.path / "import-rejects.jsonl").string() : arguments.rejects),
        temp_((folder.path / "import.tmp").string()) {}

  Status run() {
    std::optional<wire::Mapping> mapping;
    if (!arguments_.mapping.empty()) {
      INKLING_ASSIGN(mapping, wire::Mapping::load(arguments_.mapping));
    }
    const bool sort = mapping.has_value() && mapping->sorts_by_time();
    if (sort) {
      INKLING_ASSIGN(sorter_, store::EventSorter::open(temp_));
    }
    for (const std::string& file : arguments_.files) INKLING_TRY(read(file, mapping ? &*mapping : nullptr));
    if (sort) INKLING_TRY(drain());
    sorter_.reset();
    return appender_.flush();
  }

  [[nodiscard]] const Filled& filled() const { return appender_.filled(); }
  [[nodiscard]] std::uint64_t lines() const { return lines_; }
  [[nodiscard]] const RejectsFile& rejects() const { return rejects_; }

 private:
  Status read(const std::string& file, const wire::Mapping* mapping) {
    wire::ImportOptions options;
    options.max_bad_lines = arguments_.max_bad_lines - std::min(arguments_.max_bad_lines, rejects_.count());
    options.on_event = [&](domain::Event&& event) {
      return sorter_ ? sorter_->add(event) : appender_.add(std::move(event));
    };
    options.on_bad_line = [&](const wire::BadLine& bad) { rejects_.add(bad); };
    options.on_progress = [&](const wire::ImportProgress& progress) {
      console_.progress("reading " + file, progress.bytes_read, progress.bytes_total, "bytes",
                        fmt::format("{} lines", progress.lines));
    };
    INKLING_ASSIGN(const wire::ImportProgress done, wire::import_file(file, mapping, options));
    lines_ += done.lines;
    return {};
  }

  Status drain() {
    std::uint64_t done = 0;
    return sorter_->drain([&](domain::Event&& event) {
      console_.progress("journaling in order of time", ++done, sorter_->size(), "events");
      return appender_.add(std::move(event));
    });
  }

  const ImportArguments& arguments_;
  Console& console_;
  BatchAppender appender_;
  RejectsFile rejects_;
  std::string temp_;
  std::unique_ptr<store::EventSorter> sorter_;
  std::uint64_t lines_ = 0;
};

void report(const Import& import, Console& console) {
  const Filled& filled = import.filled();
  console.say(fmt::format("imported {} events from {} lines", filled.accepted, import.lines()));
  if (filled.duplicates > 0) console.say(fmt::format("dropped {} events that were there already", filled.duplicates));
  const std::uint64_t bad = import.rejects().count();
  if (bad > 0) console.say(fmt::format("left out {} bad lines; reasons in {}", bad, import.rejects().path()));
  Json result = Json::object();
  result.set("lines", static_cast<std::int64_t>(import.lines()));
  result.set("accepted", static_cast<std::int64_t>(filled.accepted));
  result.set("duplicates", static_cast<std::int64_t>(filled.duplicates));
  result.set("bad_lines", static_cast<std::int64_t>(bad));
  console.result(result);
}

Status import_files(const ImportArguments& arguments) {
  Console console(arguments.json);
  INKLING_ASSIGN(DataFolder folder, open_data_folder(arguments.data, console));
  Import import(arguments, folder, console);
  INKLING_TRY(import.run());
  INKLING_TRY(folder.store->checkpoint());
  report(import, console);
  return {};
}

}  // namespace

void add_import(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App* verb = app.add_subcommand("import", "Read log files (JSON Lines, or CSV and TSV through a mapping) into the journal");
  verb->add_option("--data", arguments->data, "data folder; made when absent")->required();
  verb->add_option("--mapping", arguments->mapping, "mapping file (YAML) that says what the columns mean");
  verb->add_option("--max-bad-lines", arguments->max_bad_lines, "bad lines that are put aside before the run stops")
      ->capture_default_str();
  verb->add_option("--rejects", arguments->rejects, "where bad lines go (default: DATA/import-rejects.jsonl)");
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  verb->add_option("files", arguments->files, "log files; .gz and .zst are read as they are")->required();
  verb->callback([arguments, &outcome] { outcome.status = import_files(*arguments); });
}

}  // namespace inkling::cli
