// inkling import: log files become journal events.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/cli/bad_lines.h"
#include "apps/cli/data_folder.h"
#include "apps/cli/verb.h"
#include "offer/promotion_json.h"
#include "state/shopper_state.h"
#include "store/event_sorter.h"
#include "store/in_order.h"
#include "wire/importer.h"
#include "wire/mapping.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::Result;
using base::Status;
using Counts = std::map<std::string, std::uint64_t>;

struct ImportArguments {
  std::string data;
  std::vector<std::string> mappings;
  std::string rejects;
  std::vector<std::string> files;
  std::string max_bad_lines = "0";
  bool json = false;
};

// All or nothing: no event of any file is journaled before the last line of the last one was read, so too many bad
// lines, a cut-off file or a kill leave the journal as it was.
class Import {
 public:
  Import(const ImportArguments& arguments, Console& console)
      : arguments_(arguments),
        console_(console),
        data_(arguments.data),
        bad_(arguments.rejects.empty() ? (data_ / "import-rejects.jsonl").string() : arguments.rejects) {}

  // Before the data folder is touched.
  Status prepare() {
    INKLING_ASSIGN(limit_, wire::BadLineLimit::parse(arguments_.max_bad_lines));
    for (const std::string& mapping : arguments_.mappings) {
      INKLING_ASSIGN(auto loaded, wire::Mapping::load(mapping));
      mappings_.push_back(std::move(loaded));
    }
    if (mappings_.size() > 1 && mappings_.size() != arguments_.files.size()) {
      return base::invalid_input(
          fmt::format("--mapping is given {} times for {} files; give one for all of them, or "
                      "one for each in the order of the files",
                      mappings_.size(), arguments_.files.size()));
    }
    for (const std::string& file : arguments_.files) INKLING_TRY(wire::check_file(file));
    return {};
  }

  Status run(store::Store& store) {
    Status status = journal(store);
    console_.end_progress();
    const Status written = bad_.flush();
    return status.ok() ? written : status;
  }

  [[nodiscard]] const store::BulkAppend::Receipt& receipt() const { return receipt_; }
  [[nodiscard]] std::uint64_t lines() const { return read_.lines; }
  [[nodiscard]] const BadLines& bad() const { return bad_; }
  [[nodiscard]] const Counts& skipped() const { return skipped_; }

 private:
  using OnEvent = std::function<Status(domain::Event&)>;

  // A log in order of time, as most are, is journaled while it is read. At the first event that comes too late it is
  // given up and read once more, into a sorter; what cannot be read twice (a pipe) goes there at once.
  Status journal(store::Store& store) {
    if (!sorts()) return in_order_of_lines(store);
    bool in_order = std::all_of(arguments_.files.begin(), arguments_.files.end(), can_be_read_twice);
    if (in_order) INKLING_TRY(in_order_of_time(store, in_order));
    return in_order ? Status() : sorted(store);
  }

  [[nodiscard]] bool sorts() const {
    return std::any_of(mappings_.begin(), mappings_.end(), [](const auto& each) { return each.sorts_by_time(); });
  }

  static bool can_be_read_twice(const std::string& file) {
    std::error_code error;
    const auto kind = std::filesystem::status(file, error).type();
    return kind != std::filesystem::file_type::fifo && kind != std::filesystem::file_type::character;
  }

  Status in_order_of_lines(store::Store& store) {
    INKLING_ASSIGN(const auto bulk, store.begin_bulk());
    INKLING_TRY(read_all([&](domain::Event& event) { return bulk->add(event); }));
    return commit(*bulk);
  }

  // `in_order` becomes false, and nothing is journaled, when it is not.
  Status in_order_of_time(store::Store& store, bool& in_order) {
    INKLING_ASSIGN(const auto bulk, store.begin_bulk());
    store::InOrder checked([&](domain::Event& event) { return bulk->add(event); });
    const Status read = read_all([&](domain::Event& event) -> Status {
      INKLING_TRY(checked.add(event));
      return checked.broken() ? base::invalid_input("not in order of time") : Status();
    });
    in_order = !checked.broken();
    if (!in_order) return {};
    INKLING_TRY(read);
    INKLING_TRY(checked.flush());
    return commit(*bulk);
  }

  Status sorted(store::Store& store) {
    const std::filesystem::path temp = data_ / "import.tmp";
    const Status status = sorted_in(temp.string(), store);
    std::error_code ignored;
    std::filesystem::remove(temp, ignored);
    return status;
  }

  Status sorted_in(const std::string& temp, store::Store& store) {
    INKLING_ASSIGN(const auto sorter, store::EventSorter::open(temp));
    INKLING_TRY(read_all([&](domain::Event& event) { return sorter->add(event); }));
    INKLING_ASSIGN(const auto bulk, store.begin_bulk());
    std::uint64_t done = 0;
    INKLING_TRY(sorter->drain([&](domain::Event& event) {
      if (++done % kEventsAReport == 0) {
        console_.progress("journaling in order of time", done, sorter->size(), "events");
      }
      return bulk->add(event);
    }));
    return commit(*bulk);
  }

  Status commit(store::BulkAppend& bulk) {
    INKLING_ASSIGN(receipt_, bulk.commit());
    return {};
  }

  Status read_all(const OnEvent& on_event) {
    read_ = {};
    skipped_.clear();
    bad_.restart();
    for (std::size_t i = 0; i < arguments_.files.size(); ++i) INKLING_TRY(read(i, on_event));
    return {};
  }

  Status read(std::size_t index, const OnEvent& on_event) {
    const std::string& file = arguments_.files[index];
    wire::ImportOptions options;
    options.limit = limit_;
    options.earlier = read_;
    options.more_files = index + 1 < arguments_.files.size();
    options.check = offer::check_event;
    options.on_event = on_event;
    options.on_skip = [&](std::string_view rule) { ++skipped_[std::string(rule)]; };
    options.on_bad_line = [&](const wire::BadLine& bad) { bad_.add(bad); };
    options.on_progress = [&](const wire::ImportProgress& progress) {
      console_.progress("reading " + file, progress.bytes_read, progress.bytes_total, "bytes",
                        fmt::format("{} lines", progress.lines));
    };
    const wire::Mapping* mapping = mappings_.empty() ? nullptr : &mappings_[mappings_.size() > 1 ? index : 0];
    INKLING_ASSIGN(const wire::ImportProgress done, wire::import_file(file, mapping, options));
    read_.lines += done.lines;
    read_.bad_lines += done.bad_lines;
    return {};
  }

  static constexpr std::uint64_t kEventsAReport = 8192;

  const ImportArguments& arguments_;
  Console& console_;
  std::filesystem::path data_;
  BadLines bad_;
  wire::BadLineLimit limit_;
  std::vector<wire::Mapping> mappings_;
  wire::ImportProgress read_;  // lines and bad lines of the files that are done
  Counts skipped_;
  store::BulkAppend::Receipt receipt_;
};

std::uint64_t sum(const Counts& counts) {
  std::uint64_t total = 0;
  for (const auto& [name, count] : counts) total += count;
  return total;
}

void say_counts(const Counts& counts, Console& console) {
  for (const auto& [name, count] : counts) console.say(fmt::format("  {:>9}  {}", count, name));
}

Json json_of(const Counts& counts) {
  Json object = Json::object();
  for (const auto& [name, count] : counts) object.set(name, static_cast<std::int64_t>(count));
  return object;
}

void say_report(const Import& import, const store::StoreStatistics& statistics, Console& console) {
  console.say(fmt::format("imported {} events from {} lines", import.receipt().accepted, import.lines()));
  if (import.receipt().duplicates > 0) {
    console.say(fmt::format("dropped {} events that were there already", import.receipt().duplicates));
  }
  if (const std::uint64_t skipped = sum(import.skipped()); skipped > 0) {
    console.say(fmt::format("skipped {} lines, as the mapping says:", skipped));
    say_counts(import.skipped(), console);
  }
  if (import.bad().count() > 0) {
    console.say(
        fmt::format("left out {} bad lines; each with its reason in {}:", import.bad().count(), import.bad().path()));
    say_counts(import.bad().kinds(), console);
  }
  if (statistics.largest_state_bytes > 0) {
    console.say(
        fmt::format("largest shopper state: {} of {} bytes", statistics.largest_state_bytes, state::kMaxStateBytes));
  }
}

void report(const Import& import, const store::StoreStatistics& statistics, Console& console) {
  say_report(import, statistics, console);
  Json result = Json::object();
  result.set("lines", static_cast<std::int64_t>(import.lines()));
  result.set("accepted", static_cast<std::int64_t>(import.receipt().accepted));
  result.set("duplicates", static_cast<std::int64_t>(import.receipt().duplicates));
  result.set("skipped_lines", static_cast<std::int64_t>(sum(import.skipped())));
  result.set("bad_lines", static_cast<std::int64_t>(import.bad().count()));
  result.set("skipped", json_of(import.skipped()));
  result.set("bad", json_of(import.bad().kinds()));
  result.set("last_sequence", static_cast<std::int64_t>(statistics.last_sequence));
  result.set("largest_state_bytes", static_cast<std::int64_t>(statistics.largest_state_bytes));
  console.result(result);
}

Status import_files(const ImportArguments& arguments) {
  Console console(arguments.json);
  Import import(arguments, console);
  INKLING_TRY(import.prepare());
  INKLING_ASSIGN(DataFolder folder, open_data_folder(arguments.data, console));
  INKLING_TRY(import.run(*folder.store));
  report(import, folder.store->statistics(), console);
  return {};
}

}  // namespace

void add_import(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App* verb =
      app.add_subcommand("import", "Read log files (JSON Lines, or CSV and TSV through a mapping) into the journal");
  verb->add_option("--data", arguments->data, "data folder; made when absent")->required();
  verb->add_option("--mapping", arguments->mappings,
                   "mapping file (YAML) that says what the columns mean; one for all files, or one for each")
      ->allow_extra_args(false);
  verb->add_option(
          "--max-bad-lines", arguments->max_bad_lines,
          "bad lines that are put aside before the run stops: a number, or a share of all lines such as 0.5%")
      ->capture_default_str();
  verb->add_option("--rejects", arguments->rejects, "where bad lines go (default: DATA/import-rejects.jsonl)");
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  verb->add_option("files", arguments->files, "log files; .gz and .zst are read as they are")->required();
  verb->callback([arguments, &outcome] { outcome.status = import_files(*arguments); });
}

}  // namespace inkling::cli
