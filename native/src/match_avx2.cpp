#include "match_internal.h"

#if defined(__x86_64__)

#include <immintrin.h>

namespace {

constexpr int32_t kBytes = ODM_MATCH_DESCRIPTOR_BYTES;
constexpr int32_t kPairs = kBytes / 2;
constexpr int32_t kRows = 4;          // rows of A in registers: 8 accumulators
constexpr int32_t kHalves = 2;        // a group of 16 descriptors in two vectors of 8
constexpr int32_t kTileGroups = 48;   // groups of B that stay in the cache while the rows go by: 192 KiB
constexpr int32_t kGroupBytes = kMatchGroup * kBytes * 2;

struct Rows {
    int32_t pairs[kRows][kPairs];  // two components of 16 bits each
    int32_t norm[kRows];
    int32_t count;
};

struct RowState {
    __m256i best[kRows][kHalves];
    __m256i second[kRows][kHalves];
    __m256i index[kRows][kHalves];
};

void load_rows(const uint8_t* rows_a, int32_t count, Rows& rows) {
    rows.count = count;
    for (int32_t r = 0; r < kRows; ++r) {
        rows.norm[r] = 0;
        for (int32_t k = 0; k < kPairs; ++k) {
            int32_t low = r < count ? rows_a[static_cast<int64_t>(r) * kBytes + 2 * k] : 0;
            int32_t high = r < count ? rows_a[static_cast<int64_t>(r) * kBytes + 2 * k + 1] : 0;
            rows.pairs[r][k] = low | (high << 16);
            rows.norm[r] += low * low + high * high;
        }
    }
}

inline void keep_two(__m256i distance, __m256i candidate, __m256i& best, __m256i& second, __m256i& index) {
    __m256i nearer = _mm256_cmpgt_epi32(best, distance);
    second = _mm256_min_epi32(second, _mm256_max_epi32(distance, best));
    best = _mm256_min_epi32(best, distance);
    index = _mm256_blendv_epi8(index, candidate, nearer);
}

// Four rows against one group; lane j of half h belongs to descriptor 8h + j. The column arrays hold a whole group.
void compare(const Rows& rows, int32_t row_base, const int32_t* norms, const uint8_t* group, int32_t first,
             int32_t* column_best, int32_t* column_second, int32_t* column_index, RowState& state) {
    __m256i dot[kRows][kHalves];
    for (int32_t r = 0; r < kRows; ++r) {
        dot[r][0] = _mm256_setzero_si256();
        dot[r][1] = _mm256_setzero_si256();
    }
    for (int32_t k = 0; k < kPairs; ++k) {
        __m256i b0 = _mm256_load_si256(reinterpret_cast<const __m256i*>(group + k * 64));
        __m256i b1 = _mm256_load_si256(reinterpret_cast<const __m256i*>(group + k * 64 + 32));
        for (int32_t r = 0; r < kRows; ++r) {
            __m256i a = _mm256_set1_epi32(rows.pairs[r][k]);
            dot[r][0] = _mm256_add_epi32(dot[r][0], _mm256_madd_epi16(a, b0));
            dot[r][1] = _mm256_add_epi32(dot[r][1], _mm256_madd_epi16(a, b1));
        }
    }
    for (int32_t h = 0; h < kHalves; ++h) {
        const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
        __m256i column = _mm256_add_epi32(_mm256_set1_epi32(first + 8 * h), lanes);
        __m256i norm = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(norms + first + 8 * h));
        __m256i best = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(column_best + 8 * h));
        __m256i second = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(column_second + 8 * h));
        __m256i index = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(column_index + 8 * h));
        for (int32_t r = 0; r < rows.count; ++r) {
            __m256i sum = _mm256_add_epi32(norm, _mm256_set1_epi32(rows.norm[r]));
            __m256i distance = _mm256_sub_epi32(sum, _mm256_slli_epi32(dot[r][h], 1));
            keep_two(distance, column, state.best[r][h], state.second[r][h], state.index[r][h]);
            keep_two(distance, _mm256_set1_epi32(row_base + r), best, second, index);
        }
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(column_best + 8 * h), best);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(column_second + 8 * h), second);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(column_index + 8 * h), index);
    }
}

// The last group may be shorter than the vectors: it works on a copy.
void compare_last(const MatchTask& task, const Rows& rows, int32_t row_base, const int32_t* norms, const uint8_t* group,
                  int32_t first, RowState& state) {
    int32_t best[kMatchGroup];
    int32_t second[kMatchGroup];
    int32_t index[kMatchGroup];
    int32_t left = task.count_b - first;
    for (int32_t i = 0; i < kMatchGroup; ++i) {
        best[i] = i < left ? task.column_best[first + i] : 0;
        second[i] = i < left ? task.column_second[first + i] : 0;
        index[i] = i < left ? task.column_index[first + i] : 0;
    }
    compare(rows, row_base, norms, group, first, best, second, index, state);
    for (int32_t i = 0; i < left; ++i) {
        task.column_best[first + i] = best[i];
        task.column_second[first + i] = second[i];
        task.column_index[first + i] = index[i];
    }
}

void merge(const RowState& state, int32_t r, int32_t* best, int32_t* second, int32_t* index) {
    int32_t bests[kMatchGroup];
    int32_t seconds[kMatchGroup];
    int32_t indices[kMatchGroup];
    for (int32_t h = 0; h < kHalves; ++h) {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(bests + 8 * h), state.best[r][h]);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(seconds + 8 * h), state.second[r][h]);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(indices + 8 * h), state.index[r][h]);
    }
    odm_match_merge_lanes(bests, seconds, indices, best, second, index);
}

}  // namespace

void odm_match_rows_avx2(const MatchTask& task) {
    const int32_t groups = (task.count_b + kMatchGroup - 1) / kMatchGroup;
    const int32_t* norms = reinterpret_cast<const int32_t*>(task.packed_b);
    const uint8_t* packed = task.packed_b + static_cast<int64_t>(groups) * kMatchGroup * 4;
    const __m256i farthest = _mm256_set1_epi32(INT32_MAX);
    for (int32_t tile = 0; tile < groups; tile += kTileGroups) {
        int32_t tile_end = tile + kTileGroups < groups ? tile + kTileGroups : groups;
        for (int32_t row = 0; row < task.rows; row += kRows) {
            Rows rows;
            load_rows(task.rows_a + static_cast<int64_t>(row) * kBytes, task.rows - row < kRows ? task.rows - row : kRows,
                      rows);
            RowState state;
            for (int32_t r = 0; r < kRows; ++r) {
                for (int32_t h = 0; h < kHalves; ++h) {
                    state.best[r][h] = farthest;
                    state.second[r][h] = farthest;
                    state.index[r][h] = _mm256_set1_epi32(-1);
                }
            }
            for (int32_t group = tile; group < tile_end; ++group) {
                int32_t first = group * kMatchGroup;
                const uint8_t* bytes = packed + static_cast<int64_t>(group) * kGroupBytes;
                if (task.count_b - first >= kMatchGroup) {
                    compare(rows, task.first_row + row, norms, bytes, first, task.column_best + first,
                            task.column_second + first, task.column_index + first, state);
                } else {
                    compare_last(task, rows, task.first_row + row, norms, bytes, first, state);
                }
            }
            for (int32_t r = 0; r < rows.count; ++r) {
                merge(state, r, task.row_best + row + r, task.row_second + row + r, task.row_index + row + r);
            }
        }
    }
}

#else

void odm_match_rows_avx2(const MatchTask&) {}

#endif
