#include "tag/edit_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "artifact/test_folder.h"
#include "base/files.h"
#include "tag/sample_graph.h"

namespace inkling::tag {
namespace {

using sample::must;
using testing::HasSubstr;

Edit edit(EditAction action, const std::string& name) {
  Edit edit;
  edit.action = action;
  edit.at_ms = 5;
  edit.who = "Lin";
  edit.why = "测试";
  edit.node = {NodeKind::kTag, name, ""};
  return edit;
}

Edit undo(int line) {
  Edit edit = tag::edit(EditAction::kUndo, "");
  edit.undone_line = line;
  return edit;
}

class EditLogTest : public testing::Test {
 protected:
  EditLog open() { return must(EditLog::open(path_)); }
  [[nodiscard]] std::string bytes() const { return must(base::read_file(path_.string())); }
  void write(const std::string& text) const {
    std::filesystem::create_directories(path_.parent_path());
    std::ofstream(path_) << text;
  }

  artifact::TestFolder folder_;
  std::filesystem::path path_ = edits_path(folder_.path());
};

TEST_F(EditLogTest, reads_back_what_was_appended) {
  EditLog log = open();
  EXPECT_EQ(log.lines(), 0);
  EXPECT_EQ(must(log.append(edit(EditAction::kAccept, "cat"))), 1);
  EXPECT_EQ(must(log.append(edit(EditAction::kBan, "dog"))), 2);
  EXPECT_EQ(must(log.append(undo(2))), 3);
  const EditLog again = open();
  EXPECT_EQ(again.lines(), 3);
  EXPECT_EQ(again.text(), bytes());
  ASSERT_EQ(again.holding().size(), 1U);
  EXPECT_EQ(again.holding(), log.holding());
}

TEST_F(EditLogTest, refuses_what_contradicts_and_writes_nothing) {
  EditLog log = open();
  must(log.append(edit(EditAction::kAccept, "cat")));
  const std::string before = bytes();
  const auto refused = log.append(edit(EditAction::kBan, "cat"));
  EXPECT_EQ(refused.status().code(), base::ErrorCode::kConflict);
  EXPECT_THAT(refused.status().message(), HasSubstr("was accepted in line 1; undo line 1 first"));
  EXPECT_EQ(log.append(undo(7)).status().code(), base::ErrorCode::kConflict);
  EXPECT_EQ(bytes(), before);
  EXPECT_EQ(log.lines(), 1);
}

TEST_F(EditLogTest, cuts_off_a_line_that_was_never_acknowledged) {
  const std::string whole = edit_text(edit(EditAction::kAccept, "cat")) + "\n";
  write(whole + R"({"edit":"ban","at_)");
  EditLog log = open();
  EXPECT_EQ(log.lines(), 1);
  EXPECT_EQ(must(log.append(edit(EditAction::kBan, "dog"))), 2);
  EXPECT_EQ(bytes(), whole + edit_text(edit(EditAction::kBan, "dog")) + "\n");
}

TEST_F(EditLogTest, names_the_line_that_does_not_read) {
  write("\n{\"edit\":\"bann\"}\n");
  const auto log = EditLog::open(path_);
  EXPECT_EQ(log.status().code(), base::ErrorCode::kInvalidInput);
  EXPECT_THAT(log.status().message(), HasSubstr("edits.jsonl:2: edit: \"bann\" is not known"));
}

TEST_F(EditLogTest, says_so_when_the_folder_cannot_be_written) {
  std::ofstream(folder_.path() / "tags") << "a file";
  auto log = EditLog::open(path_);
  EXPECT_FALSE(log.ok() && log->append(edit(EditAction::kAccept, "cat")).ok());
}

}  // namespace
}  // namespace inkling::tag
