#include "content/price_package.h"

#include <type_traits>
#include <utility>

#include "content/price_arrays.h"
#include "text/normal_form.h"

namespace inkling::content {
namespace {

using artifact::PackageManifest;
using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

constexpr double kMostSetting = 1e6, kLeastReach = 1e-9;

// Characters travel as bytes.
template <typename T>
using Stored = std::conditional_t<std::is_same_v<T, char>, std::uint8_t, T>;

Json settings_json(const PriceSettings& settings) {
  Json weights = Json::object();
  for (const auto& [field, weight] : settings.field_weights) weights.set(field, weight);
  Json made = Json::object();
  made.set("like_weight", settings.like_weight).set("like_reach", settings.like_reach);
  return made.set("spread_posts", settings.spread_posts).set("field_weights", std::move(weights));
}

Result<PriceSettings> read_settings(const JsonView& params) {
  PriceSettings settings;
  INKLING_ASSIGN(const JsonView told, params.member("settings"));
  INKLING_ASSIGN(settings.like_weight, told.number("like_weight", 0, kMostSetting));
  INKLING_ASSIGN(settings.like_reach, told.number("like_reach", kLeastReach, kMostSetting));
  INKLING_ASSIGN(settings.spread_posts, told.number("spread_posts", kLeastReach, kMostSetting));
  INKLING_ASSIGN(const JsonView weights, told.member("field_weights"));
  const Json::Object* members = weights.json().if_object();
  if (members == nullptr) return weights.refuse("is no object");
  for (const base::JsonMember& member : *members) {
    INKLING_ASSIGN(settings.field_weights[member.key], weights.number(member.key, 0, kMostSetting));
  }
  return settings;
}

Status check_format(const JsonView& params) {
  INKLING_ASSIGN(const std::int64_t format, params.integer("price_format", 1));
  if (format > kPriceFormat) {
    return base::unsupported("the prices have format " + std::to_string(format) +
                             ", but this build reads formats up to " + std::to_string(kPriceFormat) +
                             "; use a newer build of Inkling.");
  }
  INKLING_ASSIGN(const std::int64_t form, params.integer("normal_form", 1));
  if (form == text::kNormalFormVersion) return {};
  return base::unsupported("the prices have normal form " + std::to_string(form) +
                           ", but this build reads posts in form " + std::to_string(text::kNormalFormVersion) +
                           "; learn them anew.");
}

// What a reader of params refuses is damage here.
Status as_damage(const Status& status) {
  return status.code() == base::ErrorCode::kInvalidInput ? base::corrupt(status.message()) : status;
}

}  // namespace

std::string price_package_name(std::string_view template_id) {
  return std::string(kPricePackagePrefix) + std::string(template_id);
}

PackageManifest price_manifest(PackageManifest manifest, std::string_view template_id,
                               const PriceEstimator& estimator) {
  manifest.name = price_package_name(template_id);
  manifest.model = "";
  manifest.fold_version = kPriceFoldVersion;
  manifest.feature_version = kPriceFeatureVersion;
  manifest.params = Json::object();
  manifest.params.set("price_format", kPriceFormat).set("normal_form", text::kNormalFormVersion);
  manifest.params.set("template", template_id).set("settings", settings_json(estimator.settings()));
  const LeftOutFigures left = estimator.left_out();
  manifest.metrics["posts"] = static_cast<double>(estimator.posts());
  manifest.metrics["left_out.coverage"] = left.estimated.coverage;
  manifest.metrics["left_out.mean_width_cents"] = left.estimated.mean_width_cents;
  manifest.metrics["left_out.median_width_cents"] = left.estimated.median_width_cents;
  manifest.metrics["quantiles.coverage"] = left.quantiles.coverage;
  manifest.metrics["quantiles.mean_width_cents"] = left.quantiles.mean_width_cents;
  return manifest;
}

Result<artifact::SafetensorsWriter> price_tensors(const PriceEstimator& estimator) {
  const PriceArrays arrays = estimator.arrays();
  INKLING_TRY(check_arrays(arrays));
  artifact::SafetensorsWriter writer;
  const auto add = [&](std::string_view name, const auto& column) {
    using Entry = Stored<typename std::remove_cvref_t<decltype(column)>::value_type>;
    return writer.add_bytes(std::string(name), artifact::dtype_of<Entry>(),
                            {static_cast<std::int64_t>(column.size())}, std::as_bytes(std::span(column)));
  };
  INKLING_TRY(each_column(add, arrays));
  return writer;
}

Result<PriceEstimator> read_price_tensors(const PackageManifest& manifest, const artifact::Safetensors& weights) {
  const JsonView params(manifest.params, "params");
  INKLING_TRY(as_damage(check_format(params)));
  auto settings = read_settings(params);
  if (!settings.ok()) return as_damage(settings.status());
  PriceArrays arrays;
  const auto look = [&](std::string_view name, auto& column) -> Status {
    using Entry = typename std::remove_cvref_t<decltype(column)>::value_type;
    INKLING_ASSIGN(const auto stored, weights.values<Stored<Entry>>(name, {-1}));
    column.assign(stored.begin(), stored.end());
    return {};
  };
  INKLING_TRY(each_column(look, arrays));
  return PriceEstimator::over(arrays, *std::move(settings));
}

Result<PriceEstimator> open_price_package(const std::filesystem::path& data_folder, std::string_view template_id,
                                          std::string_view version) {
  const auto folder = artifact::package_folder(data_folder, price_package_name(template_id), version);
  INKLING_ASSIGN(const artifact::Package package,
                 artifact::open_package(folder, kPriceFoldVersion, kPriceFeatureVersion));
  const Json* of = package.manifest().params.find("template");
  const bool is_its_own = of != nullptr && of->if_text() != nullptr && *of->if_text() == template_id;
  if (!is_its_own) return base::corrupt(folder.string() + ": params.template: is not " + std::string(template_id));
  auto estimator = read_price_tensors(package.manifest(), package.weights());
  if (!estimator.ok()) return estimator.status().within(folder.string());
  return estimator;
}

}  // namespace inkling::content
