// A mapping file and a log, parted by a line "=====": the importer's own path. Every event that a mapping makes can
// be journaled: written as JSON it reads back as the same event. Every refusal names its place.
#include "fuzz/memory_file.h"
#include "wire/event_json.h"
#include "wire/importer.h"

namespace inkling::fuzz {
namespace {

constexpr std::string_view kMappingName = "mapping.yaml";

// One mistake a line, each with its place in the file.
void check_mistakes(const base::Status& status) {
  std::string_view lines = status.message();
  must(!lines.empty(), "a refusal says why");
  while (!lines.empty()) {
    const std::string_view line = take_until(lines, "\n");
    must(line.starts_with(kMappingName), "every mistake names the mapping file", status.message());
  }
}

struct Counts {
  std::uint64_t events = 0;
  std::uint64_t bad_lines = 0;
};

wire::ImportOptions checking_options(wire::EventParser& parser, Counts& counts) {
  wire::ImportOptions options;
  options.limit.count = 1'000'000;
  options.on_event = [&parser, &counts](domain::Event& event) {
    std::string text;
    wire::write_event(event, text);
    const auto again = parser.parse(text);
    must(again.ok(), "the journal can read what a mapping makes",
         again.ok() ? "" : text + "\n" + again.status().message());
    must(*again == event, "the journal gives back what a mapping makes", text);
    ++counts.events;
    return base::Status::ok_status();
  };
  options.on_bad_line = [&counts](const wire::BadLine& bad) {
    must(!bad.reason.empty() && bad.line > 0, "a bad line has a number and a reason", bad.reason);
    ++counts.bad_lines;
  };
  return options;
}

void check(std::string_view input) {
  const std::string_view yaml = take_until(input, "\n=====\n");
  const auto mapping = wire::Mapping::parse(yaml, std::string(kMappingName));
  if (!mapping.ok()) return check_mistakes(mapping.status());
  const MemoryFile log(input);
  wire::EventParser parser;
  Counts counts;
  const auto done = wire::import_file(log.path(), &*mapping, checking_options(parser, counts));
  if (!done.ok()) return must(!done.status().message().empty(), "a refusal says why");
  must(done->bad_lines == counts.bad_lines, "every bad line is told");
  must(counts.events + counts.bad_lines <= done->lines, "no line gives two events");
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}
