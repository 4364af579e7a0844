// inkling sort: which album each picture of a folder belongs to, or that the model is unsure.
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <memory>

#include "apps/cli/console.h"
#include "apps/cli/data_folder.h"
#include "apps/cli/verb.h"
#include "apps/cli/zoo.h"
#include "base/core/suggest.h"
#include "base/files.h"
#include "picture/files.h"

namespace inkling::cli {
namespace {

using base::Json;

struct SortArguments {
  std::string data, model = "album_sorter", version, in, out;
  bool json = false;
};

// Of all pictures of a folder, in the order of their names.
struct Sorted {
  Json rows = Json::array();
  std::map<std::string, std::int64_t> albums;  // pictures that the model is sure of
  std::int64_t unsure = 0;
  std::map<std::string, std::int64_t> left_out;  // how many for each reason
};

void add_left_out(const std::string& name, const std::string& reason, Sorted& made) {
  Json row = Json::object();
  made.rows.push(row.set("picture", name).set("left_out", reason));
  ++made.left_out[reason];
}

void add_sorted(const std::string& name, const models::PictureSorter& sorter, const models::SortedPicture& sorted,
                Sorted& made) {
  const std::string& album = sorter.albums()[sorted.album];
  Json row = Json::object();
  row.set("picture", name).set("album", album);
  row.set("prob", std::round(static_cast<double>(sorted.prob) * 1e4) / 1e4);  // more digits say nothing
  made.rows.push(row.set("unsure", sorted.unsure));
  ++(sorted.unsure ? made.unsure : made.albums[album]);
}

base::Result<Sorted> sort_folder(const models::PictureSorter& sorter, const std::string& folder, Console& console) {
  INKLING_ASSIGN(const auto files, picture::picture_files(folder));
  if (files.empty()) return base::not_found("--in " + folder + ": holds no picture; expected .jpg, .jpeg or .png");
  const auto workspace = sorter.new_workspace();
  Sorted made;
  for (const std::string& album : sorter.albums()) made.albums[album] = 0;
  std::uint64_t done = 0;
  for (const std::filesystem::path& file : files) {
    const std::string name = file.filename().string();
    const auto planes = picture::read_square(file, sorter.side());
    if (planes.ok()) {
      add_sorted(name, sorter, sorter.sort(*planes, *workspace), made);
    } else {
      add_left_out(name, std::string(planes.status().message()), made);
    }
    console.progress("sorting", ++done, files.size(), "pictures");
  }
  console.end_progress();
  return made;
}

void say_row(const Json& row, Console& console) {
  const std::string& name = *row.find("picture")->if_text();
  if (row.find("left_out") != nullptr) return console.say(fmt::format("{}: left out", name));
  const bool unsure = *row.find("unsure")->if_boolean();
  console.say(fmt::format("{}: {}{} {:.4f}", name, unsure ? "unsure, perhaps " : "", *row.find("album")->if_text(),
                          *row.find("prob")->if_number()));
}

void say_counts(const Sorted& sorted, Console& console) {
  for (const auto& [album, count] : sorted.albums) console.say(fmt::format("{:>6} {}", count, album));
  console.say(fmt::format("{:>6} unsure", sorted.unsure));
  for (const auto& [reason, count] : sorted.left_out) console.say(fmt::format("{:>6} left out: {}", count, reason));
}

Json counts_json(const Sorted& sorted) {
  Json albums = Json::object(), reasons = Json::object();
  for (const auto& [album, count] : sorted.albums) albums.set(album, count);
  for (const auto& [reason, count] : sorted.left_out) reasons.set(reason, count);
  Json made = Json::object();
  made.set("albums", std::move(albums)).set("unsure", sorted.unsure);
  return made.set("left_out", std::move(reasons));
}

base::Status write_rows(const Json& rows, const std::string& path) {
  std::string lines;
  for (const Json& row : *rows.if_array()) lines += row.to_text() + '\n';
  return base::write_file_atomic(path, lines);
}

base::Status sort(const SortArguments& arguments) {
  const models::PictureModel* model = find_picture_model(arguments.model);
  if (model == nullptr) {
    return base::not_found("--model: \"" + arguments.model + "\" sorts no pictures; " +
                           base::expected_one_of(arguments.model, picture_model_names()));
  }
  INKLING_ASSIGN(const std::string version, chosen_version(arguments.data, arguments.model, arguments.version));
  INKLING_ASSIGN(const auto sorter, load_sorter(arguments.data, *model, version));
  Console console(arguments.json);
  INKLING_ASSIGN(const Sorted sorted, sort_folder(*sorter, arguments.in, console));
  Json result = counts_json(sorted);
  if (arguments.out.empty()) {
    for (const Json& row : *sorted.rows.if_array()) say_row(row, console);
    result.set("pictures", sorted.rows);
  } else {
    INKLING_TRY(write_rows(sorted.rows, arguments.out));
    result.set("out", arguments.out);
  }
  say_counts(sorted, console);
  console.result(result);
  return {};
}

}  // namespace

void add_sort(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<SortArguments>();
  CLI::App* verb = app.add_subcommand("sort", "Tell which album each picture of a folder belongs to");
  verb->add_option("--data", arguments->data, "data folder")->required();
  verb->add_option("--in", arguments->in, "a folder of pictures (JPEG, PNG)")->required();
  verb->add_option("--model", arguments->model, "a model that sorts pictures")->capture_default_str();
  verb->add_option("--version", arguments->version, "its version, like v2 (default: the live one)");
  verb->add_option("--out", arguments->out, "write a line of JSON for each picture to this file");
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  verb->callback([arguments, &outcome] { outcome.status = sort(*arguments); });
}

}  // namespace inkling::cli
