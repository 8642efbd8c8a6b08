/* What Python reads of an index beside searching: names, parties, weights; as messages of texts and numbers. */
#include "words.h"

#include <string.h>

EXPORTED uint32_t vacatur_weight(const Index *index, const uint8_t *token, uint32_t length);
EXPORTED void vacatur_facts(const Index *index, uint64_t *into);
EXPORTED uint64_t vacatur_party(const Index *index, uint32_t party, uint8_t *into, uint64_t room);
EXPORTED uint64_t vacatur_name(const Index *index, uint32_t name, uint8_t *into, uint64_t room);

/* A message into memory of Python's; what does not fit is only counted. */
typedef struct {
    uint8_t *into;
    uint64_t room, used;
} Message;

static void write_bytes(Message *message, const void *from, uint64_t length) {
    if (message->used + length <= message->room && length) memcpy(message->into + message->used, from, length);
    message->used += length;
}

static void write_number(Message *message, uint32_t number) { write_bytes(message, &number, sizeof number); }

static void write_text(Message *message, Text text) {
    write_number(message, text.length);
    write_bytes(message, text.at, text.length);
}

/* What a token weighs in this list, in thousandths. */
uint32_t vacatur_weight(const Index *index, const uint8_t *token, uint32_t length) {
    Bytes room = {0};
    Word word = describe(index->rules, (Text){token, length}, &room);
    bytes_free(&room);
    return weight_in_list(index, &word);
}

/* How many names, parties and words there are; the transaction; the four parts of the content hash. */
void vacatur_facts(const Index *index, uint64_t *into) {
    into[0] = index->name_count;
    into[1] = index->party_count;
    into[2] = index->word_count;
    into[3] = (uint64_t)index->transaction;
    memcpy(into + 4, index->content, sizeof index->content);
}

/* The id of a party, then its schema, countries, birth dates, genders and identifiers (property, value), each list after
 * its length. Returns the length of the message, which was written if there was room. */
uint64_t vacatur_party(const Index *index, uint32_t party, uint8_t *into, uint64_t room) {
    Message message = {into, room, 0};
    Numbers details = party_details(index, party);
    uint32_t at = 0;
    write_text(&message, party_id(index, party));
    write_text(&message, details.count ? symbol_text(index, details.at[0]) : (Text){NULL, 0});
    for (uint32_t list = 0, next = 2; list < 4; list++, next = at) {
        uint32_t parts = list < 3 ? 1 : IDENTIFIER_PARTS, count = next < details.count ? details.at[next] : 0;
        at = next + 1;
        if (at > details.count || count > (details.count - at) / parts) count = 0;
        write_number(&message, count);
        for (uint32_t i = 0; i < count; i++, at += parts)
            for (uint32_t part = 0; part < (list < 3 ? 1 : 2); part++)
                write_text(&message, symbol_text(index, details.at[at + part]));
    }
    return message.used;
}

/* Of a name its text, its property, the id of its party, and when it counts: known, recorded, retracted. */
uint64_t vacatur_name(const Index *index, uint32_t name, uint8_t *into, uint64_t room) {
    Message message = {into, room, 0};
    if (name >= index->name_count) return 0;
    NameRecord record = name_at(index, name);
    VersionRecord version = version_at(index, record.version);
    write_text(&message, name_text(index, name));
    write_text(&message, version.kind < 0 || version.kind > NONE ? (Text){NULL, 0} : symbol_text(index, (uint32_t)version.kind));
    write_text(&message, party_id(index, record.party));
    write_bytes(&message, &version.known, 3 * sizeof version.known);
    return message.used;
}
