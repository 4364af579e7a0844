# The project's own CMake words: one library a folder, tests beside their subject, components found by their folder.

find_program(INKLING_CCACHE ccache)
if(INKLING_CCACHE)
  # Paths below the sources are told to it as relative ones, so that every clone finds what another one compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
                                  ${INKLING_CCACHE})
endif()

# A LibTorch unit needs more than a gigabyte of compiler memory, so at most two compile at once.
set_property(GLOBAL APPEND PROPERTY JOB_POOLS torch_pool=2)

add_library(inkling_options INTERFACE)
target_include_directories(inkling_options INTERFACE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR})
target_compile_options(inkling_options INTERFACE -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor
                                                 -Wold-style-cast -fno-omit-frame-pointer
                                                 -Wno-psabi)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports both falsely on std::string and std::variant once it optimises (PR 105651, PR 105562).
  target_compile_options(inkling_options INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
if(INKLING_SANITIZE)
  target_compile_options(inkling_options INTERFACE -fsanitize=${INKLING_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(inkling_options INTERFACE -fsanitize=${INKLING_SANITIZE})
  if(INKLING_SANITIZE STREQUAL "thread")
    target_compile_options(inkling_options INTERFACE -Wno-tsan)  # Asio uses atomic_thread_fence
  endif()
endif()

# How the sanitizers run, in every test; CONTRIBUTING.md says the same for programs started by hand. AddressSanitizer
# needs no option: no container of libstdc++ is annotated, so vectors that cross into Debian's uninstrumented libraries
# raise no false container-overflow.
set(INKLING_TEST_ENVIRONMENT "UBSAN_OPTIONS=print_stacktrace=1"
    "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/cmake/tsan.supp")
set(INKLING_TEST_LAUNCHER "")
if(INKLING_SANITIZE STREQUAL "thread")
  # g++ 12's TSan knows no memory layout with more than 28 random bits ("unexpected memory mapping"); where the kernel
  # lets us, tests run without randomisation.
  execute_process(COMMAND setarch -R true RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
  if(status EQUAL 0)
    set(INKLING_TEST_LAUNCHER setarch -R)
  endif()
endif()

# inkling_library(<name> SOURCES ... DEPENDS ... [PRIVATE_DEPENDS ...])
# DEPENDS names exactly the folder's arrows and the outside libraries that its headers show.
function(inkling_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  add_library(inkling_${name} STATIC ${ARG_SOURCES})
  add_library(inkling::${name} ALIAS inkling_${name})
  target_link_libraries(inkling_${name} PUBLIC ${ARG_DEPENDS} PRIVATE inkling_options ${ARG_PRIVATE_DEPENDS})
  target_include_directories(inkling_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR})
endfunction()

# inkling_test(<name> SOURCES ... DEPENDS ... [LABEL fast|slow]): one gtest program.
function(inkling_test name)
  if(NOT INKLING_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;DEPENDS" ${ARGN})
  if(NOT ARG_LABEL)
    set(ARG_LABEL fast)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE inkling_options ${ARG_DEPENDS} GTest::gtest_main GTest::gmock)
  add_test(NAME ${name} COMMAND ${INKLING_TEST_LAUNCHER} $<TARGET_FILE:${name}>
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  # Against tests that hang, not slow ones: cli_test alone takes minutes where others compile beside it.
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT 1200 ENVIRONMENT "${INKLING_TEST_ENVIRONMENT}")
endfunction()

# Units that include LibTorch: quiet its headers, bound how many compile at once.
function(inkling_uses_torch target)
  set_property(TARGET ${target} PROPERTY JOB_POOL_COMPILE torch_pool)
  target_link_libraries(${target} PRIVATE inkling_torch)
endfunction()

function(inkling_test_uses_torch target)
  if(TARGET ${target})
    inkling_uses_torch(${target})
  endif()
endfunction()

include(Components)
