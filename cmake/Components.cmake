# Models and stages are folders. Each folder's CMakeLists.txt calls one word below; the registry source that lists them
# is generated here at configure time, so adding one touches no existing file and no linker can drop it. A model that has
# <name>_onnx.* also offers  const exchange::OnnxHalf& inkling::models::<name>::onnx_half()  (exchange/onnx_half.h).

# inkling_model(<name> [more serving sources] [DEPENDS their rooms beside nn, artifact and feature]
#               [NET_SOURCES more training sources] [NET_DEPENDS their libraries])
# stands in models/<name>/ beside <name>_serve.*, <name>_net.*, params.yaml and <name>*_test.cpp.
# The folder defines  const ServingModel& inkling::models::<name>::serving_half()  (models/model.h) and, for builds with
# LibTorch,  const train::TrainingHalf& inkling::models::<name>::training_half()  (train/training_half.h).
# The text of params.yaml is compiled in as k<Name>ParamsYaml of models/<name>/<name>_params_yaml.h; that of
# variants.yaml, where there is one, is listed by inkling::plugins::variants_files() (models/model.h).
function(inkling_model name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;NET_SOURCES;NET_DEPENDS" ${ARGN})
  inkling_embed_text(${CMAKE_CURRENT_SOURCE_DIR}/params.yaml models/${name}/${name}_params_yaml.h
                     inkling::models::${name} ParamsYaml)
  inkling_variants(${name} variants)
  inkling_library(model_${name}_serve SOURCES ${name}_serve.cpp ${variants} ${ARG_UNPARSED_ARGUMENTS}
                  DEPENDS inkling::nn inkling::artifact inkling::feature ${ARG_DEPENDS})
  target_include_directories(inkling_model_${name}_serve PRIVATE ${CMAKE_BINARY_DIR}/generated)
  set_property(GLOBAL APPEND PROPERTY INKLING_MODELS ${name})
  set(halves inkling::model_${name}_serve)
  if(INKLING_ONNX AND EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${name}_onnx.cpp)
    inkling_library(model_${name}_onnx SOURCES ${name}_onnx.cpp DEPENDS inkling::exchange inkling::model_${name}_serve)
    set_property(GLOBAL APPEND PROPERTY INKLING_ONNX_MODELS ${name})
    list(APPEND halves inkling::model_${name}_onnx)
    target_compile_definitions(inkling_model_${name}_onnx INTERFACE INKLING_HAS_ONNX)
  endif()
  if(INKLING_TORCH)
    inkling_library(model_${name}_net SOURCES ${name}_net.cpp ${ARG_NET_SOURCES}
                    DEPENDS inkling::train inkling::model_${name}_serve PRIVATE_DEPENDS ${ARG_NET_DEPENDS})
    inkling_uses_torch(inkling_model_${name}_net)
    file(GLOB tests CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} ${name}*_test.cpp)
    if(tests)
      inkling_test(model_${name}_test SOURCES ${tests} DEPENDS inkling::model_${name}_net ${halves})
      inkling_test_uses_torch(model_${name}_test)
    endif()
  endif()
endfunction()

# The source that lists the variants.yaml of the folder, "" where there is none.
function(inkling_variants name out)
  set(${out} "" PARENT_SCOPE)
  if(NOT EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/variants.yaml)
    return()
  endif()
  inkling_embed_text(${CMAKE_CURRENT_SOURCE_DIR}/variants.yaml models/${name}/${name}_variants_yaml.h
                     inkling::models::${name} VariantsYaml)
  set(INKLING_VARIANTS_MODEL ${name})
  set(source ${CMAKE_BINARY_DIR}/generated/models/${name}/${name}_variants.cpp)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/variants.cpp.in ${source} @ONLY)
  set_property(GLOBAL APPEND PROPERTY INKLING_VARIANTS ${name})
  set(${out} ${source} PARENT_SCOPE)
endfunction()

# inkling_ranking_model(<name> [more serving sources] [DEPENDS ...] [NET_SOURCES ...] [NET_DEPENDS ...]): the same for a model
# that orders candidates. The folder defines  const RankingModel& inkling::models::<name>::ranking_model()
# (models/ranking_model.h) and, where XGBoost is,  const train::RankingHalf& inkling::models::<name>::ranking_half()
# (train/ranking_half.h).
function(inkling_ranking_model name)
  inkling_model_without_torch(ranking inkling::basket ${name} ${ARGN})
endfunction()

# inkling_vector_model(<name> ...): the same for a model that gives every item a vector:
# const VectorModel& vector_model()  (models/vector_model.h),  const train::VectorHalf& vector_half()  (train/vector_half.h).
function(inkling_vector_model name)
  inkling_model_without_torch(vector inkling::index ${name} ${ARGN})
endfunction()

# inkling_tagging_model(<name> ...): the same for a model that tags texts:
# const TaggingModel& tagging_model()  (models/tagging_model.h),  const train::TaggingHalf& tagging_half()
# (train/tagging_half.h).
function(inkling_tagging_model name)
  inkling_model_without_torch(tagging inkling::base ${name} ${ARGN})
endfunction()

# inkling_picture_model(<name> ...): the same for a model that sorts pictures into albums:
# const PictureModel& picture_model()  (models/picture_model.h),  const train::PictureHalf& picture_half()
# (train/picture_half.h).
function(inkling_picture_model name)
  inkling_model_without_torch(picture inkling::base ${name} ${ARGN})
endfunction()

# What these have in common; neither half needs LibTorch (a folder whose training half does says so itself). `room` is the one that the kind's contract stands on.
function(inkling_model_without_torch kind room name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;NET_SOURCES;NET_DEPENDS" ${ARGN})
  inkling_embed_text(${CMAKE_CURRENT_SOURCE_DIR}/params.yaml models/${name}/${name}_params_yaml.h
                     inkling::models::${name} ParamsYaml)
  inkling_variants(${name} variants)
  inkling_library(model_${name}_serve SOURCES ${name}_serve.cpp ${variants} ${ARG_UNPARSED_ARGUMENTS}
                  DEPENDS inkling::nn inkling::artifact ${room} ${ARG_DEPENDS})
  target_include_directories(inkling_model_${name}_serve PRIVATE ${CMAKE_BINARY_DIR}/generated)
  string(TOUPPER ${kind} upper)
  set_property(GLOBAL APPEND PROPERTY INKLING_${upper}_MODELS ${name})
  if(INKLING_TORCH)
    inkling_library(model_${name}_net SOURCES ${name}_net.cpp ${ARG_NET_SOURCES}
                    DEPENDS inkling::model_${name}_serve inkling::base ${ARG_NET_DEPENDS})
    file(GLOB tests CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} ${name}*_test.cpp)
    if(tests)
      inkling_test(model_${name}_test SOURCES ${tests} DEPENDS inkling::model_${name}_net inkling::parameters)
      target_include_directories(model_${name}_test PRIVATE ${CMAKE_BINARY_DIR}/generated)
    endif()
  endif()
endfunction()

# A text file as a constexpr std::string_view k<Suffix> in a generated header; configures anew when the file changes.
function(inkling_embed_text file header namespace suffix)
  file(READ ${file} INKLING_TEXT)
  set(INKLING_TEXT_NAMESPACE ${namespace})
  set(INKLING_TEXT_NAME k${suffix})
  configure_file(${PROJECT_SOURCE_DIR}/cmake/text.h.in ${CMAKE_BINARY_DIR}/generated/${header} @ONLY)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
endfunction()

# inkling_stage(<kind> <name> [more sources]): plugins/stages/<kind>/<name>/{<name>.cpp, <name>_test.cpp, README.md}
# The folder defines  const inkling::scene::StageBlueprint& inkling::stages::<kind>::<name>::blueprint().
function(inkling_stage kind name)
  inkling_library(stage_${kind}_${name} SOURCES ${name}.cpp ${ARGN} DEPENDS inkling::scene)
  set_property(GLOBAL APPEND PROPERTY INKLING_STAGES ${kind}/${name})
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${name}_test.cpp)
    inkling_test(stage_${kind}_${name}_test SOURCES ${name}_test.cpp DEPENDS inkling::stage_${kind}_${name})
  endif()
endfunction()

# inkling_registry(<what> HEADER ... TYPE ... FUNCTION ... NAMESPACES ... DEPENDS ...) generates and builds
# inkling::<what>:  std::span<const TYPE* const> inkling::plugins::<what>(), declared in HEADER, over what
# NAMESPACE::FUNCTION() returns for every namespace. Sorted, so its order does not depend on the file system.
function(inkling_registry what)
  cmake_parse_arguments(ARG "" "HEADER;TYPE;FUNCTION" "NAMESPACES;DEPENDS" ${ARGN})
  list(SORT ARG_NAMESPACES)
  list(LENGTH ARG_NAMESPACES INKLING_REGISTRY_SIZE)
  set(INKLING_REGISTRY_NAME ${what})
  set(INKLING_REGISTRY_HEADER ${ARG_HEADER})
  set(INKLING_REGISTRY_TYPE ${ARG_TYPE})
  set(INKLING_REGISTRY_DECLARATIONS "")
  set(INKLING_REGISTRY_ENTRIES "")
  foreach(namespace ${ARG_NAMESPACES})
    string(APPEND INKLING_REGISTRY_DECLARATIONS
           "namespace ${namespace} {\nconst ${ARG_TYPE}& ${ARG_FUNCTION}();\n}\n")
    string(APPEND INKLING_REGISTRY_ENTRIES "      &${namespace}::${ARG_FUNCTION}(),\n")
  endforeach()
  set(source ${CMAKE_BINARY_DIR}/generated/${what}_registry.cpp)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/registry.cpp.in ${source} @ONLY)
  inkling_library(${what} SOURCES ${source} DEPENDS ${ARG_DEPENDS})
endfunction()

function(inkling_generate_registry)
  get_property(stages GLOBAL PROPERTY INKLING_STAGES)
  set(namespaces "")
  set(libraries inkling::scene)
  foreach(stage ${stages})
    string(REPLACE "/" "::" namespace ${stage})
    string(REPLACE "/" "_" library ${stage})
    list(APPEND namespaces inkling::stages::${namespace})
    list(APPEND libraries inkling::stage_${library})
  endforeach()
  inkling_registry(stages HEADER scene/stage_registry.h TYPE inkling::scene::StageBlueprint FUNCTION blueprint
                   NAMESPACES ${namespaces} DEPENDS ${libraries})
  inkling_generate_model_registries()
endfunction()

# inkling::<kind>_models and, with the training half, inkling::<kind>_halves.
function(inkling_generate_kind_registries kind model_type half_type)
  string(TOUPPER ${kind} upper)
  get_property(names GLOBAL PROPERTY INKLING_${upper}_MODELS)
  list(TRANSFORM names PREPEND inkling::models:: OUTPUT_VARIABLE namespaces)
  list(TRANSFORM names REPLACE "(.+)" "inkling::model_\\1_serve" OUTPUT_VARIABLE serving)
  inkling_registry(${kind}_models HEADER models/${kind}_model.h TYPE inkling::models::${model_type}
                   FUNCTION ${kind}_model NAMESPACES ${namespaces} DEPENDS ${serving})
  if(INKLING_TORCH)
    list(TRANSFORM names REPLACE "(.+)" "inkling::model_\\1_net" OUTPUT_VARIABLE training)
    inkling_registry(${kind}_halves HEADER train/${kind}_half.h TYPE inkling::train::${half_type}
                     FUNCTION ${kind}_half NAMESPACES ${namespaces} DEPENDS ${training})
  endif()
endfunction()

function(inkling_generate_model_registries)
  get_property(models GLOBAL PROPERTY INKLING_MODELS)
  list(TRANSFORM models PREPEND inkling::models:: OUTPUT_VARIABLE namespaces)
  list(TRANSFORM models REPLACE "(.+)" "inkling::model_\\1_serve" OUTPUT_VARIABLE serving)
  inkling_registry(models HEADER models/model.h TYPE inkling::models::ServingModel FUNCTION serving_half
                   NAMESPACES ${namespaces} DEPENDS ${serving})
  inkling_generate_kind_registries(ranking RankingModel RankingHalf)
  inkling_generate_kind_registries(vector VectorModel VectorHalf)
  inkling_generate_kind_registries(tagging TaggingModel TaggingHalf)
  inkling_generate_kind_registries(picture PictureModel PictureHalf)
  get_property(varied GLOBAL PROPERTY INKLING_VARIANTS)
  list(TRANSFORM varied PREPEND inkling::models:: OUTPUT_VARIABLE namespaces)
  list(TRANSFORM varied REPLACE "(.+)" "inkling::model_\\1_serve" OUTPUT_VARIABLE varied_serving)
  inkling_registry(variants_files HEADER models/model.h TYPE inkling::models::VariantsFile FUNCTION variants_file
                   NAMESPACES ${namespaces} DEPENDS ${varied_serving})
  if(INKLING_ONNX)
    get_property(models_with_onnx GLOBAL PROPERTY INKLING_ONNX_MODELS)
    list(TRANSFORM models_with_onnx PREPEND inkling::models:: OUTPUT_VARIABLE onnx_namespaces)
    list(TRANSFORM models_with_onnx REPLACE "(.+)" "inkling::model_\\1_onnx" OUTPUT_VARIABLE onnx_libraries)
    inkling_registry(onnx_halves HEADER exchange/onnx_half.h TYPE inkling::exchange::OnnxHalf FUNCTION onnx_half
                     NAMESPACES ${onnx_namespaces} DEPENDS ${onnx_libraries})
  endif()
  if(INKLING_TORCH)
    list(TRANSFORM models PREPEND inkling::models:: OUTPUT_VARIABLE namespaces)
    list(TRANSFORM models REPLACE "(.+)" "inkling::model_\\1_net" OUTPUT_VARIABLE training)
    inkling_registry(training_halves HEADER train/training_half.h TYPE inkling::train::TrainingHalf
                     FUNCTION training_half NAMESPACES ${namespaces} DEPENDS ${training})
  endif()
endfunction()

function(inkling_add_components)
  file(GLOB folders CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/models/*/CMakeLists.txt
                                      ${PROJECT_SOURCE_DIR}/plugins/stages/*/*/CMakeLists.txt)
  foreach(file ${folders})
    cmake_path(GET file PARENT_PATH folder)
    add_subdirectory(${folder})
  endforeach()
  inkling_generate_registry()
  add_subdirectory(${PROJECT_SOURCE_DIR}/scenes)
endfunction()
