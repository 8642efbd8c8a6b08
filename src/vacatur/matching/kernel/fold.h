/* How a name becomes words and tokens. */
#ifndef VACATUR_FOLD_H
#define VACATUR_FOLD_H

#include "rules.h"

/* A name as words, and as tokens: legal forms and numbers in words as one, Han and Hangul with their characters. */
typedef struct {
    Bytes lowered, parted, joined; /* what folding works on */
    Bytes text;            /* the words, a space between them */
    Bytes made;            /* tokens that stand nowhere else */
    Bytes words, tokens;   /* Text[], whose texts lie in `text`, `made`, the rules or the message */
    uint32_t word_count, token_count;
} Tokens;

/* Cut an ASCII name; what was in `into` is written over. False without memory. */
bool tokenise(const Rules *rules, Text name, Tokens *into);

/* Read a name from a message: its words and tokens as Python cut them, or none of both for an ASCII name. */
bool read_name(const Rules *rules, Text name, Wire *wire, Tokens *into);

void tokens_free(Tokens *tokens);

static inline Text word_of(const Tokens *name, uint32_t i) { return ((const Text *)(const void *)name->words.at)[i]; }
static inline Text token_of(const Tokens *name, uint32_t i) { return ((const Text *)(const void *)name->tokens.at)[i]; }

/* Write the first letters of a name's words; without `small`, of its tokens but for small words and legal forms. What was
 * in `into` is written over. False without memory. */
bool write_initials(const Rules *rules, const Tokens *name, bool small, Bytes *into);

/* The Latin letters and figures of a token; of a legal form the token itself. */
Text latin_of(Text token);

/* The words and tokens of an ASCII name, each list with spaces, for tests: the length, or 0 if `room` is too small. */
EXPORTED uint64_t vacatur_tokenise(const Rules *rules, const uint8_t *name, uint32_t length, uint8_t *into, uint64_t room);

#endif
