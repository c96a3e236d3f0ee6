/* `secost show`: a description as it stands, to be read or to be changed; those that come with
 * secost are inside the executable. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/networks.h"

static int print(const sc_options *o, const char *text)
{
	if (o->output && strcmp(o->output, "-") != 0)
		return write_file(o->output, text, strlen(text), EXIT_DONE);
	fputs(text, stdout);
	return EXIT_DONE;
}

static int print_file(const sc_options *o, const char *path)
{
	enum { BYTES_MAX = 16 << 20 };
	const sc_bundled *b = sc_bundled_file(path);
	sc_text text = {0};
	sc_err err = {0};
	input_add(b ? NULL : path);
	int code = !b && sc_file_read(path, BYTES_MAX, &text, &err)
			   ? tell(&err, NULL)
			   : print(o, b ? b->text : sc_text_get(&text));
	sc_text_release(&text);
	return code;
}

int run_show(const sc_options *o)
{
	sc_text path = {0};
	if (o->arg_count != 1)
		return complain("'show' needs a network or a study: secost show se-resnet-50");
	if (!named_path(names_study(o->args[0]) ? "studies" : "networks", o->args[0], &path))
		return EXIT_USAGE;
	int code = print_file(o, path.s);
	sc_text_release(&path);
	return code;
}
