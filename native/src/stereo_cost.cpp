#include "stereo_kernels.h"

#include <cmath>
#include <cstring>

namespace {

constexpr int PLANES_AT_ONCE = 64;

struct block_job {
    const odm_stereo_frame* frame;
    const odm_stereo_view* views;
    int32_t view_count;
    int32_t best_count;
    const odm_stereo_ranges* ranges;
    stereo_plane_function plane;
    int32_t x, y;          /* first pixel of the block */
    int32_t columns, rows; /* of it that lie in the frame */
    const uint8_t* census;
    uint8_t* volume;
};

/* Sixteenths of a pixel, to the nearest; false where the plane is behind the view or absurdly far away. */
bool shift_of(double position, double epipole, double delta, double scale, int* whole, uint8_t* fraction) {
    double shift = (position + delta * epipole) / scale - position;
    if (!(shift > -30000 && shift < 30000)) {
        return false;
    }
    int sixteenths = static_cast<int>(std::floor(shift * 16 + 0.5));
    *whole = sixteenths >> 4;
    *fraction = static_cast<uint8_t>(sixteenths & 15);
    return true;
}

bool place(const block_job& job, const odm_stereo_view& view, double delta, stereo_placement* placement) {
    const odm_stereo_frame& frame = *job.frame;
    double scale = 1 + delta * view.epipole_z;
    int dx, dy;
    if (scale < 0.2 ||
        !shift_of(job.x + ODM_STEREO_BLOCK_WIDTH / 2, view.epipole_x, delta, scale, &dx, &placement->fraction_x)) {
        return false;
    }
    int left = job.x + dx - ODM_STEREO_MARGIN;
    if (left < -frame.padding || left + STEREO_PATCH_STRIDE + 1 > job.ranges->width + frame.padding) {
        return false;
    }
    placement->stride = frame.stride;
    for (int row = 0; row < STEREO_PATCH_ROWS; row++) {
        int y = job.y + row - ODM_STEREO_MARGIN;
        if (!shift_of(y + 0.5, view.epipole_y, delta, scale, &dy, &placement->fraction_y[row])) {
            return false;
        }
        int source = y + dy;
        if (source < -frame.padding || source + 2 > job.ranges->height + frame.padding) {
            return false;
        }
        placement->rows[row] = view.grey + static_cast<int64_t>(source) * frame.stride + left;
        int in_block = row - ODM_STEREO_MARGIN;
        if (in_block >= 0 && in_block < ODM_STEREO_BLOCK_HEIGHT) {
            int nearest = source + (placement->fraction_y[row] >> 3);
            int column = job.x + dx + (placement->fraction_x >> 3);
            placement->usable[in_block] = view.usable + static_cast<int64_t>(nearest) * frame.stride + column;
        }
    }
    return true;
}

int pixel_entries(const odm_stereo_ranges& ranges, int x, int y) {
    const int32_t* start = ranges.pixel_start + static_cast<int64_t>(y) * ranges.width;
    int64_t row_chunks = (ranges.row_start[y + 1] - ranges.row_start[y]) / ODM_STEREO_CHUNK;
    int64_t end = x + 1 < ranges.width ? start[x + 1] : row_chunks;
    return static_cast<int>(end - start[x]) * ODM_STEREO_CHUNK;
}

void run_planes(const block_job& job, int first, int count, const uint8_t* wanted) {
    uint8_t costs[PLANES_AT_ONCE * STEREO_BLOCK_PIXELS];
    stereo_placement placements[ODM_STEREO_MAX_VIEWS];
    for (int plane = 0; plane < count; plane++) {
        if (!wanted[plane]) {
            continue;
        }
        double delta = job.frame->first_delta + (first + plane) * job.frame->step_delta;
        for (int view = 0; view < job.view_count; view++) {
            if (!place(job, job.views[view], delta, &placements[view])) {
                placements[view].rows[0] = nullptr;
            }
        }
        job.plane(job.census, placements, job.view_count, job.best_count, costs + plane * STEREO_BLOCK_PIXELS);
    }
    const odm_stereo_ranges& ranges = *job.ranges;
    for (int y = 0; y < job.rows; y++) {
        for (int x = 0; x < job.columns; x++) {
            int64_t pixel = static_cast<int64_t>(job.y + y) * ranges.width + job.x + x;
            int entries = pixel_entries(ranges, job.x + x, job.y + y);
            int begin = ranges.first[pixel] - first;
            uint8_t* target = job.volume + ranges.row_start[job.y + y] +
                              static_cast<int64_t>(ranges.pixel_start[pixel]) * ODM_STEREO_CHUNK;
            int from = begin < 0 ? -begin : 0;
            int to = begin + entries > count ? count - begin : entries;
            const uint8_t* source = costs + y * ODM_STEREO_BLOCK_WIDTH + x;
            for (int k = from; k < to; k++) {
                target[k] = source[(begin + k) * STEREO_BLOCK_PIXELS];
            }
        }
    }
}

void run_block(const block_job& job) {
    const odm_stereo_ranges& ranges = *job.ranges;
    int low = 32767, high = -32768;
    for (int y = 0; y < job.rows; y++) {
        for (int x = 0; x < job.columns; x++) {
            int first = ranges.first[static_cast<int64_t>(job.y + y) * ranges.width + job.x + x];
            int end = first + pixel_entries(ranges, job.x + x, job.y + y);
            low = first < low ? first : low;
            high = end > high ? end : high;
        }
    }
    for (int first = low; first < high; first += PLANES_AT_ONCE) {
        int count = high - first < PLANES_AT_ONCE ? high - first : PLANES_AT_ONCE;
        /* Between a roof and the ground there may be planes that no pixel asks for. */
        uint8_t wanted[PLANES_AT_ONCE] = {0};
        for (int y = 0; y < job.rows; y++) {
            for (int x = 0; x < job.columns; x++) {
                int begin = ranges.first[static_cast<int64_t>(job.y + y) * ranges.width + job.x + x] - first;
                int end = begin + pixel_entries(ranges, job.x + x, job.y + y);
                begin = begin < 0 ? 0 : begin;
                end = end > count ? count : end;
                if (begin < end) {
                    std::memset(wanted + begin, 1, static_cast<size_t>(end - begin));
                }
            }
        }
        run_planes(job, first, count, wanted);
    }
}

}  // namespace

extern "C" odm_status odm_stereo_cost(const odm_stereo_frame* frame, const odm_stereo_view* views, int32_t view_count,
                                      int32_t best_count, const odm_stereo_ranges* ranges, int32_t row_begin,
                                      int32_t row_end, uint8_t* volume, odm_isa isa) {
    if (!frame || !views || !ranges || !volume || view_count < 1 || view_count > ODM_STEREO_MAX_VIEWS ||
        best_count < 1 || best_count > 3 || frame->padding < 64 || row_begin < 0 || row_end > ranges->height ||
        row_begin % ODM_STEREO_BLOCK_HEIGHT != 0) {
        return ODM_INVALID_ARGUMENT;
    }
    stereo_census_function census_of = stereo_census_scalar;
    stereo_plane_function plane = stereo_plane_scalar;
#if defined(__x86_64__)
    if (isa >= ODM_ISA_AVX2) {
        if (odm_best_isa() < ODM_ISA_AVX2) {
            return ODM_UNSUPPORTED;
        }
        census_of = stereo_census_avx2;
        plane = stereo_plane_avx2;
    }
#endif
    uint8_t census[STEREO_BITS * STEREO_BLOCK_PIXELS];
    block_job job{frame, views, view_count, best_count, ranges, plane, 0, 0, 0, 0, census, volume};
    for (job.y = row_begin; job.y < row_end; job.y += ODM_STEREO_BLOCK_HEIGHT) {
        job.rows = row_end - job.y < ODM_STEREO_BLOCK_HEIGHT ? row_end - job.y : ODM_STEREO_BLOCK_HEIGHT;
        for (job.x = 0; job.x < ranges->width; job.x += ODM_STEREO_BLOCK_WIDTH) {
            job.columns = ranges->width - job.x < ODM_STEREO_BLOCK_WIDTH ? ranges->width - job.x : ODM_STEREO_BLOCK_WIDTH;
            census_of(frame->reference + static_cast<int64_t>(job.y) * frame->stride + job.x, frame->stride, census);
            run_block(job);
        }
    }
    return ODM_OK;
}
