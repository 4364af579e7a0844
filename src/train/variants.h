// Names under which a model is trained with parameters preset and, if need be, fewer views, as the variants.yaml of
// its folder says. Not for what is trained or served: a package keeps the parameters themselves.
//
//   dipn-no-intra:
//     meaning: attention between views only     # optional, for people
//     params: {intra: false}                    # optional; stand above a training file's and cannot be set
//     views: [browse]                           # optional: no others, whatever the log has
//
// A library without LibTorch. Thread safety: plain values. Failure: kInvalidInput with file, line and what is right.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "feature/blueprint.h"
#include "train/parameters.h"

namespace inkling::train {

struct Variant {
  std::string name;
  std::string model;  // whose parameters and code
  std::string meaning;
  base::Json params = base::Json::object();
  std::vector<feature::View> views;  // empty: all that there are
};

// `parameters` are the model's, by which the presets are checked.
[[nodiscard]] base::Result<std::vector<Variant>> variants_from_yaml(std::string_view yaml, const std::string& model,
                                                                    const ParameterTable& parameters,
                                                                    const std::string& shown_name);

// `given` (an object, or null for none) under the variant's own.
[[nodiscard]] base::Json with_presets(const base::Json& given, const Variant& variant);
// kInvalidInput when "name=value" is about a parameter that the variant presets.
[[nodiscard]] base::Status check_assignment(std::string_view assignment, const Variant& variant);
// Only the variant's views; kInvalidInput when `views` has none of them.
[[nodiscard]] base::Result<std::vector<feature::ViewSpec>> chosen_views(std::vector<feature::ViewSpec> views,
                                                                        const Variant& variant);

}  // namespace inkling::train
