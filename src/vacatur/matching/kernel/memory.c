/* Growing memory, hashing, texts kept once each, and messages from Python. */
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

bool bytes_grow(Bytes *bytes, size_t more) {
    if (more > SIZE_MAX / 4 || bytes->used > SIZE_MAX / 4) return false;
    size_t room = bytes->room ? bytes->room : 256;
    while (room - bytes->used < more) room *= 2;
    uint8_t *at = realloc(bytes->at, room);
    if (!at) return false;
    bytes->at = at;
    bytes->room = room;
    return true;
}

void bytes_free(Bytes *bytes) {
    free(bytes->at);
    *bytes = (Bytes){0};
}

Text texts_at(const Texts *texts, uint32_t number) {
    const uint32_t *ends = (const uint32_t *)(const void *)texts->ends.at;
    uint32_t begin = number ? ends[number - 1] : 0;
    return (Text){texts->text.at + begin, ends[number] - begin};
}

/* The slot that holds `text`, or the free one where it belongs. */
static uint32_t slot_of(const Texts *texts, Text text, uint32_t hash) {
    uint32_t slot = hash & (texts->room - 1);
    for (uint64_t held; (held = texts->slots[slot]); slot = (slot + 1) & (texts->room - 1))
        if (held >> 32 == hash && same_text(texts_at(texts, (uint32_t)held - 1), text)) return slot;
    return slot;
}

uint32_t texts_find(const Texts *texts, Text text) {
    if (!texts->room) return NONE;
    return (uint32_t)texts->slots[slot_of(texts, text, (uint32_t)hash_text(text))] - 1; /* 0 - 1 is NONE */
}

static bool more_slots(Texts *texts) {
    if (texts->room >= UINT32_C(1) << 31) return false;
    uint32_t room = texts->room ? texts->room * 2 : 1024;
    uint64_t *slots = calloc(room, sizeof *slots);
    if (!slots) return false;
    for (uint32_t i = 0; i < texts->room; i++) {
        if (!texts->slots[i]) continue;
        uint32_t slot = (uint32_t)(texts->slots[i] >> 32) & (room - 1);
        while (slots[slot]) slot = (slot + 1) & (room - 1);
        slots[slot] = texts->slots[i];
    }
    free(texts->slots);
    texts->slots = slots;
    texts->room = room;
    return true;
}

uint32_t texts_add(Texts *texts, Text text) {
    if (texts->count >= texts->room / 2 && !more_slots(texts)) return NONE;
    uint32_t hash = (uint32_t)hash_text(text), slot = slot_of(texts, text, hash);
    if (texts->slots[slot]) return (uint32_t)texts->slots[slot] - 1;
    if (text.length > UINT32_MAX - texts->text.used) return NONE;
    uint32_t end = (uint32_t)texts->text.used + text.length;
    if (!bytes_append(&texts->text, text.at, text.length)) return NONE;
    if (!bytes_append(&texts->ends, &end, sizeof end)) return NONE;
    texts->slots[slot] = (uint64_t)hash << 32 | ++texts->count;
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
