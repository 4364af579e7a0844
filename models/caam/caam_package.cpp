#include "models/caam/caam_package.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace inkling::models::caam {
namespace {

using artifact::Safetensors;
using artifact::SafetensorsWriter;
using base::Result;
using base::Status;

template <typename T>
Status write(SafetensorsWriter& out, const std::string& name, const std::vector<T>& values) {
  return out.add<T>(name, {static_cast<std::int64_t>(values.size())}, std::span<const T>(values));
}

Status write_normal(const Normal& normal, const std::string& part, SafetensorsWriter& out) {
  INKLING_TRY(write(out, "normal." + part + ".mean", normal.mean));
  return write(out, "normal." + part + ".scale", normal.scale);
}

Result<std::vector<float>> read_finite(const Safetensors& weights, const std::string& name, std::size_t columns) {
  INKLING_ASSIGN(const auto values, weights.floats(name, {static_cast<std::int64_t>(columns)}));
  const bool finite = std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
  if (!finite) return base::corrupt("tensor \"" + name + "\" holds a value that is no number");
  return std::vector<float>(values.begin(), values.end());
}

Result<Normal> read_normal(const Safetensors& weights, const std::string& part, std::size_t columns) {
  Normal normal;
  INKLING_ASSIGN(normal.mean, read_finite(weights, "normal." + part + ".mean", columns));
  INKLING_ASSIGN(normal.scale, read_finite(weights, "normal." + part + ".scale", columns));
  return normal;
}

}  // namespace

Status write_input_tables(const InputTables& tables, SafetensorsWriter& out) {
  for (std::size_t table = 0; table < Vocabulary::kNamed; ++table) {
    INKLING_TRY(write(out, std::string("names.") + kItemTableNames[table], tables.vocabulary.names()[table]));
  }
  INKLING_TRY(write_normal(tables.request, "request", out));
  return write_normal(tables.candidate, "candidate", out);
}

Result<InputTables> read_input_tables(const Safetensors& weights) {
  Vocabulary::Names names;
  for (std::size_t table = 0; table < Vocabulary::kNamed; ++table) {
    const std::string name = std::string("names.") + kItemTableNames[table];
    INKLING_ASSIGN(const auto values, weights.values<std::uint64_t>(name, {-1}));
    names[table].assign(values.begin(), values.end());
  }
  InputTables tables;
  INKLING_ASSIGN(tables.vocabulary, Vocabulary::make(std::move(names)));
  INKLING_ASSIGN(tables.request, read_normal(weights, "request", kRequestColumns));
  INKLING_ASSIGN(tables.candidate, read_normal(weights, "candidate", kCandidateColumns));
  return tables;
}

}  // namespace inkling::models::caam
