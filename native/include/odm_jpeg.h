/* JPEG decoding through libjpeg-turbo. */
#ifndef ODM_JPEG_H
#define ODM_JPEG_H

typedef struct {
    int32_t width;    /* pixels at full size */
    int32_t height;   /* pixels at full size */
    int32_t is_grey;  /* 1 when the file holds no colour */
    int32_t reserved; /* 0 */
} odm_jpeg_header;

/* Reads the size of a JPEG from its header. ODM_CORRUPT_DATA when the bytes are no JPEG or end within the header. */
ODM_API odm_status odm_jpeg_read_header(const uint8_t* file, int64_t length, odm_jpeg_header* header);

/* Decodes into pixels: height rows of width * channels samples without padding, where a size of the file divides by
 * denominator (1, 2, 4 or 8) and rounds up. channels is 1 (grey) or 3 (red, green, blue).
 * capacity is the length of pixels in bytes.
 * ODM_CORRUPT_DATA when the data is damaged or ends early, ODM_UNSUPPORTED for four-component colour.
 * libjpeg-turbo takes its working memory from the heap and gives it back before the call returns. */
ODM_API odm_status odm_jpeg_decode(const uint8_t* file, int64_t length, int32_t denominator, int32_t channels,
                                   uint8_t* pixels, int64_t capacity);

#endif
