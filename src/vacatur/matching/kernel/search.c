/* A query, from its message to its hits. */
#include "search.h"

#include <stdlib.h>
#include <string.h>

/* ---- the query ---- */

static bool read_asked(Scratch *scratch, Wire *wire) {
    Asked *asked = &scratch->asked;
    asked->class = wire_u32(wire);
    asked->schema = wire_text(wire);
    asked->birth_date = wire_text(wire);
    asked->gender = wire_text(wire);
    asked->known = wire_i64(wire);
    asked->recorded = wire_i64(wire);
    asked->countries.used = asked->identifiers.used = 0;
    for (uint32_t count = wire_u32(wire); count > 0 && !wire->broken; count--) {
        Text country = wire_text(wire);
        if (!push(scratch, &asked->countries, &country, sizeof country)) return false;
    }
    for (uint32_t count = wire_u32(wire); count > 0 && !wire->broken; count--) {
        Identifier identifier = {.kind = wire_text(wire)};
        identifier.plain = wire_text(wire);
        identifier.deciding = wire_u32(wire) != 0;
        if (!push(scratch, &asked->identifiers, &identifier, sizeof identifier)) return false;
    }
    return true;
}

static bool read_words(Scratch *scratch) {
    const Index *index = scratch->index;
    scratch->words.used = 0;
    for (uint32_t i = 0; i < scratch->query.token_count; i++) {
        Word word = describe(index->rules, token_of(&scratch->query, i), &scratch->room);
        word.weight = weight_in_list(index, &word);
        if (!push(scratch, &scratch->words, &word, sizeof word)) return false;
    }
    scratch->word_count = COUNT(Word, scratch->words);
    return true;
}

static bool add_unit(Scratch *scratch, uint32_t first, uint32_t count, const Word *word) {
    Unit unit = {.first = first, .count = count, .word = *word};
    for (uint32_t i = first; i < first + count; i++) {
        const Word *part = &ITEMS(Word, scratch->words)[i];
        unit.weight += part->weight;
        unit.tells = unit.tells || part->meaning.kind == NAME;
    }
    if (count == 1) unit.apart = apart_as_one(scratch->index->rules, word);
    return find_meetings(scratch, word, count > 1, &unit.begin, &unit.meetings) &&
           push(scratch, &scratch->units, &unit, sizeof unit);
}

/* Adjacent words read as one, none of them a legal form. */
static bool add_joined_units(Scratch *scratch) {
    uint32_t most = scratch->index->rules->numbers.most_joined;
    size_t letters = 0;
    for (uint32_t i = 0; i < scratch->word_count; i++) letters += ITEMS(Word, scratch->words)[i].latin.length;
    scratch->unit_text.used = 0;
    if (!bytes_reserve(&scratch->unit_text, letters * most * most)) return false; /* it must not move any more */
    for (uint32_t first = 0; first + 1 < scratch->word_count; first++) {
        size_t length = 0;
        for (uint32_t end = first; end < scratch->word_count && end - first < most; end++) {
            const Word *part = &ITEMS(Word, scratch->words)[end];
            if (part->meaning.kind == FORM) break;
            length += part->latin.length;
            if (end == first) continue;
            size_t begin = scratch->unit_text.used;
            for (uint32_t i = first; i <= end; i++) {
                Text latin = ITEMS(Word, scratch->words)[i].latin;
                memcpy(scratch->unit_text.at + scratch->unit_text.used, latin.at, latin.length);
                scratch->unit_text.used += latin.length;
            }
            Text joined = {scratch->unit_text.at + begin, (uint32_t)length};
            Word word = describe(scratch->index->rules, joined, &scratch->room);
            if (!add_unit(scratch, first, end - first + 1, &word)) return false;
        }
    }
    return true;
}

static bool read_query(Scratch *scratch, Wire *wire) {
    Text name = wire_text(wire);
    if (!read_name(scratch->index->rules, name, wire, &scratch->query) || !read_asked(scratch, wire)) return false;
    if (!read_words(scratch)) return false;
    forget_meetings(scratch);
    scratch->units.used = scratch->known.used = scratch->likenesses.used = scratch->hits.used = 0;
    table_clear(&scratch->known_table);
    for (uint32_t i = 0; i < scratch->word_count; i++)
        if (!add_unit(scratch, i, 1, &ITEMS(Word, scratch->words)[i])) return false;
    if (!add_joined_units(scratch)) return false;
    scratch->unit_count = COUNT(Unit, scratch->units);
    return true;
}

/* ---- hits ---- */

static uint32_t rank_of(const Scratch *scratch, uint32_t name, bool same) {
    NameRecord record = name_at(scratch->index, name);
    bool plain = version_at(scratch->index, record.version).kind == scratch->index->plain_name;
    uint32_t place = name - party_at(scratch->index, record.party).first_name, most = (UINT32_C(1) << 30) - 1;
    return (same ? 0 : UINT32_C(1) << 31) | (plain ? 0 : UINT32_C(1) << 30) | (place < most ? place : most);
}

static bool add_hit(Scratch *scratch, uint32_t name, uint32_t score, bool same) {
    uint32_t party = name_at(scratch->index, name).party;
    Hit hit = {party, name, score, rank_of(scratch, name, same), party_id(scratch->index, party)};
    return push(scratch, &scratch->hits, &hit, sizeof hit);
}

static bool add_names(Scratch *scratch) {
    if (!find_candidates(scratch)) return false;
    for (uint32_t i = 0; i < COUNT(Candidate, scratch->candidates) && !scratch->exhausted; i++) {
        Candidate candidate = ITEMS(Candidate, scratch->candidates)[i];
        bool same;
        uint32_t score = score_name(scratch, candidate.name, candidate.acronym, &same);
        if (score && score >= scratch->asked.threshold && !add_hit(scratch, candidate.name, score, same)) return false;
    }
    return !scratch->exhausted;
}

/* Parties with an identifier of the query, under the first of their names that counts. */
static bool add_identified(Scratch *scratch) {
    const Index *index = scratch->index;
    uint32_t bits = bits_for(index->party_count), below = bits >= 32 ? UINT32_MAX : (UINT32_C(1) << bits) - 1;
    for (uint32_t i = 0; i < COUNT(Identifier, scratch->asked.identifiers); i++) {
        Text plain = ITEMS(Identifier, scratch->asked.identifiers)[i].plain;
        Numbers entries = bucket_of(index, IDENTIFIER_HEADS, hash_text(plain));
        for (uint32_t at = 0; plain.length && at < entries.count; at++) {
            uint32_t party = entries.at[at] & below;
            if (party >= index->party_count || !has_identifier(scratch, party)) continue;
            uint32_t name = party_at(index, party).first_name, end = party_at(index, party + 1).first_name;
            if (end > index->name_count) end = index->name_count;
            for (; name < end; name++) {
                NameRecord record = name_at(index, name);
                if (counts(scratch, &record)) break;
            }
            if (name < end && !add_hit(scratch, name, 0, false)) return false;
        }
    }
    return true;
}

/* The best name of each party first. */
static int by_party(const void *one, const void *other) {
    const Hit *left = one, *right = other;
    if (left->party != right->party) return left->party < right->party ? -1 : 1;
    if (left->score != right->score) return left->score > right->score ? -1 : 1;
    if (left->rank != right->rank) return left->rank < right->rank ? -1 : 1;
    return left->name < right->name ? -1 : left->name > right->name;
}

static int by_score(const void *one, const void *other) {
    const Hit *left = one, *right = other;
    if (left->score != right->score) return left->score > right->score ? -1 : 1;
    if (left->rank != right->rank) return left->rank < right->rank ? -1 : 1;
    uint32_t shorter = left->id.length < right->id.length ? left->id.length : right->id.length;
    int order = memcmp(left->id.at, right->id.at, shorter);
    return order ? order : left->id.length < right->id.length ? -1 : left->id.length > right->id.length;
}

/* One hit a party, with what is known beside the name. */
static void settle(Scratch *scratch) {
    Hit *hits = ITEMS(Hit, scratch->hits);
    uint32_t count = COUNT(Hit, scratch->hits), kept = 0;
    if (count) qsort(hits, count, sizeof *hits, by_party);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && hits[i].party == hits[i - 1].party) continue;
        Hit hit = hits[i];
        bool identified = COUNT(Identifier, scratch->asked.identifiers) && has_identifier(scratch, hit.party);
        hit.score = identified ? 1000 : in_context(scratch, hit.party, hit.score);
        if (hit.score && hit.score >= scratch->asked.threshold) hits[kept++] = hit;
    }
    scratch->hits.used = kept * sizeof *hits;
}

static uint32_t write_hits(Scratch *scratch, uint32_t limit, uint32_t *into) {
    Hit *hits = ITEMS(Hit, scratch->hits);
    uint32_t count = COUNT(Hit, scratch->hits);
    if (count) qsort(hits, count, sizeof *hits, by_score);
    if (limit > count) limit = count;
    into[0] = limit;
    for (uint32_t i = 0; i < limit; i++) {
        into[1 + i * 3] = hits[i].party;
        into[2 + i * 3] = hits[i].name;
        into[3 + i * 3] = hits[i].score;
    }
    return 1 + limit * 3;
}

int64_t vacatur_search(Scratch *scratch, const uint8_t *message, uint64_t length, uint32_t limit, uint32_t threshold,
                       uint32_t every_name, uint32_t *into, uint64_t room) {
    Wire wire = {message, message + length, false};
    uint64_t written = 0;
    scratch->exhausted = false;
    scratch->asked.threshold = threshold;
    scratch->asked.every_name = every_name != 0;
    while (wire.at < wire.end) {
        if (!read_query(scratch, &wire) || !add_names(scratch) || !add_identified(scratch)) return -NO_MEMORY;
        if (wire.broken || room - written < 1 + (uint64_t)limit * 3) return -DAMAGED;
        settle(scratch);
        written += write_hits(scratch, limit, into + written);
    }
    return (int64_t)written;
}
