/* The plain form of the block kernels: the oracle of the vector ones. */
#include "stereo_kernels.h"

namespace {

void offset_of(int bit, int* dx, int* dy) {
    int index = bit < STEREO_BITS / 2 ? bit : bit + 1; /* the centre is no neighbour of itself */
    *dx = index % STEREO_WINDOW - ODM_STEREO_MARGIN;
    *dy = index / STEREO_WINDOW - ODM_STEREO_MARGIN;
}

void resample(const stereo_placement& placement, uint8_t* patch) {
    int fx = placement.fraction_x;
    for (int y = 0; y < STEREO_PATCH_ROWS; y++) {
        const uint8_t* upper = placement.rows[y];
        const uint8_t* lower = upper + placement.stride;
        int fy = placement.fraction_y[y];
        for (int x = 0; x < ODM_STEREO_BLOCK_WIDTH + 2 * ODM_STEREO_MARGIN; x++) {
            int top = (16 - fx) * upper[x] + fx * upper[x + 1];
            int bottom = (16 - fx) * lower[x] + fx * lower[x + 1];
            patch[y * STEREO_PATCH_STRIDE + x] = static_cast<uint8_t>(((16 - fy) * top + fy * bottom + 128) >> 8);
        }
    }
}

int view_cost(const uint8_t* census, const uint8_t* patch, int x, int y) {
    const uint8_t* center = patch + (y + ODM_STEREO_MARGIN) * STEREO_PATCH_STRIDE + x + ODM_STEREO_MARGIN;
    int cost = 0;
    for (int bit = 0; bit < STEREO_BITS; bit++) {
        int dx, dy;
        offset_of(bit, &dx, &dy);
        bool brighter = center[dy * STEREO_PATCH_STRIDE + dx] > *center;
        bool brighter_in_reference = census[bit * STEREO_BLOCK_PIXELS + y * ODM_STEREO_BLOCK_WIDTH + x] != 0;
        cost += brighter != brighter_in_reference;
    }
    return cost;
}

/* Twice the mean of the best (smallest) costs; `best` is sorted, STEREO_NOT_SEEN where there are fewer. */
uint8_t combine(const int* best, int best_count) {
    if (best[0] == STEREO_NOT_SEEN) {
        return ODM_STEREO_NO_COST;
    }
    if (best_count == 1 || best[1] == STEREO_NOT_SEEN) {
        return static_cast<uint8_t>(2 * best[0]);
    }
    int two = best[0] + best[1];
    if (best_count == 2 || best[2] == STEREO_NOT_SEEN) {
        return static_cast<uint8_t>(two);
    }
    /* Two thirds, rounded: 171 / 256 is exact enough for sums up to 144. */
    return static_cast<uint8_t>(((two + best[2]) * 171 + 128) >> 8);
}

}  // namespace

void stereo_census_scalar(const uint8_t* reference, int32_t stride, uint8_t* census) {
    for (int bit = 0; bit < STEREO_BITS; bit++) {
        int dx, dy;
        offset_of(bit, &dx, &dy);
        for (int y = 0; y < ODM_STEREO_BLOCK_HEIGHT; y++) {
            const uint8_t* row = reference + static_cast<int64_t>(y) * stride;
            const uint8_t* other = row + static_cast<int64_t>(dy) * stride + dx;
            for (int x = 0; x < ODM_STEREO_BLOCK_WIDTH; x++) {
                *census++ = other[x] > row[x] ? 255 : 0;
            }
        }
    }
}

void stereo_plane_scalar(const uint8_t* census, const stereo_placement* placements, int32_t view_count,
                         int32_t best_count, uint8_t* cost) {
    uint8_t patches[ODM_STEREO_MAX_VIEWS][STEREO_PATCH_ROWS * STEREO_PATCH_STRIDE];
    for (int view = 0; view < view_count; view++) {
        if (placements[view].rows[0]) {
            resample(placements[view], patches[view]);
        }
    }
    for (int y = 0; y < ODM_STEREO_BLOCK_HEIGHT; y++) {
        for (int x = 0; x < ODM_STEREO_BLOCK_WIDTH; x++) {
            int best[3] = {STEREO_NOT_SEEN, STEREO_NOT_SEEN, STEREO_NOT_SEEN};
            for (int view = 0; view < view_count; view++) {
                const stereo_placement& placement = placements[view];
                if (!placement.rows[0] || placement.usable[y][x] == 0) {
                    continue;
                }
                int value = view_cost(census, patches[view], x, y);
                for (int rank = 0; rank < 3; rank++) {
                    if (value < best[rank]) {
                        int displaced = best[rank];
                        best[rank] = value;
                        value = displaced;
                    }
                }
            }
            cost[y * ODM_STEREO_BLOCK_WIDTH + x] = combine(best, best_count);
        }
    }
}

void stereo_step_scalar(const stereo_step* step, uint8_t* path) {
    uint8_t least = 255;
    for (int k = 0; k < STEREO_LANE_PADDING; k++) {
        path[k - STEREO_LANE_PADDING] = 255;
        path[step->entries + k] = 255;
    }
    for (int k = 0; k < step->entries; k++) {
        int value = step->cost[k];
        if (step->previous) {
            int jump = step->large_penalty;
            int at = k + step->shift;
            for (int near = at - 1; near <= at + 1; near++) {
                if (near >= 0 && near < step->previous_entries) {
                    int transition = step->previous[near] + (near == at ? 0 : step->small_penalty);
                    jump = transition < jump ? transition : jump;
                }
            }
            value += jump;
        }
        path[k] = static_cast<uint8_t>(value);
        least = path[k] < least ? path[k] : least;
    }
    for (int k = 0; k < step->entries; k++) {
        path[k] = static_cast<uint8_t>(path[k] - least);
    }
}

void stereo_sum_scalar(const uint8_t* const paths[4], int32_t entries, int32_t add, uint16_t* sums) {
    for (int k = 0; k < entries; k++) {
        int sum = paths[0][k] + paths[1][k] + paths[2][k] + paths[3][k];
        sums[k] = static_cast<uint16_t>(add ? sums[k] + sum : sum);
    }
}
