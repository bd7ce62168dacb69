// What the versions of the matching kernel share. No inline library code: the vector files include it.
#ifndef ODM_MATCH_INTERNAL_H
#define ODM_MATCH_INTERNAL_H

#include "odmnode.h"

// Descriptors are packed in groups of this many.
enum { kMatchGroup = 16 };

// Norm of the descriptors that fill the last group: farther than any real distance (128 * 255² = 2^23), yet no sum of
// it overflows.
enum { kMatchPadding = 1 << 29 };

// Arguments of odm_match_rows after checking.
struct MatchTask {
    const uint8_t* rows_a;
    int32_t rows;
    int32_t first_row;
    const uint8_t* packed_b;
    int32_t count_b;
    int32_t* row_index;
    int32_t* row_best;
    int32_t* row_second;
    int32_t* column_index;
    int32_t* column_best;
    int32_t* column_second;
};

void odm_match_rows_scalar(const MatchTask& task);
void odm_match_rows_avx2(const MatchTask& task);
void odm_match_rows_avx512(const MatchTask& task);

// Merges what the 16 lanes of a vector found for one row into its result so far, which holds lower indices only.
void odm_match_merge_lanes(const int32_t* bests, const int32_t* seconds, const int32_t* indices, int32_t* best,
                           int32_t* second, int32_t* index);

#endif
