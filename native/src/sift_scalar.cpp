#include "sift_vector.h"

const sift_kernels sift_scalar = {blur_down, blur_across, subtract, extrema, gradient};
