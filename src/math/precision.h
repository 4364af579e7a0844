// The arithmetic that a served model computes in: float, or 16-bit factors where this machine has fast instructions
// for them. Chosen once, when a model is loaded. Training has a choice of its own by the same names
// (train/arithmetic.h).
//
// kReduced rounds the factors of the large products and of the GRU's recurrence to 16 bits (half_product.h and
// half_matrix.h say how, and what it costs in accuracy); sums, curves, softmax and the last layers stay float. It is
// a wish: where no path is faster than float (best_product_path()), reduced_paths() is empty and float serves. Thread
// safety: pure functions. Failure: none.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "math/half_cpu.h"
#include "math/kernels.h"

namespace inkling::math {

enum class Precision { kFloat, kReduced };

// As configuration files write it, in the order of the enumeration.
inline constexpr std::array<std::string_view, 2> kPrecisionNames = {"float", "reduced"};
// `name` is one of them.
[[nodiscard]] Precision precision_named(std::string_view name);

#if defined(__EMSCRIPTEN__)
// No browser has such instructions: what only reduced layers do falls out of the program.
template <typename T>
class Reducible {
 public:
  constexpr Reducible() = default;
  constexpr Reducible(std::nullopt_t) {}  // NOLINT: implicit as std::optional's
  constexpr Reducible(const T&) {}        // NOLINT
  constexpr explicit operator bool() const { return false; }
  constexpr T& operator*() const { __builtin_unreachable(); }
  constexpr T* operator->() const { __builtin_unreachable(); }
  template <typename... Arguments>
  void emplace(Arguments&&...) {}
};
#else
template <typename T>
using Reducible = std::optional<T>;
#endif

struct ReducedPaths {
  ProductPath product;
  MatrixPath matrix;
};

// What reduced layers run on, beside `kernels` for the rest: the plain bf16 forms with the scalar table, otherwise
// the machine's fastest. Nothing: float.
[[nodiscard]] Reducible<ReducedPaths> reduced_paths(Precision precision, const Kernels& kernels);

// For reports: "float", "amx-bf16 products, avx512-fp16 recurrence". A recurrence without a reduced form says float.
[[nodiscard]] std::string arithmetic_name(const Reducible<ReducedPaths>& paths, bool reduced_recurrence);

}  // namespace inkling::math
