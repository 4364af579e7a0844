// One training of an add-on suite: a contender on the samples of a trial, and what the served form of it says of the
// test part. Failure: kUnsupported in a build without training halves; else what training or loading says.
#pragma once

#include "apps/cli/add_on_runner.h"

namespace inkling::cli {

// `threads`: of the training. All of the run but `inputs`.
[[nodiscard]] base::Result<AddOnRun> try_contender(const AddOnSuite& suite, const Contender& contender,
                                                   const AddOnTrial& trial, int threads);

}  // namespace inkling::cli
