// A mapping file (YAML) says how the columns of a CSV or TSV log become events. Example:
//
//   format: csv                     # csv (RFC 4180 quoting) | tsv (no quoting)
//   delimiter: ","                  # optional, one character
//   header: true                    # first line names the columns; false: there is none, `columns` gives the names;
//                                   # ignore: there is one, and `columns` gives the names all the same
//   columns: [session, ts, item, category]
//   trim: true                      # blanks around cells do not count
//   utc_offset: "+08:00"            # of times without a zone; default +00:00
//   order: time                     # time: sort by time before journaling; file: lines are in order already
//   event: action                   # action | item
//   id: "{file}:{line}"             # optional template over {file}, {line} and {column}; this is the default
//   fields:                         # event field <- column
//     shopper: user
//     ts_ms: {column: date, time: "%Y-%m-%d"}        # strptime form | epoch_s | epoch_ms | iso8601
//     action: {column: action, values: {click: click, fav: favourite, cart: cart_add, buy: purchase}}
//     item: brand
//     category: {columns: [top, leaf]}                # path, or {column: c, split: "/"}
//     price: {column: price, unit: major, currency: EUR}   # major: 12.50 | minor: 1250
//     stay_ms: {column: dwell, scale: 1000}
//     session: {template: "{date}/{sid}"}
//     page: {constant: home}
//     query: {column: words, missing: ["-"]}           # cells that say nothing
//   skip: [{column: quantity, equals: "0"}]            # lines that are no events; also one_of, not_equals,
//                                                      # starts_with, below, empty: true
//   basket: [receipt]               # neighbouring lines that agree in these columns are one purchase of many lines
//
// Errors name file:line, the key, the value found and the nearest valid choice. All mistakes are reported at once.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "domain/event.h"

namespace inkling::wire {

enum class Header : std::uint8_t { kNamesColumns, kNone, kIgnored };

// What one line of a log became. Kept from line to line for its memory.
struct Row {
  domain::Event event;
  const std::string* skipped_by =
      nullptr;         // the skip rule that leaves the line out, in words; the event is then empty
  std::string basket;  // which basket the line belongs to, when the mapping has baskets
};

// Immutable after loading; may be shared by threads.
class Mapping {
 public:
  [[nodiscard]] static base::Result<Mapping> load(const std::string& path);
  [[nodiscard]] static base::Result<Mapping> parse(std::string_view yaml, const std::string& shown_name);

  Mapping(Mapping&&) noexcept;
  Mapping& operator=(Mapping&&) noexcept;
  ~Mapping();

  [[nodiscard]] Header header() const;
  // Each event is then one order line; whoever reads joins the neighbours that have the same Row::basket.
  [[nodiscard]] bool has_baskets() const;
  // `order: time`: who imports must sort the events by time, for import_file hands them on in the order of the file.
  [[nodiscard]] bool sorts_by_time() const;
  [[nodiscard]] char delimiter() const;
  [[nodiscard]] bool quoted() const;  // csv: RFC 4180 quotes
  // The names given in the mapping for a file whose header names none; empty otherwise.
  [[nodiscard]] const std::vector<std::string>& columns() const;
  // An independent copy, to bind to another file.
  [[nodiscard]] Mapping clone() const;

  // Binds the mapping to a file's column names; an unknown column is an error that names the nearest one.
  [[nodiscard]] base::Status bind(const std::string& file, const std::vector<std::string>& columns);
  // One row of cells to an event, after bind(): UTF-8, one cell a column. Cost: no allocation but for texts longer
  // than those that `row` had room for.
  [[nodiscard]] base::Status read(std::span<const std::string_view> cells, std::uint64_t line, Row& row) const;

 private:
  struct Plan;
  explicit Mapping(std::unique_ptr<Plan> plan);
  std::unique_ptr<Plan> plan_;
};

}  // namespace inkling::wire
