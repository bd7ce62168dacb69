#include "stereo_kernels.h"

#include <cstring>

namespace {

/* Of the four paths of a pass, the first comes along the row; the others come from the row visited before. */
constexpr int PATHS = 4;

/* Path costs of two rows: the one being visited and the one before. */
struct path_rows {
    int64_t row_bytes;
    uint8_t* bytes;

    uint8_t* row(int path, int parity) const {
        return bytes + (path * 2 + parity) * row_bytes + STEREO_LANE_PADDING;
    }
};

int64_t bytes_of_row(int32_t width, int64_t max_row_entries) {
    return max_row_entries + (static_cast<int64_t>(width) + 1) * 2 * STEREO_LANE_PADDING;
}

struct row_view {
    const odm_stereo_ranges* ranges;
    int y;

    int64_t pixel(int x) const { return static_cast<int64_t>(y) * ranges->width + x; }
    int64_t entry(int x) const { return static_cast<int64_t>(ranges->pixel_start[pixel(x)]) * ODM_STEREO_CHUNK; }
    int64_t in_paths(int x) const { return entry(x) + static_cast<int64_t>(x) * 2 * STEREO_LANE_PADDING; }
    int first(int x) const { return ranges->first[pixel(x)]; }
    int entries(int x) const {
        int64_t end = x + 1 < ranges->width ? entry(x + 1) : ranges->row_start[y + 1] - ranges->row_start[y];
        return static_cast<int>(end - entry(x));
    }
};

int absolute(int value) {
    return value < 0 ? -value : value;
}

}  // namespace

extern "C" int64_t odm_stereo_aggregate_scratch_bytes(int32_t width, int64_t max_row_entries) {
    return PATHS * 2 * bytes_of_row(width, max_row_entries) + 16;
}

extern "C" odm_status odm_stereo_aggregate(const odm_stereo_ranges* ranges, const uint8_t* volume, const uint8_t* grey,
                                           int32_t stride, int32_t small_penalty, const uint8_t* large_penalty,
                                           int32_t backward, int32_t row_begin, int32_t row_end, uint16_t* sums,
                                           uint8_t* scratch, int64_t scratch_bytes, odm_isa isa) {
    if (!ranges || !volume || !grey || !large_penalty || !sums || !scratch || small_penalty < 0 || small_penalty > 150 ||
        row_begin < 0 || row_end > ranges->height) {
        return ODM_INVALID_ARGUMENT;
    }
    int64_t max_row_entries = 0;
    for (int y = 0; y < ranges->height; y++) {
        int64_t row_entries = ranges->row_start[y + 1] - ranges->row_start[y];
        max_row_entries = row_entries > max_row_entries ? row_entries : max_row_entries;
    }
    if (scratch_bytes < odm_stereo_aggregate_scratch_bytes(ranges->width, max_row_entries)) {
        return ODM_INVALID_ARGUMENT;
    }
    stereo_step_function step_of = stereo_step_scalar;
    stereo_sum_function sum_of = stereo_sum_scalar;
#if defined(__x86_64__)
    if (isa >= ODM_ISA_AVX2) {
        if (odm_best_isa() < ODM_ISA_AVX2) {
            return ODM_UNSUPPORTED;
        }
        step_of = stereo_step_avx2;
        sum_of = stereo_sum_avx2;
    }
#endif
    path_rows paths{bytes_of_row(ranges->width, max_row_entries), scratch};
    const int width = ranges->width;
    const int forward = backward ? -1 : 1;
    const int dx[PATHS] = {-forward, -1, 0, 1};
    const int dy[PATHS] = {0, -forward, -forward, -forward};
    for (int visited = row_begin; visited < row_end; visited++) {
        int y = backward ? ranges->height - 1 - visited : visited;
        row_view row{ranges, y};
        const uint8_t* costs = volume + ranges->row_start[y];
        for (int column = 0; column < width; column++) {
            int x = backward ? width - 1 - column : column;
            int entries = row.entries(x);
            const uint8_t* grey_here = grey + static_cast<int64_t>(y) * stride + x;
            stereo_step step;
            step.cost = costs + row.entry(x);
            step.entries = entries;
            step.small_penalty = static_cast<uint8_t>(small_penalty);
            const uint8_t* results[PATHS];
            for (int path = 0; path < PATHS; path++) {
                int from_x = x + dx[path];
                int from_y = y + dy[path];
                step.previous = nullptr;
                if (from_x >= 0 && from_x < width && from_y >= 0 && from_y < ranges->height) {
                    row_view from{ranges, from_y};
                    step.previous = paths.row(path, from_y & 1) + from.in_paths(from_x);
                    step.previous_entries = from.entries(from_x);
                    step.shift = row.first(x) - from.first(from_x);
                    int contrast = absolute(*grey_here - grey_here[static_cast<int64_t>(dy[path]) * stride + dx[path]]);
                    step.large_penalty = large_penalty[contrast];
                }
                uint8_t* result = paths.row(path, y & 1) + row.in_paths(x);
                step_of(&step, result);
                results[path] = result;
            }
            sum_of(results, entries, backward, sums + ranges->row_start[y] + row.entry(x));
        }
    }
    return ODM_OK;
}
