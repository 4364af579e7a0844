# Every header must compile on its own: one generated line a header, compiled and thrown away. It is part of the default
# build, so a header that leans on its includer breaks the build with its own name in the message.
# The glob is a test's view of the tree, no source list: nothing is linked from it.
file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}
     ${PROJECT_SOURCE_DIR}/src/*.h ${PROJECT_SOURCE_DIR}/models/*.h ${PROJECT_SOURCE_DIR}/plugins/*.h
     ${PROJECT_SOURCE_DIR}/sim/*.h ${PROJECT_SOURCE_DIR}/apps/*.h)
list(FILTER headers EXCLUDE REGEX "-inl\\.h$")  # Highway's: parts of a unit by design

set(plain_units "")
set(torch_units "")
foreach(header ${headers})
  string(REPLACE "/" "_" unit ${header})
  set(unit ${CMAKE_CURRENT_BINARY_DIR}/headers/${unit}.cpp)
  string(REGEX REPLACE "^src/" "" included ${header})
  file(CONFIGURE OUTPUT ${unit} CONTENT "#include \"${included}\"\n")
  if(header MATCHES "^src/train/|^models/[^/]+/[^/]+_net(_test)?\\.h$")
    list(APPEND torch_units ${unit})
  else()
    list(APPEND plain_units ${unit})
  endif()
endforeach()

add_library(headers_alone OBJECT ${plain_units})
target_link_libraries(headers_alone PRIVATE inkling_options Boost::headers CLI11::CLI11)
target_include_directories(headers_alone PRIVATE ${CMAKE_BINARY_DIR}/generated)
target_compile_options(headers_alone PRIVATE -O0)
if(INKLING_TORCH)
  add_library(torch_headers_alone OBJECT ${torch_units})
  target_link_libraries(torch_headers_alone PRIVATE inkling_options)
  target_include_directories(torch_headers_alone PRIVATE ${CMAKE_BINARY_DIR}/generated)
  target_compile_options(torch_headers_alone PRIVATE -O0)
  inkling_uses_torch(torch_headers_alone)
endif()
