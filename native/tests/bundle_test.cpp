#include "odm_bundle.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace {

const double kIdentity[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
const double kLens[9] = {900, 1.01, 640, 360, -0.1, 0.05, -0.01, 0.002, -0.001};
const double kFisheye[9] = {500, 1.01, 640, 360, 0.03, -0.02, 0.004, -0.001, 0};
const double kDual[9] = {600, 1, 640, 360, -0.05, 0.02, 0, 0, 0.4};

// height: of the middle of the points above the camera.
void CompareDerivatives(int32_t model, const double *values, double height) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> u(-1, 1);
    for (int trial = 0; trial < 50; ++trial) {
        const double size = trial % 2 == 0 ? 1e-7 : 0.8;
        double x[18];
        std::copy_n(values, 9, x);
        for (int i = 0; i < 3; ++i) {
            x[9 + i] = size * u(random);
            x[12 + i] = u(random);
            x[15 + i] = u(random);
        }
        x[17] += height;
        const double pixel[2] = {600, 400};
        double r[2], lens[18], pose[12], point[6];
        ASSERT_EQ(ODM_OK, odm_bundle_residual(model, x, kIdentity, x + 9, x + 15, pixel, 0.5, r, lens, pose, point));
        for (int i = 0; i < 18; ++i) {
            const double step = 1e-6 * std::max(1.0, std::abs(x[i]));
            const double keep = x[i];
            double above[2], below[2];
            x[i] = keep + step;
            odm_bundle_residual(model, x, kIdentity, x + 9, x + 15, pixel, 0.5, above, nullptr, nullptr, nullptr);
            x[i] = keep - step;
            odm_bundle_residual(model, x, kIdentity, x + 9, x + 15, pixel, 0.5, below, nullptr, nullptr, nullptr);
            x[i] = keep;
            for (int row = 0; row < 2; ++row) {
                const double expected = (above[row] - below[row]) / (2 * step);
                const double actual = i < 9 ? lens[9 * row + i] : i < 15 ? pose[6 * row + i - 9] : point[3 * row + i - 15];
                EXPECT_NEAR(expected, actual, 1e-4 * std::max(1.0, std::abs(expected))) << "parameter " << i;
            }
        }
    }
}

TEST(Bundle, DerivativesAgreeWithDifferences) { CompareDerivatives(ODM_LENS_BROWN, kLens, 6); }

TEST(Bundle, DerivativesOfAFisheyeAgreeWithDifferences) {
    CompareDerivatives(ODM_LENS_RADIAL, kFisheye, 6);
    CompareDerivatives(ODM_LENS_RADIAL, kFisheye, 2.5);
}

TEST(Bundle, DerivativesOfADualLensAgreeWithDifferences) { CompareDerivatives(ODM_LENS_RADIAL, kDual, 6); }

TEST(Bundle, OnItsAxisAFisheyeHasThePinholesDerivatives) {
    const double pose[6] = {0, 0, 0, 0, 0, 0}, point[3] = {0, 0, 4}, pixel[2] = {640, 360};
    double r[2], by_point[6];
    ASSERT_EQ(ODM_OK, odm_bundle_residual(ODM_LENS_RADIAL, kFisheye, kIdentity, pose, point, pixel, 1, r, nullptr, nullptr, by_point));
    EXPECT_EQ(0, r[0]);
    EXPECT_EQ(0, r[1]);
    const double expected[6] = {500 / 4.0, 0, 0, 0, 505 / 4.0, 0};
    for (int i = 0; i < 6; ++i) {
        EXPECT_NEAR(expected[i], by_point[i], 1e-12);
    }
}

TEST(Bundle, AFisheyeSeesBesideItselfAndADualLensDoesNot) {
    const double pose[6] = {0, 0, 0, 0, 0, 0}, beside[3] = {3, 0, -0.1}, behind[3] = {0.1, 0, -3}, pixel[2] = {0, 0};
    double r[2];
    EXPECT_EQ(ODM_OK, odm_bundle_residual(ODM_LENS_RADIAL, kFisheye, kIdentity, pose, beside, pixel, 1, r, nullptr, nullptr, nullptr));
    EXPECT_NEAR(640 + 500 * 1.604, r[0], 500 * 0.12);
    EXPECT_EQ(ODM_FAILED, odm_bundle_residual(ODM_LENS_RADIAL, kFisheye, kIdentity, pose, behind, pixel, 1, r, nullptr, nullptr, nullptr));
    EXPECT_EQ(ODM_FAILED, odm_bundle_residual(ODM_LENS_RADIAL, kDual, kIdentity, pose, beside, pixel, 1, r, nullptr, nullptr, nullptr));
}

TEST(Bundle, ADualLensWithAWholeTransitionIsBrownsWithoutTangentialTerms) {
    const double radial[9] = {900, 1, 640, 360, -0.1, 0.05, -0.01, 0, 1}, brown[9] = {900, 1, 640, 360, -0.1, 0.05, -0.01, 0, 0};
    const double pose[6] = {0.1, -0.2, 0.3, 0, 0, 0}, point[3] = {0.7, -0.4, 3}, pixel[2] = {600, 400};
    double a[2], b[2], pose_a[12], pose_b[12];
    ASSERT_EQ(ODM_OK, odm_bundle_residual(ODM_LENS_RADIAL, radial, kIdentity, pose, point, pixel, 1, a, nullptr, pose_a, nullptr));
    ASSERT_EQ(ODM_OK, odm_bundle_residual(ODM_LENS_BROWN, brown, kIdentity, pose, point, pixel, 1, b, nullptr, pose_b, nullptr));
    EXPECT_NEAR(b[0], a[0], 1e-9);
    EXPECT_NEAR(b[1], a[1], 1e-9);
    for (int i = 0; i < 12; ++i) {
        EXPECT_NEAR(pose_b[i], pose_a[i], 1e-9);
    }
}

TEST(Bundle, DerivativesOfASphereAgreeWithDifferences) {
    const double sphere[9] = {300, 1, 942.5, 471, 0, 0, 0, 0, 0};
    std::mt19937 random(9);
    std::uniform_real_distribution<double> u(-1, 1);
    for (int trial = 0; trial < 50; ++trial) {
        double x[9];  // pose, point
        for (double &v : x) {
            v = u(random);
        }
        x[8] += trial % 2 == 0 ? 4 : -4;
        const double depth = std::hypot(x[6] - x[3], x[8] - x[5]);
        const double pixel[2] = {942.5 + 300 * std::atan2(x[6] - x[3], x[8] - x[5]) + 60 * u(random),
                                 471 + 300 * std::atan2(x[7] - x[4], depth) + 60 * u(random)};
        double r[2], lens[18], pose[12], point[6];
        if (odm_bundle_residual(ODM_LENS_SPHERICAL, sphere, kIdentity, x, x + 6, pixel, 0.5, r, lens, pose, point) != ODM_OK) {
            continue;  // turned away by the pose
        }
        for (double v : lens) {
            EXPECT_EQ(0, v);
        }
        for (int i = 0; i < 9; ++i) {
            const double keep = x[i];
            double above[2], below[2];
            x[i] = keep + 1e-6;
            odm_bundle_residual(ODM_LENS_SPHERICAL, sphere, kIdentity, x, x + 6, pixel, 0.5, above, nullptr, nullptr, nullptr);
            x[i] = keep - 1e-6;
            odm_bundle_residual(ODM_LENS_SPHERICAL, sphere, kIdentity, x, x + 6, pixel, 0.5, below, nullptr, nullptr, nullptr);
            x[i] = keep;
            for (int row = 0; row < 2; ++row) {
                EXPECT_NEAR((above[row] - below[row]) / 2e-6, i < 6 ? pose[6 * row + i] : point[3 * row + i - 6], 1e-3);
            }
        }
    }
}

TEST(Bundle, ASphereHasNoSeamAndMeasuresPixels) {
    const double sphere[9] = {100, 1, 314.159265, 157.08, 0, 0, 0, 0, 0}, pose[6] = {0, 0, 0, 0, 0, 0};
    const double behind[3] = {-0.02, 0, -2}, pixel[2] = {628.3, 157.08};
    double r[2];
    ASSERT_EQ(ODM_OK, odm_bundle_residual(ODM_LENS_SPHERICAL, sphere, kIdentity, pose, behind, pixel, 1, r, nullptr, nullptr, nullptr));
    EXPECT_NEAR(1.0, r[0], 0.03);  // 0.01 radians beyond the right edge, which is the left one
    EXPECT_NEAR(0, r[1], 1e-9);
}

TEST(Bundle, PointBehindTheCameraHasNoResidual) {
    const double pose[6] = {0, 0, 0, 0, 0, 0}, point[3] = {0, 0, -1}, pixel[2] = {0, 0};
    double r[2];
    EXPECT_EQ(ODM_FAILED, odm_bundle_residual(ODM_LENS_BROWN, kLens, kIdentity, pose, point, pixel, 1, r, nullptr, nullptr, nullptr));
}

// Twelve cameras above a bumpy plane that look down (a half turn about x), positions known to a centimetre.
struct Block {
    std::vector<double> lenses, lens_prior, lens_sigma, poses, position, position_sigma, up, up_sigma, points, pixels, sigmas;
    std::vector<double> point_prior, point_prior_sigma;
    std::vector<uint8_t> lens_constant, pose_constant, point_constant;
    std::vector<int32_t> pose_lens, observation_pose, observation_point, lens_model;
    std::vector<double> true_poses, true_points;
    odm_bundle_problem problem{};

    explicit Block(int32_t model = ODM_LENS_BROWN, const double *lens = kLens) : lens_model{model} {
        std::mt19937 random(3);
        std::uniform_real_distribution<double> u(-1, 1);
        for (int i = 0; i < 12; ++i) {
            const double pose[6] = {3.14159 + 0.05 * u(random), 0.1 * u(random), 0.1 * u(random),
                                    10.0 * (i % 4), 10.0 * (i / 4), 50 + u(random)};
            true_poses.insert(true_poses.end(), pose, pose + 6);
        }
        for (int i = 0; i < 300; ++i) {
            const double point[3] = {15 + 35 * u(random), 10 + 30 * u(random), 5 * u(random)};
            true_points.insert(true_points.end(), point, point + 3);
        }
        for (int i = 0; i < 12; ++i) {
            for (int j = 0; j < 300; ++j) {
                const double zero[2] = {0, 0}, still[6] = {0, 0, 0, true_poses[6 * i + 3], true_poses[6 * i + 4], true_poses[6 * i + 5]};
                double rotation[9], r[2];
                Rotation(&true_poses[6 * i], rotation);
                if (odm_bundle_residual(model, lens, rotation, still, &true_points[3 * j], zero, 1, r, nullptr, nullptr, nullptr) == ODM_OK &&
                    r[0] > 0 && r[0] < 1280 && r[1] > 0 && r[1] < 720) {
                    observation_pose.push_back(i);
                    observation_point.push_back(j);
                    pixels.push_back(r[0]);
                    pixels.push_back(r[1]);
                    sigmas.push_back(0.5);
                }
            }
        }
        lenses.assign(lens, lens + 9);
        lens_prior = lenses;
        lens_sigma.assign(9, 0);
        lens_constant.assign(9, 0);
        lens_constant[1] = 1;
        lens_constant[8] = model == ODM_LENS_RADIAL;
        poses = true_poses;
        position.clear();
        for (int i = 0; i < 12; ++i) {
            position.insert(position.end(), &true_poses[6 * i + 3], &true_poses[6 * i + 3] + 3);
        }
        position_sigma.assign(36, 0.01);
        up.assign(36, 0);
        up_sigma.assign(12, 0);
        pose_constant.assign(12, 0);
        pose_lens.assign(12, 0);
        points = true_points;
        point_constant.assign(300, 0);
        for (double &v : points) {
            v += 0.3 * u(random);
        }
        for (size_t i = 0; i < poses.size(); ++i) {
            poses[i] += (i % 6 < 3 ? 0.01 : 0.3) * u(random);
        }
        lenses[0] *= 1.03;
        std::fill_n(&lenses[4], model == ODM_LENS_RADIAL ? 4 : 5, 0.0);
    }

    static void Rotation(const double *w, double *rotation) {
        const double t = std::sqrt(w[0] * w[0] + w[1] * w[1] + w[2] * w[2]);
        const double k[9] = {0, -w[2], w[1], w[2], 0, -w[0], -w[1], w[0], 0};
        for (int i = 0; i < 3; ++i) {
            for (int j = 0; j < 3; ++j) {
                double kk = 0;
                for (int m = 0; m < 3; ++m) {
                    kk += k[3 * i + m] * k[3 * m + j];
                }
                rotation[3 * i + j] = (i == j) + std::sin(t) / t * k[3 * i + j] + (1 - std::cos(t)) / (t * t) * kk;
            }
        }
    }

    odm_bundle_summary Solve(int32_t solver, const int32_t *cancel = nullptr) {
        problem = {1, 12, 300, static_cast<int64_t>(sigmas.size()), lenses.data(), lens_constant.data(), lens_model.data(), lens_prior.data(),
                   lens_sigma.data(), poses.data(), pose_constant.data(), pose_lens.data(), position.data(),
                   position_sigma.data(), up.data(), up_sigma.data(), points.data(), point_constant.data(),
                   point_prior.empty() ? nullptr : point_prior.data(), point_prior.empty() ? nullptr : point_prior_sigma.data(),
                   observation_pose.data(), observation_point.data(), pixels.data(), sigmas.data(), 1.0, 0.0, 1e-12, 100,
                   solver, cancel};
        odm_bundle_summary summary{};
        EXPECT_EQ(ODM_OK, odm_bundle_adjust(&problem, &summary));
        return summary;
    }
};

TEST(Bundle, RecoversABlockWithItsLensByEverySolver) {
    for (int32_t solver : {ODM_BUNDLE_AUTO, ODM_BUNDLE_DENSE_SCHUR, ODM_BUNDLE_SPARSE_SCHUR, ODM_BUNDLE_ITERATIVE_SCHUR}) {
        Block block;
        ASSERT_GT(block.sigmas.size(), 1000u);
        block.Solve(solver);
        EXPECT_NEAR(kLens[0], block.lenses[0], 1e-2);
        EXPECT_EQ(kLens[1], block.lenses[1]);
        EXPECT_NEAR(kLens[4], block.lenses[4], 1e-4);
        for (size_t pose = 0; pose < block.poses.size(); pose += 6) {
            double expected[9], actual[9];
            Block::Rotation(&block.true_poses[pose], expected);
            Block::Rotation(&block.poses[pose], actual);
            for (int i = 0; i < 9; ++i) {
                ASSERT_NEAR(expected[i], actual[i], 1e-4);
            }
            for (size_t i = pose + 3; i < pose + 6; ++i) {
                ASSERT_NEAR(block.true_poses[i], block.poses[i], 1e-3);
            }
        }
    }
}

TEST(Bundle, RecoversABlockOfAFisheyeWithItsLens) {
    Block block(ODM_LENS_RADIAL, kFisheye);
    ASSERT_GT(block.sigmas.size(), 1000u);
    block.Solve(ODM_BUNDLE_DENSE_SCHUR);
    EXPECT_NEAR(kFisheye[0], block.lenses[0], 1e-2);
    EXPECT_NEAR(kFisheye[4], block.lenses[4], 1e-4);
    EXPECT_NEAR(kFisheye[5], block.lenses[5], 1e-3);
    EXPECT_EQ(0, block.lenses[8]);
    for (size_t pose = 0; pose < block.poses.size(); pose += 6) {
        for (size_t i = pose + 3; i < pose + 6; ++i) {
            ASSERT_NEAR(block.true_poses[i], block.poses[i], 1e-3);
        }
    }
}

TEST(Bundle, SameInputGivesSameBits) {
    for (int32_t solver : {ODM_BUNDLE_DENSE_SCHUR, ODM_BUNDLE_SPARSE_SCHUR, ODM_BUNDLE_ITERATIVE_SCHUR}) {
        Block a;
        const std::vector<double> elsewhere(12345);  // moves the buffers of the second block
        Block b;
        a.Solve(solver);
        b.Solve(solver);
        EXPECT_TRUE(a.poses == b.poses);
        EXPECT_TRUE(a.points == b.points);
        EXPECT_TRUE(a.lenses == b.lenses);
    }
}

TEST(Bundle, ConstantBlocksStay) {
    Block block;
    block.pose_constant[0] = 1;
    block.point_constant[5] = 1;
    const std::vector<double> poses = block.poses, points = block.points;
    block.Solve(ODM_BUNDLE_AUTO);
    for (int i = 0; i < 6; ++i) {
        EXPECT_EQ(poses[i], block.poses[i]);
    }
    for (int i = 15; i < 18; ++i) {
        EXPECT_EQ(points[i], block.points[i]);
    }
}

TEST(Bundle, ACancelledSolveSaysSo) {
    Block block;
    const int32_t cancel = 1;
    EXPECT_EQ(ODM_BUNDLE_CANCELLED, block.Solve(ODM_BUNDLE_AUTO, &cancel).termination);
}

TEST(Bundle, AnUpPriorTiltsABlockThatNothingElseHolds) {
    Block block;
    // One position only: the block may turn about it freely, but for the wish that the first camera looks straight down.
    for (size_t i = 3; i < 36; ++i) {
        block.position_sigma[i] = 0;
    }
    block.up = {0, 0, -1};
    block.up.resize(36);
    block.up_sigma[0] = 0.01;
    block.Solve(ODM_BUNDLE_DENSE_SCHUR);
    double rotation[9];
    Block::Rotation(block.poses.data(), rotation);
    EXPECT_NEAR(-1, rotation[8], 1e-5);
}

TEST(Bundle, SurveyedPointsHoldABlockThatNothingElseHolds) {
    Block block;
    block.position_sigma.assign(36, 0);
    block.point_prior.assign(900, 0);
    block.point_prior_sigma.assign(900, 0);
    for (int point : {4, 90, 151, 222, 280}) {
        for (int axis = 0; axis < 3; ++axis) {
            block.point_prior[3 * point + axis] = block.true_points[3 * point + axis] + (axis == 0 ? 0.2 : 0);
            block.point_prior_sigma[3 * point + axis] = 0.01;
        }
    }
    block.Solve(ODM_BUNDLE_DENSE_SCHUR);
    for (int i = 0; i < 12; ++i) {
        for (int axis = 0; axis < 3; ++axis) {
            EXPECT_NEAR(block.true_poses[6 * i + 3 + axis] + (axis == 0 ? 0.2 : 0), block.poses[6 * i + 3 + axis], 1e-3);
        }
    }
}

TEST(Bundle, RefusesAnUnknownLensModel) {
    Block block;
    block.Solve(ODM_BUNDLE_AUTO);
    block.lens_model[0] = ODM_LENS_MODELS;
    odm_bundle_summary summary;
    EXPECT_EQ(ODM_INVALID_ARGUMENT, odm_bundle_adjust(&block.problem, &summary));
}

TEST(Bundle, RefusesAnObservationOfAnUnknownPoint) {
    Block block;
    block.Solve(ODM_BUNDLE_AUTO);
    block.observation_point[0] = 300;
    odm_bundle_summary summary;
    EXPECT_EQ(ODM_INVALID_ARGUMENT, odm_bundle_adjust(&block.problem, &summary));
}

}  // namespace
