// The processor's tiles, one instruction a function. Written as assembly because g++ 12's own wrappers take no tile
// number from a template and do not tell the optimiser that they read and write memory.
#include "math/half_kernels.h"

#if defined(__x86_64__)

#include "math/half_tiles-inl.h"

namespace inkling::math::half {
namespace {

struct HardwareTiles {
  template <std::size_t kTile>
  void zero() {
    asm volatile("tilezero %%tmm%c0" : : "i"(kTile));
  }
  template <std::size_t kTile>
  void load(const void* first, std::size_t stride) {
    asm volatile("tileloadd (%0,%1,1), %%tmm%c2" : : "r"(first), "r"(stride), "i"(kTile) : "memory");
  }
  template <std::size_t kTile>
  void store(void* first, std::size_t stride) {
    asm volatile("tilestored %%tmm%c2, (%0,%1,1)" : : "r"(first), "r"(stride), "i"(kTile) : "memory");
  }
  template <std::size_t kSum, std::size_t kRows, std::size_t kPanel>
  void multiply() {
    asm volatile("tdpbf16ps %%tmm%c2, %%tmm%c1, %%tmm%c0" : : "i"(kSum), "i"(kRows), "i"(kPanel));
  }
};

}  // namespace

void configure_tiles() {
  asm volatile("ldtilecfg %0" : : "m"(kTileConfig));
}

void release_tiles() {
  asm volatile("tilerelease" : : : "memory");
}

void product_amx_bf16(const ProductTask& task) {
  HardwareTiles tiles;
  TileProduct<HardwareTiles>(tiles, task).run();
}

}  // namespace inkling::math::half

#else  // never chosen: half_cpu.h finds no tiles

namespace inkling::math::half {

void configure_tiles() {}
void release_tiles() {}
void product_amx_bf16(const ProductTask& task) {
  product_scalar(task);
}

}  // namespace inkling::math::half

#endif
