// Logs and mappings that are wrong: `import` says what and where, and journals nothing of them.
#include <algorithm>

#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

std::string view_line(int n) {
  return R"({"type":"action","id":"e)" + std::to_string(n) + R"(","ts_ms":)" + std::to_string(1'700'000'000'000 + n) +
         R"(,"shopper":"ann","action":"view","item":"coat"})" + "\n";
}

std::string view_lines(int from, int to) {
  std::string lines;
  for (int n = from; n < to; ++n) lines += view_line(n);
  return lines;
}

constexpr std::string_view kTmallRow = "1,2,click,2013-04-01\n";

// A journal that holds one event, so that a store that was there before must stay as it is.
class BadLog : public Workplace {
 protected:
  BadLog() { journal_one_event("data"); }
  void expect_refused(const std::string& text, const std::vector<std::string>& parts) {
    write("log.jsonl", text);
    expect_refusal(inkling({"import", "--data", "data", "log.jsonl"}), kBadInput, parts);
    EXPECT_EQ(journaled("data"), 1U);
  }
  [[nodiscard]] Outcome import_mapped(const std::string& mapping, const std::string& csv) {
    write("log.csv", csv);
    return inkling({"import", "--data", "data", "--mapping", mapping, "log.csv"});
  }
};

TEST_F(BadLog, names_file_and_line_of_a_malformed_line) {
  expect_refused(view_line(1) + "this is not JSON\n", {"log.jsonl:2: is not JSON"});
}

TEST_F(BadLog, tells_a_line_that_was_cut_off) {
  const std::string line = view_line(2);
  expect_refused(view_line(1) + line.substr(0, line.size() / 2), {"log.jsonl:2: is cut off"});
}

TEST_F(BadLog, names_field_and_value_of_a_wrong_type) {
  expect_refused(view_line(1) + R"({"type":"action","id":"b","ts_ms":"yesterday","shopper":"s","action":"view"})",
                 {"log.jsonl:2: ts_ms: \"yesterday\" is not an integer number of milliseconds"});
}

TEST_F(BadLog, tells_the_nearest_action_to_an_unknown_one) {
  expect_refused(R"({"type":"action","id":"b","ts_ms":5,"shopper":"s","action":"veiw"})",
                 {"log.jsonl:1: action: \"veiw\"", "did you mean view?"});
}

TEST_F(BadLog, names_the_byte_that_is_not_utf8) {
  expect_refused(R"({"type":"action","id":"b","ts_ms":5,"shopper":")" + std::string("\xff") + R"(","action":"view"})",
                 {"log.jsonl:1: is not UTF-8: byte 48"});
}

TEST_F(BadLog, journals_nothing_when_the_last_of_many_lines_is_bad) {
  write("first.jsonl", view_lines(1, 3000));
  write("second.jsonl", view_lines(3000, 5000) + "{}\n");
  expect_refusal(inkling({"import", "--data", "data", "first.jsonl", "second.jsonl"}), kBadInput,
                 {"second.jsonl:2001: "});
  EXPECT_EQ(journaled("data"), 1U);
}

TEST_F(BadLog, puts_aside_as_many_bad_lines_as_are_allowed) {
  write("log.jsonl", view_line(1) + "{}\n" + view_line(2));
  const Outcome outcome = inkling({"import", "--data", "data", "--max-bad-lines", "1", "--json", "log.jsonl"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr(R"({"lines":3,"accepted":2,"duplicates":0,"skipped_lines":0,"bad_lines":1,)"
                                     R"("skipped":{},"bad":{"type: is missing":1},"last_sequence":3,)"));
  const std::string rejects = read_text(folder() / "data" / "import-rejects.jsonl");
  EXPECT_THAT(rejects, HasSubstr(R"("file":"log.jsonl","line":2,"reason":)"));
  EXPECT_EQ(std::count(rejects.begin(), rejects.end(), '\n'), 1);
  EXPECT_EQ(journaled("data"), 3U);
}

TEST_F(BadLog, refuses_one_bad_line_more_than_allowed) {
  write("log.jsonl", view_line(1) + "{}\n[]\n");
  expect_refusal(inkling({"import", "--data", "data", "--max-bad-lines", "1", "log.jsonl"}), kBadInput,
                 {"log.jsonl:3: ", "1 are allowed"});
  EXPECT_EQ(journaled("data"), 1U);
}

TEST_F(BadLog, lets_a_share_of_lines_be_bad) {
  write("log.jsonl", view_line(1) + "{}\n" + view_line(2) + view_line(3));
  expect_refusal(inkling({"import", "--data", "data", "--max-bad-lines", "24%", "log.jsonl"}), kBadInput,
                 {"log.jsonl: 1 of 4 lines are bad; 24 % are allowed"});
  EXPECT_EQ(journaled("data"), 1U);
  const Outcome outcome = inkling({"import", "--data", "data", "--max-bad-lines", "25%", "log.jsonl"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(journaled("data"), 4U);
}

TEST_F(BadLog, counts_bad_and_skipped_lines_by_reason_and_the_header_not_at_all) {
  write("mapping.yaml",
        "format: csv\nevent: action\nfields: {shopper: user, ts_ms: {column: ts, time: epoch_ms}, action: what}\n"
        "skip: [{column: user, starts_with: test, why: our own tests}]\n");
  write("log.csv", "user,ts,what\nu,1,view\nu,one,view\ntester,1,view\nu,two,view\nu,3,veiw\n\"u\",4\n");
  const Outcome outcome =
      inkling({"import", "--data", "new", "--mapping", "mapping.yaml", "--max-bad-lines", "9", "log.csv"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("imported 1 events from 6 lines\n"));
  EXPECT_THAT(outcome.out, HasSubstr("skipped 1 lines, as the mapping says:\n          1  our own tests\n"));
  EXPECT_THAT(outcome.out, HasSubstr("left out 4 bad lines; each with its reason in new/import-rejects.jsonl:\n"));
  EXPECT_THAT(outcome.out, HasSubstr("          2  ts_ms (column ts): \"…\" is not a time of the form epoch_ms\n"));
  EXPECT_THAT(outcome.out, HasSubstr("          1  action (column what): \"…\" is not an action\n"));
  EXPECT_THAT(outcome.out, HasSubstr("          1  the line has N cells\n"));
  EXPECT_THAT(outcome.out, HasSubstr("largest shopper state: "));
}

TEST_F(BadLog, a_log_out_of_order_is_journaled_in_order_and_its_bad_lines_are_put_aside_once) {
  write("mapping.yaml",
        "format: csv\nevent: action\nfields: {shopper: user, ts_ms: {column: ts, time: epoch_ms}, action: what}\n");
  write("log.csv", "user,ts,what\nu,30,view\nbad\nu,10,click\nworse\nu,20,search\n");
  const Outcome outcome =
      inkling({"import", "--data", "new", "--mapping", "mapping.yaml", "--max-bad-lines", "2", "--json", "log.csv"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr(R"({"lines":5,"accepted":3,"duplicates":0,"skipped_lines":0,"bad_lines":2,)"));
  const std::string rejects = read_text(folder() / "new" / "import-rejects.jsonl");
  EXPECT_EQ(std::count(rejects.begin(), rejects.end(), '\n'), 2);
  EXPECT_EQ(journaled_ids("new"), (std::vector<std::string>{"log.csv:4", "log.csv:6", "log.csv:2"}));
}

TEST_F(BadLog, takes_as_many_mappings_as_files_or_one) {
  write("a.csv", "x\n");
  write("b.csv", "x\n");
  write("c.csv", "x\n");
  const std::string mapping = source_path("mappings/tmall2014.yaml");
  expect_refusal(
      inkling({"import", "--data", "new", "--mapping", mapping, "--mapping", mapping, "a.csv", "b.csv", "c.csv"}),
      kBadInput, {"--mapping is given 2 times for 3 files"});
  EXPECT_FALSE(fs::exists(folder() / "new"));
}

TEST_F(BadLog, joins_logs_of_two_layouts_in_order_of_time) {
  const auto mapping = [this](const std::string& action) {
    write(action + ".yaml",
          "format: csv\nheader: false\ncolumns: [user, ts]\nevent: action\nfields: {shopper: user, "
          "ts_ms: {column: ts, time: epoch_ms}, action: {constant: " +
              action + "}}\n");
  };
  mapping("view");
  mapping("purchase");
  write("views.csv", "u,10\nu,30\n");
  write("buys.csv", "u,20\n");
  const Outcome outcome = inkling(
      {"import", "--data", "new", "--mapping", "view.yaml", "--mapping", "purchase.yaml", "views.csv", "buys.csv"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(journaled_ids("new"), (std::vector<std::string>{"views.csv:1", "buys.csv:1", "views.csv:2"}));
}

TEST_F(BadLog, tells_a_damaged_gzip_stream) {
  std::string packed = gzipped(view_lines(1, 500));
  packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x55);
  write("log.jsonl.gz", packed);
  expect_refusal(inkling({"import", "--data", "data", "log.jsonl.gz"}), kDamagedOrIo,
                 {"log.jsonl.gz: the gzip stream is damaged"});
  EXPECT_EQ(journaled("data"), 1U);
}

TEST_F(BadLog, tells_a_gzip_stream_that_was_cut_off) {
  const std::string packed = gzipped(view_lines(1, 500));
  write("log.jsonl.gz", packed.substr(0, packed.size() - 20));
  expect_refusal(inkling({"import", "--data", "data", "log.jsonl.gz"}), kDamagedOrIo,
                 {"log.jsonl.gz: the gzip stream is cut off", "copy or download the file again"});
  EXPECT_EQ(journaled("data"), 1U);
}

TEST_F(BadLog, names_a_file_that_is_not_there_and_makes_no_data_folder) {
  expect_refusal(inkling({"import", "--data", "new", "nowhere.jsonl"}), kBadInput, {"nowhere.jsonl"});
  EXPECT_FALSE(fs::exists(folder() / "new"));
}

TEST_F(BadLog, tells_the_nearest_column_to_one_that_the_file_lacks) {
  expect_refusal(
      import_mapped(source_path("mappings/tmall2014.yaml"), std::string("usr,brand,action,date\n").append(kTmallRow)),
      kBadInput, {"tmall2014.yaml:9: fields.shopper: no column \"user\" in log.csv", "did you mean usr?"});
  EXPECT_EQ(journaled("data"), 1U);
}

TEST_F(BadLog, names_line_column_and_value_of_a_bad_cell) {
  const std::string csv = std::string("user,brand,action,date\n").append(kTmallRow) + "1,2,gaze,2013-04-02\n";
  expect_refusal(import_mapped(source_path("mappings/tmall2014.yaml"), csv), kBadInput,
                 {"log.csv:3: action (column action): \"gaze\"", "expected one of buy, cart, click, fav"});
  EXPECT_EQ(journaled("data"), 1U);
  EXPECT_FALSE(fs::exists(folder() / "data" / "import.tmp"));
}

TEST_F(BadLog, tells_every_mistake_of_a_mapping_with_its_line) {
  write("mapping.yaml",
        "format: cvs\n"
        "event: acton\n"
        "fields:\n"
        "  shoper: user\n"
        "  ts_ms: {column: date, tim: \"%Y\"}\n");
  const Outcome outcome = import_mapped("mapping.yaml", "user,date\n");
  EXPECT_EQ(outcome.exit_code, kBadInput);
  EXPECT_THAT(outcome.err, HasSubstr("mapping.yaml:1: format: \"cvs\""));
  EXPECT_THAT(outcome.err, HasSubstr("mapping.yaml:2: event: \"acton\""));
  EXPECT_THAT(outcome.err, HasSubstr("mapping.yaml:4: fields.shoper: "));
  EXPECT_THAT(outcome.err, HasSubstr("did you mean shopper?"));
  EXPECT_THAT(outcome.err, HasSubstr("mapping.yaml:5: fields.ts_ms.tim: "));
  EXPECT_EQ(journaled("data"), 1U);
}

}  // namespace
}  // namespace inkling::cli_test
