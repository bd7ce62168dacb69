#include "odmnode.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

namespace {

constexpr int PADDING = 80;

struct plane {
    int width, height, stride;
    std::vector<uint8_t> bytes;

    plane(int w, int h) : width(w), height(h), stride(w + 2 * PADDING), bytes(static_cast<size_t>(stride) * (h + 2 * PADDING)) {}
    uint8_t* origin() { return bytes.data() + static_cast<size_t>(PADDING) * stride + PADDING; }
    uint8_t at(int x, int y) const { return bytes[static_cast<size_t>(y + PADDING) * stride + x + PADDING]; }
};

plane noise(int width, int height, uint32_t seed) {
    plane result(width, height);
    std::mt19937 random(seed);
    for (auto& value : result.bytes) {
        value = static_cast<uint8_t>(random() >> 24);
    }
    return result;
}

struct search {
    std::vector<int16_t> first;
    std::vector<int32_t> pixel_start;
    std::vector<int64_t> row_start;
    std::vector<int> entries;
    int width, height;
    int64_t longest_row = 0;

    odm_stereo_ranges view() const { return {first.data(), pixel_start.data(), row_start.data(), width, height}; }
    int64_t offset(int x, int y) const { return row_start[y] + 16 * static_cast<int64_t>(pixel_start[y * width + x]); }
};

search random_ranges(int width, int height, int max_chunks, int spread, uint32_t seed) {
    search result;
    result.width = width;
    result.height = height;
    result.row_start.push_back(0);
    std::mt19937 random(seed);
    for (int y = 0; y < height; y++) {
        int chunks = 0;
        for (int x = 0; x < width; x++) {
            int own = 1 + static_cast<int>(random() % max_chunks);
            result.first.push_back(static_cast<int16_t>(static_cast<int>(random() % (2 * spread + 1)) - spread));
            result.pixel_start.push_back(chunks);
            result.entries.push_back(16 * own);
            chunks += own;
        }
        result.row_start.push_back(result.row_start.back() + 16 * static_cast<int64_t>(chunks));
        result.longest_row = std::max(result.longest_row, 16 * static_cast<int64_t>(chunks));
    }
    return result;
}

std::vector<uint8_t> penalties() {
    std::vector<uint8_t> result(256);
    for (int i = 0; i < 256; i++) {
        result[i] = static_cast<uint8_t>(std::max(20, 150 - i));
    }
    return result;
}

std::vector<uint16_t> aggregate(const search& ranges, const std::vector<uint8_t>& volume, plane& grey, odm_isa isa, int slice) {
    odm_stereo_ranges view = ranges.view();
    std::vector<uint16_t> sums(volume.size());
    std::vector<uint8_t> scratch(odm_stereo_aggregate_scratch_bytes(ranges.width, ranges.longest_row));
    std::vector<uint8_t> large = penalties();
    for (int backward = 0; backward < 2; backward++) {
        for (int y = 0; y < ranges.height; y += slice) {
            EXPECT_EQ(ODM_OK, odm_stereo_aggregate(&view, volume.data(), grey.origin(), grey.stride, 7, large.data(), backward, y,
                                                   std::min(y + slice, ranges.height), sums.data(), scratch.data(),
                                                   static_cast<int64_t>(scratch.size()), isa));
        }
    }
    return sums;
}

/* The recursion as Hirschmueller writes it, one path at a time over the whole picture, over integers. Path costs of a
 * pixel are lowered by their least, which the sums may be by definition. */
std::vector<int> textbook(const search& ranges, const std::vector<uint8_t>& volume, const plane& grey) {
    std::vector<uint8_t> large = penalties();
    std::vector<int> sums(volume.size(), 0);
    for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
            if (dx == 0 && dy == 0) {
                continue;
            }
            std::vector<int> path(volume.size());
            for (int row = 0; row < ranges.height; row++) {
                for (int column = 0; column < ranges.width; column++) {
                    int y = dy > 0 ? ranges.height - 1 - row : row;
                    int x = dx > 0 || (dx == 0 && dy > 0) ? ranges.width - 1 - column : column;
                    int px = x + dx, py = y + dy;
                    int pixel = y * ranges.width + x;
                    bool has_previous = px >= 0 && px < ranges.width && py >= 0 && py < ranges.height;
                    int least = 1 << 30;
                    for (int k = 0; k < ranges.entries[pixel]; k++) {
                        int best = 0;
                        if (has_previous) {
                            int before = py * ranges.width + px;
                            best = large[std::abs(grey.at(x, y) - grey.at(px, py))];
                            for (int j = 0; j < ranges.entries[before]; j++) {
                                int step = std::abs(ranges.first[before] + j - ranges.first[pixel] - k);
                                if (step <= 1) {
                                    best = std::min(best, path[ranges.offset(px, py) + j] + 7 * step);
                                }
                            }
                        }
                        path[ranges.offset(x, y) + k] = volume[ranges.offset(x, y) + k] + best;
                        least = std::min(least, path[ranges.offset(x, y) + k]);
                    }
                    for (int k = 0; k < ranges.entries[pixel]; k++) {
                        path[ranges.offset(x, y) + k] -= least;
                        sums[ranges.offset(x, y) + k] += path[ranges.offset(x, y) + k];
                    }
                }
            }
        }
    }
    return sums;
}

std::vector<uint8_t> random_volume(const search& ranges, uint32_t seed) {
    std::vector<uint8_t> volume(ranges.row_start.back());
    std::mt19937 random(seed);
    for (auto& cost : volume) {
        cost = static_cast<uint8_t>(random() % (ODM_STEREO_MAX_COST + 1));
    }
    return volume;
}

std::vector<uint8_t> cost_of(plane& reference, std::vector<plane>& views, std::vector<plane>& usable, const search& ranges,
                             const double* epipole, int best, double step, odm_isa isa) {
    std::vector<odm_stereo_view> structs;
    for (size_t i = 0; i < views.size(); i++) {
        structs.push_back({views[i].origin(), usable[i].origin(), epipole[0] * (i % 2 ? -1.0 : 1.0), epipole[1], epipole[2]});
    }
    odm_stereo_ranges view = ranges.view();
    odm_stereo_frame frame{reference.origin(), reference.stride, PADDING, 0, step};
    std::vector<uint8_t> volume(ranges.row_start.back(), 0xEE);
    EXPECT_EQ(ODM_OK, odm_stereo_cost(&frame, structs.data(), static_cast<int32_t>(structs.size()), best, &view, 0,
                                      ranges.height, volume.data(), isa));
    return volume;
}

}  // namespace

class StereoWidths : public testing::TestWithParam<int> {};

TEST_P(StereoWidths, CostOfEveryInstructionSetIsThatOfThePlainOne) {
    int width = GetParam();
    plane reference = noise(width, 19, 1);
    search ranges = random_ranges(width, 19, 3, 20, 2);
    const double epipole[3] = {11.3, -4.7, 0.01};
    for (int count = 1; count <= 4; count++) {
        std::vector<plane> views, usable;
        for (int i = 0; i < count; i++) {
            views.push_back(noise(width, 19, 10 + i));
            usable.push_back(noise(width, 19, 20 + i));
            for (auto& value : usable.back().bytes) {
                value = value > 60 ? 255 : 0;
            }
        }
        for (int best = 1; best <= std::min(count, 3); best++) {
            auto plain = cost_of(reference, views, usable, ranges, epipole, best, 0.05, ODM_ISA_SCALAR);
            for (odm_isa isa = ODM_ISA_AVX2; isa <= odm_best_isa(); isa++) {
                EXPECT_EQ(plain, cost_of(reference, views, usable, ranges, epipole, best, 0.05, isa)) << width << ' ' << count;
            }
        }
    }
}

TEST_P(StereoWidths, AggregationOfEveryInstructionSetIsTheTextbooks) {
    int width = GetParam();
    plane grey = noise(width, 9, 3);
    for (int spread : {0, 3, 60}) {
        search ranges = random_ranges(width, 9, 3, spread, 4);
        auto volume = random_volume(ranges, 5);
        auto expected = textbook(ranges, volume, grey);
        for (odm_isa isa = ODM_ISA_SCALAR; isa <= odm_best_isa(); isa++) {
            auto sums = aggregate(ranges, volume, grey, isa, 4);
            EXPECT_TRUE(std::equal(sums.begin(), sums.end(), expected.begin())) << width << ' ' << spread << ' ' << isa;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(AwkwardSizes, StereoWidths, testing::Values(1, 2, 15, 31, 32, 33, 64, 95));

TEST(StereoCost, IsTheCensusDistanceAtAWholePixelShift) {
    plane reference = noise(40, 16, 7);
    std::vector<plane> views{noise(40, 16, 8)};
    std::vector<plane> usable{plane(40, 16)};
    std::fill(usable[0].bytes.begin(), usable[0].bytes.end(), 255);
    search ranges = random_ranges(40, 16, 1, 4, 9);
    const double epipole[3] = {1, -1, 0};
    auto volume = cost_of(reference, views, usable, ranges, epipole, 1, 1.0, odm_best_isa());
    for (int y = 0; y < 16; y++) {
        for (int x = 0; x < 40; x++) {
            for (int k = 0; k < 16; k++) {
                int index = ranges.first[y * 40 + x] + k;
                int vx = x + index, vy = y - index;
                int distance = 0;
                for (int dy = -3; dy <= 3; dy++) {
                    for (int dx = -3; dx <= 3; dx++) {
                        distance += (reference.at(x + dx, y + dy) > reference.at(x, y)) !=
                                    (views[0].at(vx + dx, vy + dy) > views[0].at(vx, vy));
                    }
                }
                ASSERT_EQ(2 * distance, volume[ranges.offset(x, y) + k]) << x << ' ' << y << ' ' << k;
            }
        }
    }
}

TEST(StereoCost, IsLikeChanceWhereNoViewSeesThePixel) {
    plane reference = noise(32, 8, 7);
    std::vector<plane> views{noise(32, 8, 8)};
    std::vector<plane> usable{plane(32, 8)};
    search ranges = random_ranges(32, 8, 2, 4, 9);
    const double epipole[3] = {2, -1, 0};
    for (uint8_t cost : cost_of(reference, views, usable, ranges, epipole, 2, 1.0, odm_best_isa())) {
        EXPECT_EQ(ODM_STEREO_NO_COST, cost);
    }
}

TEST(StereoCost, RefusesMoreViewsThanItHasRoomFor) {
    odm_stereo_frame frame{};
    odm_stereo_view view{};
    odm_stereo_ranges ranges{};
    uint8_t volume = 0;
    frame.padding = PADDING;
    EXPECT_EQ(ODM_INVALID_ARGUMENT, odm_stereo_cost(&frame, &view, 9, 1, &ranges, 0, 0, &volume, ODM_ISA_SCALAR));
}

TEST(StereoWinner, FindsTheMinimumOfAParabola) {
    search ranges = random_ranges(7, 1, 2, 5, 11);
    std::vector<uint16_t> sums(ranges.row_start.back());
    for (int x = 0; x < 7; x++) {
        double minimum = 3 + 1.3 * x;
        for (int k = 0; k < ranges.entries[x]; k++) {
            sums[ranges.offset(x, 0) + k] = static_cast<uint16_t>(100 + 60 * (k - minimum) * (k - minimum));
        }
    }
    odm_stereo_ranges view = ranges.view();
    std::vector<float> planes(7);
    std::vector<uint8_t> margins(7);
    ASSERT_EQ(ODM_OK, odm_stereo_winner(&view, sums.data(), 0, 1, planes.data(), margins.data()));
    for (int x = 0; x < 7; x++) {
        EXPECT_NEAR(ranges.first[x] + 3 + 1.3 * x, planes[x], 0.02);
        EXPECT_GT(margins[x], 200);
    }
}

TEST(StereoWinner, IsUnsureAtTheEndOfTheSearch) {
    search ranges = random_ranges(1, 1, 1, 0, 1);
    std::vector<uint16_t> sums(16);
    for (int k = 0; k < 16; k++) {
        sums[k] = static_cast<uint16_t>(10 * k);
    }
    odm_stereo_ranges view = ranges.view();
    float plane_found = -1;
    uint8_t margin = 99;
    ASSERT_EQ(ODM_OK, odm_stereo_winner(&view, sums.data(), 0, 1, &plane_found, &margin));
    EXPECT_EQ(0, plane_found);
    EXPECT_EQ(0, margin);
}

TEST(StereoWarp, ReproducesARampUnderAnAffineMap) {
    const int width = 60, height = 50;
    std::vector<uint8_t> source(width * height);
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            source[y * width + x] = static_cast<uint8_t>(20 + 2 * x + y);
        }
    }
    const double h[9] = {0.9, 0.1, 6.3, -0.1, 0.95, 5.2, 0, 0, 1};
    std::vector<uint8_t> target(40 * 30), usable(40 * 30);
    ASSERT_EQ(ODM_OK, odm_stereo_warp(source.data(), width, height, h, 0, 30, 0, 40, 40, target.data(), usable.data()));
    int seen = 0;
    for (int y = 0; y < 30; y++) {
        for (int x = 0; x < 40; x++) {
            if (usable[y * 40 + x]) {
                double u = 0.9 * (x + 0.5) + 0.1 * (y + 0.5) + 6.3 - 0.5, v = -0.1 * (x + 0.5) + 0.95 * (y + 0.5) + 5.2 - 0.5;
                EXPECT_NEAR(20 + 2 * u + v, target[y * 40 + x], 0.6);
                seen++;
            }
        }
    }
    EXPECT_GT(seen, 1000);
}

TEST(StereoWarp, MarksWhatTouchesTheOutsideOfThePhoto) {
    std::vector<uint8_t> source(20 * 20, 100);
    source[10 * 20 + 10] = 0;
    const double h[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    std::vector<uint8_t> target(20 * 20), usable(20 * 20);
    ASSERT_EQ(ODM_OK, odm_stereo_warp(source.data(), 20, 20, h, 0, 20, 0, 20, 20, target.data(), usable.data()));
    EXPECT_EQ(0, usable[0]);
    EXPECT_EQ(0, usable[10 * 20 + 10]);
    EXPECT_EQ(0, usable[9 * 20 + 9]);
    EXPECT_EQ(255, usable[5 * 20 + 5]);
    EXPECT_EQ(100, target[5 * 20 + 5]);
}
