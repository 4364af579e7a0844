#include "mining/file_memory.h"

#include <sys/stat.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "base/core/json.h"
#include "base/files.h"
#include "mining/slice.h"

namespace inkling::mining {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
constexpr std::int64_t kAny = std::numeric_limits<std::int64_t>::min();

std::string absolute(const std::string& file) {
  std::error_code ignored;
  return std::filesystem::absolute(file, ignored).lexically_normal().string();
}

std::filesystem::path memory_in(const std::filesystem::path& cache) {
  return cache / "files.json";
}

Json json_of(const FileStamp& stamp, const std::vector<KnownPiece>& pieces) {
  Json slices = Json::array();
  for (const KnownPiece& piece : pieces) {
    slices.push(
        Json::object().set("slice", piece.key).set("first_line", static_cast<std::int64_t>(piece.first_line)));
  }
  Json json = Json::object().set("device", stamp.device).set("inode", stamp.inode).set("bytes", stamp.bytes);
  return json.set("changed_ns", stamp.changed_ns).set("slices", std::move(slices));
}

Result<FileStamp> stamp_from(const JsonView& json) {
  FileStamp stamp;
  INKLING_ASSIGN(stamp.device, json.integer("device", kAny));
  INKLING_ASSIGN(stamp.inode, json.integer("inode", kAny));
  INKLING_ASSIGN(stamp.bytes, json.integer("bytes", 0));
  INKLING_ASSIGN(stamp.changed_ns, json.integer("changed_ns", kAny));
  return stamp;
}

Result<std::vector<KnownPiece>> pieces_from(const JsonView& json) {
  std::vector<KnownPiece> pieces;
  INKLING_ASSIGN(const auto slices, json.elements("slices"));
  for (const JsonView& slice : slices) {
    KnownPiece piece;
    INKLING_ASSIGN(piece.key, slice.text("slice"));
    INKLING_ASSIGN(const std::int64_t line, slice.integer("first_line", 1));
    piece.first_line = static_cast<std::uint64_t>(line);
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

}  // namespace

std::optional<FileStamp> stamp_of(const std::string& file) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0) return std::nullopt;
  return FileStamp{static_cast<std::int64_t>(facts.st_dev), static_cast<std::int64_t>(facts.st_ino),
                   static_cast<std::int64_t>(facts.st_size),
                   facts.st_ctim.tv_sec * kNanosPerSecond + facts.st_ctim.tv_nsec};
}

FileMemory FileMemory::load(const std::filesystem::path& cache) {
  FileMemory memory(cache);
  const auto text = base::read_file(memory_in(cache).string());
  if (!text.ok() || !memory.read(*text).ok()) memory.files_.clear();
  return memory;
}

Status FileMemory::read(const std::string& text) {
  INKLING_ASSIGN(const Json json, Json::parse(text));
  const JsonView root(json);
  INKLING_ASSIGN(const std::string rules, root.text("rules"));
  if (rules != slice_rules()) return base::unsupported("rules: others");
  INKLING_ASSIGN(const JsonView files, root.member("files"));
  if (!files.json().is_object()) return base::corrupt("files: is no object");
  for (const base::JsonMember& member : *files.json().if_object()) {
    INKLING_ASSIGN(const JsonView file, files.member(member.key));
    Known& known = files_[member.key];
    INKLING_ASSIGN(known.stamp, stamp_from(file));
    INKLING_ASSIGN(known.pieces, pieces_from(file));
  }
  return {};
}

const std::vector<KnownPiece>* FileMemory::find(const std::string& file) const {
  const auto known = files_.find(absolute(file));
  if (known == files_.end() || stamp_of(file) != known->second.stamp) return nullptr;
  const auto is_there = [this](const KnownPiece& piece) {
    std::error_code ignored;
    return std::filesystem::exists(slice_file(cache_, piece.key), ignored);
  };
  return std::ranges::all_of(known->second.pieces, is_there) ? &known->second.pieces : nullptr;
}

void FileMemory::remember(const std::string& file, const FileStamp& stamp, std::vector<KnownPiece> pieces,
                          std::chrono::nanoseconds settled) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const std::string path = absolute(file);
  files_.erase(path);
  if (stamp_of(file) != stamp || std::chrono::nanoseconds(stamp.changed_ns) + settled > now) return;
  files_.emplace(path, Known{stamp, std::move(pieces)});
}

Status FileMemory::save() const {
  Json files = Json::object();
  for (const auto& [file, known] : files_) files.set(file, json_of(known.stamp, known.pieces));
  const Json root = Json::object().set("rules", slice_rules()).set("files", std::move(files));
  return base::write_file_atomic(memory_in(cache_).string(), root.to_text());
}

}  // namespace inkling::mining
