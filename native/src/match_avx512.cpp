#include "match_internal.h"

#if defined(__x86_64__)

#include <immintrin.h>

namespace {

constexpr int32_t kBytes = ODM_MATCH_DESCRIPTOR_BYTES;
constexpr int32_t kQuadruples = kBytes / 4;
constexpr int32_t kRows = 8;            // rows of A in registers
constexpr int32_t kGroupsAtOnce = 3;    // groups of B in registers: 24 accumulators
constexpr int32_t kTileGroups = 120;    // groups of B that stay in the cache while the rows go by: 240 KiB
constexpr int32_t kGroupBytes = kMatchGroup * kBytes;

struct Rows {
    alignas(64) uint8_t flipped[kRows][kBytes];  // a - 128 as signed bytes
    int32_t norm[kRows];
    int32_t count;
};

struct RowState {
    __m512i best[kRows];
    __m512i second[kRows];
    __m512i index[kRows];
};

void load_rows(const uint8_t* rows_a, int32_t count, Rows& rows) {
    rows.count = count;
    for (int32_t r = 0; r < kRows; ++r) {
        rows.norm[r] = 0;
        for (int32_t i = 0; i < kBytes; ++i) {
            int32_t value = r < count ? rows_a[static_cast<int64_t>(r) * kBytes + i] : 0;
            rows.flipped[r][i] = static_cast<uint8_t>(value ^ 0x80);
            rows.norm[r] += value * value;
        }
    }
}

// Eight rows against Groups groups of 16; lane j of an accumulator belongs to descriptor j of its group.
template <int32_t Groups>
inline void compare(const MatchTask& task, const Rows& rows, int32_t row_base, const int32_t* norms,
                    const uint8_t* packed, int32_t group, RowState& state) {
    __m512i dot[kRows][Groups];
    for (int32_t r = 0; r < kRows; ++r) {
        for (int32_t g = 0; g < Groups; ++g) {
            dot[r][g] = _mm512_setzero_si512();
        }
    }
    const uint8_t* base = packed + static_cast<int64_t>(group) * kGroupBytes;
    for (int32_t k = 0; k < kQuadruples; ++k) {
        __m512i b[Groups];
        for (int32_t g = 0; g < Groups; ++g) {
            b[g] = _mm512_load_si512(base + g * kGroupBytes + k * 64);
        }
        for (int32_t r = 0; r < kRows; ++r) {
            int32_t quadruple;
            __builtin_memcpy(&quadruple, rows.flipped[r] + 4 * k, 4);
            __m512i a = _mm512_set1_epi32(quadruple);
            for (int32_t g = 0; g < Groups; ++g) {
                dot[r][g] = _mm512_dpbusd_epi32(dot[r][g], b[g], a);
            }
        }
    }
    const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    for (int32_t g = 0; g < Groups; ++g) {
        int32_t first = (group + g) * kMatchGroup;
        int32_t left = task.count_b - first;
        __mmask16 valid = left >= kMatchGroup ? static_cast<__mmask16>(0xFFFF) : static_cast<__mmask16>((1u << left) - 1);
        __m512i column = _mm512_add_epi32(_mm512_set1_epi32(first), lanes);
        __m512i norm = _mm512_load_si512(norms + first);
        __m512i best = _mm512_maskz_loadu_epi32(valid, task.column_best + first);
        __m512i second = _mm512_maskz_loadu_epi32(valid, task.column_second + first);
        __m512i index = _mm512_maskz_loadu_epi32(valid, task.column_index + first);
        for (int32_t r = 0; r < kRows; ++r) {
            if (r >= rows.count) {
                break;
            }
            __m512i sum = _mm512_add_epi32(norm, _mm512_set1_epi32(rows.norm[r]));
            __m512i distance = _mm512_sub_epi32(sum, _mm512_slli_epi32(dot[r][g], 1));
            __mmask16 nearer = _mm512_cmplt_epi32_mask(distance, state.best[r]);
            state.second[r] = _mm512_min_epi32(state.second[r], _mm512_max_epi32(distance, state.best[r]));
            state.best[r] = _mm512_min_epi32(state.best[r], distance);
            state.index[r] = _mm512_mask_mov_epi32(state.index[r], nearer, column);
            nearer = _mm512_cmplt_epi32_mask(distance, best);
            second = _mm512_min_epi32(second, _mm512_max_epi32(distance, best));
            best = _mm512_min_epi32(best, distance);
            index = _mm512_mask_mov_epi32(index, nearer, _mm512_set1_epi32(row_base + r));
        }
        _mm512_mask_storeu_epi32(task.column_best + first, valid, best);
        _mm512_mask_storeu_epi32(task.column_second + first, valid, second);
        _mm512_mask_storeu_epi32(task.column_index + first, valid, index);
    }
}

// Merges the 16 lanes of a tile into the result of a row; the tiles come in ascending order.
void merge(const RowState& state, int32_t r, int32_t* best, int32_t* second, int32_t* index) {
    alignas(64) int32_t bests[kMatchGroup];
    alignas(64) int32_t seconds[kMatchGroup];
    alignas(64) int32_t indices[kMatchGroup];
    _mm512_store_si512(bests, state.best[r]);
    _mm512_store_si512(seconds, state.second[r]);
    _mm512_store_si512(indices, state.index[r]);
    odm_match_merge_lanes(bests, seconds, indices, best, second, index);
}

}  // namespace

void odm_match_rows_avx512(const MatchTask& task) {
    const int32_t groups = (task.count_b + kMatchGroup - 1) / kMatchGroup;
    const int32_t* norms = reinterpret_cast<const int32_t*>(task.packed_b);
    const uint8_t* packed = task.packed_b + static_cast<int64_t>(groups) * kMatchGroup * 4;
    const __m512i farthest = _mm512_set1_epi32(INT32_MAX);
    for (int32_t tile = 0; tile < groups; tile += kTileGroups) {
        int32_t tile_end = tile + kTileGroups < groups ? tile + kTileGroups : groups;
        for (int32_t row = 0; row < task.rows; row += kRows) {
            Rows rows;
            load_rows(task.rows_a + static_cast<int64_t>(row) * kBytes, task.rows - row < kRows ? task.rows - row : kRows,
                      rows);
            RowState state;
            for (int32_t r = 0; r < kRows; ++r) {
                state.best[r] = farthest;
                state.second[r] = farthest;
                state.index[r] = _mm512_set1_epi32(-1);
            }
            int32_t group = tile;
            for (; group + kGroupsAtOnce <= tile_end; group += kGroupsAtOnce) {
                compare<kGroupsAtOnce>(task, rows, task.first_row + row, norms, packed, group, state);
            }
            for (; group < tile_end; ++group) {
                compare<1>(task, rows, task.first_row + row, norms, packed, group, state);
            }
            for (int32_t r = 0; r < rows.count; ++r) {
                merge(state, r, task.row_best + row + r, task.row_second + row + r, task.row_index + row + r);
            }
        }
    }
}

#else

void odm_match_rows_avx512(const MatchTask&) {}

#endif
