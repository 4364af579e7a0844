// The file of editors' decisions (edits.h), as the one process that appends to it has it. An edit is on disk before
// append() returns, in a line that was checked against all before it; so the file always reads. Not for laying edits
// over a graph (apply_edits).
//
// Ownership: keeps the file's text and its descriptor. Thread safety: one thread at a time. Cost: append reads the
// whole text again and waits for the disk. Failure: kInvalidInput for a file that does not read; kConflict for an
// edit that contradicts an earlier one, nothing is written then; kIo, and the file is as it was.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "tag/edits.h"

namespace inkling::tag {

// <data>/tags/edits.jsonl
[[nodiscard]] std::filesystem::path edits_path(const std::filesystem::path& data_folder);

class EditLog {
 public:
  // A file that is not there is made with the first edit. A last line without its end was never acknowledged: it is
  // cut off.
  [[nodiscard]] static base::Result<EditLog> open(std::filesystem::path path);
  EditLog(EditLog&& other) noexcept;
  EditLog& operator=(EditLog&& other) noexcept;
  ~EditLog();

  // Its line.
  [[nodiscard]] base::Result<int> append(const Edit& edit);

  [[nodiscard]] int lines() const { return lines_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<Edit>& holding() const { return holding_; }  // as read_edits gives them

 private:
  explicit EditLog(std::filesystem::path path) : path_(std::move(path)) {}
  [[nodiscard]] base::Status read();
  [[nodiscard]] base::Status open_file();
  [[nodiscard]] base::Status write(const std::string& line) const;

  std::filesystem::path path_;
  std::string text_;
  std::vector<Edit> holding_;
  int lines_ = 0;
  int descriptor_ = -1;
};

}  // namespace inkling::tag
