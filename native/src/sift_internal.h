/* What the parts of SIFT share. */
#ifndef ODM_SIFT_INTERNAL_H
#define ODM_SIFT_INTERNAL_H

#include "odmnode.h"
#include "sift_kernels.h"

#include <cmath>

namespace sift {

/* Blur of the first plane of an octave, and of the picture that comes in, pixels. */
constexpr double first_blur = 1.6;
constexpr double camera_blur = 0.5;

inline const sift_kernels* kernels_for(odm_isa isa) {
    switch (isa) {
        case ODM_ISA_SCALAR:
            return &sift_scalar;
#if defined(__x86_64__)
        case ODM_ISA_AVX2:
        case ODM_ISA_AVX512:
            return odm_best_isa() >= ODM_ISA_AVX2 ? &sift_avx2 : nullptr;
#endif
        default:
            return nullptr;
    }
}

/* The planes of an octave. */
struct octave {
    const float* planes;
    int32_t width, height, stride;

    octave(const float* data, int32_t columns, int32_t rows)
        : planes(data), width(columns), height(rows), stride(odm_sift_stride(columns)) {}

    const float* row(int32_t plane, int32_t y) const {
        return planes + (static_cast<int64_t>(plane) * height + y) * stride;
    }
};

inline bool sides_fit(int32_t width, int32_t height) {
    return width >= ODM_SIFT_SMALLEST && height >= ODM_SIFT_SMALLEST && width <= (1 << 20) && height <= (1 << 20);
}

/* Blur of a point, pixels of its octave. */
inline float blur_of(const odm_sift_point& point) {
    return static_cast<float>(first_blur) * std::exp2(point.layer / ODM_SIFT_LAYERS);
}

/* The plane whose blur is nearest to that of a point. */
inline int32_t plane_of(const odm_sift_point& point) {
    int32_t plane = static_cast<int32_t>(std::lround(point.layer));
    return plane < 1 ? 1 : plane > ODM_SIFT_LAYERS ? ODM_SIFT_LAYERS : plane;
}

}  // namespace sift

#endif
