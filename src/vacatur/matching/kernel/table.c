/* Tables of numbers by hash, which grow, and the working memory that holds them. */
#include "search.h"

#include <stdlib.h>
#include <string.h>

static uint32_t *free_slot(const Table *table, uint32_t key) {
    uint32_t slot = (uint32_t)hash_number(key) & (table->room - 1);
    while (table->slots[slot]) slot = (slot + 1) & (table->room - 1);
    return &table->slots[slot];
}

static bool grow(const Scratch *scratch, Table *table, uint32_t (*key_of)(const Scratch *, uint32_t)) {
    if (table->room >= UINT32_C(1) << 30) return false;
    Table grown = {NULL, table->room ? table->room * 2 : 256, table->used};
    grown.slots = calloc(grown.room, sizeof *grown.slots);
    if (!grown.slots) return false;
    for (uint32_t slot = 0; slot < table->room; slot++)
        if (table->slots[slot]) *free_slot(&grown, key_of(scratch, table->slots[slot] - 1)) = table->slots[slot];
    free(table->slots);
    *table = grown;
    return true;
}

uint32_t *table_slot(Scratch *scratch, Table *table, uint32_t key, uint32_t (*key_of)(const Scratch *, uint32_t)) {
    if (table->used >= table->room / 2 && !grow(scratch, table, key_of)) {
        scratch->exhausted = true;
        return NULL;
    }
    uint32_t slot = (uint32_t)hash_number(key) & (table->room - 1);
    while (table->slots[slot] && key_of(scratch, table->slots[slot] - 1) != key) slot = (slot + 1) & (table->room - 1);
    return &table->slots[slot];
}

void table_clear(Table *table) {
    if (table->used) memset(table->slots, 0, (size_t)table->room * sizeof *table->slots);
    table->used = 0;
}

Scratch *vacatur_scratch_new(const Index *index) {
    Scratch *scratch = calloc(1, sizeof *scratch);
    if (!scratch) return NULL;
    scratch->index = index;
    scratch->seen = calloc((size_t)index->word_count + 1, sizeof *scratch->seen);
    if (scratch->seen) return scratch;
    free(scratch);
    return NULL;
}

void vacatur_scratch_free(Scratch *scratch) {
    if (!scratch) return;
    Bytes *lists[] = {&scratch->asked.countries, &scratch->asked.identifiers, &scratch->words, &scratch->units,
                      &scratch->unit_text, &scratch->meetings, &scratch->cached_at, &scratch->found, &scratch->known,
                      &scratch->likenesses, &scratch->lists, &scratch->candidates, &scratch->pairs, &scratch->options,
                      &scratch->used, &scratch->places, &scratch->hits, &scratch->room, &scratch->keys};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) bytes_free(lists[i]);
    tokens_free(&scratch->query);
    texts_free(&scratch->cached);
    free(scratch->seen);
    free(scratch->found_table.slots);
    free(scratch->known_table.slots);
    free(scratch->candidate_table.slots);
    free(scratch);
}
