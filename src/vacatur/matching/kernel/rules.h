/* Kinds of words and how much they tell: tables and numbers of names/ and matching/, as Python gives them (rules.py). */
#ifndef VACATUR_RULES_H
#define VACATUR_RULES_H

#include "kernel.h"

/* What kind of word it is: the numbers of names/kinds.py. */
enum { NAME, FORM, STOP, TITLE, PARTICLE, GENERIC, PLACE, NUMBER, INITIAL, KINDS };

/* Numbers of matching/words.py, likeness.py, pairing.py, score.py and context.py, in this order in the message. */
typedef struct {
    uint32_t kind_weight[KINDS], short_name, syllable, rarest, commonest;
    uint32_t same_initial, same_sense, other_form, plural, edit_likeness[4][15], other_beginning;
    uint32_t sound_base, sound_edits, sound_short, spoken, spoken_short, spoken_edits, sound_alone, letters_apart[5], letters_apart_without_vowels;
    uint32_t unwritten, figures_for_letters, known_names, other_known_name, known_kinds;
    uint32_t most_joined, shortest_joined, joined_at_least;
    struct { uint32_t extra, lone, place, contradiction, floor; } shares[2]; /* of other names, of persons */
    uint32_t telling, over_name, founding, founding_words, number_missing, number_differs, initial_differs, changed_places, lone_short;
    uint32_t weak_alias, lone_short_letters, one_typo, same_enough, acronym, short_acronym, shortest_acronym;
    uint32_t shortest_glued, shortest_misspelt, shortest_spaced;
    uint32_t other_identifier, other_country, other_birth_date, other_gender, other_kind;
} Numbers32;

enum {
    SERVANT = 1, ARTICLE = 2, FILIAL = 4,
    AT_THE_END = 8, AT_AN_END = 16, /* where alone a short legal form is one */
};

typedef struct {
    uint32_t kind, flags;
    uint32_t tens;          /* "forty": 40; else 0 */
    uint32_t common;        /* how common it is among names everywhere, 0 to 5 */
    uint32_t weight;        /* where no list says how rare it is, in thousandths */
    Text number;            /* in figures; empty when the word writes none */
    const uint32_t *senses; /* numbers of what it says */
    uint32_t sense_count;
} Meaning;

typedef struct {
    Texts texts;         /* spellings of sounds */
    Text *sound, *first; /* by spelling; `at` is NULL where there is none */
    uint8_t longest[26][26]; /* by the first two letters, how many the longest spelling has; 0 if there is none */
    Text letters[2][26];     /* the sounds of single letters, and those at the beginning of a word */
} Spellings;

typedef struct {
    Bytes message;     /* what Python gave; texts lie in it */
    Numbers32 numbers;
    Texts phrases;     /* spellings of legal forms */
    uint32_t *forms;   /* by phrase, its token */
    Texts tokens;      /* of legal forms */
    Texts first_words; /* words that begin a phrase */
    uint32_t *longest; /* by first word, how many words its longest phrase has */
    Texts words;       /* words of the tables */
    Meaning *meanings; /* one a word */
    Spellings spellings;
    Bytes behind, before; /* Text[]: legal forms that are written on to a word, behind or before it */
    Bytes form_words;     /* Text[]: long words of legal forms, of which another may be a misspelling */
    uint8_t most_edits[15];  /* by letters of the longer word, how many edits leave anything of a likeness */
    uint8_t looks_like[256]; /* by letter or figure, the letter that stands for all that look like it */
    uint8_t vowels[256];     /* by vowel, the one that stands for those that romanisations exchange; else 0 */
} Rules;

EXPORTED Rules *vacatur_rules_new(const uint8_t *message, uint64_t length);
EXPORTED void vacatur_rules_free(Rules *rules);

uint64_t rules_hash(const Rules *rules);

/* What is known of a Latin word or the token of a legal form. */
Meaning meaning_of(const Rules *rules, Text word);

/* The same, but for words that are misspelt words of legal forms: enough to cut names, and faster. */
Meaning listed_meaning(const Rules *rules, Text word);

static inline Text text_of(const char *text) {
    Text found = {(const uint8_t *)text, 0};
    while (text[found.length]) found.length++;
    return found;
}

#endif
