#include "solver/blas_threads.hpp"

// OpenBLAS's own control; its header is not needed for one function.
extern "C" void openblas_set_num_threads(int count);

namespace levee {

void use_one_blas_thread() { openblas_set_num_threads(1); }

}  // namespace levee
