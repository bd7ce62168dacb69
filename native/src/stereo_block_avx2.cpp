#if defined(__x86_64__)
#include "stereo_kernels.h"

#include <immintrin.h>

/* One vector holds the 32 pixels of a row of the block. Unsigned bytes are compared as signed ones after flipping the
 * top bit. */

static inline __m256i load(const uint8_t* at) {
    return _mm256_loadu_si256((const __m256i*)at);
}

static inline void store(uint8_t* at, __m256i value) {
    _mm256_storeu_si256((__m256i*)at, value);
}

static const int first_half = STEREO_BITS / 2;

void stereo_census_avx2(const uint8_t* reference, int32_t stride, uint8_t* census) {
    const __m256i flip = _mm256_set1_epi8((char)0x80);
    for (int index = 0; index <= STEREO_BITS; index++) {
        if (index == first_half) {
            continue;
        }
        int64_t offset = (int64_t)(index / STEREO_WINDOW - ODM_STEREO_MARGIN) * stride + index % STEREO_WINDOW - ODM_STEREO_MARGIN;
        for (int y = 0; y < ODM_STEREO_BLOCK_HEIGHT; y++) {
            const uint8_t* row = reference + (int64_t)y * stride;
            __m256i center = _mm256_xor_si256(load(row), flip);
            __m256i other = _mm256_xor_si256(load(row + offset), flip);
            store(census, _mm256_cmpgt_epi8(other, center));
            census += ODM_STEREO_BLOCK_WIDTH;
        }
    }
}

/* Interpolated along x, 16 times the value; even and odd pixels of 32 apart. */
struct across {
    __m256i low, high;
};

static inline across interpolate_x(const uint8_t* at, __m256i weights) {
    __m256i left = load(at);
    __m256i right = load(at + 1);
    return {_mm256_maddubs_epi16(_mm256_unpacklo_epi8(left, right), weights),
            _mm256_maddubs_epi16(_mm256_unpackhi_epi8(left, right), weights)};
}

static inline __m256i interpolate_y(across top, across bottom, __m256i upper, __m256i lower) {
    const __m256i half = _mm256_set1_epi16(128);
    __m256i low = _mm256_add_epi16(_mm256_mullo_epi16(top.low, upper), _mm256_mullo_epi16(bottom.low, lower));
    __m256i high = _mm256_add_epi16(_mm256_mullo_epi16(top.high, upper), _mm256_mullo_epi16(bottom.high, lower));
    low = _mm256_srli_epi16(_mm256_add_epi16(low, half), 8);
    high = _mm256_srli_epi16(_mm256_add_epi16(high, half), 8);
    return _mm256_packus_epi16(low, high);
}

/* The patch with its top bits flipped. */
static void resample(const stereo_placement* placement, uint8_t* patch) {
    const __m256i flip = _mm256_set1_epi8((char)0x80);
    int fx = placement->fraction_x;
    const __m256i weights = _mm256_set1_epi16((short)((fx << 8) | (16 - fx)));
    for (int column = 0; column < STEREO_PATCH_STRIDE; column += 32) {
        const uint8_t* last = placement->rows[0];
        across bottom = interpolate_x(last + column, weights);
        for (int y = 0; y < STEREO_PATCH_ROWS; y++) {
            const uint8_t* upper = placement->rows[y];
            across top = upper == last ? bottom : interpolate_x(upper + column, weights);
            last = upper + placement->stride;
            bottom = interpolate_x(last + column, weights);
            int fy = placement->fraction_y[y];
            __m256i value = interpolate_y(top, bottom, _mm256_set1_epi16((short)(16 - fy)), _mm256_set1_epi16((short)fy));
            store(patch + y * STEREO_PATCH_STRIDE + column, _mm256_xor_si256(value, flip));
        }
    }
}

/* Disagreeing bits of the rows of a block; two rows at a time share the loop overhead. */
static inline __m256i hamming(const uint8_t* census, const uint8_t* patch, int y) {
    const uint8_t* corner = patch + y * STEREO_PATCH_STRIDE;
    __m256i center = load(corner + ODM_STEREO_MARGIN * STEREO_PATCH_STRIDE + ODM_STEREO_MARGIN);
    __m256i sum = _mm256_setzero_si256();
    const uint8_t* expected = census + y * ODM_STEREO_BLOCK_WIDTH;
#pragma GCC unroll 7
    for (int dy = 0; dy < STEREO_WINDOW; dy++) {
#pragma GCC unroll 7
        for (int dx = 0; dx < STEREO_WINDOW; dx++) {
            if (dy == ODM_STEREO_MARGIN && dx == ODM_STEREO_MARGIN) {
                continue;
            }
            __m256i brighter = _mm256_cmpgt_epi8(load(corner + dy * STEREO_PATCH_STRIDE + dx), center);
            sum = _mm256_sub_epi8(sum, _mm256_xor_si256(brighter, load(expected)));
            expected += STEREO_BLOCK_PIXELS;
        }
    }
    return sum;
}

void stereo_plane_avx2(const uint8_t* census, const stereo_placement* placements, int32_t view_count,
                       int32_t best_count, uint8_t* cost) {
    const __m256i unseen = _mm256_set1_epi8((char)STEREO_NOT_SEEN);
    uint8_t best[3][STEREO_BLOCK_PIXELS];
    for (int i = 0; i < STEREO_BLOCK_PIXELS; i += 32) {
        store(best[0] + i, unseen);
        store(best[1] + i, unseen);
        store(best[2] + i, unseen);
    }
    uint8_t patch[STEREO_PATCH_ROWS * STEREO_PATCH_STRIDE];
    for (int view = 0; view < view_count; view++) {
        const stereo_placement* placement = placements + view;
        if (!placement->rows[0]) {
            continue;
        }
        resample(placement, patch);
        for (int y = 0; y < ODM_STEREO_BLOCK_HEIGHT; y++) {
            __m256i value = hamming(census, patch, y);
            value = _mm256_blendv_epi8(unseen, value, load(placement->usable[y]));
            uint8_t* at = best[0] + y * ODM_STEREO_BLOCK_WIDTH;
            for (int rank = 0; rank < 3; rank++, at += STEREO_BLOCK_PIXELS) {
                __m256i held = load(at);
                store(at, _mm256_min_epu8(held, value));
                value = _mm256_max_epu8(held, value);
            }
        }
    }
    const __m256i none = _mm256_set1_epi8(ODM_STEREO_NO_COST);
    const __m256i zero = _mm256_setzero_si256();
    const __m256i two_thirds = _mm256_set1_epi16(171);
    const __m256i half = _mm256_set1_epi16(128);
    for (int i = 0; i < STEREO_BLOCK_PIXELS; i += 32) {
        __m256i first = load(best[0] + i), second = load(best[1] + i), third = load(best[2] + i);
        __m256i one = _mm256_add_epi8(first, first);
        __m256i two = _mm256_add_epi8(first, second);
        __m256i low = _mm256_add_epi16(_mm256_unpacklo_epi8(two, zero), _mm256_unpacklo_epi8(third, zero));
        __m256i high = _mm256_add_epi16(_mm256_unpackhi_epi8(two, zero), _mm256_unpackhi_epi8(third, zero));
        low = _mm256_srli_epi16(_mm256_add_epi16(_mm256_mullo_epi16(low, two_thirds), half), 8);
        high = _mm256_srli_epi16(_mm256_add_epi16(_mm256_mullo_epi16(high, two_thirds), half), 8);
        __m256i result = best_count == 3 ? _mm256_packus_epi16(low, high) : best_count == 2 ? two : one;
        if (best_count == 3) {
            result = _mm256_blendv_epi8(result, two, _mm256_cmpeq_epi8(third, unseen));
        }
        if (best_count >= 2) {
            result = _mm256_blendv_epi8(result, one, _mm256_cmpeq_epi8(second, unseen));
        }
        store(cost + i, _mm256_blendv_epi8(result, none, _mm256_cmpeq_epi8(first, unseen)));
    }
}
#endif
