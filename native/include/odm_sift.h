/* Scale-invariant keypoints: D. G. Lowe, Distinctive image features from scale-invariant keypoints, IJCV 60 (2004).
 *
 * An octave is layers + 3 planes of height rows of stride floats, one after the other, each blurred 2^(1/layers) times
 * more than the one before; layers is ODM_SIFT_LAYERS. Grey is 0 to 1. Positions are pixels of the octave, the centre of
 * the first pixel is (0, 0). All instruction sets give the same numbers. */
#ifndef ODM_SIFT_H
#define ODM_SIFT_H

enum {
    ODM_SIFT_LAYERS = 3,
    ODM_SIFT_PLANES = ODM_SIFT_LAYERS + 3,
    ODM_SIFT_DESCRIPTOR = 128,
    ODM_SIFT_BORDER = 5,  /* pixels at the border in which no keypoint lies */
    ODM_SIFT_SMALLEST = 16 /* pixels that every side of an octave has at least */
};

/* An extremum of the difference of Gaussians, by its quadratic peak. */
typedef struct {
    float x, y;
    float layer;    /* blur is 1.6 * 2^(layer / layers) pixels of the octave */
    float contrast; /* absolute difference of Gaussians at the peak */
} odm_sift_point;

/* A point with one of the directions of its surroundings. */
typedef struct {
    int32_t point; /* index of the odm_sift_point */
    float angle;   /* radians in [0, 2 pi), from x towards y */
} odm_sift_direction;

/* Stride of the planes of an octave: width rounded up to whole vectors. */
ODM_API int32_t odm_sift_stride(int32_t width);

/* The first plane of an octave from a grey picture (8 bits, row after row), blurred to 1.6 pixels of the octave; the
 * picture itself is taken to be blurred by half a pixel. doubled: other than 0, the octave has twice its width and
 * height, interpolated so that the corners of the picture stay where they are. The second plane is overwritten. */
ODM_API odm_status odm_sift_base(odm_isa isa, const uint8_t* grey, int32_t width, int32_t height, int32_t doubled,
                                 float* octave);

/* The first plane of the next octave, of (width + 1) / 2 by (height + 1) / 2: every second pixel of the plane of this
 * one that has twice the first one's blur. */
ODM_API odm_status odm_sift_halve(const float* octave, int32_t width, int32_t height, float* next);

/* The planes of an octave after the first. */
ODM_API odm_status odm_sift_blur(odm_isa isa, float* octave, int32_t width, int32_t height);

/* Finds the extrema with at least the contrast given, whose principal curvatures differ by less than edge_ratio.
 * At most capacity are stored, in order of row, then layer, then column; *found says how many there are. */
ODM_API odm_status odm_sift_detect(odm_isa isa, const float* octave, int32_t width, int32_t height, float contrast,
                                   float edge_ratio, odm_sift_point* points, int32_t capacity, int32_t* found);

/* The directions of points: the strongest of the gradients around each, and every other that has four fifths of its
 * weight. At most capacity are stored, in the order of the points, stronger bins not first; *found says how many. */
ODM_API odm_status odm_sift_orient(odm_isa isa, const float* octave, int32_t width, int32_t height,
                                   const odm_sift_point* points, int32_t count, odm_sift_direction* directions,
                                   int32_t capacity, int32_t* found);

/* The histograms (128 floats each, length 1, no element above 0.2 before the last normalisation; 4 rows by 4 columns by
 * 8 angles) of points turned by their directions. */
ODM_API odm_status odm_sift_describe(odm_isa isa, const float* octave, int32_t width, int32_t height,
                                     const odm_sift_point* points, int32_t count, const odm_sift_direction* directions,
                                     int32_t direction_count, float* histograms);

#endif
