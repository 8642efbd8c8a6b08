/* Growing memory, hashing, texts kept once each, and messages from Python. */
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

bool bytes_reserve(Bytes *bytes, size_t more) {
    if (more <= bytes->room - bytes->used) return true;
    if (more > SIZE_MAX / 4 || bytes->used > SIZE_MAX / 4) return false;
    size_t room = bytes->room ? bytes->room : 256;
    while (room - bytes->used < more) room *= 2;
    uint8_t *at = realloc(bytes->at, room);
    if (!at) return false;
    bytes->at = at;
    bytes->room = room;
    return true;
}

bool bytes_append(Bytes *bytes, const void *from, size_t length) {
    if (!bytes_reserve(bytes, length)) return false;
    if (length) memcpy(bytes->at + bytes->used, from, length);
    bytes->used += length;
    return true;
}

void bytes_free(Bytes *bytes) {
    free(bytes->at);
    *bytes = (Bytes){0};
}

/* The finaliser of splitmix64: every bit of the number moves every bit of the result. */
uint64_t hash_number(uint64_t number) {
    number ^= number >> 30;
    number *= 0xbf58476d1ce4e5b9u;
    number ^= number >> 27;
    number *= 0x94d049bb133111ebu;
    return number ^ (number >> 31);
}

uint64_t hash_text(Text text) {
    uint64_t hash = 0x9e3779b97f4a7c15u ^ text.length;
    uint32_t i = 0;
    for (; i + 8 <= text.length; i += 8) {
        uint64_t eight = 0;
        for (int byte = 0; byte < 8; byte++) eight |= (uint64_t)text.at[i + byte] << (8 * byte);
        hash = hash_number(hash ^ eight);
    }
    uint64_t rest = 0;
    for (int byte = 0; i < text.length; i++, byte++) rest |= (uint64_t)text.at[i] << (8 * byte);
    return hash_number(hash ^ rest);
}

Text texts_at(const Texts *texts, uint32_t number) {
    const uint32_t *ends = (const uint32_t *)(const void *)texts->ends.at;
    uint32_t begin = number ? ends[number - 1] : 0;
    return (Text){texts->text.at + begin, ends[number] - begin};
}

/* The slot that holds `text`, or the free one where it belongs. */
static uint32_t slot_of(const Texts *texts, Text text) {
    uint32_t slot = (uint32_t)hash_text(text) & (texts->room - 1);
    while (texts->slots[slot] && !same_text(texts_at(texts, texts->slots[slot] - 1), text))
        slot = (slot + 1) & (texts->room - 1);
    return slot;
}

uint32_t texts_find(const Texts *texts, Text text) {
    return texts->room ? texts->slots[slot_of(texts, text)] - 1 : NONE; /* 0 - 1 is NONE */
}

static bool more_slots(Texts *texts) {
    if (texts->room >= UINT32_C(1) << 31) return false;
    Texts grown = *texts;
    grown.room = texts->room ? texts->room * 2 : 1024;
    grown.slots = calloc(grown.room, sizeof *grown.slots);
    if (!grown.slots) return false;
    for (uint32_t number = 0; number < texts->count; number++)
        grown.slots[slot_of(&grown, texts_at(texts, number))] = number + 1;
    free(texts->slots);
    *texts = grown;
    return true;
}

uint32_t texts_add(Texts *texts, Text text) {
    if (texts->count >= texts->room / 2 && !more_slots(texts)) return NONE;
    uint32_t slot = slot_of(texts, text);
    if (texts->slots[slot]) return texts->slots[slot] - 1;
    if (text.length > UINT32_MAX - texts->text.used) return NONE;
    uint32_t end = (uint32_t)texts->text.used + text.length;
    if (!bytes_append(&texts->text, text.at, text.length)) return NONE;
    if (!bytes_append(&texts->ends, &end, sizeof end)) return NONE;
    texts->slots[slot] = ++texts->count;
    return texts->count - 1;
}

void texts_free(Texts *texts) {
    bytes_free(&texts->text);
    bytes_free(&texts->ends);
    free(texts->slots);
    *texts = (Texts){0};
}

static bool wire_has(Wire *wire, uint64_t length) {
    if (!wire->broken && length <= (uint64_t)(wire->end - wire->at)) return true;
    wire->broken = true;
    return false;
}

uint32_t wire_u32(Wire *wire) {
    uint32_t number = 0;
    if (!wire_has(wire, sizeof number)) return 0;
    memcpy(&number, wire->at, sizeof number);
    wire->at += sizeof number;
    return number;
}

int64_t wire_i64(Wire *wire) {
    int64_t number = 0;
    if (!wire_has(wire, sizeof number)) return 0;
    memcpy(&number, wire->at, sizeof number);
    wire->at += sizeof number;
    return number;
}

Text wire_text(Wire *wire) {
    uint32_t length = wire_u32(wire);
    if (!wire_has(wire, length)) return (Text){(const uint8_t *)"", 0};
    Text text = {wire->at, length};
    wire->at += length;
    return text;
}
