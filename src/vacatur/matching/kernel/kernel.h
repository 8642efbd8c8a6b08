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
#include <string.h>

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

bool bytes_grow(Bytes *bytes, size_t more);
void bytes_free(Bytes *bytes);

static inline bool bytes_reserve(Bytes *bytes, size_t more) {
    return more <= bytes->room - bytes->used || bytes_grow(bytes, more);
}
static inline bool bytes_append(Bytes *bytes, const void *from, size_t length) {
    if (!bytes_reserve(bytes, length)) return false;
    if (length) memcpy(bytes->at + bytes->used, from, length);
    bytes->used += length;
    return true;
}

/* The finaliser of splitmix64: every bit of the number moves every bit of the result. */
static inline uint64_t hash_number(uint64_t number) {
    number ^= number >> 30;
    number *= 0xbf58476d1ce4e5b9u;
    number ^= number >> 27;
    number *= 0x94d049bb133111ebu;
    return number ^ (number >> 31);
}

/* Up to eight bytes as a number; with their length it tells them apart. */
static inline uint64_t few_bytes(const uint8_t *at, uint32_t length) {
    uint32_t first = 0, last = 0;
    if (length >= 4) {
        memcpy(&first, at, 4);
        memcpy(&last, at + length - 4, 4);
    } else if (length) {
        first = (uint32_t)at[0] << 16 | (uint32_t)at[length / 2] << 8 | at[length - 1];
    }
    return (uint64_t)first << 32 | last;
}

static inline uint64_t hash_text(Text text) {
    uint64_t hash = 0x9e3779b97f4a7c15u ^ text.length;
    uint32_t i = 0;
    for (; i + 8 < text.length; i += 8) {
        uint64_t eight;
        memcpy(&eight, text.at + i, sizeof eight);
        hash = hash_number(hash ^ eight);
    }
    return hash_number(hash ^ few_bytes(text.at + i, text.length - i));
}
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
    uint64_t *slots;  /* number of a text plus one, and above it half of its hash; 0 is free */
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
