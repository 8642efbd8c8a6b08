/* What is known beside the name: matching/context.py over again. */
#include "search.h"

/* The details of a party, one after the other. */
typedef struct {
    const Index *index;
    Numbers details;
    uint32_t at;
} Details;

static uint32_t next_number(Details *details) {
    return details->at < details->details.count ? details->details.at[details->at++] : 0;
}

static Text next_text(Details *details) {
    if (details->at >= details->details.count) return (Text){(const uint8_t *)"", 0};
    return symbol_text(details->index, next_number(details));
}

/* The length of the list that comes next: never more than there is. */
static uint32_t next_length(Details *details) {
    uint32_t length = next_number(details), left = details->details.count - details->at;
    return length < left ? length : left;
}

typedef struct {
    bool told, met;
} Check; /* whether the party tells it at all, and as the query does */

static Check check_countries(const Scratch *scratch, Details *details) {
    Check check = {false, false};
    for (uint32_t length = next_length(details); length > 0; length--) {
        Text country = next_text(details);
        check.told = true;
        for (uint32_t i = 0; i < COUNT(Text, scratch->asked.countries); i++)
            check.met = check.met || same_text(country, ITEMS(Text, scratch->asked.countries)[i]);
    }
    return check;
}

/* The year that a date begins with; -1 if it begins with something else. */
static int32_t year_of(Text date) {
    int32_t year = 0;
    for (uint32_t i = 0; i < 4; i++) {
        if (i >= date.length || date.at[i] < '0' || date.at[i] > '9') return -1;
        year = year * 10 + (date.at[i] - '0');
    }
    return year;
}

/* Two dates agree as far as both are precise; a bare year also agrees with its neighbours. */
static bool same_birth(Text left, Text right) {
    if (left.length == 4 || right.length == 4) {
        int32_t one = year_of(left), other = year_of(right);
        return one >= 0 && other >= 0 && one - other <= 1 && other - one <= 1;
    }
    uint32_t length = left.length < right.length ? left.length : right.length;
    return same_text((Text){left.at, length}, (Text){right.at, length});
}

static Check check_births(const Scratch *scratch, Details *details) {
    Check check = {false, false};
    for (uint32_t length = next_length(details); length > 0; length--) {
        check.told = true;
        check.met = same_birth(scratch->asked.birth_date, next_text(details)) || check.met;
    }
    return check;
}

static Check check_genders(const Scratch *scratch, Details *details) {
    Check check = {false, false};
    for (uint32_t length = next_length(details); length > 0; length--) {
        check.told = true;
        check.met = same_text(scratch->asked.gender, next_text(details)) || check.met;
    }
    return check;
}

/* Nothing can be both: a person and a company, a vessel and its owner. */
static bool are_apart(const Scratch *scratch, Text schema, uint32_t class) {
    uint32_t asked = scratch->asked.class;
    if (!scratch->asked.schema.length || same_text(schema, scratch->asked.schema)) return false;
    if ((asked | class) & IS_OPEN) return false;
    return (asked ^ class) & (IS_PERSON | IS_THING);
}

/* The identifiers of a party that are not those of the query, though a party has but one of the kind. */
static uint32_t other_identifiers(const Scratch *scratch, Details *details) {
    uint32_t begin = details->at, others = 0;
    for (uint32_t i = 0; i < COUNT(Identifier, scratch->asked.identifiers); i++) {
        const Identifier *identifier = &ITEMS(Identifier, scratch->asked.identifiers)[i];
        if (!identifier->deciding) continue;
        bool differs = false; /* the last of the kind counts */
        details->at = begin;
        for (uint32_t length = next_length(details); length > 0; length--) {
            Text kind = next_text(details);
            next_text(details);
            Text plain = next_text(details);
            next_number(details);
            if (same_text(kind, identifier->kind)) differs = !same_text(plain, identifier->plain);
        }
        others += differs;
    }
    return others;
}

static Details details_of(const Scratch *scratch, uint32_t party) {
    return (Details){scratch->index, party_details(scratch->index, party), 0};
}

uint32_t in_context(const Scratch *scratch, uint32_t party, uint32_t score) {
    const Numbers32 *n = &scratch->index->rules->numbers;
    Details details = details_of(scratch, party);
    Text schema = next_text(&details);
    uint32_t class = next_number(&details);
    Check countries = check_countries(scratch, &details), births = check_births(scratch, &details),
          genders = check_genders(scratch, &details);
    uint32_t off = other_identifiers(scratch, &details) * n->other_identifier;
    if (COUNT(Text, scratch->asked.countries) && countries.told && !countries.met) off += n->other_country;
    if (scratch->asked.birth_date.length && births.told && !births.met) off += n->other_birth_date;
    if (scratch->asked.gender.length && genders.told && !genders.met) off += n->other_gender;
    if (are_apart(scratch, schema, class)) off += n->other_kind;
    return score > off ? score - off : 0;
}

bool has_identifier(const Scratch *scratch, uint32_t party) {
    Details details = details_of(scratch, party);
    next_text(&details);
    next_number(&details);
    for (int list = 0; list < 3; list++)
        for (uint32_t length = next_length(&details); length > 0; length--) next_number(&details);
    for (uint32_t length = next_length(&details); length > 0; length--) {
        Text kind = next_text(&details);
        next_text(&details);
        Text plain = next_text(&details);
        next_number(&details);
        for (uint32_t i = 0; i < COUNT(Identifier, scratch->asked.identifiers); i++) {
            const Identifier *identifier = &ITEMS(Identifier, scratch->asked.identifiers)[i];
            if (!identifier->plain.length || !same_text(plain, identifier->plain)) continue;
            if (!identifier->kind.length || same_text(kind, identifier->kind)) return true;
        }
    }
    return false;
}
