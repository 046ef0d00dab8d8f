// What a form says, as scoring says it: decided, written, hashed.
#pragma once
#include "store.h"

// Six factors of three yes-or-no items each; any yes is an outcome.
struct result {
    int is_outcome, because_count, unanswered_count;
    const char *because[ITEMS_OF_FACTOR], *unanswered[ITEMS_OF_FACTOR];
};
void name_items(char items[ITEMS][16]);
struct result score_factor(char items[ITEMS][16], const struct answer *answers, int count, int factor);

// Fills what follows from the form. `before` is what `read_known` gave.
void decide(const struct envelope *envelope, const struct form *form, const char *before, struct facts *facts);
