# The wasm build (preset "wasm", Debian's Emscripten): the wasm-clean rooms, DIPN's serving half and apps/edge, twice.
# Two programs cannot have two instruction sets in one configuration, so INKLING_WASM_SIMD says which one this is.
option(INKLING_WASM_SIMD "Use wasm's 128-bit vectors" ON)

# Highway is headers only here: its library detects processors, which wasm has no way to do.
find_path(INKLING_HWY_INCLUDE hwy/highway.h PATHS /usr/include NO_CMAKE_FIND_ROOT_PATH REQUIRED)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/highway)
file(CREATE_LINK ${INKLING_HWY_INCLUDE}/hwy ${CMAKE_BINARY_DIR}/highway/hwy SYMBOLIC)
add_library(hwy::hwy INTERFACE IMPORTED)
target_include_directories(hwy::hwy SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/highway)

# At -Oz Emscripten forbids inlining: each member of a span or vector would be a call, and the core a fifth larger.
add_compile_options(-fno-exceptions -fno-rtti -flto -finline-functions
                    "SHELL:-include ${PROJECT_SOURCE_DIR}/apps/edge/wasm/missing_std.h"
                    "SHELL:-I${PROJECT_SOURCE_DIR}/src -include ${PROJECT_SOURCE_DIR}/apps/edge/wasm/no_sentences.h")
if(INKLING_WASM_SIMD)
  # Every browser had the other three before it had vectors.
  add_compile_options(-msimd128 -mbulk-memory -mnontrapping-fptoint -msign-ext)
  add_link_options(-msimd128)
else()
  add_compile_definitions(HWY_COMPILE_ONLY_SCALAR)  # vectors of four that are no vectors take twice the code
endif()

foreach(room src/base src/math src/artifact src/domain src/gesture src/nn src/state src/feature models/dipn apps/edge)
  add_subdirectory(${room})
endforeach()
