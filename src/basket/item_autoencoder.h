// The item autoencoder in closed form: the matrix B with an empty diagonal that rebuilds baskets best, so that the
// sum of the rows of what is in a basket scores what is missing. Not for more than some thousand items: it is dense.
//
// With X the baskets [baskets x items] of 0 and 1 and G = X'X: P = (G + lambda I)^-1, B_xy = -P_xy / P_yy. Layout:
// row-major, row = trigger. Cost: about items^3 multiplications twice and two matrices of floats: 2,000 items some
// seconds and 32 MB on one core, 4,096 items 134 MB. Thread safety: pure function. Failure: kInvalidInput when the
// matrix is not square or lambda so small that G + lambda I has no root in float. Source: Steck, "Embarrassingly
// Shallow Autoencoders for Sparse Data" (WWW 2019), equation 8.
#pragma once

#include <cstddef>
#include <vector>

#include "base/core/result.h"

namespace inkling::basket {

// `gram` becomes B in place.
[[nodiscard]] base::Status item_autoencoder(std::size_t items, float lambda, std::vector<float>& gram);

}  // namespace inkling::basket
