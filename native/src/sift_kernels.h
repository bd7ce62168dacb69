/* The vector kernels of SIFT, once per instruction set. Rows are read in whole vectors: behind every row are as many
 * readable floats as fill the last one. */
#ifndef ODM_SIFT_KERNELS_H
#define ODM_SIFT_KERNELS_H

#include <stdint.h>

enum { SIFT_VECTOR = 8, SIFT_MAX_RADIUS = 16 };

struct sift_kernels {
    /* out[x] = weights[0] * rows[0][x] + sum over t of weights[t] * (rows[2t - 1][x] + rows[2t][x]). */
    void (*blur_down)(const float* const* rows, const float* weights, int32_t radius, int32_t width, float* out);

    /* The same along a row; row has radius readable pixels before and after. */
    void (*blur_across)(const float* row, const float* weights, int32_t radius, int32_t width, float* out);

    void (*subtract)(const float* a, const float* b, int32_t width, float* out);

    /* Columns from first to last - 1 at which the middle row of the middle layer has at least the threshold in size and
     * is no smaller (or no larger, where it is negative) than its 26 neighbours. rows: layer * 3 + row. */
    int32_t (*extrema)(const float* const* rows, int32_t first, int32_t last, float threshold, int32_t* columns);

    /* Size and angle, radians in [0, 2 pi) from x towards y and true to 1e-5, of the gradient at count pixels. */
    void (*gradient)(const float* above, const float* row, const float* below, int32_t count, float* size, float* angle);
};

extern const sift_kernels sift_scalar;
#if defined(__x86_64__)
extern const sift_kernels sift_avx2;
#endif

#endif
