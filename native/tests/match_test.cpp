#include "odmnode.h"

#include <gtest/gtest.h>

#include <climits>
#include <cstdlib>
#include <random>
#include <vector>

namespace {

struct Found {
    std::vector<int32_t> row_index, row_best, row_second, column_index, column_best, column_second;
    bool operator==(const Found& o) const {
        return row_index == o.row_index && row_best == o.row_best && row_second == o.row_second &&
               column_index == o.column_index && column_best == o.column_best && column_second == o.column_second;
    }
};

Found blank(int32_t rows, int32_t columns) {
    Found found;
    found.row_index.assign(rows, -1);
    found.row_best.assign(rows, INT32_MAX);
    found.row_second.assign(rows, INT32_MAX);
    found.column_index.assign(columns, -1);
    found.column_best.assign(columns, INT32_MAX);
    found.column_second.assign(columns, INT32_MAX);
    return found;
}

void keep(int32_t distance, int32_t candidate, int32_t& index, int32_t& best, int32_t& second) {
    if (distance < best) {
        second = best;
        best = distance;
        index = candidate;
    } else if (distance < second) {
        second = distance;
    }
}

// The definition, by differences instead of dot products.
Found by_definition(const std::vector<uint8_t>& a, const std::vector<uint8_t>& b) {
    int32_t rows = static_cast<int32_t>(a.size() / 128), columns = static_cast<int32_t>(b.size() / 128);
    Found found = blank(rows, columns);
    for (int32_t r = 0; r < rows; ++r) {
        for (int32_t c = 0; c < columns; ++c) {
            int32_t distance = 0;
            for (int32_t i = 0; i < 128; ++i) {
                int32_t difference = a[r * 128 + i] - b[c * 128 + i];
                distance += difference * difference;
            }
            keep(distance, c, found.row_index[r], found.row_best[r], found.row_second[r]);
            keep(distance, r, found.column_index[c], found.column_best[c], found.column_second[c]);
        }
    }
    return found;
}

Found by_kernel(odm_isa isa, const std::vector<uint8_t>& a, const std::vector<uint8_t>& b, int32_t slice) {
    int32_t rows = static_cast<int32_t>(a.size() / 128), columns = static_cast<int32_t>(b.size() / 128);
    Found found = blank(rows, columns);
    int64_t bytes = odm_match_packed_bytes(isa, columns);
    uint8_t* packed = static_cast<uint8_t*>(std::aligned_alloc(64, static_cast<size_t>((bytes + 64) / 64 * 64)));
    EXPECT_EQ(ODM_OK, odm_match_pack(isa, b.data(), columns, packed, bytes));
    for (int32_t first = 0; first < rows; first += slice) {
        int32_t count = std::min(slice, rows - first);
        EXPECT_EQ(ODM_OK, odm_match_rows(isa, a.data() + first * 128, count, first, packed, columns,
                                         found.row_index.data() + first, found.row_best.data() + first,
                                         found.row_second.data() + first, found.column_index.data(),
                                         found.column_best.data(), found.column_second.data()));
    }
    std::free(packed);
    return found;
}

// Values up to the largest, and many equal descriptors, so that ties occur.
std::vector<uint8_t> descriptors(int32_t count, uint32_t seed) {
    std::mt19937 random(seed);
    std::vector<uint8_t> values(static_cast<size_t>(count) * 128);
    for (uint8_t& value : values) {
        value = static_cast<uint8_t>(random() >> 24);
    }
    for (int32_t i = 7; i < count; i += 7) {
        std::copy_n(values.begin() + (i - 7) * 128, 128, values.begin() + i * 128);
    }
    return values;
}

}  // namespace

class MatchKernel : public testing::TestWithParam<odm_isa> {};

TEST_P(MatchKernel, AgreesWithTheDefinitionForAwkwardSizes) {
    if (GetParam() > odm_best_isa()) {
        return;
    }
    for (int32_t rows : {1, 3, 7, 8, 9, 33}) {
        for (int32_t columns : {1, 2, 15, 16, 17, 47, 48, 49, 64, 800, 2000}) {
            std::vector<uint8_t> a = descriptors(rows, 1), b = descriptors(columns, 2);
            std::copy_n(a.begin(), 128, b.end() - 128);
            Found expected = by_definition(a, b);
            EXPECT_TRUE(expected == by_kernel(GetParam(), a, b, 1000)) << rows << " x " << columns;
            EXPECT_TRUE(expected == by_kernel(GetParam(), a, b, 5)) << rows << " x " << columns << " in slices";
        }
    }
}

TEST_P(MatchKernel, ReachesTheLargestDistance) {
    if (GetParam() > odm_best_isa()) {
        return;
    }
    std::vector<uint8_t> a(128, 255), b(128, 0);
    EXPECT_EQ(128 * 255 * 255, by_kernel(GetParam(), a, b, 1).row_best[0]);
    EXPECT_EQ(0, by_kernel(GetParam(), a, a, 1).row_best[0]);
}

TEST_P(MatchKernel, FindsNothingInAnEmptySet) {
    if (GetParam() > odm_best_isa()) {
        return;
    }
    Found found = by_kernel(GetParam(), descriptors(3, 1), {}, 3);
    EXPECT_EQ(std::vector<int32_t>(3, -1), found.row_index);
}

INSTANTIATE_TEST_SUITE_P(EveryInstructionSet, MatchKernel,
                         testing::Values(ODM_ISA_SCALAR, ODM_ISA_AVX2, ODM_ISA_AVX512));

TEST(Match, RefusesNullBuffers) {
    EXPECT_EQ(ODM_INVALID_ARGUMENT, odm_match_pack(ODM_ISA_SCALAR, nullptr, 4, nullptr, 0));
    EXPECT_EQ(ODM_INVALID_ARGUMENT, odm_match_rows(ODM_ISA_SCALAR, nullptr, 1, 0, nullptr, 0, nullptr, nullptr, nullptr,
                                                   nullptr, nullptr, nullptr));
}
