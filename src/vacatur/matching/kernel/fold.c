/* An ASCII name to words, and words to tokens: names/folding.py over again, for what is needed a million times.
 *
 * Names of other scripts are cut in Python, with its tables of scripts, and come as tokens.
 */
#include "fold.h"

#include <string.h>

#define LONGEST_DOTTED 16 /* letters; no legal form has as many */

static bool is_letter(uint8_t c) { return c >= 'a' && c <= 'z'; }
static bool is_figure(uint8_t c) { return c >= '0' && c <= '9'; }
static bool is_word(uint8_t c) { return is_letter(c) || is_figure(c) || c == '_'; } /* what \w means */
static bool is_space(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f); }

/* Lower case, without the marks that join words ("O'Neill"). */
static bool lower(Text name, Bytes *into) {
    into->used = 0;
    if (!bytes_reserve(into, name.length)) return false;
    for (uint32_t i = 0; i < name.length; i++) {
        uint8_t c = name.at[i];
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        if (c != '\'' && c != '"' && c != '`') into->at[into->used++] = c;
    }
    return true;
}

/* Where dotted letters that begin at `at` end ("s.a.", "u. s. a"), as the pattern \b(?:[a-z]\.\s?)+[a-z]?\b\.? finds
 * them; `at` when none begin there. */
static size_t dotted_end(const uint8_t *text, size_t length, size_t at) {
    if (at > 0 && is_word(text[at - 1])) return at;
    size_t end = at, last = at;
    uint32_t letters = 0;
    while (end + 1 < length && is_letter(text[end]) && text[end + 1] == '.') {
        last = end;
        end += 2;
        if (end < length && is_space(text[end])) end++;
        letters++;
    }
    if (!letters) return at;
    if (end < length && is_letter(text[end]) && (end + 1 == length || !is_word(text[end + 1]))) return end + 1;
    if (end < length && is_word(text[end])) return end;
    return letters > 1 ? last + 2 : at; /* a last letter whose dot ends it */
}

static bool holds_word(const uint8_t *at, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (is_letter(at[i]) || is_figure(at[i])) return true;
    return false;
}

static uint8_t letter_for(uint8_t sign) { return sign == '@' ? 'a' : sign == '$' ? 's' : sign == '!' ? 'i' : 0; }

/* Signs that stand for letters within a word ("put!n") become them. */
static void read_signs(Bytes *text) {
    uint8_t *at = text->at;
    for (size_t i = 1; i + 1 < text->used; i++)
        if (letter_for(at[i]) && is_letter(at[i - 1]) && is_letter(at[i + 1])) at[i] = letter_for(at[i]);
}

/* Letters that a slash parts are one word ("m/v", "a/s"). */
static void join_slashed(Bytes *text) {
    uint8_t *at = text->at;
    size_t kept = 0;
    for (size_t i = 0; i < text->used; i++) {
        bool behind = kept && is_letter(at[kept - 1]) && (kept == 1 || !is_word(at[kept - 2]));
        bool before = i + 1 < text->used && is_letter(at[i + 1]) && (i + 2 == text->used || !is_word(at[i + 2]));
        if (at[i] != '/' || !behind || !before) at[kept++] = at[i];
    }
    text->used = kept;
}

/* Where dotted letters end that begin inside a word at `at` and spell a legal form ("taras.a."); `at` for none. */
static size_t glued_end(const Rules *rules, const Bytes *text, size_t at) {
    const uint8_t *letters = text->at;
    uint8_t form[LONGEST_DOTTED];
    uint32_t count = 0;
    size_t end = at + 1;
    for (size_t i = at < 3 ? 0 : at - 3; i <= at; i++)
        if (at < 3 || !is_letter(letters[i])) return at;
    form[count++] = letters[at];
    while (end + 1 < text->used && letters[end] == '.' && is_letter(letters[end + 1]) && count < LONGEST_DOTTED) {
        form[count++] = letters[end + 1];
        end += 2;
    }
    if (end < text->used && letters[end] == '.') end++;
    if (end < text->used && (is_letter(letters[end]) || is_figure(letters[end]))) return at;
    return count > 1 && texts_find(&rules->phrases, (Text){form, count}) != NONE ? end : at;
}

/* Part a dotted legal form from the word that it was written on to. */
static bool part_glued(const Rules *rules, const Bytes *from, Bytes *into) {
    into->used = 0;
    if (!bytes_reserve(into, from->used * 2 + 1)) return false;
    for (size_t i = 0; i < from->used;) {
        size_t end = glued_end(rules, from, i);
        if (end > i) into->at[into->used++] = ' ';
        do into->at[into->used++] = from->at[i++];
        while (i < end);
    }
    return true;
}

/* Write dotted letters together: as one word, but the two initials of a person apart ("v. v."). What could be initials
 * or a legal form stays apart where the name goes on ("A. G. Lukashenko", "Tara S.A. Services"). */
static void join_letters(const Rules *rules, const uint8_t *from, size_t length, bool inside, Bytes *into) {
    into->at[into->used++] = ' ';
    Text joined = {into->at + into->used, 0};
    for (size_t i = 0; i < length; i++)
        if (from[i] != '.' && from[i] != ' ') into->at[into->used++] = from[i], joined.length++;
    bool form = joined.length == 2 && texts_find(&rules->phrases, joined) != NONE;
    if (form && inside) form = !(listed_meaning(rules, joined).flags & AT_THE_END);
    if (joined.length == 2 && !form) {
        into->at[into->used] = into->at[into->used - 1];
        into->at[into->used++ - 1] = ' ';
    }
    into->at[into->used++] = ' ';
}

static bool join_dotted(const Rules *rules, const Bytes *from, Bytes *into) {
    into->used = 0;
    if (!bytes_reserve(into, from->used * 2 + 8)) return false;
    size_t i = 0;
    while (i < from->used) {
        size_t end = is_letter(from->at[i]) ? dotted_end(from->at, from->used, i) : i;
        if (end == i) {
            into->at[into->used++] = from->at[i++];
            continue;
        }
        join_letters(rules, from->at + i, end - i, holds_word(from->at + end, from->used - end), into);
        i = end;
    }
    return true;
}

static bool add_text(Bytes *list, Text text, uint32_t *count) {
    ++*count;
    return bytes_append(list, &text, sizeof text);
}

static bool same_bytes(const uint8_t *at, Text text) { return memcmp(at, text.at, text.length) == 0; }

/* How many letters of a word are cut off at its end, or left before the cut, as a legal form is written on to it
 * ("taralimited"); 0 for a word as it is. */
static uint32_t unglued(const Rules *rules, Text word) {
    uint32_t shortest = rules->numbers.shortest_glued;
    for (uint32_t i = 0; i < rules->behind.used / sizeof(Text); i++) {
        Text form = ((const Text *)(const void *)rules->behind.at)[i];
        if (word.length >= form.length + shortest && same_bytes(word.at + word.length - form.length, form))
            return word.length - form.length;
    }
    for (uint32_t i = 0; i < rules->before.used / sizeof(Text); i++) {
        Text form = ((const Text *)(const void *)rules->before.at)[i];
        if (word.length >= form.length + shortest && same_bytes(word.at, form)) return form.length;
    }
    return 0;
}

/* Write a word behind the others, a space between. */
static bool write_word(Tokens *into, Text word) {
    if (into->word_count) into->text.at[into->text.used++] = ' ';
    uint8_t *at = into->text.at + into->text.used;
    memcpy(at, word.at, word.length);
    into->text.used += word.length;
    return add_text(&into->words, (Text){at, word.length}, &into->word_count);
}

/* How many words from `first` on are single letters. */
static uint32_t letters_from(const Tokens *name, uint32_t first) {
    uint32_t count = 0;
    while (first + count < name->word_count && word_of(name, first + count).length == 1 &&
           is_letter(word_of(name, first + count).at[0]))
        count++;
    return count;
}

/* Four letters or more that stand apart become one word ("S M I C"); the words move to the left. */
static void join_spaced(const Rules *rules, Tokens *name) {
    Text *words = (Text *)(void *)name->words.at;
    uint8_t *to = name->text.at;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < name->word_count; kept++) {
        uint32_t letters = letters_from(name, i), count = letters < rules->numbers.shortest_spaced ? 1 : letters;
        if (kept) *to++ = ' ';
        uint8_t *begin = to;
        for (uint32_t end = i + count; i < end; i++) {
            memmove(to, words[i].at, words[i].length);
            to += words[i].length;
        }
        words[kept] = (Text){begin, (uint32_t)(to - begin)};
    }
    name->word_count = kept;
    name->words.used = kept * sizeof(Text);
    name->text.used = (size_t)(to - name->text.at);
}

/* Cut at whatever is no letter or figure; the words are written anew with one space between them. */
static bool cut_words(const Rules *rules, const Bytes *from, Tokens *into) {
    into->text.used = into->words.used = 0;
    into->word_count = 0;
    if (!bytes_reserve(&into->text, from->used * 2 + 8)) return false; /* room for spaces: it must not move */
    for (size_t i = 0; i < from->used;) {
        if (!is_letter(from->at[i]) && !is_figure(from->at[i])) {
            i++;
            continue;
        }
        Text word = {from->at + i, 0};
        for (; i < from->used && (is_letter(from->at[i]) || is_figure(from->at[i])); i++) word.length++;
        uint32_t cut = unglued(rules, word);
        if (cut && !write_word(into, (Text){word.at, cut})) return false;
        if (!write_word(into, (Text){word.at + cut, word.length - cut})) return false;
    }
    join_spaced(rules, into);
    return true;
}

/* A token in the making: what it is, and its first word, which it becomes again if it turns out to be no form. */
typedef struct {
    Text token, word;
    uint32_t words; /* how many words it takes */
    bool form;
} Cut;

/* The longest legal form that begins with word `at`; no form is the whole name. */
static bool cut_form(const Rules *rules, const Tokens *name, uint32_t at, Cut *cut) {
    uint32_t first = texts_find(&rules->first_words, cut->word);
    if (first == NONE) return false;
    uint32_t left = name->word_count - at;
    uint32_t count = rules->longest[first] < left ? rules->longest[first] : left;
    for (; count > 0; count--) {
        if (at == 0 && count == name->word_count) continue;
        if (at == 0 && count == 2 && cut->word.length == 1 && word_of(name, 1).length == 1) continue; /* initials */
        Text last = word_of(name, at + count - 1);
        Text words = {cut->word.at, (uint32_t)(last.at + last.length - cut->word.at)};
        uint32_t phrase = texts_find(&rules->phrases, words);
        if (phrase == NONE) continue;
        *cut = (Cut){texts_at(&rules->tokens, rules->forms[phrase]), cut->word, count, true};
        return true;
    }
    return false;
}

/* "forty", "forty-four": the number in figures, written into `made`. */
static void cut_tens(uint32_t tens, Text unit, Cut *cut, Tokens *into) {
    bool one_figure = unit.length == 1 && unit.at[0] != '0';
    uint32_t number = tens + (one_figure ? unit.at[0] - (uint32_t)'0' : 0);
    uint8_t *made = into->made.at + into->made.used;
    uint32_t length = 0;
    for (uint32_t rest = number; rest; rest /= 10) length++;
    for (uint32_t i = length, rest = number; i-- > 0; rest /= 10) made[i] = (uint8_t)('0' + rest % 10);
    into->made.used += length;
    cut->token = (Text){made, length};
    cut->words = one_figure ? 2 : 1;
}

static Cut cut_token(const Rules *rules, Tokens *into, uint32_t at) {
    Cut cut = {word_of(into, at), word_of(into, at), 1, false};
    if (cut_form(rules, into, at, &cut)) return cut;
    Meaning meaning = listed_meaning(rules, cut.word), after = {0};
    if (at + 1 < into->word_count) after = listed_meaning(rules, word_of(into, at + 1));
    if (meaning.tens) cut_tens(meaning.tens, after.number, &cut, into);
    else if ((meaning.flags & SERVANT) && (after.flags & ARTICLE)) cut.token = text_of("abdul"), cut.words = 2;
    return cut;
}

/* Short words that stand inside the name are no legal forms after all: "Kim Se Un" is no company. */
static void keep_true_forms(const Rules *rules, Cut *cuts, uint32_t count) {
    bool only_forms_follow = true;
    for (uint32_t i = count; i-- > 0;) {
        uint32_t place = cuts[i].form ? listed_meaning(rules, cuts[i].word).flags : 0;
        bool doubtful = (place & AT_THE_END) || ((place & AT_AN_END) && i > 0);
        if (doubtful && !only_forms_follow) cuts[i].token = cuts[i].word, cuts[i].form = false;
        only_forms_follow = only_forms_follow && cuts[i].form;
    }
}

static bool cut_tokens(const Rules *rules, Tokens *into) {
    into->made.used = into->tokens.used = into->lowered.used = 0;
    into->token_count = 0;
    if (!bytes_reserve(&into->made, (size_t)into->word_count * 10)) return false;
    uint32_t count = 0;
    for (uint32_t at = 0; at < into->word_count; count++) {
        Cut cut = cut_token(rules, into, at);
        if (!bytes_append(&into->lowered, &cut, sizeof cut)) return false; /* what was there is done with */
        at += cut.words;
    }
    Cut *cuts = (Cut *)(void *)into->lowered.at;
    keep_true_forms(rules, cuts, count);
    for (uint32_t i = 0; i < count; i++)
        if (!add_text(&into->tokens, cuts[i].token, &into->token_count)) return false;
    return true;
}

bool tokenise(const Rules *rules, Text name, Tokens *into) {
    if (!lower(name, &into->lowered)) return false;
    read_signs(&into->lowered);
    join_slashed(&into->lowered);
    return part_glued(rules, &into->lowered, &into->parted) && join_dotted(rules, &into->parted, &into->joined) &&
           cut_words(rules, &into->joined, into) && cut_tokens(rules, into);
}

/* The parts of a text between its spaces. */
static bool split(Text text, Bytes *list, uint32_t *count) {
    list->used = 0;
    *count = 0;
    for (uint32_t i = 0; i < text.length;) {
        Text part = {text.at + i, 0};
        for (; i < text.length && text.at[i] != ' '; i++) part.length++;
        if (part.length && !add_text(list, part, count)) return false;
        i++;
    }
    return true;
}

bool read_name(const Rules *rules, Text name, Wire *wire, Tokens *into) {
    Text words = wire_text(wire), tokens = wire_text(wire);
    if (!words.length && !tokens.length) return tokenise(rules, name, into);
    return split(words, &into->words, &into->word_count) && split(tokens, &into->tokens, &into->token_count);
}

bool write_initials(const Rules *rules, const Tokens *name, bool small, Bytes *into) {
    into->used = 0;
    uint32_t count = small ? name->word_count : name->token_count;
    if (!bytes_reserve(into, (size_t)count + 1)) return false;
    for (uint32_t i = 0; i < count; i++) {
        Text word = small ? word_of(name, i) : latin_of(token_of(name, i));
        if (!small && (is_form(word) || meaning_of(rules, word).kind == STOP)) continue;
        into->at[into->used++] = word.at[0];
    }
    return true;
}

void tokens_free(Tokens *tokens) {
    bytes_free(&tokens->lowered);
    bytes_free(&tokens->parted);
    bytes_free(&tokens->joined);
    bytes_free(&tokens->text);
    bytes_free(&tokens->made);
    bytes_free(&tokens->words);
    bytes_free(&tokens->tokens);
    *tokens = (Tokens){0};
}

Text latin_of(Text token) {
    Text latin = {token.at, 0};
    if (is_form(token)) return token;
    while (latin.length < token.length && token.at[latin.length] < 0x80) latin.length++;
    return latin;
}

uint64_t vacatur_tokenise(const Rules *rules, const uint8_t *name, uint32_t length, uint8_t *into, uint64_t room) {
    Tokens cut = {0};
    Bytes out = {0};
    bool fine = tokenise(rules, (Text){name, length}, &cut);
    for (uint32_t i = 0; fine && i < cut.word_count; i++)
        fine = bytes_append(&out, word_of(&cut, i).at, word_of(&cut, i).length) && bytes_append(&out, " ", 1);
    fine = fine && bytes_append(&out, "|", 1);
    for (uint32_t i = 0; fine && i < cut.token_count; i++)
        fine = bytes_append(&out, " ", 1) && bytes_append(&out, token_of(&cut, i).at, token_of(&cut, i).length);
    uint64_t used = fine && out.used <= room ? out.used : 0;
    if (used) memcpy(into, out.at, used);
    bytes_free(&out);
    tokens_free(&cut);
    return used;
}
