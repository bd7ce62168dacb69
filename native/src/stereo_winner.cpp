#include "stereo_kernels.h"

namespace {

/* The minimum of the parabola through three sums, relative to the middle one. */
float parabola(int left, int middle, int right) {
    int curvature = left + right - 2 * middle;
    return curvature > 0 ? static_cast<float>(left - right) / static_cast<float>(2 * curvature) : 0.0f;
}

void choose(const uint16_t* sums, int entries, int first, float* plane, uint8_t* margin) {
    int best = 0;
    for (int k = 1; k < entries; k++) {
        best = sums[k] < sums[best] ? k : best;
    }
    if (best == 0 || best == entries - 1) {
        *plane = static_cast<float>(first + best);
        *margin = 0;
        return;
    }
    int second = 65535;
    for (int k = 0; k < best - 2; k++) {
        second = sums[k] < second ? sums[k] : second;
    }
    for (int k = best + 3; k < entries; k++) {
        second = sums[k] < second ? sums[k] : second;
    }
    int lead = second - sums[best];
    *plane = static_cast<float>(first + best) + parabola(sums[best - 1], sums[best], sums[best + 1]);
    *margin = static_cast<uint8_t>(lead > 255 ? 255 : lead);
}

}  // namespace

extern "C" odm_status odm_stereo_winner(const odm_stereo_ranges* ranges, const uint16_t* sums, int32_t row_begin,
                                        int32_t row_end, float* plane, uint8_t* margin) {
    if (!ranges || !sums || !plane || !margin || row_begin < 0 || row_end > ranges->height) {
        return ODM_INVALID_ARGUMENT;
    }
    for (int y = row_begin; y < row_end; y++) {
        const int32_t* start = ranges->pixel_start + static_cast<int64_t>(y) * ranges->width;
        const uint16_t* row = sums + ranges->row_start[y];
        int64_t row_chunks = (ranges->row_start[y + 1] - ranges->row_start[y]) / ODM_STEREO_CHUNK;
        for (int x = 0; x < ranges->width; x++) {
            int64_t pixel = static_cast<int64_t>(y) * ranges->width + x;
            int64_t end = x + 1 < ranges->width ? start[x + 1] : row_chunks;
            int entries = static_cast<int>(end - start[x]) * ODM_STEREO_CHUNK;
            choose(row + static_cast<int64_t>(start[x]) * ODM_STEREO_CHUNK, entries, ranges->first[pixel], plane + pixel,
                   margin + pixel);
        }
    }
    return ODM_OK;
}
