# Debian 12's names (docs/architecture.md says why each one is here).
find_package(Threads REQUIRED)

# Before RocksDB: both look for gflags, and only in this order do their configurations agree.
if(INKLING_TORCH)
  find_package(Torch REQUIRED)
  add_library(inkling_torch INTERFACE)
  target_link_libraries(inkling_torch INTERFACE ${TORCH_LIBRARIES})
  target_include_directories(inkling_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
  find_package(xgboost CONFIG REQUIRED)
endif()

if(INKLING_ONNX)
  find_package(Protobuf MODULE REQUIRED)  # first: ONNX's own configuration expects its targets and does not look for them
  find_package(ONNX CONFIG REQUIRED)
endif()

find_package(hwy CONFIG REQUIRED)
find_package(Eigen3 CONFIG REQUIRED)
find_package(Boost 1.81.0 CONFIG REQUIRED COMPONENTS json url)
find_package(RocksDB CONFIG REQUIRED)
find_package(simdjson CONFIG REQUIRED)
find_package(yaml-cpp CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(fmt CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(ZLIB REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc)
find_package(JPEG REQUIRED)
find_package(PNG REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(pc_libzstd REQUIRED IMPORTED_TARGET libzstd)  # never the prefix "zstd": it breaks RocksDB's own config
pkg_check_modules(pc_fasttext REQUIRED IMPORTED_TARGET fasttext)

if(INKLING_TESTS)
  find_package(GTest REQUIRED)
  enable_testing()
endif()
