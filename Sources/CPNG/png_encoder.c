#include "CPNG.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cpng_encoder {
    // NULL between pictures.
    png_structp png;
    png_infop info;
    size_t row_size;
    uint8_t *bytes;
    size_t count;
    size_t capacity;
    bool lacks_memory;
    char message[128];
};

cpng_encoder *cpng_encoder_create(void) { return calloc(1, sizeof(cpng_encoder)); }

// Ends what libpng keeps of a picture, if one is begun.
static void forget(cpng_encoder *encoder) { png_destroy_write_struct(&encoder->png, &encoder->info); }

void cpng_encoder_destroy(cpng_encoder *encoder) {
    if (encoder == NULL) return;
    forget(encoder);
    free(encoder->bytes);
    free(encoder);
}

const uint8_t *cpng_bytes(const cpng_encoder *encoder) { return encoder->bytes; }
size_t cpng_byte_count(const cpng_encoder *encoder) { return encoder->count; }
void cpng_take(cpng_encoder *encoder) { encoder->count = 0; }
const char *cpng_message(const cpng_encoder *encoder) { return encoder->message; }
bool cpng_lacks_memory(const cpng_encoder *encoder) { return encoder->lacks_memory; }

static void fail(png_structp png, png_const_charp message) {
    cpng_encoder *encoder = png_get_error_ptr(png);
    snprintf(encoder->message, sizeof encoder->message, "%s", message);
    png_longjmp(png, 1);
}

// libpng would write warnings to stderr, which belongs to the program.
static void ignore_warning(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void append(png_structp png, png_bytep data, size_t length) {
    cpng_encoder *encoder = png_get_io_ptr(png);
    if (length > encoder->capacity - encoder->count) {
        size_t capacity = encoder->capacity < 4096 ? 4096 : encoder->capacity;
        while (length > capacity - encoder->count) {
            if (capacity > SIZE_MAX / 2) png_error(png, "a chunk does not fit in memory");
            capacity *= 2;
        }
        uint8_t *bytes = realloc(encoder->bytes, capacity);
        if (bytes == NULL) {
            encoder->lacks_memory = true;
            png_error(png, "out of memory");
        }
        encoder->bytes = bytes;
        encoder->capacity = capacity;
    }
    memcpy(encoder->bytes + encoder->count, data, length);
    encoder->count += length;
}

static void flush_nothing(png_structp png) { (void)png; }

static void write_texts(png_structp png, png_infop info, const cpng_text *texts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bool is_international = texts[i].is_international;
        size_t length = strlen(texts[i].text);
        png_text text = {
            .compression = is_international ? PNG_ITXT_COMPRESSION_NONE : PNG_TEXT_COMPRESSION_NONE,
            .key = (png_charp)texts[i].keyword,
            .text = (png_charp)texts[i].text,
            .text_length = is_international ? 0 : length,
            .itxt_length = is_international ? length : 0,
            .lang = (png_charp) "",
            .lang_key = (png_charp) "",
        };
        png_set_text(png, info, &text, 1);
    }
}

static png_voidp allocate(png_structp png, png_alloc_size_t size) {
    cpng_encoder *encoder = png_get_mem_ptr(png);
    void *memory = malloc(size);
    if (memory == NULL) encoder->lacks_memory = true;
    return memory;
}

static void release(png_structp png, png_voidp memory) {
    (void)png;
    free(memory);
}

// Where a jump from libpng arrives.
static int failed(cpng_encoder *encoder) {
    forget(encoder);
    return -1;
}

int cpng_begin(cpng_encoder *encoder, uint32_t width, uint32_t height, bool has_alpha, cpng_compression compression,
               const cpng_text *texts, size_t text_count) {
    forget(encoder);
    encoder->count = 0;
    encoder->message[0] = 0;
    encoder->lacks_memory = false;
    encoder->row_size = (size_t)width * (has_alpha ? 2 : 1);
    encoder->png =
        png_create_write_struct_2(PNG_LIBPNG_VER_STRING, encoder, fail, ignore_warning, encoder, allocate, release);
    if (encoder->png == NULL) {
        snprintf(encoder->message, sizeof encoder->message, "out of memory, or an incompatible libpng");
        return -1;
    }
    if (setjmp(png_jmpbuf(encoder->png))) return failed(encoder);
    encoder->info = png_create_info_struct(encoder->png);
    if (encoder->info == NULL) png_error(encoder->png, "out of memory");
    png_structp png = encoder->png;
    png_set_write_fn(png, encoder, append, flush_nothing);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_IHDR(png, encoder->info, width, height, 8, has_alpha ? PNG_COLOR_TYPE_GRAY_ALPHA : PNG_COLOR_TYPE_GRAY,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, compression.filters);
    png_set_compression_level(png, compression.level);
    png_set_compression_mem_level(png, compression.memory_level);
    png_set_compression_strategy(png, compression.strategy);
    write_texts(png, encoder->info, texts, text_count);
    png_write_info(png, encoder->info);
    return 0;
}

int cpng_rows(cpng_encoder *encoder, const uint8_t *pixels, uint32_t count) {
    if (setjmp(png_jmpbuf(encoder->png))) return failed(encoder);
    for (uint32_t row = 0; row < count; row++) png_write_row(encoder->png, pixels + row * encoder->row_size);
    return 0;
}

int cpng_end(cpng_encoder *encoder) {
    if (setjmp(png_jmpbuf(encoder->png))) return failed(encoder);
    png_write_end(encoder->png, NULL);
    forget(encoder);
    return 0;
}
