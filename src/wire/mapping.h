// A mapping file (YAML) says how the columns of a CSV or TSV log become events. Example:
//
//   format: csv                     # csv (RFC 4180 quoting) | tsv (no quoting)
//   delimiter: ","                  # optional, one character
//   header: true                    # first line names the columns; false: `columns` gives the names
//   columns: [session, ts, item, category]
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
//     session: {column: sid}
//     page: {constant: home}
//   skip: [{column: quantity, equals: "0"}]          # lines that are no events
//
// Errors name file:line, the key, the value found and the nearest valid choice. All mistakes are reported at once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "domain/event.h"

namespace inkling::wire {

// Immutable after loading; may be shared by threads.
class Mapping {
 public:
  [[nodiscard]] static base::Result<Mapping> load(const std::string& path);
  [[nodiscard]] static base::Result<Mapping> parse(std::string_view yaml, const std::string& shown_name);

  Mapping(Mapping&&) noexcept;
  Mapping& operator=(Mapping&&) noexcept;
  ~Mapping();

  [[nodiscard]] bool has_header() const;
  // `order: time`: who imports must sort the events by time, for import_file hands them on in the order of the file.
  [[nodiscard]] bool sorts_by_time() const;
  [[nodiscard]] char delimiter() const;
  [[nodiscard]] bool quoted() const;  // csv: RFC 4180 quotes
  // The names given in the mapping for a file without a header; empty otherwise.
  [[nodiscard]] const std::vector<std::string>& columns() const;
  // An independent copy, to bind to another file.
  [[nodiscard]] Mapping clone() const;

  // Binds the mapping to a file's column names; an unknown column is an error that names the nearest one.
  [[nodiscard]] base::Status bind(const std::string& file, const std::vector<std::string>& columns);
  // One row of cells to an event, after bind(): UTF-8, one cell a column. Sets `*skip` for rows that the mapping
  // leaves out; the event that comes back with it is empty.
  [[nodiscard]] base::Result<domain::Event> event(const std::vector<std::string_view>& cells, std::uint64_t line,
                                                  bool* skip) const;

 private:
  struct Plan;
  explicit Mapping(std::unique_ptr<Plan> plan);
  std::unique_ptr<Plan> plan_;
};

}  // namespace inkling::wire
