# Inlines data/schema into the data library.
file(GLOB LEVEE_SCHEMAS CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/data/schema/*.json)
set(LEVEE_SCHEMAS_SOURCE ${PROJECT_BINARY_DIR}/data/embedded_schemas.cpp)

add_custom_command(
  OUTPUT ${LEVEE_SCHEMAS_SOURCE}
  COMMAND ${CMAKE_COMMAND} -D ROOT=${PROJECT_SOURCE_DIR}/data/schema -D OUTPUT=${LEVEE_SCHEMAS_SOURCE} -P
          ${PROJECT_SOURCE_DIR}/data/schema/embed.cmake
  DEPENDS ${LEVEE_SCHEMAS} ${PROJECT_SOURCE_DIR}/data/schema/embed.cmake
  COMMENT "Inlining the schemas of the YAML files"
  VERBATIM)
target_sources(levee_data PRIVATE ${LEVEE_SCHEMAS_SOURCE})
set_source_files_properties(${LEVEE_SCHEMAS_SOURCE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
