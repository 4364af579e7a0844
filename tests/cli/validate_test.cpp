// inkling validate as its user meets it, and the corpus of tests/mistakes: wrong files, each with the lines that it
// must be answered with.
#include <algorithm>
#include <cctype>
#include <map>

#include "base/core/json.h"
#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kKinds[] = {"scene", "pool", "mapping", "training", "server", "table", "template"};

class Validate : public Workplace {};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// The lines of each file; a line starts with its file's name.
std::map<std::string, std::string> lines_by_file(const std::string& text) {
  std::map<std::string, std::string> files;
  for (const std::string& line : lines_of(text)) files[line.substr(0, line.find(':'))] += line + "\n";
  return files;
}

std::vector<std::string> yaml_files(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

// "decide/band, decide/never, ...": what {stages} stands for in the corpus, so that a new stage changes no file of
// it. A message lists thirty names and tells how many there are.
std::string all_stages() {
  constexpr std::size_t kListed = 30;
  std::vector<std::string> names;
  for (const auto& kind : fs::directory_iterator(source_path("plugins/stages"))) {
    for (const auto& stage : fs::directory_iterator(kind.path())) {
      names.push_back(kind.path().filename().string() + "/" + stage.path().filename().string());
    }
  }
  std::sort(names.begin(), names.end());
  std::string joined;
  for (std::size_t i = 0; i < std::min(names.size(), kListed); ++i) joined += (i == 0 ? "" : ", ") + names[i];
  return names.size() <= kListed ? joined : joined + " ... (" + std::to_string(names.size()) + " in all)";
}

// "dipn, dipn-no-intra, ...": what {models} stands for, every model that a training file may name and behind it its
// variants. Models that order candidates, give items vectors or tag texts are trained by name alone.
std::string all_models() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(source_path("models"))) {
    if (!entry.is_directory()) continue;
    const std::string made = read_text(entry.path() / "CMakeLists.txt");
    const bool by_name = made.starts_with("inkling_ranking_model(") || made.starts_with("inkling_vector_model(") ||
                         made.starts_with("inkling_tagging_model(") || made.starts_with("inkling_picture_model(");
    if (!by_name) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  std::string joined;
  for (const fs::path& folder : folders) {
    joined += (joined.empty() ? "" : ", ") + folder.filename().string();
    std::istringstream variants(fs::exists(folder / "variants.yaml") ? read_text(folder / "variants.yaml") : "");
    for (std::string line; std::getline(variants, line);) {
      const auto colon = line.find(':');
      if (colon != std::string::npos && std::isalpha(line.front()) != 0) joined += ", " + line.substr(0, colon);
    }
  }
  return joined;
}

std::string expected_lines(const fs::path& file) {
  std::string text = read_text(file);
  const auto fill = [&](std::string_view place, const std::string& words) {
    if (const auto at = text.find(place); at != std::string::npos) text.replace(at, place.size(), words);
  };
  fill("{stages}", all_stages());
  fill("{models}", all_models());
  return text;
}

TEST_F(Validate, gives_every_wrong_file_of_the_corpus_exactly_its_lines) {
  std::size_t files = 0;
  for (const std::string kind : kKinds) {
    const fs::path corpus = source_path("tests/mistakes/" + kind);
    const std::vector<std::string> names = yaml_files(corpus);
    std::vector<std::string> arguments = {"validate"};
    for (const std::string& name : names) {
      write(name, read_text(corpus / name));
      arguments.push_back(name);
    }
    const Outcome outcome = inkling(arguments);
    EXPECT_EQ(outcome.exit_code, kBadInput) << kind;
    auto told = lines_by_file(outcome.out);
    EXPECT_EQ(told.size(), names.size()) << kind;
    for (const std::string& name : names) {
      EXPECT_EQ(told[name], expected_lines(corpus / fs::path(name).replace_extension(".expected")))
          << kind << "/" << name;
    }
    files += names.size();
  }
  EXPECT_GE(files, 60U);
}

TEST_F(Validate, finds_nothing_wrong_with_the_files_of_the_repository) {
  for (const char* folder : {"scenes", "mappings", "bench/training", "templates"}) {
    const Outcome outcome = inkling({"validate", source_path(folder)});
    EXPECT_EQ(outcome.exit_code, 0) << folder << "\n" << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr(", no mistakes\n"));
    EXPECT_THAT(outcome.out, testing::Not(HasSubstr("left out")));
  }
}

TEST_F(Validate, keeps_the_committed_schemas_equal_to_its_tables) {
  for (const std::string kind : kKinds) {
    EXPECT_EQ(inkling_ok({"validate", "--schema", kind}).out,
              read_text(source_path("docs/schema/" + kind + ".schema.json")))
        << "run make schema";
  }
}

TEST_F(Validate, tells_programs_the_parts_of_every_mistake) {
  write("s.yaml", "server:\n  port: 80800\n  thread: 2\n  address: [127.0.0.1\n");
  write("t.yaml", "server:\n  port: 80800\n  thread: 2\n");
  const Outcome outcome = inkling({"validate", "--json", "s.yaml", "t.yaml"});
  EXPECT_EQ(outcome.exit_code, kBadInput);
  const auto json = base::Json::parse(outcome.out);
  ASSERT_TRUE(json.ok()) << outcome.out;
  const auto& mistakes = *json->find("mistakes")->if_array();
  ASSERT_EQ(mistakes.size(), 3U) << outcome.out;
  EXPECT_EQ(*mistakes[0].find("line"), base::Json(5));
  EXPECT_EQ(*mistakes[0].find("column"), base::Json(1));
  EXPECT_EQ(mistakes[1].to_text(),
            R"({"file":"t.yaml","line":2,"column":null,"key":"server.port","found":"80800",)"
            R"("allowed":"a whole number from 0 to 65535","suggestion":null,)"
            R"("message":"server.port: 80800 is above 65535; allowed is a whole number from 0 to 65535"})");
  EXPECT_EQ(*mistakes[2].find("suggestion"), base::Json("threads"));
  EXPECT_EQ((*json->find("files")->if_array())[1].to_text(), R"({"file":"t.yaml","kind":"server","mistakes":2})");
}

TEST_F(Validate, walks_folders_and_leaves_out_what_is_not_its_own) {
  write("compose.yml", "services: {shop: {image: shop}}\n");
  write("good.yaml", "store: {sync: false}\n");
  const Outcome outcome = inkling_ok({"validate", "."});
  EXPECT_EQ(outcome.out, "compose.yml: left out, it is no file of Inkling's\n1 file, no mistakes\n");
  const Outcome named = inkling({"validate", "compose.yml"});
  EXPECT_EQ(named.exit_code, kBadInput);
  EXPECT_THAT(named.out, StartsWith("compose.yml:1: the keys of this file are those of no kind"));
  const Outcome forced = inkling({"validate", "--as", "server", "compose.yml"});
  EXPECT_THAT(forced.out, StartsWith("compose.yml:1: services: there is no such key; expected one of server"));
}

TEST_F(Validate, names_what_it_cannot_read) {
  write("large.yaml", "store: {sync: true}\n" + std::string(300'000, '#') + "\n");
  fs::create_directories(folder() / "empty");
  const Outcome outcome = inkling({"validate", "nowhere.yaml", "empty", "large.yaml"});
  EXPECT_EQ(outcome.exit_code, kBadInput);
  EXPECT_EQ(outcome.out,
            "nowhere.yaml: cannot be read: No such file or directory\n"
            "empty: the folder holds no file that ends in .yaml or .yml\n"
            "large.yaml: has more than the 262144 bytes allowed\n");
  EXPECT_EQ(outcome.err, "inkling: 3 mistakes in 3 of 3 files\n");
  expect_refusal(inkling({"validate"}), kBadInput, {"no file is named"});
  expect_refusal(inkling({"validate", "--as", "scenes", "x"}), kBadInput,
                 {"--as: \"scenes\"", "did you mean scene?"});
}

// One reader: what validate says is what the verb that loads the file says.
TEST_F(Validate, says_what_serve_import_and_replay_say_of_the_same_file) {
  write("server.yaml", "server: {port: 80800, thread: 2}\n");
  write("mapping.yaml", "format: cvs\nevent: action\nfields: {shopper: s}\n");
  write("training.yaml", "horizon: [1h]\nparams: {hiden: 3, cell: rnn}\n");
  write("log.csv", "s\n");
  journal_one_event("data");
  const std::map<std::string, std::vector<std::string>> loaders = {
      {"server.yaml", {"serve", "--data", "data", "--config", "server.yaml"}},
      {"mapping.yaml", {"import", "--data", "data", "--mapping", "mapping.yaml", "log.csv"}},
      {"training.yaml", {"replay", "--data", "data", "--config", "training.yaml", "--table", "t.csv"}}};
  for (const auto& [file, loader] : loaders) {
    const Outcome validated = inkling({"validate", file});
    EXPECT_GE(lines_of(validated.out).size(), 2U) << file;
    const Outcome loaded = inkling(loader);
    EXPECT_EQ(loaded.exit_code, kBadInput) << file;
    EXPECT_EQ(loaded.err, "inkling: " + validated.out) << file;
  }
}

TEST_F(Validate, serves_by_the_configuration_with_the_command_line_above_it) {
  write("server.yaml",
        "server: {port: 1, address: 127.0.0.1, body_limit_bytes: 2048}\nstore: {sync: false}\n"
        "scenes: " +
            source_path("scenes") + "\n");
  Program server(folder(), {"serve", "--data", "data", "--config", "server.yaml", "--port", "0"});
  EXPECT_GT(server.await_port(), 1);
  EXPECT_EQ(server.stop().exit_code, 0);
}

}  // namespace
}  // namespace inkling::cli_test
