/* What the instruction sets share: the block kernel of the matching cost and the row kernel of the aggregation. */
#ifndef ODM_STEREO_KERNELS_H
#define ODM_STEREO_KERNELS_H

#include "odmnode.h"

enum {
    STEREO_WINDOW = 2 * ODM_STEREO_MARGIN + 1,
    STEREO_BITS = STEREO_WINDOW * STEREO_WINDOW - 1,
    STEREO_BLOCK_PIXELS = ODM_STEREO_BLOCK_WIDTH * ODM_STEREO_BLOCK_HEIGHT,
    STEREO_PATCH_ROWS = ODM_STEREO_BLOCK_HEIGHT + 2 * ODM_STEREO_MARGIN,
    STEREO_PATCH_STRIDE = 64, /* 32 + 2 * 3, rounded up to whole vectors */
    STEREO_NOT_SEEN = 255,
    STEREO_LANE_PADDING = 32  /* free entries on either side of a pixel's path costs */
};

/* Where one block lies in one view on one plane. */
struct stereo_placement {
    const uint8_t* rows[STEREO_PATCH_ROWS]; /* from the patch's left end; null: the block is out of the view */
    int32_t stride;                         /* to the row below, which the vertical interpolation needs as well */
    uint8_t fraction_y[STEREO_PATCH_ROWS];  /* sixteenths */
    uint8_t fraction_x;
    const uint8_t* usable[ODM_STEREO_BLOCK_HEIGHT];
};

/* Census of a block of the reference: for each of the 48 neighbours of the window, 0 or 255 for each of 256 pixels. */
typedef void (*stereo_census_function)(const uint8_t* reference, int32_t stride, uint8_t* census);

/* Cost of the 256 pixels of a block on one plane. */
typedef void (*stereo_plane_function)(const uint8_t* census, const stereo_placement* placements, int32_t view_count,
                                      int32_t best_count, uint8_t* cost);

/* One pixel of one path. */
struct stereo_step {
    const uint8_t* cost;     /* of the pixel, `entries` bytes */
    const uint8_t* previous; /* path costs of the previous pixel, with 32 bytes of 255 on either side; null: none */
    int32_t entries;
    int32_t previous_entries;
    int32_t shift;           /* first plane of the pixel minus first plane of the previous one */
    uint8_t small_penalty;
    uint8_t large_penalty;
};

/* Writes the path costs of the pixel, less the least of them, and the 255s around them. What is taken away is the same
 * for all planes, so neither the winner nor its margin change; and 255 stays above every cost plus penalty. */
typedef void (*stereo_step_function)(const stereo_step* step, uint8_t* path);

/* sums = or += the four paths. */
typedef void (*stereo_sum_function)(const uint8_t* const paths[4], int32_t entries, int32_t add, uint16_t* sums);

void stereo_census_scalar(const uint8_t* reference, int32_t stride, uint8_t* census);
void stereo_plane_scalar(const uint8_t* census, const stereo_placement* placements, int32_t view_count,
                         int32_t best_count, uint8_t* cost);
void stereo_step_scalar(const stereo_step* step, uint8_t* path);
void stereo_sum_scalar(const uint8_t* const paths[4], int32_t entries, int32_t add, uint16_t* sums);

#if defined(__x86_64__)
void stereo_census_avx2(const uint8_t* reference, int32_t stride, uint8_t* census);
void stereo_plane_avx2(const uint8_t* census, const stereo_placement* placements, int32_t view_count,
                       int32_t best_count, uint8_t* cost);
void stereo_step_avx2(const stereo_step* step, uint8_t* path);
void stereo_sum_avx2(const uint8_t* const paths[4], int32_t entries, int32_t add, uint16_t* sums);
#endif

#endif
