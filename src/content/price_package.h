// Learnt prices as packages (artifact/package.h), one package a template, so that the registry's states and a
// server's exchange of a live version work for them as for models: <data>/packages/prices_<template>/<version>/. Not
// for learning (price_estimate.h).
//
// Format 1: one tensor a column (price_arrays.h); params hold `price_format`, `normal_form`, `template` and the
// settings, metrics the posts and how well they are estimated left out. Prices depend on neither fold nor features,
// so both versions are 0. The same estimator and manifest give the same bytes. Thread safety: free functions. Cost:
// opening reads every byte twice. Failure: as artifact's; kUnsupported for a newer format, kCorrupt that names file
// and tensor.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "artifact/package.h"
#include "content/price_estimate.h"

namespace inkling::content {

inline constexpr std::string_view kPricePackagePrefix = "prices_";
inline constexpr int kPriceFormat = 1;
// What artifact::open_package is asked for.
inline constexpr int kPriceFoldVersion = 0;
inline constexpr int kPriceFeatureVersion = 0;

// "prices_moving"
[[nodiscard]] std::string price_package_name(std::string_view template_id);

// Fills in name, model, both versions, params and metrics; version, seed and times are the caller's.
[[nodiscard]] artifact::PackageManifest price_manifest(artifact::PackageManifest manifest,
                                                       std::string_view template_id, const PriceEstimator& estimator);
[[nodiscard]] base::Result<artifact::SafetensorsWriter> price_tensors(const PriceEstimator& estimator);
[[nodiscard]] base::Result<PriceEstimator> read_price_tensors(const artifact::PackageManifest& manifest,
                                                              const artifact::Safetensors& weights);
// kCorrupt where it is another template's.
[[nodiscard]] base::Result<PriceEstimator> open_price_package(const std::filesystem::path& data_folder,
                                                              std::string_view template_id, std::string_view version);

}  // namespace inkling::content
