// inkling validate: every mistake of every file that people write, each with line, value found and what would be
// right.
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "apps/cli/console.h"
#include "apps/cli/validation.h"
#include "apps/cli/verb.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::Status;

struct ValidateArguments {
  std::vector<std::string> paths;
  std::string as;
  std::string schema;
  bool json = false;
};

std::string count_of(std::size_t count, std::string_view one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

Json texts(const std::vector<std::string>& values) {
  Json list = Json::array();
  for (const std::string& value : values) list.push(value);
  return list;
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

void add_mistake(const std::string& path, const base::FileMistake& mistake, Json& list) {
  Json json = Json::object();
  json.set("file", path);
  json.set("line", mistake.line > 0 ? Json(mistake.line) : Json());
  json.set("column", mistake.column > 0 ? Json(mistake.column) : Json());
  json.set("key", text_or_null(mistake.key));
  json.set("found", text_or_null(mistake.found));
  json.set("allowed", text_or_null(mistake.allowed));
  json.set("suggestion", text_or_null(mistake.suggestion));
  json.set("message", mistake.message);
  list.push(std::move(json));
}

Json to_json(const Validation& validation) {
  Json files = Json::array();
  Json mistakes = Json::array();
  for (const ValidatedFile& file : validation.files) {
    Json json = Json::object();
    json.set("file", file.path);
    json.set("kind", file.kind ? Json(kFileKindNames[static_cast<std::size_t>(*file.kind)]) : Json());
    json.set("mistakes", static_cast<std::int64_t>(file.mistakes.size()));
    files.push(std::move(json));
    for (const base::FileMistake& mistake : file.mistakes) add_mistake(file.path, mistake, mistakes);
  }
  Json result = Json::object();
  result.set("files", std::move(files));
  result.set("left_out", texts(validation.left_out));
  result.set("mistakes", std::move(mistakes));
  return result;
}

Status verdict(const Validation& validation, Console& console) {
  std::size_t wrong = 0;
  for (const ValidatedFile& file : validation.files) {
    if (!file.text.empty()) console.say(file.text);
    if (!file.text.empty()) ++wrong;
  }
  for (const std::string& path : validation.left_out) console.say(path + ": left out, it is no file of Inkling's");
  console.result(to_json(validation));
  if (wrong == 0) {
    console.say(count_of(validation.files.size(), "file") + ", no mistakes");
    return {};
  }
  return base::invalid_input(fmt::format("{} in {} of {}", count_of(validation.mistake_count(), "mistake"), wrong,
                                         count_of(validation.files.size(), "file")));
}

Status print_schema(const std::string& name) {
  const auto kind = file_kind_from_name(name);
  INKLING_TRY(kind.status().within("--schema"));
  fmt::print("{}", file_schema(*kind).to_pretty_text());
  return {};
}

Status run(const ValidateArguments& arguments) {
  if (!arguments.schema.empty()) return print_schema(arguments.schema);
  if (arguments.paths.empty()) {
    return base::invalid_input(
        "validate: no file is named; expected files or folders, such as inkling validate scenes");
  }
  std::optional<FileKind> as;
  if (!arguments.as.empty()) {
    const auto kind = file_kind_from_name(arguments.as);
    INKLING_TRY(kind.status().within("--as"));
    as = *kind;
  }
  Console console(arguments.json);
  return verdict(validate(arguments.paths, as), console);
}

}  // namespace

void add_validate(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<ValidateArguments>();
  CLI::App* verb = app.add_subcommand(
      "validate",
      "Tell every mistake in scenes, pools, mappings, training files, table specs, server files and templates");
  verb->add_option("paths", arguments->paths, "files, or folders to walk");
  verb->add_option(
      "--as", arguments->as,
      "what they are: scene, pool, mapping, training, server, table or template (default: by their keys)");
  verb->add_option("--schema", arguments->schema,
                   "print the JSON Schema of scene, pool, mapping, training, server, table or template files");
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  verb->callback([arguments, &outcome] { outcome.status = run(*arguments); });
}

}  // namespace inkling::cli
