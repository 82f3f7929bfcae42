# Inlines the tables that generated worlds start from into the data library.
set(LEVEE_SYNTHETIC_SOURCE ${PROJECT_BINARY_DIR}/data/embedded_tables.cpp)
file(GLOB LEVEE_SYNTHETIC_TABLES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/data/synthetic/*.csv
                                                   ${PROJECT_SOURCE_DIR}/data/cbam-2011/*.csv)

add_custom_command(
  OUTPUT ${LEVEE_SYNTHETIC_SOURCE}
  COMMAND ${CMAKE_COMMAND} -D ROOT=${PROJECT_SOURCE_DIR}/data -D OUTPUT=${LEVEE_SYNTHETIC_SOURCE} -P
          ${PROJECT_SOURCE_DIR}/data/synthetic/embed.cmake
  DEPENDS ${LEVEE_SYNTHETIC_TABLES} ${PROJECT_SOURCE_DIR}/data/synthetic/embed.cmake
  COMMENT "Inlining the tables of generated worlds"
  VERBATIM)
target_sources(levee_data PRIVATE ${LEVEE_SYNTHETIC_SOURCE})
set_source_files_properties(${LEVEE_SYNTHETIC_SOURCE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
