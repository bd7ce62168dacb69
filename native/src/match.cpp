#include "odmnode.h"

#include "match_internal.h"

namespace {

constexpr int32_t kBytes = ODM_MATCH_DESCRIPTOR_BYTES;
constexpr int32_t kGroup = kMatchGroup;

// A packed set is one int32 of norm for each descriptor, padded to whole groups, then the groups.
int64_t groups_of(int32_t count) {
    return (static_cast<int64_t>(count) + kGroup - 1) / kGroup;
}

// Bytes that one component takes in the groups.
int32_t width_of(odm_isa isa) {
    return isa == ODM_ISA_AVX2 ? 2 : 1;
}

bool known(odm_isa isa) {
    return isa == ODM_ISA_SCALAR || isa == ODM_ISA_AVX2 || isa == ODM_ISA_AVX512;
}

int32_t squared_norm(const uint8_t* descriptor) {
    int32_t sum = 0;
    for (int32_t i = 0; i < kBytes; ++i) {
        sum += descriptor[i] * descriptor[i];
    }
    return sum;
}

int32_t component_sum(const uint8_t* descriptor) {
    int32_t sum = 0;
    for (int32_t i = 0; i < kBytes; ++i) {
        sum += descriptor[i];
    }
    return sum;
}

void pack_one(odm_isa isa, const uint8_t* descriptor, int32_t lane, uint8_t* group) {
    switch (isa) {
        case ODM_ISA_AVX512:
            // [32 quadruples][16 descriptors][4 bytes]
            for (int32_t i = 0; i < kBytes; ++i) {
                group[(i / 4) * (4 * kGroup) + lane * 4 + i % 4] = descriptor[i];
            }
            break;
        case ODM_ISA_AVX2: {
            // [64 pairs][16 descriptors][2 of 16 bits]
            uint16_t* wide = reinterpret_cast<uint16_t*>(group);
            for (int32_t i = 0; i < kBytes; ++i) {
                wide[(i / 2) * (2 * kGroup) + lane * 2 + i % 2] = descriptor[i];
            }
            break;
        }
        default:
            for (int32_t i = 0; i < kBytes; ++i) {
                group[lane * kBytes + i] = descriptor[i];
            }
            break;
    }
}

}  // namespace

void odm_match_merge_lanes(const int32_t* bests, const int32_t* seconds, const int32_t* indices, int32_t* best,
                           int32_t* second, int32_t* index) {
    int32_t nearest = 0;
    for (int32_t lane = 1; lane < kGroup; ++lane) {
        if (bests[lane] < bests[nearest] || (bests[lane] == bests[nearest] && indices[lane] < indices[nearest])) {
            nearest = lane;
        }
    }
    int32_t runner_up = seconds[nearest];
    for (int32_t lane = 0; lane < kGroup; ++lane) {
        if (lane != nearest && bests[lane] < runner_up) {
            runner_up = bests[lane];
        }
    }
    // Only the padding of the last group is as far as this.
    constexpr int32_t kNothing = kMatchPadding / 2;
    int32_t tile_best = bests[nearest] >= kNothing ? INT32_MAX : bests[nearest];
    int32_t tile_second = runner_up >= kNothing ? INT32_MAX : runner_up;
    if (tile_best < *best) {
        *second = tile_second < *best ? tile_second : *best;
        *best = tile_best;
        *index = indices[nearest];
    } else if (tile_best < *second) {
        *second = tile_best;
    }
}

void odm_match_rows_scalar(const MatchTask& task) {
    const int32_t* norms = reinterpret_cast<const int32_t*>(task.packed_b);
    const uint8_t* descriptors = task.packed_b + groups_of(task.count_b) * kGroup * 4;
    for (int32_t row = 0; row < task.rows; ++row) {
        const uint8_t* a = task.rows_a + static_cast<int64_t>(row) * kBytes;
        int32_t norm = squared_norm(a);
        for (int32_t column = 0; column < task.count_b; ++column) {
            const uint8_t* b = descriptors + static_cast<int64_t>(column) * kBytes;
            int32_t dot = 0;
            for (int32_t i = 0; i < kBytes; ++i) {
                dot += a[i] * b[i];
            }
            int32_t distance = norm + norms[column] - 2 * dot;
            if (distance < task.row_best[row]) {
                task.row_second[row] = task.row_best[row];
                task.row_best[row] = distance;
                task.row_index[row] = column;
            } else if (distance < task.row_second[row]) {
                task.row_second[row] = distance;
            }
            if (distance < task.column_best[column]) {
                task.column_second[column] = task.column_best[column];
                task.column_best[column] = distance;
                task.column_index[column] = task.first_row + row;
            } else if (distance < task.column_second[column]) {
                task.column_second[column] = distance;
            }
        }
    }
}

extern "C" int64_t odm_match_packed_bytes(odm_isa isa, int32_t count) {
    if (count < 0 || !known(isa)) {
        return 0;
    }
    return groups_of(count) * kGroup * (4 + static_cast<int64_t>(kBytes) * width_of(isa));
}

extern "C" odm_status odm_match_pack(odm_isa isa, const uint8_t* descriptors, int32_t count, uint8_t* packed,
                                     int64_t packed_bytes) {
    if (!known(isa) || count < 0 || (count > 0 && (descriptors == nullptr || packed == nullptr)) ||
        packed_bytes < odm_match_packed_bytes(isa, count)) {
        return ODM_INVALID_ARGUMENT;
    }
    int64_t padded = groups_of(count) * kGroup;
    int64_t group_bytes = static_cast<int64_t>(kGroup) * kBytes * width_of(isa);
    int32_t* norms = reinterpret_cast<int32_t*>(packed);
    uint8_t* groups = packed + padded * 4;
    for (int64_t i = 0; i < padded; ++i) {
        int32_t lane = static_cast<int32_t>(i % kGroup);
        uint8_t* group = groups + (i / kGroup) * group_bytes;
        if (i >= count) {
            static const uint8_t zeros[kBytes] = {};
            norms[i] = kMatchPadding;
            pack_one(isa, zeros, lane, group);
            continue;
        }
        const uint8_t* descriptor = descriptors + i * kBytes;
        norms[i] = squared_norm(descriptor);
        if (isa == ODM_ISA_AVX512) {
            // That kernel multiplies with a - 128, as its instruction wants one signed factor:
            // |a|² + |b|² - 2 a·b = |a|² + (|b|² - 256 Σb) - 2 (a - 128)·b.
            norms[i] -= 256 * component_sum(descriptor);
        }
        pack_one(isa, descriptor, lane, group);
    }
    return ODM_OK;
}

extern "C" odm_status odm_match_rows(odm_isa isa, const uint8_t* rows_a, int32_t rows, int32_t first_row,
                                     const uint8_t* packed_b, int32_t count_b, int32_t* row_index, int32_t* row_best,
                                     int32_t* row_second, int32_t* column_index, int32_t* column_best,
                                     int32_t* column_second) {
    if (!known(isa) || rows < 0 || count_b < 0 || first_row < 0) {
        return ODM_INVALID_ARGUMENT;
    }
    if (rows > 0 && (rows_a == nullptr || row_index == nullptr || row_best == nullptr || row_second == nullptr)) {
        return ODM_INVALID_ARGUMENT;
    }
    if (count_b > 0 && (packed_b == nullptr || column_index == nullptr || column_best == nullptr ||
                        column_second == nullptr || reinterpret_cast<uintptr_t>(packed_b) % 64 != 0)) {
        return ODM_INVALID_ARGUMENT;
    }
    if (isa > odm_best_isa()) {
        return ODM_UNSUPPORTED;
    }
    for (int32_t row = 0; row < rows; ++row) {
        row_index[row] = -1;
        row_best[row] = INT32_MAX;
        row_second[row] = INT32_MAX;
    }
    MatchTask task{rows_a,  rows,       first_row,    packed_b,    count_b,      row_index,
                   row_best, row_second, column_index, column_best, column_second};
    switch (isa) {
        case ODM_ISA_AVX512:
            odm_match_rows_avx512(task);
            break;
        case ODM_ISA_AVX2:
            odm_match_rows_avx2(task);
            break;
        default:
            odm_match_rows_scalar(task);
            break;
    }
    return ODM_OK;
}
