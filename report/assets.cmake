# Inlines report/assets into the report library. CMake alone turns the files into a C++ source, so that a build needs neither
# node nor python nor a network.
file(GLOB_RECURSE LEVEE_REPORT_ASSETS CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/report/assets/*.html
     ${PROJECT_SOURCE_DIR}/report/assets/*.css ${PROJECT_SOURCE_DIR}/report/assets/*.js
     ${PROJECT_SOURCE_DIR}/report/assets/*.LICENSE)
set(LEVEE_REPORT_ASSETS_SOURCE ${PROJECT_BINARY_DIR}/report/embedded_assets.cpp)

add_custom_command(
  OUTPUT ${LEVEE_REPORT_ASSETS_SOURCE}
  COMMAND ${CMAKE_COMMAND} -D ROOT=${PROJECT_SOURCE_DIR}/report/assets -D OUTPUT=${LEVEE_REPORT_ASSETS_SOURCE} -P
          ${PROJECT_SOURCE_DIR}/report/embed_assets.cmake
  DEPENDS ${LEVEE_REPORT_ASSETS} ${PROJECT_SOURCE_DIR}/report/embed_assets.cmake
  COMMENT "Inlining the report's assets"
  VERBATIM)
target_sources(levee_report PRIVATE ${LEVEE_REPORT_ASSETS_SOURCE})
set_source_files_properties(${LEVEE_REPORT_ASSETS_SOURCE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
