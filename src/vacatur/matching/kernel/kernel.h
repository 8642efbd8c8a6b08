/* What the parts of the kernel share.
 *
 * Plain C11 without Python's headers: the library is loaded through ctypes, so that it builds on a machine that has
 * Python but neither its headers nor a compiler of its own (see setup.py). It does no input or output but writing the
 * index file; Python maps the file and hands its bytes over. No global state: everything hangs on Rules (kinds of
 * words), Builder (an index in the making), Index (a mapped file) and Scratch (the working memory of one thread).
 *
 * Nothing that is read from a mapped file is trusted: every access goes through the functions of file.c that check
 * its bounds, as a file may be damaged in ways that its checksums do not show.
 */
#ifndef VACATUR_KERNEL_H
#define VACATUR_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define EXPORTED __declspec(dllexport)
#else
#define EXPORTED __attribute__((visibility("default")))
#endif

typedef struct {
    const uint8_t *at;
    uint32_t length;
} Text;

/* Growing memory. `reserve` makes room for `count` items of `size` bytes; false when there is none. */
typedef struct {
    uint8_t *at;
    size_t used, room; /* in bytes */
} Bytes;

bool bytes_reserve(Bytes *bytes, size_t more);
bool bytes_append(Bytes *bytes, const void *from, size_t length);
void bytes_free(Bytes *bytes);

uint64_t hash_text(Text text);
uint64_t hash_number(uint64_t number);
static inline bool same_text(Text left, Text right) {
    if (left.length != right.length) return false;
    for (uint32_t i = 0; i < left.length; i++)
        if (left.at[i] != right.at[i]) return false;
    return true;
}

static inline bool is_form(Text token) { return token.length && token.at[0] >= 0x80; } /* "§llc" */

/* Texts in the order of their first appearance, each once, found by hashing (build.c, rules.c). */
typedef struct {
    Bytes text, ends; /* all texts one after the other; where each ends (uint32_t) */
    uint32_t *slots;  /* number of a text plus one; 0 is free */
    uint32_t room, count;
} Texts;

#define NONE UINT32_MAX

uint32_t texts_find(const Texts *texts, Text text);
uint32_t texts_add(Texts *texts, Text text); /* its number; NONE when memory or numbers run out */
Text texts_at(const Texts *texts, uint32_t number);
void texts_free(Texts *texts);

/* A cursor over a message from Python: little-endian numbers, texts with their length before them (wire.c). */
typedef struct {
    const uint8_t *at, *end;
    bool broken; /* a read went past the end; what was read then is empty */
} Wire;

uint32_t wire_u32(Wire *wire);
int64_t wire_i64(Wire *wire);
Text wire_text(Wire *wire);

#endif
