#include "chart/place.h"

#include "base/array.h"

void sc_boxes_add(sc_boxes *taken, sc_box box)
{
	sc_box *more = sc_array_reserve(taken->item, &taken->room, taken->count + 1, sizeof *more);
	taken->failed = taken->failed || !more;
	if (!more)
		return;
	taken->item = more;
	taken->item[taken->count++] = box;
}

static bool is_free(const sc_box *b, const sc_box *area, const sc_boxes *taken)
{
	if (b->left < area->left || b->right > area->right || b->bottom < area->bottom ||
		b->top > area->top)
		return false;
	for (size_t i = 0; i < taken->count; i++) {
		const sc_box *t = &taken->item[i];
		if (b->left < t->right && b->right > t->left && b->bottom < t->top &&
			b->top > t->bottom)
			return false;
	}
	return true;
}

/* beside the point in one of eight directions, `far` pixels from it */
static sc_box beside(const sc_label *l, int right, int up, double far)
{
	double x = l->x + right * far, y = l->y + up * far;
	double left = right > 0 ? x : right < 0 ? x - l->width : x - l->width / 2;
	double bottom = up > 0 ? y : up < 0 ? y - l->height : y - l->height / 2;
	return (sc_box){left, bottom, left + l->width, bottom + l->height};
}

bool sc_label_place(sc_label *l, const sc_box *area, sc_boxes *taken)
{
	static const int way[][2] = {
		{1, 0}, {1, -1}, {1, 1}, {0, 1}, {0, -1}, {-1, 1}, {-1, 0}, {-1, -1}};
	static const double far[] = {9, 18, 28, 40};
	for (size_t f = 0; f < sizeof far / sizeof *far; f++)
		for (size_t i = 0; i < sizeof way / sizeof *way; i++) {
			sc_box b = beside(l, way[i][0], way[i][1], far[f]);
			if (!is_free(&b, area, taken))
				continue;
			l->left = b.left;
			l->middle = (b.bottom + b.top) / 2;
			l->is_far = f > 0;
			sc_boxes_add(taken, b);
			return true;
		}
	return false;
}
