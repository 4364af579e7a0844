// The C library's curves, for everything that the core links.
#include "apps/edge/wasm/curves.h"

extern "C" {

double exp2(double x) {
  return inkling::edge::small_exp2(x);
}
float expf(float x) {
  return inkling::edge::small_exp(x);
}
float tanhf(float x) {
  return inkling::edge::small_tanh(x);
}

}  // extern "C"
