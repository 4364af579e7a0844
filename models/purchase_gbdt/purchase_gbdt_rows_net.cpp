#include "models/purchase_gbdt/purchase_gbdt_rows_net.h"

#include "models/purchase_gbdt/purchase_gbdt_columns.h"
#include "sample/shard.h"

namespace inkling::models::purchase_gbdt {
namespace {

void append_row(const sample::Shard& shard, std::size_t index, std::size_t columns, Rows& rows) {
  rows.values.resize(rows.values.size() + columns);
  fill_row(shard.numbers.subspan(index * shard.number_count, shard.number_count),
           shard.statistic_ids.subspan(index * shard.statistic_id_count, shard.statistic_id_count),
           std::span(rows.values).last(columns));
  for (std::size_t k = 0; k < rows.labels.size(); ++k) {
    rows.labels[k].push_back(shard.labels[index * shard.target_count + k] != 0 ? 1 : 0);
  }
  ++rows.count;
}

}  // namespace

base::Result<TrainingRows> read_rows(const sample::SampleSet& samples) {
  INKLING_ASSIGN(const feature::Blueprint blueprint, feature::Blueprint::make(samples.blueprint));
  TrainingRows rows;
  rows.columns = column_count(blueprint);
  rows.categories = category_columns(blueprint);
  if (rows.columns == 0) return base::invalid_input("statistics: is empty, but trees read nothing else; name some");
  for (Rows* part : {&rows.train, &rows.validation}) part->labels.resize(samples.plan.targets.size());
  for (const auto& path : samples.shards) {
    INKLING_ASSIGN(const sample::Shard shard, sample::Shard::open(path));
    for (std::size_t i = 0; i < shard.sample_count(); ++i) {
      const auto part = static_cast<sample::Part>(shard.part[i]);
      if (part == sample::Part::kTrain) append_row(shard, i, rows.columns, rows.train);
      if (part == sample::Part::kValidation) append_row(shard, i, rows.columns, rows.validation);
    }
  }
  if (rows.train.count == 0) return base::invalid_input("there are no training samples");
  return rows;
}

}  // namespace inkling::models::purchase_gbdt
