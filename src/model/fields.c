#include "model/fields.h"

#include <stdio.h>
#include <string.h>

#define WORDS(list) .words = sc_##list##_name
#define SUB(name) .table = &sc_table_##name
#define NONE .words = NULL

/* fields.def twice: an array of fields for each table, then the tables */
#define TABLE(name, record, noun, initial) static const sc_field name##_fields[] = {
#define FIELD(record, key, type, member, min, max, of, meaning) \
	{#key, SC_FIELDTYPE_##type, offsetof(record, member), min, max, meaning, of},
#define END \
	} \
	;
#include "model/fields.def"
#undef TABLE
#undef FIELD
#undef END

#define TABLE(name, record, noun, initial) \
	const sc_table sc_table_##name = {#name, noun, name##_fields, \
		sizeof name##_fields / sizeof *name##_fields, sizeof(record), initial};
#define FIELD(record, key, type, member, min, max, of, meaning)
#define END
#include "model/fields.def"
#undef TABLE
#undef FIELD
#undef END

static const sc_table *const tables[] = {
#define TABLE(name, record, noun, initial) &sc_table_##name,
#define FIELD(record, key, type, member, min, max, of, meaning)
#define END
#include "model/fields.def"
#undef TABLE
#undef FIELD
#undef END
};

const sc_table *sc_table_at(size_t i)
{
	return i < sizeof tables / sizeof *tables ? tables[i] : NULL;
}

int sc_field_index(const sc_table *table, const char *key)
{
	for (size_t i = 0; i < table->count; i++)
		if (!strcmp(table->field[i].key, key))
			return (int)i;
	return -1;
}

const char *sc_table_key(const void *of, size_t i)
{
	const sc_table *table = of;
	return i < table->count ? table->field[i].key : NULL;
}

const char *sc_field_word(const void *of, size_t i)
{
	const sc_field *f = of;
	if (f->type == SC_FIELDTYPE_KIND)
		return sc_block_kind_at(i) ? sc_block_kind_at(i)->name : NULL;
	if (f->type == SC_FIELDTYPE_DIALECT)
		return sc_dialect_at(i) ? sc_dialect_at(i)->name : NULL;
	return f->words ? f->words(i) : NULL;
}

const char *sc_fieldtype_text(sc_fieldtype type)
{
	static const char *const text[] = {
#define FIELDTYPE(name, words) words,
#include "model/fieldtypes.def"
#undef FIELDTYPE
	};
	return text[type];
}

size_t sc_field_size(const sc_field *field)
{
	static const size_t size[] = {
		[SC_FIELDTYPE_COUNT] = sizeof(uint32_t),
		[SC_FIELDTYPE_REAL] = sizeof(double),
		[SC_FIELDTYPE_CHOICE] = sizeof(sc_choice),
		[SC_FIELDTYPE_TEXT] = sizeof(const char *),
		[SC_FIELDTYPE_ENUM] = sizeof(unsigned),
		[SC_FIELDTYPE_NORM] = sizeof(sc_norm_choice),
		[SC_FIELDTYPE_NUMBERS] = sizeof(sc_numbers),
		[SC_FIELDTYPE_SELECT] = sizeof(sc_select),
		[SC_FIELDTYPE_PAIR] = sizeof(uint32_t[2]),
		[SC_FIELDTYPE_PADDING] = sizeof(int32_t[2]),
		[SC_FIELDTYPE_SHAPE] = sizeof(sc_shape),
		[SC_FIELDTYPE_SIZE] = sizeof(sc_shape),
		[SC_FIELDTYPE_FIGURE] = sizeof(sc_figure),
		[SC_FIELDTYPE_KIND] = sizeof(void *),
		[SC_FIELDTYPE_DIALECT] = sizeof(void *),
		[SC_FIELDTYPE_RULE] = sizeof(const char *),
		[SC_FIELDTYPE_NAMES] = sizeof(sc_list),
		[SC_FIELDTYPE_PLACED] = sizeof(sc_list),
		[SC_FIELDTYPE_TEXTS] = sizeof(sc_list),
		[SC_FIELDTYPE_SETS] = sizeof(sc_list),
		[SC_FIELDTYPE_RECORDS] = sizeof(sc_list),
		[SC_FIELDTYPE_NAMED] = sizeof(sc_list),
		[SC_FIELDTYPE_LAYERS] = sizeof(sc_list),
		[SC_FIELDTYPE_LISTS] = sizeof(sc_list),
		[SC_FIELDTYPE_GRAPH] = sizeof(sc_list),
	};
	bool record = field->type == SC_FIELDTYPE_RECORD || field->type == SC_FIELDTYPE_SE;
	return record ? field->table->record_size : size[field->type];
}

static size_t add_word(char room[256], size_t n, const char *word)
{
	if (n >= 250 || !*word)
		return n;
	int added = snprintf(room + n, 256 - n, "%s%s", n ? ", " : "", word);
	return n + (size_t)(added > 0 ? added : 0);
}

static const char *words_of(const sc_field *f, char room[256])
{
	size_t n = 0;
	const char *word;
	room[0] = '\0';
	for (size_t i = 0; (word = sc_field_word(f, i)); i++)
		n = add_word(room, n, word);
	return room;
}

const char *sc_field_range(const sc_field *f, char room[256])
{
	words_of(f, room);
	bool text = f->type == SC_FIELDTYPE_TEXT;
	if (f->max > 0 && !f->words)
		snprintf(room, 256, text ? "%.10g … %.10g characters" : "%.10g … %.10g", f->min,
			f->max);
	return room;
}

static const char *type_code(sc_fieldtype type)
{
	static const char *const codes[] = {
#define FIELDTYPE(name, words) #name,
#include "model/fieldtypes.def"
#undef FIELDTYPE
	};
	return codes[type];
}

static sc_field_info describe(const sc_table *table, const sc_field *f, char room[256])
{
	bool numbers = f->max > 0 && !f->words;
	sc_field_info info = {.table = table->name,
		.key = f->key,
		.type = sc_fieldtype_text(f->type),
		.range = sc_field_range(f, room),
		.meaning = f->meaning,
		.code = type_code(f->type),
		.min = f->min,
		.max = f->max,
		.sub_table = f->table ? f->table->name : NULL};
	info.words = !numbers && *info.range;
	info.per_block = sc_takes_list(table, f);
	return info;
}

bool sc_field_at(size_t i, char room[256], sc_field_info *out)
{
	for (size_t t = 0; sc_table_at(t); t++) {
		const sc_table *table = sc_table_at(t);
		if (i < table->count) {
			const sc_field *f = &table->field[i];
			*out = describe(table, f, room);
			return true;
		}
		i -= table->count;
	}
	return false;
}

sc_mark sc_field_mark(const char *table, const sc_given *given, const char *key)
{
	for (size_t t = 0; sc_table_at(t); t++) {
		if (strcmp(sc_table_at(t)->name, table))
			continue;
		int i = sc_field_index(sc_table_at(t), key);
		if (i >= 0 && given->mark && given->bits >> i & 1)
			return given->mark[i];
	}
	return (sc_mark){0, 0};
}

bool sc_list_has(const char *list, const char *word, bool *required)
{
	size_t n = strlen(word);
	for (const char *p = list; p && *p; p += *p == ' ') {
		const char *end = p + strcspn(p, " !");
		bool must = *end == '!';
		if (end == p + n && !strncmp(p, word, n)) {
			if (required)
				*required = must;
			return true;
		}
		p = end + must;
	}
	return false;
}

const char *sc_list_text(const char *list, char room[256])
{
	size_t n = 0;
	for (const char *p = list; p && *p && n < 252; p++) {
		if (*p == ' ')
			room[n++] = ',';
		if (*p != '!')
			room[n++] = *p;
	}
	room[n] = '\0';
	return room;
}

const char *sc_se_key(size_t i)
{
	return i < sc_table_se.count ? sc_table_se.field[i].key : NULL;
}
