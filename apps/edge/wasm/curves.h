// exp2, exp and tanh in few bytes, in place of the C library's, whose tables of digits, which nothing compresses,
// were a twenty-fifth of the core: wasm/c_library.cpp puts them there. Not for native builds, which have a faster
// libm. exp2 to 1e-15 of its value; the others to a float's last bit or two; what would be denormal is 0. Pure
// functions.
#pragma once

namespace inkling::edge {

[[nodiscard]] double small_exp2(double x);
[[nodiscard]] float small_exp(float x);
[[nodiscard]] float small_tanh(float x);

}  // namespace inkling::edge
