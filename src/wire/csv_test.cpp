#include "wire/csv.h"

#include "wire/log_files_for_test.h"

namespace inkling::wire {
namespace {

struct Record {
  std::uint64_t line;
  std::vector<std::string> cells;
  std::string mistake;

  bool operator==(const Record&) const = default;
};

void PrintTo(const Record& record, std::ostream* out) {
  *out << record.line << ": " << testing::PrintToString(record.cells) << " " << record.mistake;
}

class CsvTest : public LogFilesTest {
 protected:
  std::vector<Record> records_of(std::string_view text, char delimiter = ',', bool quoted = true) const {
    std::vector<Record> records;
    auto lines = LineReader::open(file("log", text));
    EXPECT_TRUE(lines.ok());
    CsvReader reader(*lines, delimiter, quoted);
    while (reader.next().value()) {
      Record record{reader.line_number(), {}, reader.mistake()};
      if (record.mistake.empty()) record.cells.assign(reader.cells().begin(), reader.cells().end());
      records.push_back(record);
    }
    return records;
  }
};

using Records = std::vector<Record>;

TEST_F(CsvTest, splits_plain_cells_and_skips_empty_lines) {
  EXPECT_EQ(records_of("a,b\r\n\n,\n c ,\n"),
            (Records{{1, {"a", "b"}, ""}, {3, {"", ""}, ""}, {4, {" c ", ""}, ""}}));
}

TEST_F(CsvTest, reads_quoted_cells) {
  EXPECT_EQ(records_of("\"a,1\",\"\",\"say \"\"hi\"\"\",\"\"\"\",x\n\"last\""),
            (Records{{1, {"a,1", "", "say \"hi\"", "\"", "x"}, ""}, {2, {"last"}, ""}}));
  EXPECT_EQ(records_of("x,\"a\"\n,\"\"\"b\"\"\"\n"), (Records{{1, {"x", "a"}, ""}, {2, {"", "\"b\""}, ""}}));
}

TEST_F(CsvTest, keeps_line_breaks_in_quoted_cells_and_counts_their_lines) {
  EXPECT_EQ(records_of("a,\"1\r\n\n\"\"2\"\"\",b\nc,\"\n\"\nd,e,f\n"),
            (Records{{1, {"a", "1\r\n\n\"2\"", "b"}, ""}, {4, {"c", "\n"}, ""}, {6, {"d", "e", "f"}, ""}}));
}

TEST_F(CsvTest, holds_cells_together_across_its_buffers) {
  std::string text;
  const std::string cell(500'000, 'x');
  for (int i = 0; i < 8; ++i) text += "\"" + cell + "\n" + cell + "\"," + std::to_string(i) + "\n";
  const Records records = records_of(text);
  ASSERT_EQ(records.size(), 8U);
  for (std::size_t i = 0; i < records.size(); ++i) {
    EXPECT_EQ(records[i].line, 2 * i + 1);
    EXPECT_TRUE(records[i].cells == (std::vector<std::string>{cell + "\n" + cell, std::to_string(i)}));
  }
}

TEST_F(CsvTest, one_lost_quote_costs_one_line) {
  const std::string never = "a quoted cell is opened and never closed";
  EXPECT_EQ(records_of("a,\"b\nc,d\ne,f\n"), (Records{{1, {}, never}, {2, {"c", "d"}, ""}, {3, {"e", "f"}, ""}}));
  EXPECT_EQ(records_of("a,\"b\nc,\"d\"\ne,f\n"),
            (Records{{1, {}, "cell 2 goes on behind its closing quote"}, {2, {"c", "d"}, ""}, {3, {"e", "f"}, ""}}));
  std::string text = "a,\"b\n";
  while (text.size() <= kMaxRecordBytes) text += "0123456789,0123456789\n";
  const Records records = records_of(text + "\"x\",y\n");
  EXPECT_EQ(records.front(), (Record{1, {}, never}));
  EXPECT_EQ(records[1], (Record{2, {"0123456789", "0123456789"}, ""}));
  EXPECT_EQ(records.back().cells, (std::vector<std::string>{"x", "y"}));
}

TEST_F(CsvTest, refuses_quotes_in_the_wrong_place) {
  EXPECT_EQ(
      records_of("5\" pipe,x\ny,z\n"),
      (Records{
          {1, {}, "cell 1 has a quote inside an unquoted value; quote the whole value and double the quotes in it"},
          {2, {"y", "z"}, ""}}));
  EXPECT_EQ(records_of("x,\"a\" \n"), (Records{{1, {}, "cell 2 goes on behind its closing quote"}}));
}

TEST_F(CsvTest, takes_quotes_as_they_are_in_tsv) {
  EXPECT_EQ(records_of("5\" pipe\t\"x\n\"\ty\n", '\t', false),
            (Records{{1, {"5\" pipe", "\"x"}, ""}, {2, {"\"", "y"}, ""}}));
}

}  // namespace
}  // namespace inkling::wire
