#pragma once

namespace levee {

/// Keeps OpenBLAS to one thread: the fronts of these sparse factorisations are small, and handing them to several
/// threads costs more than it gains (1.4 to 3.3 times slower was measured on two busy cores). Large products are shared
/// out by matrix_product, which changes no digit. Affects the whole process, so programs call it, not the library.
void use_one_blas_thread();

}  // namespace levee
