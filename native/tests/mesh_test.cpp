#include "odmnode.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace {

// A square of side × side unit cells; the right half lies one unit higher behind a steep step.
struct Step {
    explicit Step(int side) {
        for (int y = 0; y <= side; ++y) {
            for (int x = 0; x <= side; ++x) {
                positions.insert(positions.end(),
                                 {static_cast<float>(x), static_cast<float>(y), x > side / 2 ? 1.0f : 0.0f});
            }
        }
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x) {
                const uint32_t corner = static_cast<uint32_t>(y * (side + 1) + x);
                const uint32_t above = corner + static_cast<uint32_t>(side) + 1;
                indices.insert(indices.end(), {corner, corner + 1, above, above, corner + 1, above + 1});
            }
        }
    }

    int32_t vertices() const { return static_cast<int32_t>(positions.size() / 3); }

    int64_t simplify(int64_t target, float error, int32_t lock, std::vector<uint32_t>* result) const {
        result->resize(indices.size());
        int64_t count = -1;
        EXPECT_EQ(ODM_OK, odm_mesh_simplify(positions.data(), vertices(), indices.data(),
                                            static_cast<int64_t>(indices.size()), target, error, lock, result->data(),
                                            &count));
        result->resize(static_cast<size_t>(count));
        return count;
    }

    std::vector<float> positions;
    std::vector<uint32_t> indices;
};

}  // namespace

TEST(MeshSimplify, KeepsAStepWhileFlatPartsGo) {
    const Step step(20);
    std::vector<uint32_t> result;
    const int64_t count = step.simplify(0, 0.01f, 0, &result);
    EXPECT_LT(count, 60);
    float area = 0.0f;
    for (size_t i = 0; i < result.size(); i += 3) {
        const float* a = &step.positions[3 * result[i]];
        const float* b = &step.positions[3 * result[i + 1]];
        const float* c = &step.positions[3 * result[i + 2]];
        area += 0.5f * ((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
        const bool steep = a[2] != b[2] || a[2] != c[2];
        EXPECT_LE(steep ? std::max({a[0], b[0], c[0]}) - std::min({a[0], b[0], c[0]}) : 0.0f, 1.0f);
    }
    EXPECT_NEAR(400.0f, area, 1e-3f);
}

TEST(MeshSimplify, LeavesALockedBorder) {
    const Step step(20);
    std::vector<uint32_t> result;
    step.simplify(0, 0.01f, 1, &result);
    std::vector<bool> used(static_cast<size_t>(step.vertices()));
    for (uint32_t index : result) {
        used[index] = true;
    }
    for (int i = 0; i <= 20; ++i) {
        EXPECT_TRUE(used[static_cast<size_t>(i)] && used[static_cast<size_t>(21 * i)]) << i;
    }
}

TEST(MeshSimplify, RefusesIndicesOutsideTheMesh) {
    const float positions[9] = {0, 0, 0, 1, 0, 0, 0, 1, 0};
    const uint32_t indices[3] = {0, 1, 3};
    uint32_t result[3];
    int64_t count = 0;
    EXPECT_EQ(ODM_INVALID_ARGUMENT, odm_mesh_simplify(positions, 3, indices, 3, 3, 1.0f, 0, result, &count));
    EXPECT_EQ(ODM_INVALID_ARGUMENT, odm_mesh_simplify(nullptr, 3, indices, 3, 3, 1.0f, 0, result, &count));
}
