#include "stereo_kernels.h"

#include <cmath>

namespace {

constexpr int STEPS = 64; /* fractions of a pixel for which weights are tabulated */

struct weight_table {
    int16_t weights[STEPS][4]; /* of 256 */

    weight_table() {
        for (int i = 0; i < STEPS; i++) {
            double t = static_cast<double>(i) / STEPS;
            double exact[4] = {0.5 * (-t * t * t + 2 * t * t - t), 0.5 * (3 * t * t * t - 5 * t * t + 2),
                               0.5 * (-3 * t * t * t + 4 * t * t + t), 0.5 * (t * t * t - t * t)};
            int sum = 0;
            for (int j = 0; j < 4; j++) {
                weights[i][j] = static_cast<int16_t>(std::lround(256 * exact[j]));
                sum += weights[i][j];
            }
            weights[i][t < 0.5 ? 1 : 2] = static_cast<int16_t>(weights[i][t < 0.5 ? 1 : 2] + 256 - sum);
        }
    }
};

/* 0 where any of the 16 pixels is outside the photo, else at least 1. */
int sample(const uint8_t* corner, int64_t stride, const int16_t* across, const int16_t* down) {
    int sum = 0;
    bool inside = true;
    for (int j = 0; j < 4; j++) {
        const uint8_t* row = corner + j * stride;
        inside = inside && row[0] && row[1] && row[2] && row[3];
        sum += down[j] * (across[0] * row[0] + across[1] * row[1] + across[2] * row[2] + across[3] * row[3]);
    }
    int value = (sum + 32768) >> 16;
    return !inside ? 0 : value < 1 ? 1 : value > 255 ? 255 : value;
}

}  // namespace

extern "C" odm_status odm_stereo_warp(const uint8_t* source, int32_t source_width, int32_t source_height,
                                      const double* homography, int32_t row_begin, int32_t row_end,
                                      int32_t column_begin, int32_t column_end, int32_t target_stride, uint8_t* target,
                                      uint8_t* usable) {
    if (!source || !homography || !target || !usable || source_width < 4 || source_height < 4) {
        return ODM_INVALID_ARGUMENT;
    }
    const weight_table table;
    const double* h = homography;
    for (int y = row_begin; y < row_end; y++) {
        uint8_t* row = target + static_cast<int64_t>(y) * target_stride;
        uint8_t* marks = usable + static_cast<int64_t>(y) * target_stride;
        for (int x = column_begin; x < column_end; x++) {
            double px = x + 0.5, py = y + 0.5;
            double z = h[6] * px + h[7] * py + h[8];
            double u = (h[0] * px + h[1] * py + h[2]) / z - 0.5;
            double v = (h[3] * px + h[4] * py + h[5]) / z - 0.5;
            int value = 0;
            if (z > 0 && u >= 1 && v >= 1 && u < source_width - 2 && v < source_height - 2) {
                int fixed_u = static_cast<int>(u * STEPS + 0.5), fixed_v = static_cast<int>(v * STEPS + 0.5);
                int left = fixed_u / STEPS - 1, top = fixed_v / STEPS - 1;
                if (left + 3 < source_width && top + 3 < source_height) {
                    value = sample(source + static_cast<int64_t>(top) * source_width + left, source_width,
                                   table.weights[fixed_u % STEPS], table.weights[fixed_v % STEPS]);
                }
            }
            row[x] = static_cast<uint8_t>(value);
            marks[x] = value ? 255 : 0;
        }
    }
    return ODM_OK;
}
