#include "tag/edit_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/files.h"

namespace inkling::tag {
namespace {

using base::Result;
using base::Status;

Status failed(const std::filesystem::path& path, const char* what) {
  return base::io_error(path.string() + ": cannot be " + what + " (" + std::strerror(errno) + ")");
}

// The folder's entry of a file that was made just now.
Status sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY);
  if (descriptor < 0) return failed(folder, "opened");
  const bool synced = ::fsync(descriptor) == 0;
  const Status status = synced ? Status() : failed(folder, "synced");
  ::close(descriptor);
  return status;
}

bool write_whole(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

std::filesystem::path edits_path(const std::filesystem::path& data_folder) {
  return data_folder / "tags" / "edits.jsonl";
}

EditLog::EditLog(EditLog&& other) noexcept
    : path_(std::move(other.path_)),
      text_(std::move(other.text_)),
      holding_(std::move(other.holding_)),
      lines_(other.lines_),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

EditLog& EditLog::operator=(EditLog&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(text_, other.text_);
  std::swap(holding_, other.holding_);
  std::swap(lines_, other.lines_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

EditLog::~EditLog() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<EditLog> EditLog::open(std::filesystem::path path) {
  EditLog log(std::move(path));
  INKLING_TRY(log.read());
  return log;
}

Status EditLog::read() {
  auto text = base::read_file(path_.string());
  if (text.status().code() == base::ErrorCode::kNotFound) return {};
  if (!text.ok()) return text.status();
  const std::size_t whole = text->rfind('\n') + 1;  // 0 without any line
  const bool torn = whole < text->size();
  text->resize(whole);
  INKLING_ASSIGN(holding_, read_edits(*text, path_.string()));
  text_ = *std::move(text);
  lines_ = static_cast<int>(std::ranges::count(text_, '\n'));
  if (torn && ::truncate(path_.c_str(), static_cast<off_t>(whole)) != 0) return failed(path_, "cut to its last line");
  return {};
}

Status EditLog::open_file() {
  const std::filesystem::path folder = path_.parent_path();
  INKLING_TRY(base::make_directories(folder.string()));
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (descriptor_ < 0) return failed(path_, "opened");
  INKLING_TRY(sync_folder(folder));
  return sync_folder(folder.parent_path());
}

Status EditLog::write(const std::string& line) const {
  if (write_whole(descriptor_, line) && ::fdatasync(descriptor_) == 0) return {};
  const Status status = failed(path_, "written");
  // What stands there of the line was not acknowledged; when even that fails, the next open() cuts it off.
  static_cast<void>(::ftruncate(descriptor_, static_cast<off_t>(text_.size())) == 0);
  return status;
}

Result<int> EditLog::append(const Edit& edit) {
  const std::string line = edit_text(edit) + "\n";
  auto holding = read_edits(text_ + line, path_.filename().string());
  if (!holding.ok()) return base::conflict(holding.status().message());
  if (descriptor_ < 0) INKLING_TRY(open_file());
  INKLING_TRY(write(line));
  text_ += line;
  holding_ = *std::move(holding);
  return ++lines_;
}

}  // namespace inkling::tag
