#include "wire/importer.h"

#include "wire/event_json.h"
#include "wire/log_files_for_test.h"

namespace inkling::wire {
namespace {

class ImporterTest : public LogFilesTest {
 protected:
  // Imports and keeps what came: events as JSON, bad lines as "line: reason | text".
  base::Result<ImportProgress> import(const std::string& path, const Mapping* mapping = nullptr,
                                      const std::string& limit = "0") {
    events_.clear();
    bad_.clear();
    reports_.clear();
    ImportOptions options;
    options.limit = *BadLineLimit::parse(limit);
    options.check = [this](const domain::Event& event) {
      return event.id == refused_id_ ? base::invalid_input("id: is refused") : base::Status();
    };
    options.on_event = [this](domain::Event& event) {
      std::string json;
      write_event(event, json);
      events_.push_back(json);
      return events_.size() == stop_at_ ? base::io_error("the journal is full") : base::Status();
    };
    options.on_bad_line = [this](const BadLine& bad) {
      bad_.push_back(std::to_string(bad.line) + ": " + bad.reason + " | " + bad.text);
    };
    options.on_progress = [this](const ImportProgress& progress) { reports_.push_back(progress); };
    return import_file(path, mapping, options);
  }

  static Mapping mapping_of(const std::string& yaml) {
    auto mapping = Mapping::parse(yaml, "m.yaml");
    EXPECT_TRUE(mapping.ok()) << mapping.status().message();
    return *std::move(mapping);
  }

  static std::string action(const std::string& id, int ts_ms) {
    return R"({"type":"action","id":")" + id + R"(","ts_ms":)" + std::to_string(ts_ms) +
           R"(,"shopper":"s","action":"view"})";
  }

  std::vector<std::string> events_;
  std::vector<std::string> bad_;
  std::vector<ImportProgress> reports_;
  std::size_t stop_at_ = 0;
  std::string refused_id_ = "none";
};

using Lines = std::vector<std::string>;

const std::string kActions =
    "format: csv\nevent: action\nfields:\n  shopper: user\n  ts_ms: {column: ts, time: epoch_ms}\n  action: what\n"
    "  query: q\n";

TEST_F(ImporterTest, reads_json_lines_in_the_order_of_the_file) {
  const auto progress = import(file("log.jsonl", action("b", 2) + "\r\n\n  \n" + action("a", 1)));
  ASSERT_TRUE(progress.ok()) << progress.status().message();
  EXPECT_EQ(events_, (Lines{action("b", 2), action("a", 1)}));
  EXPECT_EQ(progress->lines, 4U);
  EXPECT_EQ(progress->bad_lines, 0U);
  EXPECT_EQ(progress->bytes_read, progress->bytes_total);
}

TEST_F(ImporterTest, imports_plain_gzip_and_zstd_alike) {
  std::string text = "user,ts,what,q\n";
  for (int i = 0; i < 20'000; ++i)
    text += "u" + std::to_string(i % 7) + "," + std::to_string(i) + ",search,\"a\nb\"\n";
  const Mapping mapping = mapping_of(kActions + "id: \"{line}\"\n");
  ASSERT_TRUE(import(file("log", text), &mapping).ok());
  const Lines plain = events_;
  ASSERT_EQ(plain.size(), 20'000U);
  EXPECT_EQ(plain[1], R"({"type":"action","id":"4","ts_ms":1,"shopper":"u1","action":"search","query":"a\nb"})");
  ASSERT_TRUE(import(file("log.gz", gzip(text)), &mapping).ok());
  EXPECT_EQ(events_, plain);
  ASSERT_TRUE(import(file("log.zst", zstd(text)), &mapping).ok());
  EXPECT_EQ(events_, plain);
}

TEST_F(ImporterTest, stops_at_a_cut_file) {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += action("e" + std::to_string(i), i) + "\n";
  const std::string packed = gzip(text);
  const std::string path = file("log.gz", std::string_view(packed).substr(0, packed.size() / 2));
  const auto progress = import(path);
  EXPECT_EQ(progress.status().code(), base::ErrorCode::kCorrupt);
  EXPECT_EQ(progress.status().message(), path + ": the gzip stream is cut off after " +
                                             std::to_string(packed.size() / 2) +
                                             " bytes; copy or download the file again");
  EXPECT_FALSE(events_.empty());
  EXPECT_TRUE(bad_.empty());  // the line at the cut is no bad line: it was never whole
}

TEST_F(ImporterTest, hands_events_on_in_the_order_of_the_file_whatever_their_times) {
  const std::string text =
      "user,ts,what,q\nu,30,view,1\nu,10,view,\"2\n\"\"\"\nu,30,view,3\nu,20,view,4\nu,10,view,5\n";
  for (const bool by_time : {true, false}) {
    const Mapping mapping = mapping_of(kActions + (by_time ? "order: time\n" : "order: file\n"));
    EXPECT_EQ(mapping.sorts_by_time(), by_time);
    const auto progress = import(file("log.csv", text), &mapping);
    ASSERT_TRUE(progress.ok()) << progress.status().message();
    std::string queries;
    for (const std::string& event : events_) queries += event.substr(event.find("\"query\":") + 9, 1);
    EXPECT_EQ(queries, "12345");
    EXPECT_EQ(events_[1],
              R"({"type":"action","id":"log.csv:3","ts_ms":10,"shopper":"u","action":"view","query":"2\n\""})");
    EXPECT_EQ(progress->lines, 6U);  // a cell of the second line has a line break
  }
}

TEST_F(ImporterTest, an_event_that_the_check_refuses_is_a_bad_line) {
  refused_id_ = "b";
  const std::string path = file("log.jsonl", action("a", 1) + "\n" + action("b", 2) + "\n" + action("c", 3) + "\n");
  ASSERT_TRUE(import(path, nullptr, "1").ok());
  EXPECT_EQ(bad_, (Lines{"2: id: is refused | " + action("b", 2)}));
  EXPECT_EQ(events_.size(), 2U);
  EXPECT_EQ(import(path).status().message(), path + ":2: id: is refused");
}

TEST_F(ImporterTest, reports_bad_lines_and_goes_on_to_the_limit) {
  const std::string text = "user,ts,what,q\nu,1,view,\nu,x,view,\nu,2,view\nu,3,view,\"a\nu,4,view,\xFF\nu,5,view,\n";
  const Mapping mapping = mapping_of(kActions);
  const std::string path = file("log.csv", text);
  auto progress = import(path, &mapping, "4");
  ASSERT_TRUE(progress.ok()) << progress.status().message();
  EXPECT_EQ(bad_, (Lines{"3: ts_ms (column ts): \"x\" is not a time of the form epoch_ms | u,x,view,",
                         "4: the line has 3 cells; expected 4 | u,2,view",
                         "5: a quoted cell is opened and never closed | u,3,view,\"a",
                         "6: is not UTF-8: byte 10 belongs to no character | u,4,view,\xFF"}));
  EXPECT_EQ(events_.size(), 2U);
  EXPECT_EQ(progress->bad_lines, 4U);
  EXPECT_EQ(progress->lines, 6U);

  progress = import(path, &mapping, "3");
  EXPECT_EQ(progress.status().code(), base::ErrorCode::kInvalidInput);
  EXPECT_EQ(progress.status().message(),
            path + ":6: is not UTF-8: byte 10 belongs to no character (bad line 4; 3 are allowed)");
  progress = import(path, &mapping);
  EXPECT_EQ(progress.status().message(), path + ":3: ts_ms (column ts): \"x\" is not a time of the form epoch_ms");
  EXPECT_EQ(events_.size(), 1U);  // that before the bad line
}

TEST_F(ImporterTest, reports_bad_json_lines_cut_to_a_page) {
  const std::string long_line = "{\"type\":\"" + std::string(5000, 'x') + "\"}";
  const auto progress = import(file("log.jsonl", action("a", 1) + "\nnull\n" + long_line + "\n"), nullptr, "9");
  ASSERT_TRUE(progress.ok()) << progress.status().message();
  ASSERT_EQ(bad_.size(), 2U);
  EXPECT_EQ(bad_[0], "2: null is not an event; expected a JSON object | null");
  EXPECT_TRUE(bad_[1].starts_with("3: type: \"xxx"));
  EXPECT_TRUE(bad_[1].ends_with(" | " + long_line.substr(0, 4096)));
}

TEST_F(ImporterTest, stops_when_its_reader_does) {
  stop_at_ = 2;
  const auto json = import(file("log.jsonl", action("a", 1) + "\n" + action("b", 2) + "\n" + action("c", 3) + "\n"));
  EXPECT_EQ(json.status().message(), "the journal is full");
  EXPECT_EQ(events_.size(), 2U);
  const Mapping mapping = mapping_of(kActions);
  const auto csv = import(file("log.csv", "user,ts,what,q\nu,1,view,\nu,2,view,\nu,3,view,\n"), &mapping);
  EXPECT_EQ(csv.status().code(), base::ErrorCode::kIo);
  EXPECT_EQ(events_.size(), 2U);
}

TEST_F(ImporterTest, reports_progress_that_grows_to_the_end) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += action("e" + std::to_string(i), i) + "\n";
  ASSERT_TRUE(import(file("log.jsonl", text)).ok());
  ASSERT_GE(reports_.size(), 3U);
  for (std::size_t i = 1; i < reports_.size(); ++i) EXPECT_GT(reports_[i].lines, reports_[i - 1].lines);
  EXPECT_EQ(reports_.back().lines, 20'000U);
  EXPECT_EQ(reports_.back().bytes_read, text.size());
  EXPECT_EQ(reports_.back().bytes_total, text.size());
}

TEST_F(ImporterTest, reads_files_without_a_header) {
  const Mapping mapping = mapping_of(
      "format: tsv\nheader: false\ncolumns: [user, ts]\nevent: action\n"
      "fields: {shopper: user, ts_ms: {column: ts, time: epoch_ms}, action: {constant: view}}\n");
  ASSERT_TRUE(import(file("log.tsv", "s\t1\n"), &mapping).ok());
  EXPECT_EQ(events_, Lines{action("log.tsv:1", 1)});
}

TEST_F(ImporterTest, names_what_is_wrong_with_the_header) {
  const Mapping mapping = mapping_of(kActions);
  const std::string path = file("log.csv", "usr,ts,what,q\n");
  EXPECT_EQ(import(path, &mapping).status().message(), "m.yaml:4: fields.shopper: no column \"user\" in " + path +
                                                           "; expected one of usr, ts, what, q; did you mean usr?");
  const std::string empty = file("empty.csv", "");
  EXPECT_EQ(import(empty, &mapping).status().message(),
            empty + " is empty; expected a header line with the names of the columns");
}

TEST_F(ImporterTest, ignores_a_header_that_names_nothing) {
  const Mapping mapping = mapping_of(
      "format: csv\ndelimiter: \";\"\nheader: ignore\ncolumns: [user, ts]\nevent: action\n"
      "fields: {shopper: user, ts_ms: {column: ts, time: epoch_ms}, action: {constant: view}}\n");
  const auto progress = import(file("log.csv", "\xa5\xe6\xa9\xf6;?;?\ns;1\n"), &mapping);
  ASSERT_TRUE(progress.ok()) << progress.status().message();
  EXPECT_EQ(events_, Lines{action("log.csv:2", 1)});
  EXPECT_EQ(progress->lines, 1U);
}

TEST_F(ImporterTest, joins_neighbouring_lines_of_a_basket_and_no_others) {
  const Mapping mapping = mapping_of(
      "format: csv\nevent: action\nbasket: [receipt]\nid: \"{receipt}.{line}\"\n"
      "fields: {shopper: user, ts_ms: {column: ts, time: epoch_ms}, action: {constant: purchase}, item: sku,\n"
      "         quantity: n, price: {column: p, unit: minor, currency: EUR}}\n"
      "skip: [{column: n, equals: \"0\"}]\n");
  const auto progress = import(file("log.csv",
                                    "receipt,user,ts,sku,n,p\n"
                                    "r1,u,1,a,2,30\nr1,u,1,x,0,0\nr1,u,1,b,1,\n"
                                    "r2,u,2,a,1,40\nbad\nr2,u,2,c,1,50\nr1,u,3,a,1,\n"),
                               &mapping, "1");
  ASSERT_TRUE(progress.ok()) << progress.status().message();
  const std::string start = R"({"type":"action","id":")";
  EXPECT_EQ(events_,
            (Lines{start + R"(r1.2","ts_ms":1,"shopper":"u","action":"purchase","lines":[)"
                           R"({"item":"a","quantity":2,"price":{"cents":30,"currency":"EUR"}},{"item":"b"}]})",
                   start + R"(r2.5","ts_ms":2,"shopper":"u","action":"purchase","lines":[)"
                           R"({"item":"a","price":{"cents":40,"currency":"EUR"}},)"
                           R"({"item":"c","price":{"cents":50,"currency":"EUR"}}]})",
                   start + R"(r1.8","ts_ms":3,"shopper":"u","action":"purchase","lines":[{"item":"a"}]})"}));
}

TEST_F(ImporterTest, judges_a_share_of_bad_lines_at_the_end_of_a_short_log) {
  std::string text;
  for (int i = 0; i < 98; ++i) text += action("e" + std::to_string(i), i) + "\n";
  const std::string path = file("log.jsonl", "{}\n{}\n" + text);
  EXPECT_TRUE(import(path, nullptr, "2%").ok());
  EXPECT_EQ(bad_.size(), 2U);
  EXPECT_EQ(import(path, nullptr, "1.9%").status().message(), path + ": 2 of 100 lines are bad; 1.9 % are allowed");
  EXPECT_EQ(events_.size(), 98U);
}

TEST_F(ImporterTest, a_share_of_bad_lines_stops_a_long_log_early) {
  std::string text;
  for (int i = 0; i < 30'000; ++i) text += i % 50 == 0 ? "{}\n" : action("e" + std::to_string(i), i) + "\n";
  const auto progress = import(file("log.jsonl", text), nullptr, "1%");
  EXPECT_NE(progress.status().message().find(":10001: "), std::string::npos) << progress.status().message();
  EXPECT_LT(events_.size(), 10'000U);
}

TEST(BadLineLimit, takes_numbers_and_shares_only) {
  EXPECT_EQ(BadLineLimit::parse("12")->count, 12U);
  EXPECT_EQ(BadLineLimit::parse("0.5%")->text(), "0.5 %");
  for (const char* text : {"", "%", "-1", "101%", "few", "1.5", "5 %"}) {
    EXPECT_FALSE(BadLineLimit::parse(text).ok()) << text;
  }
}

}  // namespace
}  // namespace inkling::wire
