#include "sample/shard.h"

#include <cmath>
#include <utility>

#include "artifact/tensor_file.h"
#include "base/core/json.h"

namespace inkling::sample {
namespace {

using artifact::Dtype;
using artifact::Safetensors;
using artifact::TensorSpec;
using base::Result;
using base::Status;

std::int64_t as_size(std::size_t size) {
  return static_cast<std::int64_t>(size);
}

// What is written, in file order: a name, a shape and the values.
class ShardTensors {
 public:
  template <typename T>
  void add(std::string name, artifact::Shape shape, const std::vector<T>& values) {
    specs.push_back({std::move(name), artifact::dtype_of<T>(), std::move(shape)});
    data.push_back(std::as_bytes(std::span<const T>(values)));
  }
  std::vector<TensorSpec> specs;
  std::vector<std::span<const std::byte>> data;
};

ShardTensors tensors_of(const ShardColumns& columns, const feature::Blueprint& blueprint, const SamplePlan& plan) {
  const std::int64_t samples = as_size(columns.sample_count());
  ShardTensors tensors;
  for (std::size_t v = 0; v < columns.views.size(); ++v) {
    const auto& view = columns.views[v];
    const feature::ViewSpec& spec = blueprint.spec().views[v];
    const std::string name(feature::view_name(spec.view));
    const std::int64_t features = as_size(spec.features.size());
    tensors.add("view." + name + ".ids", {as_size(view.ids.size()) / features, features}, view.ids);
    tensors.add("sample." + name + ".begin", {samples}, view.begin);
    tensors.add("sample." + name + ".end", {samples}, view.end);
  }
  tensors.add("sample.numbers", {samples, as_size(blueprint.number_count())}, columns.numbers);
  tensors.add("sample.ids", {samples, as_size(blueprint.statistic_id_count())}, columns.statistic_ids);
  tensors.add("sample.labels", {samples, as_size(plan.targets.size())}, columns.labels);
  tensors.add("sample.part", {samples}, columns.part);
  tensors.add("sample.ts_ms", {samples}, columns.ts_ms);
  tensors.add("sample.sequence", {samples}, columns.sequence);
  tensors.add("sample.shopper", {samples}, columns.shopper);
  return tensors;
}

Result<std::int64_t> extent(const Safetensors& tensors, std::string_view name, std::size_t axis, std::size_t rank) {
  const auto* view = tensors.find(name);
  if (view == nullptr) return base::corrupt("tensor \"" + std::string(name) + "\" is missing");
  if (view->shape.size() == rank) return view->shape[axis];
  return base::corrupt("tensor \"" + std::string(name) + "\" has shape " + artifact::shape_text(view->shape) + "; " +
                       std::to_string(rank) + " axes are expected");
}

Status check_parts(std::span<const std::uint8_t> parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] < static_cast<std::uint8_t>(Part::kUnused)) continue;
    return base::corrupt("sample.part: sample " + std::to_string(i) + " is in part " + std::to_string(parts[i]) +
                         "; 0 (train), 1 (validation) and 2 (test) are known");
  }
  return {};
}

// One a number: whether its encoder leaves a missing value as it is, which is NaN (feature/encoder.h, raw).
Result<std::vector<bool>> numbers_that_may_miss(const std::string& blueprint_json) {
  INKLING_ASSIGN(const base::Json json, base::Json::parse(blueprint_json));
  INKLING_ASSIGN(const feature::BlueprintSpec spec, feature::blueprint_from_json(base::JsonView(json, "blueprint")));
  std::vector<bool> may_miss;
  for (const feature::FeatureSpec& statistic : spec.statistics) {
    if (!statistic.encoder.gives_number()) continue;
    may_miss.push_back(statistic.encoder.kind == feature::EncoderKind::kRaw);
  }
  return may_miss;
}

// A network multiplies every number with something: one that is none spoils all weights. Trees know what to do.
Status check_numbers(std::span<const float> numbers, const std::vector<bool>& may_miss) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::size_t column = i % may_miss.size();
    if (std::isfinite(numbers[i]) || (may_miss[column] && std::isnan(numbers[i]))) continue;
    return base::corrupt("sample.numbers: number " + std::to_string(column) + " of sample " +
                         std::to_string(i / may_miss.size()) + " is " + std::to_string(numbers[i]) +
                         "; every number must be finite");
  }
  return {};
}

Status check_labels(std::span<const std::uint8_t> labels, std::size_t targets) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] <= 1) continue;
    return base::corrupt("sample.labels: label " + std::to_string(i % targets) + " of sample " +
                         std::to_string(i / targets) + " is " + std::to_string(labels[i]) + "; 0 and 1 are known");
  }
  return {};
}

Status check_ranges(const Shard::ViewData& view, const std::string& name) {
  const std::int64_t records = as_size(view.ids.size() / view.features);
  for (std::size_t i = 0; i < view.begin.size(); ++i) {
    if (view.begin[i] >= 0 && view.begin[i] <= view.end[i] && view.end[i] <= records) continue;
    return base::corrupt("sample." + name + ": sample " + std::to_string(i) + " names records [" +
                         std::to_string(view.begin[i]) + ", " + std::to_string(view.end[i]) + ") of " +
                         std::to_string(records));
  }
  return {};
}

}  // namespace

std::size_t ShardColumns::bytes() const {
  std::size_t sum = numbers.size() * sizeof(float) + part.size() * (3 * sizeof(std::int64_t) + 4);
  for (const auto& view : views) sum += view.ids.size() * sizeof(std::int32_t) + view.begin.size() * 16;
  return sum;
}

Status write_shard(const std::filesystem::path& path, const ShardColumns& columns,
                   const feature::Blueprint& blueprint, const SamplePlan& plan) {
  const ShardTensors tensors = tensors_of(columns, blueprint, plan);
  artifact::Metadata metadata = {{"format", std::string(kShardFormat)},
                                 {"blueprint", feature::blueprint_to_json(blueprint.spec()).to_text()},
                                 {"plan", sample_plan_to_json(plan).to_text()}};
  INKLING_ASSIGN(auto writer, artifact::TensorFileWriter::create(path, tensors.specs, std::move(metadata)));
  for (const auto& bytes : tensors.data) INKLING_TRY(writer.append(bytes));
  return writer.finish();
}

Result<Shard> Shard::open(const std::filesystem::path& path) {
  INKLING_ASSIGN(auto file, artifact::MappedFile::open(path));
  Shard shard(std::move(file));
  const Status status = shard.read();
  if (!status.ok()) return status.within(path.string());
  return shard;
}

Status Shard::read() {
  INKLING_ASSIGN(const Safetensors tensors, Safetensors::parse(file_.bytes()));
  const auto text = [&](const char* key) {
    const auto found = tensors.metadata().find(key);
    return found == tensors.metadata().end() ? std::string() : found->second;
  };
  if (text("format") != kShardFormat) {
    return base::unsupported("sample format \"" + text("format") + "\" is not " + std::string(kShardFormat) +
                             "; build the samples again");
  }
  blueprint_json = text("blueprint");
  plan_json = text("plan");
  INKLING_ASSIGN(const std::int64_t samples, extent(tensors, "sample.part", 0, 1));
  INKLING_TRY(read_views(tensors, samples));
  return read_samples(tensors, samples);
}

Status Shard::read_views(const Safetensors& tensors, std::int64_t samples) {
  for (const feature::View view : {feature::View::kSwipe, feature::View::kTap, feature::View::kBrowse}) {
    const std::string name(feature::view_name(view));
    const std::string ids = "view." + name + ".ids";
    if (tensors.find(ids) == nullptr) continue;
    ViewData data;
    INKLING_ASSIGN(const std::int64_t features, extent(tensors, ids, 1, 2));
    if (features < 1) return base::corrupt("tensor \"" + ids + "\" has no features");
    data.features = static_cast<std::size_t>(features);
    INKLING_ASSIGN(data.ids, tensors.values<std::int32_t>(ids, {-1, features}));
    INKLING_ASSIGN(data.begin, tensors.values<std::int64_t>("sample." + name + ".begin", {samples}));
    INKLING_ASSIGN(data.end, tensors.values<std::int64_t>("sample." + name + ".end", {samples}));
    INKLING_TRY(check_ranges(data, name));
    views.push_back(data);
  }
  return {};
}

Status Shard::read_samples(const Safetensors& tensors, std::int64_t samples) {
  const auto width = [&](const char* name, std::size_t& out) -> Status {
    INKLING_ASSIGN(const std::int64_t columns, extent(tensors, name, 1, 2));
    out = static_cast<std::size_t>(columns);
    return {};
  };
  INKLING_TRY(width("sample.numbers", number_count));
  INKLING_TRY(width("sample.ids", statistic_id_count));
  INKLING_TRY(width("sample.labels", target_count));
  INKLING_ASSIGN(numbers, tensors.floats("sample.numbers", {samples, as_size(number_count)}));
  INKLING_ASSIGN(statistic_ids, tensors.values<std::int32_t>("sample.ids", {samples, as_size(statistic_id_count)}));
  INKLING_ASSIGN(labels, tensors.values<std::uint8_t>("sample.labels", {samples, as_size(target_count)}));
  INKLING_ASSIGN(part, tensors.values<std::uint8_t>("sample.part", {samples}));
  INKLING_ASSIGN(const std::vector<bool> may_miss, numbers_that_may_miss(blueprint_json));
  if (may_miss.size() != number_count) {
    return base::corrupt("sample.numbers: has " + std::to_string(number_count) + " columns; the blueprint names " +
                         std::to_string(may_miss.size()) + " numbers");
  }
  INKLING_TRY(check_numbers(numbers, may_miss));
  INKLING_TRY(check_labels(labels, target_count));
  INKLING_TRY(check_parts(part));
  INKLING_ASSIGN(ts_ms, tensors.values<std::int64_t>("sample.ts_ms", {samples}));
  INKLING_ASSIGN(sequence, tensors.values<std::int64_t>("sample.sequence", {samples}));
  INKLING_ASSIGN(shopper, tensors.values<std::int64_t>("sample.shopper", {samples}));
  return {};
}

}  // namespace inkling::sample
