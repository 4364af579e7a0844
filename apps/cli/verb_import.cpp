// inkling import: log files become journal events.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
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
    if (count_++ == 0) open();
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
  void open() {
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(path_).parent_path(), ignored);
    out_.open(path_, std::ios::trunc);
  }

  std::string path_;
  std::ofstream out_;
  std::uint64_t count_ = 0;
};

// All or nothing: with too many bad lines in any file, no event of any file is journaled. Logs whose lines are in
// order are read twice for that, first to look for bad lines; those that are sorted are held back until all are read.
// What cannot be read twice (a pipe) is journaled as it comes.
class Import {
 public:
  Import(const ImportArguments& arguments, Console& console)
      : arguments_(arguments),
        console_(console),
        data_(arguments.data),
        rejects_(arguments.rejects.empty() ? (data_ / "import-rejects.jsonl").string() : arguments.rejects) {}

  // Before the data folder is touched.
  Status prepare() {
    if (!arguments_.mapping.empty()) {
      INKLING_ASSIGN(mapping_, wire::Mapping::load(arguments_.mapping));
    }
    if (sorts()) return {};
    for (const std::string& file : arguments_.files) {
      if (!can_be_read_twice(file)) continue;
      INKLING_TRY(read(file, "checking ", {}, [&](const wire::BadLine& bad) { rejects_.add(bad); }).status());
    }
    return {};
  }

  Status run(store::Store& store) {
    BatchAppender appender(store);
    Status status = sorts() ? sort_and_append(appender) : append(appender);
    if (status.ok()) status = appender.flush();
    filled_ = appender.filled();
    return status;
  }

  [[nodiscard]] const Filled& filled() const { return filled_; }
  [[nodiscard]] std::uint64_t lines() const { return lines_; }
  [[nodiscard]] const RejectsFile& rejects() const { return rejects_; }

 private:
  using OnEvent = std::function<Status(domain::Event&&)>;
  using OnBadLine = std::function<void(const wire::BadLine&)>;

  [[nodiscard]] bool sorts() const { return mapping_.has_value() && mapping_->sorts_by_time(); }

  static bool can_be_read_twice(const std::string& file) {
    std::error_code error;
    const auto kind = std::filesystem::status(file, error).type();
    return kind != std::filesystem::file_type::fifo && kind != std::filesystem::file_type::character;
  }

  // The number of lines.
  Result<std::uint64_t> read(const std::string& file, std::string_view doing, OnEvent on_event,
                             OnBadLine on_bad_line) {
    wire::ImportOptions options;
    options.max_bad_lines = arguments_.max_bad_lines - std::min(arguments_.max_bad_lines, bad_lines_);
    options.on_event = std::move(on_event);
    options.on_bad_line = std::move(on_bad_line);
    options.on_progress = [&](const wire::ImportProgress& progress) {
      console_.progress(std::string(doing) + file, progress.bytes_read, progress.bytes_total, "bytes",
                        fmt::format("{} lines", progress.lines));
    };
    INKLING_ASSIGN(const wire::ImportProgress done,
                   wire::import_file(file, mapping_ ? &*mapping_ : nullptr, options));
    bad_lines_ += done.bad_lines;
    return done.lines;
  }

  Status read_all(const OnEvent& on_event) {
    bad_lines_ = 0;
    for (const std::string& file : arguments_.files) {
      const bool checked = !sorts() && can_be_read_twice(file);
      INKLING_ASSIGN(const std::uint64_t lines, read(file, "reading ", on_event, [&](const wire::BadLine& bad) {
                       if (!checked) rejects_.add(bad);
                     }));
      lines_ += lines;
    }
    return {};
  }

  Status append(BatchAppender& appender) {
    return read_all([&](domain::Event&& event) { return appender.add(std::move(event)); });
  }

  Status sort_and_append(BatchAppender& appender) {
    const std::filesystem::path temp = data_ / "import.tmp";
    const Status status = sort_in(temp.string(), appender);
    std::error_code ignored;
    std::filesystem::remove(temp, ignored);
    return status;
  }

  Status sort_in(const std::string& temp, BatchAppender& appender) {
    INKLING_ASSIGN(const auto sorter, store::EventSorter::open(temp));
    INKLING_TRY(read_all([&](domain::Event&& event) { return sorter->add(event); }));
    std::uint64_t done = 0;
    return sorter->drain([&](domain::Event&& event) {
      console_.progress("journaling in order of time", ++done, sorter->size(), "events");
      return appender.add(std::move(event));
    });
  }

  const ImportArguments& arguments_;
  Console& console_;
  std::filesystem::path data_;
  RejectsFile rejects_;
  std::optional<wire::Mapping> mapping_;
  Filled filled_;
  std::uint64_t lines_ = 0;
  std::uint64_t bad_lines_ = 0;
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
  Import import(arguments, console);
  INKLING_TRY(import.prepare());
  INKLING_ASSIGN(DataFolder folder, open_data_folder(arguments.data, console));
  INKLING_TRY(import.run(*folder.store));
  INKLING_TRY(folder.store->checkpoint());
  report(import, console);
  return {};
}

}  // namespace

void add_import(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App* verb =
      app.add_subcommand("import", "Read log files (JSON Lines, or CSV and TSV through a mapping) into the journal");
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
