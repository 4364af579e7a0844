#include "apps/cli/validation.h"

#include <algorithm>
#include <filesystem>
#include <span>
#include <utility>

#include "apps/cli/table_spec.h"
#include "apps/cli/training_file.h"
#include "apps/cli/training_schema.h"
#include "base/core/suggest.h"
#include "base/files.h"
#include "base/yaml_document.h"
#include "content/template_file.h"
#include "scene/pool_file.h"
#include "scene/scene_file.h"
#include "scene/scene_schema.h"
#include "scene/stage_registry.h"
#include "server/server_config.h"
#include "wire/mapping.h"
#include "wire/mapping_schema.h"

namespace inkling::cli {
namespace {

namespace fs = std::filesystem;
using base::Status;

// Enough to see the keys of any file that people write; the readers have limits of their own.
constexpr std::uint64_t kMostBytes = std::uint64_t{4} << 20;
constexpr std::array kKinds = {FileKind::kScene, FileKind::kMapping, FileKind::kTraining, FileKind::kServer,
                               FileKind::kTable, FileKind::kPool,    FileKind::kTemplate};

std::span<const std::string_view> keys_of(FileKind kind) {
  switch (kind) {
    case FileKind::kScene:
      return scene::scene_keys();
    case FileKind::kMapping:
      return wire::mapping_keys();
    case FileKind::kTraining:
      return kTrainingKeys;
    case FileKind::kTable:
      return kTableKeys;
    case FileKind::kPool:
      return scene::pool_keys();
    case FileKind::kTemplate:
      return content::template_keys();
    case FileKind::kServer:
      break;
  }
  return server::config_keys("");
}

// What the reader of this kind says of the file.
Status load(const std::string& path, FileKind kind) {
  switch (kind) {
    case FileKind::kScene:
      return scene::load_scene(path, plugins::stages()).status();
    case FileKind::kMapping:
      return wire::Mapping::load(path).status();
    case FileKind::kTraining:
      return load_training_file(path).status();
    case FileKind::kTable:
      return load_table_spec(path).status();
    case FileKind::kPool:
      return scene::load_pool(path).status();
    case FileKind::kTemplate:
      return content::load_template(path).status();
    case FileKind::kServer:
      break;
  }
  return server::load_server_config(path).status();
}

// How sure a key makes of a kind with these keys.
std::size_t likeness(const std::string& key, std::span<const std::string_view> known) {
  if (std::ranges::find(known, key) != known.end()) return 3;
  return base::nearest(key, known).empty() ? 0 : 2;
}

// The kind that most of the keys belong to, misspelt ones too; none when it is a few of them, or a tie.
std::optional<FileKind> kind_of_keys(const base::Json::Object& members) {
  std::optional<FileKind> best;
  std::size_t most = 0;
  for (const FileKind kind : kKinds) {
    std::size_t hits = 0;
    for (const base::JsonMember& member : members) hits += likeness(member.key, keys_of(kind));
    if (hits == most) best.reset();
    if (hits > most) best = kind;
    most = std::max(most, hits);
  }
  return most >= members.size() ? best : std::nullopt;
}

struct Recognised {
  Status status;  // why not even its keys could be read
  std::optional<FileKind> kind;
};

Recognised recognise(const std::string& path) {
  const bool named_scene = fs::path(path).filename() == "scene.yaml";
  const auto text = base::read_file(path, kMostBytes);
  if (!text.ok()) return {text.status(), std::nullopt};
  base::FileMistakes ignored(path);  // the reader tells them again
  const auto file = base::YamlDocument::parse(*text, path, {.scalars_as_text = true, .mistakes = &ignored});
  if (named_scene) return {{}, FileKind::kScene};
  if (!file.ok()) return {file.status(), std::nullopt};
  const base::Json::Object* members = file->root().if_object();
  return {{}, members == nullptr ? std::nullopt : kind_of_keys(*members)};
}

// "cannot read a.yaml: ..." and "a.yaml has more than ..." as "a.yaml: ...", so that every line starts with its file.
std::string line_of(const std::string& message, const std::string& path) {
  if (message.starts_with(path + ":")) return message;
  const std::string unreadable = "cannot read " + path + ": ";
  if (message.starts_with(unreadable)) return path + ": cannot be read: " + message.substr(unreadable.size());
  if (message.starts_with(path + " ")) return path + ":" + message.substr(path.size());
  return path + ": " + message;
}

ValidatedFile told(std::string path, std::optional<FileKind> kind, const Status& status) {
  ValidatedFile file{std::move(path), kind, {}, {}};
  if (status.ok()) return file;
  file.text = line_of(status.message(), file.path);
  file.mistakes = base::mistakes_of(base::invalid_input(file.text), file.path);
  return file;
}

Status unrecognised(const std::string& path) {
  return base::invalid_input(path +
                             ":1: the keys of this file are those of no kind of file that Inkling reads; expected a "
                             "scene, a pool, a mapping, a training file, a table spec, a server configuration or a "
                             "template, or --as to say which");
}

void check_file(const std::string& path, std::optional<FileKind> as, bool named, Validation& validation) {
  Recognised recognised;
  if (!as) recognised = recognise(path);
  const std::optional<FileKind> kind = as ? as : recognised.kind;
  if (kind) {
    validation.files.push_back(told(path, kind, load(path, *kind)));
  } else if (!recognised.status.ok()) {
    validation.files.push_back(told(path, std::nullopt, recognised.status));
  } else if (named) {
    validation.files.push_back(told(path, std::nullopt, unrecognised(path)));
  } else {
    validation.left_out.push_back(path);
  }
}

bool is_hidden(const fs::path& path) {
  return path.filename().string().starts_with('.');
}

void check_folder(const std::string& folder, std::optional<FileKind> as, Validation& validation) {
  std::error_code error;
  std::vector<std::string> paths;
  fs::recursive_directory_iterator entries(folder, error);
  for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
    const fs::path& path = entries->path();
    std::error_code ignored;
    if (is_hidden(path)) {
      entries.disable_recursion_pending();
    } else if ((path.extension() == ".yaml" || path.extension() == ".yml") && entries->is_regular_file(ignored)) {
      paths.push_back(path.lexically_normal().string());
    }
  }
  if (error) {
    validation.files.push_back(told(folder, as, base::io_error("cannot be listed: " + error.message())));
  } else if (paths.empty()) {
    validation.files.push_back(
        told(folder, as, base::not_found("the folder holds no file that ends in .yaml or .yml")));
  }
  std::ranges::sort(paths);
  for (const std::string& path : paths) check_file(path, as, false, validation);
}

}  // namespace

base::Result<FileKind> file_kind_from_name(std::string_view name) {
  for (const FileKind kind : kKinds) {
    if (kFileKindNames[static_cast<std::size_t>(kind)] == name) return kind;
  }
  return base::invalid_input("\"" + std::string(name) + "\" is no kind of file; " +
                             base::expected_one_of(name, kFileKindNames));
}

std::size_t Validation::mistake_count() const {
  std::size_t count = 0;
  for (const ValidatedFile& file : files) count += file.mistakes.size();
  return count;
}

Validation validate(const std::vector<std::string>& paths, std::optional<FileKind> as) {
  Validation validation;
  for (const std::string& given : paths) {
    const std::string path = fs::path(given).lexically_normal().string();
    std::error_code error;
    if (fs::is_directory(path, error)) {
      check_folder(path, as, validation);
    } else {
      check_file(path, as, true, validation);
    }
  }
  return validation;
}

base::Json file_schema(FileKind kind) {
  switch (kind) {
    case FileKind::kScene:
      return scene::scene_schema(plugins::stages());
    case FileKind::kMapping:
      return wire::mapping_schema();
    case FileKind::kTraining:
      return training_schema();
    case FileKind::kTable:
      return table_schema();
    case FileKind::kPool:
      return scene::pool_schema();
    case FileKind::kTemplate:
      return content::template_schema();
    case FileKind::kServer:
      break;
  }
  return server::server_config_schema();
}

}  // namespace inkling::cli
