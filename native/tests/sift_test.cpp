#include "odmnode.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <utility>
#include <vector>

namespace {

// One octave with all that is found in it.
struct Found {
    int32_t width = 0, height = 0;
    std::vector<float> planes;
    std::vector<odm_sift_point> points;
    std::vector<odm_sift_direction> directions;
    std::vector<float> histograms;
};

struct Picture {
    int32_t width, height;
    std::vector<uint8_t> grey;

    uint8_t& at(int32_t x, int32_t y) { return grey[static_cast<size_t>(y * width + x)]; }
};

Picture blobs(int32_t width, int32_t height, const std::vector<std::pair<double, double>>& centers, double sigma) {
    Picture picture{width, height, std::vector<uint8_t>(static_cast<size_t>(width * height))};
    for (int32_t y = 0; y < height; y++) {
        for (int32_t x = 0; x < width; x++) {
            double value = 50;
            for (auto [cx, cy] : centers) {
                value += 150 * std::exp(-((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (2 * sigma * sigma));
            }
            picture.at(x, y) = static_cast<uint8_t>(std::lround(std::min(255.0, value)));
        }
    }
    return picture;
}

Picture texture(int32_t width, int32_t height) {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> across(0, width), down(0, height);
    std::vector<std::pair<double, double>> centers;
    for (int i = 0; i < width * height / 60; i++) {
        double x = across(random);
        centers.emplace_back(x, down(random));
    }
    return blobs(width, height, centers, 2.2);
}

Found search(odm_isa isa, const Picture& picture, bool doubled) {
    Found found;
    found.width = picture.width * (doubled ? 2 : 1);
    found.height = picture.height * (doubled ? 2 : 1);
    found.planes.resize(static_cast<size_t>(odm_sift_stride(found.width)) * static_cast<size_t>(found.height) * ODM_SIFT_PLANES);
    EXPECT_EQ(ODM_OK, odm_sift_base(isa, picture.grey.data(), picture.width, picture.height, doubled, found.planes.data()));
    EXPECT_EQ(ODM_OK, odm_sift_blur(isa, found.planes.data(), found.width, found.height));
    int32_t count = 0;
    found.points.resize(20000);
    EXPECT_EQ(ODM_OK, odm_sift_detect(isa, found.planes.data(), found.width, found.height, 0.004f, 10, found.points.data(), 20000, &count));
    found.points.resize(static_cast<size_t>(count));
    found.directions.resize(40000);
    EXPECT_EQ(ODM_OK, odm_sift_orient(isa, found.planes.data(), found.width, found.height, found.points.data(), count,
                                      found.directions.data(), 40000, &count));
    found.directions.resize(static_cast<size_t>(count));
    found.histograms.resize((found.directions.size() + 1) * ODM_SIFT_DESCRIPTOR);
    EXPECT_EQ(ODM_OK, odm_sift_describe(isa, found.planes.data(), found.width, found.height, found.points.data(),
                                        static_cast<int32_t>(found.points.size()), found.directions.data(), count, found.histograms.data()));
    return found;
}

template <typename T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

TEST(Sift, GivesTheSameBitsWithEveryInstructionSet) {
    const Picture picture = texture(203, 117);
    for (bool doubled : {false, true}) {
        const Found scalar = search(ODM_ISA_SCALAR, picture, doubled);
        ASSERT_GT(scalar.points.size(), 100u);
        for (odm_isa isa = ODM_ISA_AVX2; isa <= odm_best_isa(); isa++) {
            const Found vectors = search(isa, picture, doubled);
            EXPECT_TRUE(same_bits(scalar.points, vectors.points));
            EXPECT_TRUE(same_bits(scalar.directions, vectors.directions));
            EXPECT_TRUE(same_bits(scalar.histograms, vectors.histograms));
        }
    }
}

TEST(Sift, BlursAPictureAsTheGaussianDoes) {
    // A dot of one pixel becomes the difference of the blur wanted and that of the camera.
    Picture picture{61, 61, std::vector<uint8_t>(61 * 61)};
    picture.at(30, 30) = 255;
    const Found found = search(odm_best_isa(), picture, false);
    const int32_t stride = odm_sift_stride(61);
    for (int32_t plane = 0; plane < ODM_SIFT_PLANES; plane++) {
        const double variance = std::pow(1.6 * std::exp2(plane / 3.0), 2) - 0.25;
        for (int32_t x = 20; x <= 40; x++) {
            const double expected = std::exp(-((x - 30) * (x - 30) + 9) / (2 * variance)) / (2 * 3.14159265 * variance);
            EXPECT_NEAR(expected, found.planes[static_cast<size_t>((plane * 61 + 33) * stride + x)], 2e-4) << plane << " " << x;
        }
    }
}

TEST(Sift, FindsBlobsWhereTheyAreAndAtTheirSize) {
    const std::vector<std::pair<double, double>> centers = {{30.3, 28.6}, {70.8, 31.1}, {52.5, 66.25}};
    const Picture picture = blobs(100, 96, centers, 2.6);
    for (bool doubled : {false, true}) {
        const Found found = search(odm_best_isa(), picture, doubled);
        for (auto [x, y] : centers) {
            double nearest = 1e9, blur = 0;
            for (const odm_sift_point& point : found.points) {
                // In the doubled picture the corner of a pixel stays where it is, not its centre.
                const double px = doubled ? (point.x + 0.5) / 2 - 0.5 : point.x, py = doubled ? (point.y + 0.5) / 2 - 0.5 : point.y;
                const double distance = std::hypot(px - x, py - y);
                if (distance < nearest) {
                    nearest = distance;
                    blur = 1.6 * std::exp2(point.layer / 3.0) / (doubled ? 2 : 1);
                }
            }
            if (!doubled) {
                EXPECT_LT(nearest, 0.1);
                // The scale-normalised extremum of a blob lies at its own blur over the root of the layers' ratio.
                EXPECT_NEAR(2.6 / std::exp2(1.0 / 6), blur, 0.35);
            }
        }
    }
    const std::vector<std::pair<double, double>> small = {{30.3, 28.6}, {70.8, 31.1}};
    const Found fine = search(odm_best_isa(), blobs(100, 96, small, 1.3), true);
    for (auto [x, y] : small) {
        double nearest = 1e9;
        for (const odm_sift_point& point : fine.points) {
            nearest = std::min(nearest, std::hypot((point.x + 0.5) / 2 - 0.5 - x, (point.y + 0.5) / 2 - 0.5 - y));
        }
        EXPECT_LT(nearest, 0.1);
    }
}

TEST(Sift, DescribesAPictureTurnedByAQuarterAlike) {
    const Picture picture = texture(96, 96);
    Picture turned{96, 96, std::vector<uint8_t>(96 * 96)};
    for (int32_t y = 0; y < 96; y++) {
        for (int32_t x = 0; x < 96; x++) {
            turned.at(95 - y, x) = picture.grey[static_cast<size_t>(y * 96 + x)];
        }
    }
    const Found a = search(odm_best_isa(), picture, false), b = search(odm_best_isa(), turned, false);
    int32_t alike = 0, compared = 0;
    for (size_t i = 0; i < a.directions.size(); i++) {
        const odm_sift_point& point = a.points[static_cast<size_t>(a.directions[i].point)];
        for (size_t j = 0; j < b.directions.size(); j++) {
            const odm_sift_point& other = b.points[static_cast<size_t>(b.directions[j].point)];
            const float angle = std::fmod(a.directions[i].angle + 1.57079633f, 6.28318531f) - b.directions[j].angle;
            if (std::hypot(95 - point.y - other.x, point.x - other.y) < 0.01f && std::fabs(point.layer - other.layer) < 0.01f &&
                std::fabs(std::remainder(angle, 6.28318531f)) < 0.02f) {
                float product = 0;
                for (int k = 0; k < ODM_SIFT_DESCRIPTOR; k++) {
                    product += a.histograms[i * ODM_SIFT_DESCRIPTOR + static_cast<size_t>(k)] * b.histograms[j * ODM_SIFT_DESCRIPTOR + static_cast<size_t>(k)];
                }
                compared++;
                alike += product > 0.995f;
            }
        }
    }
    EXPECT_GT(compared, static_cast<int32_t>(a.directions.size() * 9 / 10));
    EXPECT_EQ(compared, alike);
}

TEST(Sift, HalvesAnOctaveToEverySecondPixelOfItsTwiceBlurredPlane) {
    const Found found = search(odm_best_isa(), texture(51, 33), false);
    std::vector<float> next(static_cast<size_t>(odm_sift_stride(26)) * 17);
    ASSERT_EQ(ODM_OK, odm_sift_halve(found.planes.data(), 51, 33, next.data()));
    EXPECT_EQ(found.planes[static_cast<size_t>((3 * 33 + 2 * 16) * odm_sift_stride(51) + 2 * 25)], next[static_cast<size_t>(16 * odm_sift_stride(26) + 25)]);
}

TEST(Sift, RefusesWhatItCannotDo) {
    std::vector<uint8_t> grey(16 * 15);
    std::vector<float> planes(6 * 16 * 16);
    odm_sift_point point{20, 8, 1, 1};
    odm_sift_direction direction{0, 0};
    int32_t found = 0;
    EXPECT_EQ(ODM_INVALID_ARGUMENT, odm_sift_base(ODM_ISA_SCALAR, grey.data(), 16, 15, 0, planes.data()));
    EXPECT_EQ(ODM_INVALID_ARGUMENT, odm_sift_base(ODM_ISA_SCALAR, nullptr, 16, 16, 0, planes.data()));
    EXPECT_EQ(ODM_UNSUPPORTED, odm_sift_blur(7, planes.data(), 16, 16));
    EXPECT_EQ(ODM_INVALID_ARGUMENT, odm_sift_detect(ODM_ISA_SCALAR, planes.data(), 16, 16, 0, 10, &point, 1, &found));
    EXPECT_EQ(ODM_INVALID_ARGUMENT, odm_sift_orient(ODM_ISA_SCALAR, planes.data(), 16, 16, &point, 1, &direction, 1, &found));
    direction.point = 1;
    EXPECT_EQ(ODM_INVALID_ARGUMENT, odm_sift_describe(ODM_ISA_SCALAR, planes.data(), 16, 16, &point, 1, &direction, 1, planes.data()));
}

}  // namespace
