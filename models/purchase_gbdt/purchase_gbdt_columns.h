// The columns of a row, on which both halves of the boosted trees must agree.
//
// A row has one column a statistic: first the numbers in the blueprint's order (encoder raw keeps NaN as missing),
// then the ids, without padding and missing ones as NaN. Names (encoder vocabulary) are categories, asked for by
// sets; all other ids are ordered. Trees lie in a package as forest/tree_columns.h has it, target by target; `start`
// is the logit before any tree. Thread safety: plain values. Wasm-clean.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "feature/blueprint.h"

namespace inkling::models::purchase_gbdt {

[[nodiscard]] std::size_t column_count(const feature::Blueprint& blueprint);
// Whether each column holds categories rather than something to compare.
[[nodiscard]] std::vector<bool> category_columns(const feature::Blueprint& blueprint);
// `row` has column_count() places. Id is std::uint32_t (serving) or std::int32_t (shards).
template <typename Id>
void fill_row(std::span<const float> numbers, std::span<const Id> ids, std::span<float> row);

}  // namespace inkling::models::purchase_gbdt
