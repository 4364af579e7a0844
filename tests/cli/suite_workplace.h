// A workplace whose suite.yaml is run by `inkling evaluate --suite-file`.
#pragma once

#include <string>
#include <vector>

#include "tests/cli/workplace.h"

namespace inkling::cli_test {

class SuiteWorkplace : public Workplace {
 protected:
  Outcome run(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"evaluate", "--suite-file", "suite.yaml", "--out", "out"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return inkling(arguments);
  }
};

}  // namespace inkling::cli_test
