#include "wire/mapping.h"

#include <gtest/gtest.h>

#include "wire/event_json.h"

namespace inkling::wire {
namespace {

constexpr std::string_view kStart = "format: csv\nevent: action\nfields:\n  shopper: user\n";
constexpr std::string_view kTime = "  ts_ms: {column: ts, time: epoch_s}\n";
constexpr std::string_view kView = "  action: {constant: view}\n";

std::string yaml(std::string_view rest) {
  return std::string(kStart) + std::string(kTime) + std::string(kView) + std::string(rest);
}

Mapping mapping_of(const std::string& text, const std::vector<std::string>& columns) {
  auto mapping = Mapping::parse(text, "m.yaml");
  EXPECT_TRUE(mapping.ok()) << mapping.status().message();
  const auto bound = mapping->bind("folder/log.csv", columns);
  EXPECT_TRUE(bound.ok()) << bound.message();
  return *std::move(mapping);
}

std::string mistakes(const std::string& text) {
  const auto mapping = Mapping::parse(text, "m.yaml");
  EXPECT_FALSE(mapping.ok()) << text;
  return mapping.status().message();
}

// The row's event as JSON without its id, or the error.
std::string row(const Mapping& mapping, const std::vector<std::string_view>& cells) {
  static Row row;  // kept, so that every row shows whether the one before left something behind
  if (const auto read = mapping.read(cells, 12, row); !read.ok()) return read.message();
  if (row.skipped_by != nullptr) return "skipped: " + *row.skipped_by;
  std::string json;
  write_event(row.event, json);
  return json;
}

TEST(Mapping, turns_rows_into_actions) {
  const Mapping mapping = mapping_of(
      "format: csv\nevent: action\nutc_offset: \"+01:00\"\nid: \"{order}/{line}@{file}\"\n"
      "fields:\n  session: sid\n  shopper: user\n  ts_ms: {column: when, time: \"%d.%m.%Y %H:%M\"}\n"
      "  action: {column: what, values: {open: view, basket: cart_add, view: click}}\n  item: sku\n"
      "  category: {column: cat, split: \"/\"}\n  stay_ms: {column: secs, scale: 1000}\n"
      "  price: {column: eur, unit: major, currency: EUR}\n  page: {constant: home}\n  quantity: n\n"
      "  query: {column: q, values: {none: \"\", shoe: shoes}}\n",
      {"sid", "user", "when", "what", "sku", "cat", "secs", "eur", "order", "n", "q"});
  EXPECT_EQ(
      row(mapping,
          {"s1", "ann", "05.03.2024 18:20", "open", "77", "/shoes//run", "12.5", "0.29", "o", "2.0", "shoe"}),
      R"({"type":"action","id":"o/12@log.csv","ts_ms":1709659200000,"shopper":"ann","session":"s1","action":"view",)"
      R"("item":"77","category":["shoes","run"],"page":"home","stay_ms":12500,"query":"shoes","quantity":2,)"
      R"("price":{"cents":29,"currency":"EUR"}})");
  // A value is mapped once: view is click here, though open is view.
  EXPECT_EQ(row(mapping, {"", "ann", "05.03.2024 18:20", "view", "", "", "", "", "o", "", "none"}),
            R"({"type":"action","id":"o/12@log.csv","ts_ms":1709659200000,"shopper":"ann","action":"click",)"
            R"("page":"home"})");
}

TEST(Mapping, turns_rows_into_items) {
  const Mapping mapping = mapping_of(
      "format: tsv\nevent: item\nfields:\n  item: id\n  ts_ms: {constant: \"2024-03-05\", time: iso8601}\n"
      "  kind: {constant: service}\n  location: {columns: [lat, lon]}\n  attributes: {columns: [size, colour]}\n"
      "  category: {columns: [top, leaf]}\n  tags: {column: tags, split: \"|\"}\n  pictures: {column: pics, split: "
      "\" \"}\n"
      "  price: {column: cents, unit: minor}\n  on_sale: on\n  stock: pieces\n  title: name\n",
      {"id", "lat", "lon", "size", "colour", "top", "leaf", "tags", "pics", "cents", "on", "pieces", "name"});
  EXPECT_FALSE(mapping.quoted());
  EXPECT_EQ(mapping.delimiter(), '\t');
  EXPECT_EQ(
      row(mapping, {"i", "39.9", "-116", "L", "", "a", "b", "x|y", "p q ", "1250", "0", "3", "n"}),
      R"({"type":"item","id":"log.csv:12","ts_ms":1709596800000,"item":"i","kind":"service","location":[39.9,-116],)"
      R"("category":["a","b"],"price":{"cents":1250},"tags":["x","y"],"attributes":{"size":"L"},"title":"n",)"
      R"("pictures":["p","q"],"on_sale":false,"stock":3})");
  EXPECT_EQ(row(mapping, {"i", "", "-116", "", "", "", "", "", "", "", "true", "", ""}),
            R"({"type":"item","id":"log.csv:12","ts_ms":1709596800000,"item":"i","kind":"service"})");
  EXPECT_EQ(row(mapping, {"i", "91", "0", "", "", "", "", "", "", "", "", "", ""}),
            "location (column lat, lon): \"91\" is not a latitude from -90 to 90");
  EXPECT_EQ(row(mapping, {"i", "nan", "0", "", "", "", "", "", "", "", "", "", ""}),
            "location (column lat, lon): \"nan\" is not a latitude from -90 to 90");
  EXPECT_EQ(row(mapping, {"i", "", "", "", "", "", "", "", "", "1.5", "", "", ""}),
            "price (column cents): \"1.5\" is not an integer number of cents; is it unit: major?");
  EXPECT_EQ(row(mapping, {"i", "", "", "", "", "", "", "", "", "", "yes", "", ""}),
            "on_sale (column on): \"yes\" is not a flag; expected one of false, true, 0, 1");
}

TEST(Mapping, leaves_out_rows_that_are_no_events) {
  const Mapping mapping =
      mapping_of(yaml("skip: [{column: n, equals: \"0\"}, {column: user, equals: \"\"}]\n"), {"user", "ts", "n"});
  EXPECT_EQ(row(mapping, {"u", "x", "0"}), "skipped: n equals 0");
  EXPECT_EQ(row(mapping, {"", "1", "1"}), "skipped: user equals ");
  EXPECT_EQ(row(mapping, {"u", "1", "00"}),
            R"({"type":"action","id":"log.csv:12","ts_ms":1000,"shopper":"u","action":"view"})");
}

TEST(Mapping, names_field_column_and_value_of_a_bad_row) {
  const Mapping mapping = mapping_of(std::string(kStart) + std::string(kTime) +
                                         "  action: {column: what, values: {clk: click, fav: favourite}}\n  "
                                         "quantity: n\n  stay_ms: {column: dwell, scale: 1000}\n"
                                         "  price: {column: eur, unit: major, currency: EUR}\n",
                                     {"user", "ts", "what", "n", "dwell", "eur"});
  EXPECT_EQ(row(mapping, {"u", "x", "clk", "", "", ""}),
            "ts_ms (column ts): \"x\" is not a time of the form epoch_s");
  EXPECT_EQ(row(mapping, {"u", "9999999999", "clk", "", "", ""}),
            "ts_ms (column ts): \"9999999999\" is out of range; expected the years 1970 to 2199");
  EXPECT_EQ(row(mapping, {"", "1", "clk", "", "", ""}), "shopper (column user): is empty");
  EXPECT_EQ(row(mapping, {"u", "1", "", "", "", ""}), "action (column what): is empty");
  EXPECT_EQ(row(mapping, {"u", "1", "clik", "", "", ""}),
            "action (column what): \"clik\" is not among the mapping's values; expected one of clk, fav; did you "
            "mean clk?");
  EXPECT_EQ(row(mapping, {"u", "1", "clk", "-1", "", ""}),
            "quantity (column n): \"-1\" is out of range; expected 0 or more");
  EXPECT_EQ(row(mapping, {"u", "1", "clk", "1.5", "", ""}), "quantity (column n): \"1.5\" is not an integer");
  EXPECT_EQ(row(mapping, {"u", "1", "clk", "", "inf", ""}), "stay_ms (column dwell): \"inf\" is not a number");
  EXPECT_EQ(row(mapping, {"u", "1", "clk", "", "1e30", ""}),
            "stay_ms (column dwell): \"1e30\" is out of range; expected 0 or more");
  EXPECT_EQ(row(mapping, {"u", "1", "clk", "", "", "1.005"}),
            "price (column eur): \"1.005\" has more than the 2 decimals of EUR");
  EXPECT_EQ(row(mapping, {"u", "1", "clk"}), "the line has 3 cells; expected 6");
  const std::string long_id(129, 'x');
  EXPECT_EQ(row(mapping, {long_id, "1", "clk", "", "", ""}),
            "shopper (column user): \"" + std::string(60, 'x') + "...\" has 129 bytes; at most 128 are allowed");
}

TEST(Mapping, refuses_ids_that_are_no_ids) {
  const Mapping mapping = mapping_of(yaml("id: \"{user}\"\n"), {"user", "ts", "order"});
  const Mapping by_order = mapping_of(yaml("id: \"{order}\"\n"), {"user", "ts", "order"});
  EXPECT_EQ(row(by_order, {"u", "1", ""}), "id: \"\" has 0 bytes; expected 1 to 128");
  EXPECT_TRUE(row(mapping, {"u", "1", ""}).starts_with(R"({"type":"action","id":"u",)"));
}

TEST(Mapping, reports_all_mistakes_at_once_with_their_lines) {
  EXPECT_EQ(
      mistakes("format: cvs\n"
               "delimiter: \"||\"\n"
               "utc_offset: 8\n"
               "order: date\n"
               "event: action\n"
               "fields:\n"
               "  shoper: user\n"
               "  ts_ms: {column: date, time: \"%Y-%b-%d\"}\n"
               "  action:\n"
               "    column: action\n"
               "    values:\n"
               "      click: click\n"
               "      cart: card_add\n"
               "      click: view\n"
               "  price: {column: price, unit: cents, currency: euro}\n"
               "  stay_ms: {column: dwell, scale: -1}\n"
               "  item: {column: a, constant: b}\n"
               "  page: [a]\n"
               "  session:\n"
               "  item: c\n"
               "id: \"{file\"\n"
               "skip: [{column: n}]\n"
               "sort: time\n"),
      "m.yaml:1: format: \"cvs\" is unknown; expected one of csv, tsv; did you mean csv?\n"
      "m.yaml:2: delimiter: \"||\" is not one character such as \";\"\n"
      "m.yaml:3: utc_offset: \"8\" is not an offset such as \"+08:00\"\n"
      "m.yaml:4: order: \"date\" is unknown; expected one of time, file\n"
      "m.yaml:6: fields.shopper: is missing; every action needs it\n"
      "m.yaml:7: fields.shoper: unknown key; expected one of ts_ms, shopper, action, session, item, category, page, "
      "stay_ms, query, tag, request, quantity, price, coupon, expires_ms; did you mean shopper?\n"
      "m.yaml:8: fields.ts_ms.time: \"%Y-%b-%d\" holds %b; expected only %Y %m %d %H %M %S %f %z and %%\n"
      "m.yaml:13: fields.action.values.cart: \"card_add\" is not an action; expected one of page_enter, page_leave, "
      "back, view, search, filter, tag_pick, click, favourite, cart_add, cart_remove, cart_tick, cart_untick, call, "
      "chat, share, skip, checkout, purchase, grant, redeem, expire; did you mean cart_add?\n"
      "m.yaml:14: fields.action.values.click: stands twice, first in line 12; keep one of them\n"
      "m.yaml:15: fields.price.unit: \"cents\" is unknown; expected one of major, minor\n"
      "m.yaml:15: fields.price.currency: \"euro\" is not an ISO 4217 code of three capitals, such as EUR\n"
      "m.yaml:16: fields.stay_ms.scale: \"-1\" is not a number above 0\n"
      "m.yaml:17: fields.item: expected exactly one of the keys column, constant or template\n"
      "m.yaml:18: fields.page: expected one value, not a list or keys\n"
      "m.yaml:19: fields.session: has no value\n"
      "m.yaml:20: fields.item: stands twice, first in line 17; keep one of them\n"
      "m.yaml:21: id: \"{file\" opens a brace and never closes it\n"
      "m.yaml:22: skip[0]: expected column and one of equals, one_of, not_equals, starts_with, below and empty\n"
      "m.yaml:23: sort: unknown key; expected one of format, delimiter, header, trim, columns, utc_offset, order, "
      "event, id, fields, skip, basket");
}

TEST(Mapping, says_what_a_mapping_must_have) {
  EXPECT_EQ(mistakes("order: file\n"),
            "m.yaml:1: format: is missing; expected csv or tsv\n"
            "m.yaml:1: event: is missing; expected action or item\n"
            "m.yaml:1: fields: is missing; expected event fields and their columns");
  EXPECT_EQ(mistakes("format: csv\nevent: action\nfields: {shopper: u, ts_ms: when, action: a, price: p}\n"),
            "m.yaml:3: fields.ts_ms: expected {column: name, time: form}\n"
            "m.yaml:3: fields.price: expected {column: name, unit: major or minor, currency: EUR}");
  EXPECT_EQ(
      mistakes(
          "format: csv\nevent: action\nfields: {shopper: u, ts_ms: {column: w}, action: a, price: {column: p}}\n"),
      "m.yaml:3: fields.ts_ms.time: is missing; expected epoch_s, epoch_ms, iso8601 or a form such as \"%Y-%m-%d\"\n"
      "m.yaml:3: fields.price.unit: is missing; expected major (12.50) or minor (1250)");
  EXPECT_EQ(mistakes(""), "m.yaml:1: the file is empty");
  EXPECT_EQ(mistakes("# nothing\n"), "m.yaml:1: the file is empty");
  EXPECT_EQ(mistakes("~\n"), "m.yaml:1: expected keys and values");
  EXPECT_EQ(mistakes("- a\n"), "m.yaml:1: expected keys and values");
  EXPECT_EQ(
      mistakes("format: csv\nevent: item\nfields: {item: i, ts_ms: {constant: \"1\"}, location: {columns: [a]}}\n"),
      "m.yaml:3: fields.location.columns: expected two, latitude and longitude");
}

TEST(Mapping, checks_constants_when_it_is_loaded) {
  EXPECT_TRUE(mistakes(std::string(kStart) + std::string(kTime) + "  action: {constant: clik}\n")
                  .starts_with("m.yaml:6: fields.action.constant: \"clik\" is not an action; "));
}

TEST(Mapping, names_the_line_of_broken_yaml) {
  EXPECT_TRUE(mistakes("format: csv\nevent: [action\nfields: {}\n").starts_with("m.yaml:3:"));
  EXPECT_EQ(mistakes("format: csv\nevent: \xFF\n"), "m.yaml:2: the file is not UTF-8 from this line on; expected text saved as UTF-8");
}

TEST(Mapping, looks_up_columns_in_the_header) {
  auto mapping = Mapping::parse(yaml("  item: brnd\nid: \"{order}\"\n"), "m.yaml");
  ASSERT_TRUE(mapping.ok()) << mapping.status().message();
  EXPECT_EQ(mapping->bind("log.csv", {"user", "brand", "ts", "user"}).message(),
            "m.yaml:4: fields.shopper: column \"user\" stands twice in log.csv\n"
            "m.yaml:7: fields.item: no column \"brnd\" in log.csv; expected one of user, brand, ts, user; did you "
            "mean brand?\n"
            "m.yaml:8: id: no column \"order\" in log.csv; expected one of user, brand, ts, user");
}

TEST(Mapping, takes_the_names_of_columns_from_itself_without_a_header) {
  const std::string text = yaml("header: false\ncolumns: [user, ts]\n");
  auto mapping = Mapping::parse(text, "m.yaml");
  ASSERT_TRUE(mapping.ok()) << mapping.status().message();
  EXPECT_EQ(mapping->header(), Header::kNone);
  EXPECT_EQ(mapping->columns(), (std::vector<std::string>{"user", "ts"}));
  EXPECT_EQ(mistakes(yaml("header: false\n")),
            "m.yaml:1: columns: is missing; without a header line the mapping names the columns");
  EXPECT_EQ(mistakes(yaml("columns: [user, ts]\n")),
            "m.yaml:7: columns: is only for files whose header line does not name them (header: false or ignore)");
  EXPECT_EQ(mistakes(yaml("  item: itm\nheader: false\ncolumns: [user, ts, item]\n")),
            "m.yaml:7: fields.item: no column \"itm\" in m.yaml; expected one of user, ts, item; did you mean item?");
}

TEST(Mapping, clones_are_bound_apart) {
  const Mapping first = mapping_of(yaml(""), {"user", "ts"});
  Mapping second = first.clone();
  ASSERT_TRUE(second.bind("other.csv", {"ts", "user"}).ok());
  EXPECT_EQ(row(first, {"u", "1"}),
            R"({"type":"action","id":"log.csv:12","ts_ms":1000,"shopper":"u","action":"view"})");
  EXPECT_EQ(row(second, {"1", "u"}),
            R"({"type":"action","id":"other.csv:12","ts_ms":1000,"shopper":"u","action":"view"})");
}

TEST(Mapping, leaves_lines_out_by_what_a_cell_says) {
  const Mapping mapping =
      mapping_of(yaml("skip:\n  - {column: n, below: 1}\n  - {column: kind, starts_with: C, why: cancelled}\n"
                      "  - {column: kind, one_of: [POST, FEE]}\n  - {column: extra, not_equals: x}\n"
                      "  - {column: user, empty: true}\n"),
                 {"user", "ts", "n", "kind", "extra"});
  EXPECT_EQ(row(mapping, {"u", "1", "-3", "", "x"}), "skipped: n below 1");
  EXPECT_EQ(row(mapping, {"u", "1", "0.5", "", "x"}), "skipped: n below 1");
  EXPECT_EQ(row(mapping, {"u", "1", "1", "C7", "x"}), "skipped: cancelled");
  EXPECT_EQ(row(mapping, {"u", "1", "1", "FEE", "x"}), "skipped: kind is one of POST FEE");
  EXPECT_EQ(row(mapping, {"u", "1", "1", "", "y"}), "skipped: extra not_equals x");
  EXPECT_EQ(row(mapping, {"", "1", "1", "", "x"}), "skipped: user is empty");
  EXPECT_EQ(row(mapping, {"u", "1", "many", "POSTER", "x"}),
            R"({"type":"action","id":"log.csv:12","ts_ms":1000,"shopper":"u","action":"view"})");
}

TEST(Mapping, makes_texts_of_several_columns_and_leaves_blanks_and_missing_cells_out) {
  const Mapping mapping =
      mapping_of(yaml("  session: {template: \"{user}/{day}\"}\n  category: {column: cat, missing: [\"0\", none]}\n"
                      "  query: {column: q, missing: [\"-\"], values: {a: b}}\ntrim: true\n"),
                 {"user", "ts", "day", "cat", "q"});
  EXPECT_EQ(row(mapping, {" u ", "1\t", "\t7", "0", "-"}),
            R"({"type":"action","id":"log.csv:12","ts_ms":1000,"shopper":"u","session":"u/7","action":"view"})");
  EXPECT_EQ(row(mapping, {"u", "1", "7", "00", "a"}),
            R"({"type":"action","id":"log.csv:12","ts_ms":1000,"shopper":"u","session":"u/7","action":"view",)"
            R"("category":["00"],"query":"b"})");
}

TEST(Mapping, tries_the_forms_of_a_time_in_turn_and_adds_a_year_that_the_log_leaves_out) {
  constexpr std::string_view kRest = "  action: {constant: view}\n";
  const std::string two =
      std::string(kStart).append("  ts_ms: {column: ts, time: [\"%m/%d/%Y\", iso8601]}\n").append(kRest);
  const Mapping forms = mapping_of(two, {"user", "ts"});
  const std::string second = R"({"type":"action","id":"log.csv:12","ts_ms":86400000,"shopper":"u","action":"view"})";
  EXPECT_EQ(row(forms, {"u", "1/2/1970"}), second);
  EXPECT_EQ(row(forms, {"u", "1970-01-02"}), second);
  EXPECT_EQ(row(forms, {"u", "2.1.70"}),
            "ts_ms (column ts): \"2.1.70\" is not a time of the form %m/%d/%Y or iso8601");
  const std::string year =
      std::string(kStart).append("  ts_ms: {column: ts, time: \"%m月%d日\", year: 1970}\n").append(kRest);
  EXPECT_EQ(row(mapping_of(year, {"user", "ts"}), {"u", "1月2日"}), second);
}

TEST(Mapping, divides_the_price_of_a_line_by_its_pieces) {
  const Mapping mapping = mapping_of(
      yaml("  price: {column: p, unit: major, currency: EUR, per: n}\n  quantity: n\n"), {"user", "ts", "p", "n"});
  const auto cents = [&](std::string_view price, std::string_view pieces) {
    const std::string json = row(mapping, {"u", "1", price, pieces});
    const std::size_t at = json.find("\"cents\":");
    return at == json.npos ? json : json.substr(at + 8, json.find(',', at) - at - 8);
  };
  EXPECT_EQ(cents("10", "4"), "250");
  EXPECT_EQ(cents("0.10", "4"), "3");  // 2.5
  EXPECT_EQ(cents("0.10", "3"), "3");  // 3.3
  EXPECT_EQ(cents("7", "1"), "700");
  EXPECT_EQ(cents("7", "0"), "price (column p): cannot be divided by \"0\" pieces; expected 1 or more");
}

TEST(Mapping, tells_what_is_wrong_with_baskets_templates_and_skip_rules) {
  EXPECT_EQ(mistakes(yaml("  session: {template: \"{user\"}\nbasket: [receipt]\n"
                          "skip: [{column: a, below: few}, {column: a, equals: b, empty: true}]\n")),
            "m.yaml:7: fields.session.template: \"{user\" opens a brace and never closes it\n"
            "m.yaml:8: basket: needs the field item: the order lines are about items\n"
            "m.yaml:9: skip[0].below: \"few\" is not a number\n"
            "m.yaml:9: skip[1]: expected column and one of equals, one_of, not_equals, starts_with, below and empty");
}

}  // namespace
}  // namespace inkling::wire
