// inkling mine tags: texts become a tag graph, as a candidate package of the data folder.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "apps/cli/console.h"
#include "apps/cli/verb_mine.h"
#include "wire/importer.h"

namespace inkling::cli {
namespace {

using base::Status;

struct MineTagsArguments {
  std::string data;
  std::vector<std::string> files;
  bool json = false;
};

Status mine_tags(const MineTagsArguments& arguments) {
  Console console(arguments.json);
  for (const std::string& file : arguments.files) INKLING_TRY(wire::check_file(file));
  return {};
}

}  // namespace

void add_mine_tags(CLI::App& mine, Outcome& outcome) {
  auto arguments = std::make_shared<MineTagsArguments>();
  CLI::App* verb = mine.add_subcommand("tags", "Tags from titles, bodies, reviews and queries");
  verb->add_option("--in", arguments->files, "JSON Lines of texts, plain, .gz or .zst")->required();
  verb->add_option("--data", arguments->data, "data folder")->required();
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  verb->callback([arguments, &outcome] { outcome.status = mine_tags(*arguments); });
}

}  // namespace inkling::cli
