#if defined(__x86_64__)
#include "sift_vector.h"

const sift_kernels sift_avx2 = {blur_down, blur_across, subtract, extrema, gradient};
#endif
