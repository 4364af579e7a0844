#include "registry/registry_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "base/core/json.h"
#include "base/core/suggest.h"
#include "base/files.h"

namespace inkling::registry {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

constexpr int kFileFormat = 1;
// In the order of PackageState.
constexpr std::array<std::string_view, 5> kStateNames = {"candidate", "shadow", "canary", "live", "retired"};

std::filesystem::path file_path(const std::filesystem::path& data_folder) {
  return data_folder / "registry.json";
}

Result<PackageState> read_state(const JsonView& view) {
  INKLING_ASSIGN(const std::string text, view.text("state"));
  for (std::size_t i = 0; i < kStateNames.size(); ++i) {
    if (kStateNames[i] == text) return static_cast<PackageState>(i);
  }
  return view.refuse("state \"" + text + "\", " + base::expected_one_of(text, kStateNames));
}

Result<PackageEntry> read_entry(const JsonView& view) {
  PackageEntry entry;
  INKLING_ASSIGN(entry.name, view.text("name"));
  INKLING_ASSIGN(entry.version, view.text("version"));
  INKLING_ASSIGN(entry.state, read_state(view));
  INKLING_ASSIGN(entry.changed_ms, view.integer("changed_ms"));
  if (view.has("percent")) {
    if (entry.state != PackageState::kCanary) return view.refuse("percent, which only a canary has");
    INKLING_ASSIGN(const std::int64_t percent, view.integer("percent", 1, 99));
    entry.percent = static_cast<int>(percent);
  }
  if (artifact::version_number(entry.version) == 0) return view.refuse("\"" + entry.version + "\" is no version");
  return entry;
}

Result<std::vector<PackageEntry>> parse_entries(const std::string& text) {
  INKLING_ASSIGN(const Json json, Json::parse(text));
  const JsonView root(json);
  INKLING_ASSIGN(const std::int64_t format, root.integer("format", 1));
  if (format > kFileFormat) {
    return base::unsupported("format " + std::to_string(format) + " is of a later build; this one reads format " +
                             std::to_string(kFileFormat) + ".");
  }
  INKLING_ASSIGN(const auto elements, root.elements("packages"));
  std::vector<PackageEntry> entries;
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(PackageEntry entry, read_entry(element));
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

std::string_view state_name(PackageState state) {
  return kStateNames[static_cast<std::size_t>(state)];
}

Result<std::vector<PackageEntry>> read_entries(const std::filesystem::path& data_folder) {
  const std::string path = file_path(data_folder).string();
  const auto text = base::read_file(path);
  if (text.status().code() == base::ErrorCode::kNotFound) return std::vector<PackageEntry>{};
  if (!text.ok()) return text.status();
  auto entries = parse_entries(*text);
  if (entries.ok()) return entries;
  const bool later = entries.status().code() == base::ErrorCode::kUnsupported;
  return Status(later ? base::ErrorCode::kUnsupported : base::ErrorCode::kCorrupt,
                path + ": " + entries.status().message());
}

Status write_entries(const std::filesystem::path& data_folder, const std::vector<PackageEntry>& entries) {
  Json packages = Json::array();
  for (const PackageEntry& entry : entries) {
    Json json = Json::object();
    json.set("name", entry.name).set("version", entry.version).set("state", state_name(entry.state));
    json.set("changed_ms", entry.changed_ms);
    if (entry.percent > 0) json.set("percent", entry.percent);
    packages.push(std::move(json));
  }
  Json root = Json::object();
  root.set("format", kFileFormat).set("packages", std::move(packages));
  return base::write_file_atomic(file_path(data_folder).string(), root.to_pretty_text());
}

Result<ChangeLock> ChangeLock::take(const std::filesystem::path& data_folder) {
  const std::filesystem::path path = data_folder / "registry.lock";
  const auto failure = [&] {
    return base::io_error("cannot lock " + path.string() + ": " + std::generic_category().message(errno));
  };
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return failure();
  ChangeLock lock(descriptor);
  while (::flock(descriptor, LOCK_EX) != 0) {
    if (errno != EINTR) return failure();
  }
  return lock;
}

ChangeLock::ChangeLock(ChangeLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

ChangeLock::~ChangeLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace inkling::registry
