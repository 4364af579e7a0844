#include "train/booster.h"

#include <xgboost/c_api.h>

#include <cmath>
#include <limits>
#include <utility>

#include "train/booster_trees.h"

namespace inkling::train {
namespace {

using base::Result;
using base::Status;

Status told(int code) {
  return code == 0 ? Status() : base::internal_error(std::string("XGBoost: ") + XGBGetLastError());
}

}  // namespace

void Matrix::Free::operator()(void* handle) const {
  XGDMatrixFree(handle);
}

Result<Matrix> Matrix::make(std::span<const float> values, const std::vector<bool>& categories) {
  INKLING_TRY(told(XGBSetGlobalConfig(R"({"verbosity": 0})")));
  Matrix matrix;
  DMatrixHandle handle = nullptr;
  INKLING_TRY(told(XGDMatrixCreateFromMat(values.data(), values.size() / categories.size(), categories.size(),
                                          std::numeric_limits<float>::quiet_NaN(), &handle)));
  matrix.handle_.reset(handle);
  std::vector<const char*> types;
  for (const bool category : categories) types.push_back(category ? "c" : "q");
  INKLING_TRY(told(XGDMatrixSetStrFeatureInfo(handle, "feature_type", types.data(), types.size())));
  return matrix;
}

Status Matrix::set_labels(const std::vector<std::uint8_t>& labels) {
  const std::vector<float> values(labels.begin(), labels.end());
  return told(XGDMatrixSetFloatInfo(handle(), "label", values.data(), values.size()));
}

Status Matrix::set_groups(const std::vector<std::uint32_t>& sizes) {
  return told(XGDMatrixSetUIntInfo(handle(), "group", sizes.data(), sizes.size()));
}

void Booster::Free::operator()(void* handle) const {
  XGBoosterFree(handle);
}

Result<Booster> Booster::make(const Settings& settings, std::span<const Matrix* const> matrices) {
  std::vector<DMatrixHandle> handles;
  for (const Matrix* matrix : matrices) handles.push_back(matrix->handle());
  Booster booster;
  BoosterHandle handle = nullptr;
  INKLING_TRY(told(XGBoosterCreate(handles.data(), handles.size(), &handle)));
  booster.handle_.reset(handle);
  booster.settings_ = settings;
  INKLING_TRY(booster.configure(settings));
  return booster;
}

Status Booster::configure(const Settings& settings) {
  for (const auto& [name, value] : settings) {
    INKLING_TRY(told(XGBoosterSetParam(handle_.get(), name.c_str(), value.c_str())));
  }
  bst_ulong size = 0;
  const char* ignored = nullptr;
  return told(XGBoosterSaveJsonConfig(handle_.get(), &size, &ignored));
}

// A change of the tree method makes XGBoost drop its grower; the next one knows no settings until it is told again.
Status Booster::renew_draws() {
  INKLING_TRY(configure({{"tree_method", "approx"}}));
  INKLING_TRY(configure({{"tree_method", "hist"}}));
  return configure(settings_);
}

Status Booster::grow(int round, const Matrix& train) {
  return told(XGBoosterUpdateOneIter(handle_.get(), round, train.handle()));
}

Result<std::span<const float>> Booster::predict(const Matrix& matrix, std::size_t rows, int rounds) const {
  const std::string how = R"({"type": 0, "training": false, "iteration_begin": 0, "iteration_end": )" +
                          std::to_string(rounds) + R"(, "strict_shape": false})";
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* values = nullptr;
  INKLING_TRY(
      told(XGBoosterPredictFromDMatrix(handle_.get(), matrix.handle(), how.c_str(), &shape, &dimensions, &values)));
  if (dimensions != 1 || shape[0] != rows) return base::internal_error("XGBoost: predictions of an unexpected shape");
  return std::span<const float>(values, rows);
}

Result<std::string> Booster::snapshot() const {
  bst_ulong size = 0;
  const char* bytes = nullptr;
  INKLING_TRY(told(XGBoosterSerializeToBuffer(handle_.get(), &size, &bytes)));
  return std::string(bytes, size);
}

Status Booster::restore(const std::string& snapshot) {
  return told(XGBoosterUnserializeFromBuffer(handle_.get(), snapshot.data(), snapshot.size()));
}

Result<forest::TreeColumns> Booster::trees(int rounds) const {
  bst_ulong size = 0;
  const char* bytes = nullptr;
  INKLING_TRY(told(XGBoosterSaveModelToBuffer(handle_.get(), R"({"format": "json"})", &size, &bytes)));
  return trees_from_model({bytes, size}, rounds);
}

}  // namespace inkling::train
