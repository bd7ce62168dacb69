/* Dense stereo: plane-sweep matching cost, semi-global aggregation, choice of the winner.
 *
 * Images are 8-bit grey, all of one layout: a frame of width x height pixels with `padding` further pixels on every
 * side, rows `stride` apart. Pointers name the first pixel of the frame, not of the padding.
 *
 * Every pixel searches planes of its own: [first[p], first[p] + 16 * (number of its chunks)). The cost volume holds, row
 * after row and pixel after pixel, one byte for each of them; row_start[y] is where a row begins (in entries,
 * height + 1 values) and pixel_start[p] where a pixel begins in its row, in chunks of 16 (width values for each row; the
 * last pixel ends where the next row begins).
 */
#ifndef ODM_STEREO_H
#define ODM_STEREO_H

enum {
    ODM_STEREO_CHUNK = 16,       /* planes of a pixel come in whole chunks */
    ODM_STEREO_BLOCK_WIDTH = 32, /* pixels that share one sub-pixel shift */
    ODM_STEREO_BLOCK_HEIGHT = 8,
    ODM_STEREO_MARGIN = 3,       /* the census window is 7 x 7 */
    ODM_STEREO_MAX_VIEWS = 8,
    ODM_STEREO_MAX_COST = 96,    /* two disagreeing bits count 4 of it */
    ODM_STEREO_NO_COST = 48      /* where no view sees the pixel: like chance */
};

/* A neighbour, resampled by the homography of the base surface so that a point on that surface has the pixel that it
 * has in the reference. A point of inverse depth delta above the surface at reference pixel p is then at
 * (p + delta * (epipole_x, epipole_y)) / (1 + delta * epipole_z). */
typedef struct odm_stereo_view {
    const uint8_t* grey;
    const uint8_t* usable; /* 255 where the pixel lies in the photo, else 0 */
    double epipole_x;      /* pixels per unit of inverse depth */
    double epipole_y;
    double epipole_z;
} odm_stereo_view;

typedef struct odm_stereo_ranges {
    const int16_t* first;        /* width * height */
    const int32_t* pixel_start;  /* width * height */
    const int64_t* row_start;    /* height + 1 */
    int32_t width;
    int32_t height;
} odm_stereo_ranges;

typedef struct odm_stereo_frame {
    const uint8_t* reference;
    int32_t stride;
    int32_t padding;             /* at least 64 */
    double first_delta;          /* inverse depth of plane 0 above the base surface */
    double step_delta;           /* between planes */
} odm_stereo_frame;

/* Fills the rows [row_begin, row_end) of the volume; row_begin is a multiple of ODM_STEREO_BLOCK_HEIGHT. The cost of a
 * pixel on a plane is the Hamming distance of the 7 x 7 census transforms of the reference and of each view resampled
 * bilinearly at sixteenths of a pixel; of the views, the mean of the best `best_count` (1 to 3). */
ODM_API odm_status odm_stereo_cost(const odm_stereo_frame* frame, const odm_stereo_view* views, int32_t view_count,
                                   int32_t best_count, const odm_stereo_ranges* ranges, int32_t row_begin,
                                   int32_t row_end, uint8_t* volume, odm_isa isa);

/* Scratch of odm_stereo_aggregate in bytes; max_row_entries is the largest row of the volume. */
ODM_API int64_t odm_stereo_aggregate_scratch_bytes(int32_t width, int64_t max_row_entries);

/* Semi-global aggregation over eight paths (Hirschmueller 2008) with ranges of each pixel's own (Rothermel et al.
 * 2012), four paths for each of two passes. Forward (backward = 0) visits rows 0, 1, ... and writes `sums`; backward
 * then visits rows height - 1, ... and adds to it. Slices of a pass [row_begin, row_end) follow one another in visiting
 * order with the same scratch. `grey` is the reference as in odm_stereo_frame. `large_penalty` has 256 values, by the
 * absolute difference of the grey of the two pixels; each is at least small_penalty and at most 150. */
ODM_API odm_status odm_stereo_aggregate(const odm_stereo_ranges* ranges, const uint8_t* volume, const uint8_t* grey,
                                        int32_t stride, int32_t small_penalty, const uint8_t* large_penalty,
                                        int32_t backward, int32_t row_begin, int32_t row_end, uint16_t* sums,
                                        uint8_t* scratch, int64_t scratch_bytes, odm_isa isa);

/* For the pixels of the rows [row_begin, row_end): the plane of the smallest sum with its fraction by a parabola, and as
 * margin how much larger the smallest sum more than two planes away is (at most 255). The margin is 0 where the winner
 * is the first or last plane searched. */
ODM_API odm_status odm_stereo_winner(const odm_stereo_ranges* ranges, const uint16_t* sums, int32_t row_begin,
                                     int32_t row_end, float* plane, uint8_t* margin);

/* Resamples an image by a homography with Catmull-Rom weights: the pixel centre (x + 0.5, y + 0.5) of the target is at
 * h * (x + 0.5, y + 0.5, 1) of the source (row-major 3 x 3, pixels from the top-left corner). Source pixels of 0 are
 * outside the photo. A target pixel is `usable` (255) if all 16 source pixels lie in the photo, else it and the mark are 0.
 * Target rows [row_begin, row_end) and columns [column_begin, column_end) may be negative: `target` names pixel (0, 0). */
ODM_API odm_status odm_stereo_warp(const uint8_t* source, int32_t source_width, int32_t source_height,
                                   const double* homography, int32_t row_begin, int32_t row_end, int32_t column_begin,
                                   int32_t column_end, int32_t target_stride, uint8_t* target, uint8_t* usable);

#endif
