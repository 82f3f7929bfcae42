# cmake -D ROOT=data/schema -D OUTPUT=file.cpp -P embed.cmake
# The schemas as raw string literals: what readers accept comes from the files that are shipped.
file(GLOB files ${ROOT}/*.json)
list(SORT files)
set(out "// Generated from data/schema by data/schema/embed.cmake.\n#include \"data/schema.hpp\"\n\nnamespace levee {\n\n")
string(APPEND out "std::span<const Schema> schemas() {\n  static constexpr Schema all[] = {\n")
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND out "      {\"${name}\", R\"schema(${text})schema\"},\n")
endforeach()
string(APPEND out "  };\n  return all;\n}\n\n}  // namespace levee\n")
file(WRITE ${OUTPUT} "${out}")
