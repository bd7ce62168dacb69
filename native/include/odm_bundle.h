/* Bundle adjustment: camera poses, tie points and lenses that fit the observations best.
 *
 * World and pose: a point X is seen at p = R (X - C), R the rotation cameraFromWorld (axis-angle in `poses`), C the projection
 * centre. Lens: 9 values, first f, a, cx, cy with fx = f and fy = a f, pixels; the other five depend on the model.
 * Standard deviations weigh the terms; the loss functions are soft L1 with their scale in standard deviations.
 *
 * Unlike the other kernels this one allocates: Ceres does. It works in the calling thread only.
 */
#ifndef ODM_BUNDLE_H
#define ODM_BUNDLE_H

#include "odmnode.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { ODM_BUNDLE_LENS_SIZE = 9, ODM_BUNDLE_POSE_SIZE = 6 };

/* Models of a lens by their last five values.
 * Brown: k1, k2, k3, p1, p2, radial and tangential distortion on the plane z = 1.
 * Radial: k1, k2, k3, k4, t. The distance from the centre grows with rho = t tan(theta) + (1 - t) theta, theta the angle off axis, as
 * rho (1 + k1 rho^2 + ... + k4 rho^8): an equidistant fisheye for t = 0, a passage from it to the plane for other t.
 * Spherical: five zeros. An equirectangular picture with f pixels to a radian, longitude atan2(x, z) to the right and latitude towards
 * y down; all values are to be held. Residuals are the sines of the angles along the rows and the columns of the picture, times f. */
enum { ODM_LENS_BROWN = 0, ODM_LENS_RADIAL = 1, ODM_LENS_SPHERICAL = 2, ODM_LENS_MODELS = 3 };

/* How the reduced camera system is solved. */
enum { ODM_BUNDLE_AUTO = 0, ODM_BUNDLE_DENSE_SCHUR = 1, ODM_BUNDLE_SPARSE_SCHUR = 2, ODM_BUNDLE_ITERATIVE_SCHUR = 3 };

/* How the adjustment ended. */
enum { ODM_BUNDLE_CONVERGED = 0, ODM_BUNDLE_NO_CONVERGENCE = 1, ODM_BUNDLE_FAILURE = 2, ODM_BUNDLE_CANCELLED = 3 };

typedef struct odm_bundle_problem {
    int64_t lens_count;
    int64_t pose_count;
    int64_t point_count;
    int64_t observation_count;

    double *lenses;                     /* lens_count x 9, start values in, estimates out */
    const uint8_t *lens_constant;       /* lens_count x 9; not 0: held at its start value */
    const int32_t *lens_model;          /* lens_count */
    const double *lens_prior;           /* lens_count x 9 */
    const double *lens_prior_sigma;     /* lens_count x 9; <= 0: no prior */

    double *poses;                      /* pose_count x 6: axis-angle (radians), then projection centre; in and out */
    const uint8_t *pose_constant;       /* pose_count; not 0: held */
    const int32_t *pose_lens;           /* pose_count: index of the lens */
    const double *position_prior;       /* pose_count x 3 */
    const double *position_prior_sigma; /* pose_count x 3; <= 0: no prior on that axis */
    const double *up_prior;             /* pose_count x 3: unit vector in the camera frame that the world's z should have */
    const double *up_prior_sigma;       /* pose_count, radians; <= 0: no prior */

    double *points;                     /* point_count x 3; in and out */
    const uint8_t *point_constant;      /* point_count; not 0: held */
    const double *point_prior;          /* point_count x 3 surveyed places; may be null: no point has one */
    const double *point_prior_sigma;    /* point_count x 3; <= 0: no prior on that axis; null with point_prior */

    const int32_t *observation_pose;    /* observation_count */
    const int32_t *observation_point;   /* observation_count */
    const double *observation_pixel;    /* observation_count x 2 */
    const double *observation_sigma;    /* observation_count, pixels, > 0 */

    double loss_scale;                  /* of observations, in sigmas; <= 0: squared loss */
    double position_loss_scale;         /* of position priors and of the observations of surveyed points, in sigmas; <= 0: squared loss */
    double function_tolerance;          /* ends when the cost falls by a smaller share */
    int32_t max_iterations;
    int32_t linear_solver;
    const int32_t *cancel;              /* may be null; the caller sets it from another thread to end the call early */
} odm_bundle_problem;

typedef struct odm_bundle_summary {
    double initial_cost;                /* half the sum of squared, weighted, robust residuals */
    double final_cost;
    int32_t iterations;
    int32_t termination;
    int32_t linear_solver;              /* the one used */
    int32_t reserved;
} odm_bundle_summary;

/* Solves the problem in place. ODM_OK also when the iterations ran out or the caller cancelled: see `termination`. */
ODM_API odm_status odm_bundle_adjust(const odm_bundle_problem *problem, odm_bundle_summary *summary);

/* Residuals (2) of one observation in units of sigma, and their derivatives by lens (2 x 9), pose (2 x 6) and point (2 x 3),
 * row-major; any of the three may be null. For tests: these are the derivatives that odm_bundle_adjust uses. */
ODM_API odm_status odm_bundle_residual(int32_t lens_model, const double *lens, const double *base_rotation, const double *pose,
                                       const double *point, const double *pixel, double sigma, double *residual, double *by_lens,
                                       double *by_pose, double *by_point);

#ifdef __cplusplus
}
#endif

#endif
