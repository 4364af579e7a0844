// Structs of columns as safetensors files: one array a column. Which columns a struct has and what they are called
// tells a generic function, columns_of(visit, columns) -> Status, that calls visit(name, column) for each. Thread
// safety: free functions. Failure: as artifact's.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "artifact/safetensors.h"
#include "artifact/tensor_file.h"
#include "base/core/result.h"

namespace inkling::mining {

// Characters travel as bytes.
template <typename T>
using Stored = std::conditional_t<std::is_same_v<T, char>, std::uint8_t, T>;
template <typename Column>
using EntryOf = Stored<typename std::remove_cvref_t<Column>::value_type>;

inline constexpr auto kFactColumns = [](auto visit, auto& facts) -> base::Status {
  INKLING_TRY(visit("word.texts", facts.texts));
  INKLING_TRY(visit("word.cell_start", facts.cell_start));
  INKLING_TRY(visit("cell", facts.cell));
  INKLING_TRY(visit("cell.count", facts.cell_count));
  INKLING_TRY(visit("word.example_start", facts.example_start));
  INKLING_TRY(visit("example.rank", facts.example_rank));
  INKLING_TRY(visit("example.begin", facts.example_begin));
  return visit("example.bytes", facts.example_bytes);
};

template <typename Columns, typename ColumnsOf>
[[nodiscard]] base::Status write_columns(const std::filesystem::path& file, const Columns& columns,
                                         const ColumnsOf& columns_of, artifact::Metadata metadata = {}) {
  std::vector<artifact::TensorSpec> specs;
  const auto specify = [&](std::string_view name, const auto& column) -> base::Status {
    specs.push_back({std::string(name),
                     artifact::dtype_of<EntryOf<decltype(column)>>(),
                     {static_cast<std::int64_t>(column.size())}});
    return {};
  };
  INKLING_TRY(columns_of(specify, columns));
  INKLING_ASSIGN(auto writer, artifact::TensorFileWriter::create(file, specs, std::move(metadata)));
  INKLING_TRY(columns_of(
      [&](std::string_view, const auto& column) { return writer.append(std::as_bytes(std::span(column))); },
      columns));
  return writer.finish();
}

// Makes `columns` views of the file's arrays; says nothing of whether they fit each other.
template <typename Columns, typename ColumnsOf>
[[nodiscard]] base::Status view_columns(const artifact::Safetensors& file, Columns& columns,
                                        const ColumnsOf& columns_of) {
  const auto look = [&](std::string_view name, auto& column) -> base::Status {
    using Entry = typename std::remove_cvref_t<decltype(column)>::value_type;
    INKLING_ASSIGN(const auto stored, file.template values<EntryOf<decltype(column)>>(name, {-1}));
    column = {reinterpret_cast<const Entry*>(stored.data()), stored.size()};
    return {};
  };
  return columns_of(look, columns);
}

}  // namespace inkling::mining
