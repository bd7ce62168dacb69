#if defined(__x86_64__)
#include "stereo_kernels.h"

#include <immintrin.h>

/* A chunk of 16 planes is one 128-bit vector of bytes. */

static inline __m128i load(const uint8_t* at) {
    return _mm_loadu_si128((const __m128i*)at);
}

static inline __m128i broadcast_least(__m128i values) {
    __m128i pairs = _mm_and_si128(_mm_min_epu8(values, _mm_srli_epi16(values, 8)), _mm_set1_epi16(255));
    return _mm_broadcastb_epi8(_mm_minpos_epu16(pairs));
}

static inline __m128i path_costs(const stereo_step* step, int k) {
    __m128i cost = load(step->cost + k);
    if (!step->previous) {
        return cost;
    }
    __m128i best = _mm_set1_epi8((char)step->large_penalty);
    int at = k + step->shift;
    /* The 32 bytes of 255 beside the previous costs stand for planes it did not search; further away nothing is stored
     * and nothing is near. Saturation keeps 255 above every penalty. */
    if (at >= -16 && at <= step->previous_entries) {
        const uint8_t* same = step->previous + at;
        __m128i beside = _mm_min_epu8(load(same - 1), load(same + 1));
        beside = _mm_adds_epu8(beside, _mm_set1_epi8((char)step->small_penalty));
        best = _mm_min_epu8(best, _mm_min_epu8(load(same), beside));
    }
    return _mm_add_epi8(cost, best);
}

void stereo_step_avx2(const stereo_step* step, uint8_t* path) {
    const __m128i full = _mm_set1_epi8((char)255);
    _mm_storeu_si128((__m128i*)(path - 32), full);
    _mm_storeu_si128((__m128i*)(path - 16), full);
    _mm_storeu_si128((__m128i*)(path + step->entries), full);
    _mm_storeu_si128((__m128i*)(path + step->entries + 16), full);
    if (step->entries == 16) {
        __m128i value = path_costs(step, 0);
        _mm_storeu_si128((__m128i*)path, _mm_sub_epi8(value, broadcast_least(value)));
        return;
    }
    __m128i least = full;
    for (int k = 0; k < step->entries; k += 16) {
        __m128i value = path_costs(step, k);
        _mm_storeu_si128((__m128i*)(path + k), value);
        least = _mm_min_epu8(least, value);
    }
    least = broadcast_least(least);
    for (int k = 0; k < step->entries; k += 16) {
        _mm_storeu_si128((__m128i*)(path + k), _mm_sub_epi8(load(path + k), least));
    }
}

void stereo_sum_avx2(const uint8_t* const paths[4], int32_t entries, int32_t add, uint16_t* sums) {
    for (int k = 0; k < entries; k += 16) {
        __m256i sum = _mm256_add_epi16(_mm256_cvtepu8_epi16(load(paths[0] + k)), _mm256_cvtepu8_epi16(load(paths[1] + k)));
        sum = _mm256_add_epi16(sum, _mm256_cvtepu8_epi16(load(paths[2] + k)));
        sum = _mm256_add_epi16(sum, _mm256_cvtepu8_epi16(load(paths[3] + k)));
        if (add) {
            sum = _mm256_add_epi16(sum, _mm256_loadu_si256((const __m256i*)(sums + k)));
        }
        _mm256_storeu_si256((__m256i*)(sums + k), sum);
    }
}
#endif
