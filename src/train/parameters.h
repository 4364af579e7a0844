// A model's parameters as its params.yaml describes them: checked, completed with defaults, explained. The one table
// behind `--set`, training files, the docs page and package checks.
//
// params.yaml is a list of {name, meaning, type, default, range?, choices?, unit?, of?}; type is integer, number,
// boolean, choice or integers (a list); `of: training` marks what shapes the training and not the network. A library
// of its own without LibTorch, for every build checks training files. Thread safety: immutable. Failure:
// kInvalidInput that names the parameter, the value found and what is allowed, one sentence a line; a mistake in
// params.yaml itself names its line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"

namespace inkling::train {

struct Parameter {
  std::string name;
  std::string meaning;
  std::string unit;
  std::string type;
  base::Json default_value;
  double low = 0, high = 0;  // integer, number, integers
  std::vector<std::string> choices;
  bool of_training = false;  // may differ when training goes on from an older package
};

class ParameterTable {
 public:
  [[nodiscard]] static base::Result<ParameterTable> parse(std::string_view params_yaml,
                                                          const std::string& shown_name);

  [[nodiscard]] const std::vector<Parameter>& parameters() const { return parameters_; }
  // `given` (an object, or null for none) with every missing parameter at its default, in the table's order.
  [[nodiscard]] base::Result<base::Json> complete(const base::JsonView& given) const;
  // One "name=value" of a command line as a member of `params`.
  [[nodiscard]] base::Status set(std::string_view assignment, base::Json& params) const;

 private:
  [[nodiscard]] base::Result<const Parameter*> find(std::string_view name) const;
  std::vector<Parameter> parameters_;
};

}  // namespace inkling::train
