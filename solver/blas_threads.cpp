#include "solver/blas_threads.hpp"

#include <cblas.h>

namespace levee {

void use_one_blas_thread() { openblas_set_num_threads(1); }

}  // namespace levee
