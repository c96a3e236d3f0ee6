#include "secost/paper.h"

sc_document *sc_list_document(sc_grid *grid)
{
	sc_document *doc = sc_document_new(NULL);
	sc_document_grid(doc, grid);
	return doc;
}
