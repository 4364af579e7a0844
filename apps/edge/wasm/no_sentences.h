// Errors without their sentences: included before every file of the wasm build, and nowhere else. Sentences, the
// lists of names in them and the search for the nearest one are a seventh of the core, and nobody reads them on a
// shopper's phone; the native core says why it refuses the same package or event. So the calls below lose their
// arguments unread, and what made those goes with them.
#pragma once

// What only sentences read.
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wunused-parameter"
#pragma clang diagnostic ignored "-Wunused-variable"
#pragma clang diagnostic ignored "-Wunused-function"
#pragma clang diagnostic ignored "-Wunused-but-set-variable"
#pragma clang diagnostic ignored "-Wunused-lambda-capture"
#pragma clang diagnostic ignored "-Wunused-const-variable"
#endif

#include "base/core/result.h"

#define invalid_input(...) Status(::inkling::base::ErrorCode::kInvalidInput, {})
#define too_large(...) Status(::inkling::base::ErrorCode::kTooLarge, {})
#define unsupported(...) Status(::inkling::base::ErrorCode::kUnsupported, {})
#define corrupt(...) Status(::inkling::base::ErrorCode::kCorrupt, {})
