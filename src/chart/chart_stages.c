/* Extra parameters by stage, stacked, one bar for each value of the sweep. */
#include <string.h>

#include "base/number.h"
#include "chart/chart.h"

enum { STAGES_MAX = 64 };

/* the setups of a sweep; without one, the network */
static bool shown(const sc_study *study, size_t i)
{
	for (size_t k = 0; k < study->setups; k++)
		if (sc_chart_in_sweep(study, k))
			return sc_chart_in_sweep(study, i);
	return &study->setup[i] == sc_chart_main_setup(study);
}

static bool applies(const sc_study *study)
{
	bool any = false;
	for (size_t i = 0; i < study->setups; i++)
		any = any || (shown(study, i) && study->setup[i].sheet.total.se.params);
	return any;
}

static uint64_t params(const sc_sheet *sheet, size_t stage)
{
	return stage + 2 < sheet->rows ? sheet->row[stage + 1].t.se.params : 0;
}

static uint64_t most(const sc_study *study)
{
	uint64_t n = 0;
	for (size_t i = 0; i < study->setups; i++)
		if (shown(study, i) && study->setup[i].sheet.total.se.params > n)
			n = study->setup[i].sheet.total.se.params;
	return n;
}

static void write_stage(const sc_study *study, size_t stage, sc_text *data)
{
	size_t x = 0;
	for (size_t i = 0; i < study->setups; i++) {
		const sc_sheet *sheet = &study->setup[i].sheet;
		uint64_t below = 0, n = params(sheet, stage);
		if (!shown(study, i))
			continue;
		for (size_t k = 0; k < stage; k++)
			below += params(sheet, k);
		double share = sc_share(n, sheet->total.se.params);
		bool room = 25 * n >= most(study);
		sc_text_addf(data, "%zu %llu %llu %llu ", x++, (unsigned long long)n,
			(unsigned long long)below, (unsigned long long)(below + n));
		sc_text_addf(data, room ? "\"%.0f %%\" " : "\"\" ", 100 * share);
		sc_chart_cell(data, study->setup[i].name, 40);
		sc_text_add(data, "\n");
	}
	sc_text_add(data, "\n\n");
}

static size_t write_totals(const sc_study *study, sc_text *data, size_t *longest)
{
	size_t x = 0;
	for (size_t i = 0; i < study->setups; i++) {
		if (!shown(study, i))
			continue;
		uint64_t n = study->setup[i].sheet.total.se.params;
		sc_text_addf(data, "%zu %llu \"", x++, (unsigned long long)n);
		sc_chart_number(data, n);
		sc_text_add(data, "\" ");
		sc_chart_cell(data, study->setup[i].name, 24);
		sc_text_add(data, "\n");
		size_t letters = sc_chart_letters(study->setup[i].name);
		*longest = letters > *longest ? letters : *longest;
	}
	return x;
}

static const sc_setup *told(const sc_study *study)
{
	const sc_setup *s = sc_chart_main_setup(study);
	for (size_t i = 0; i < study->setups && s != &study->setup[0]; i++)
		if (shown(study, i) && study->setup[i].sheet.total.se.params)
			return &study->setup[i];
	return s;
}

static void finding(const sc_study *study, sc_text *out)
{
	const sc_setup *s = told(study);
	const sc_sheet_row *row = sc_heaviest_stage(&s->sheet);
	if (!row)
		return;
	sc_chart_plain(out, row->name, 24);
	sc_text_addf(out, " holds %.0f %% of the ",
		100 * sc_share(row->t.se.params, s->sheet.total.se.params));
	sc_chart_number(out, s->sheet.total.se.params);
	sc_text_add(out, " parameters that SE adds");
}

static void plot(const sc_study *study, sc_text *script, size_t bars, bool slanted)
{
	size_t stage[STAGES_MAX], n = sc_chart_se_stages(study, stage, STAGES_MAX);
	char color[8];
	sc_text_add(script, "plot \\\n");
	for (size_t k = 0; k < n; k++) {
		sc_text_addf(script,
			"  data index %zu using "
			"1:($4/unit):($1-0.36):($1+0.36):($3/unit):($4/unit) with boxxyerror "
			"fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '%s' "
			"title ",
			k, sc_chart_color(k, color));
		sc_chart_quote(script, study->setup[0].sheet.row[stage[k] + 1].name, 18);
		sc_text_add(script, ", \\\n");
	}
	for (size_t k = 0; k < n && bars <= 12; k++)
		sc_text_addf(script,
			"  data index %zu using 1:(($3+$4)/2/unit):5 with labels font 'DejaVu "
			"Sans,10' textcolor rgb '%s' notitle, \\\n",
			k, k % 14 == 0 || k % 14 == 3 ? "#ffffff" : "#000000");
	if (bars <= 16)
		sc_text_addf(script,
			"  data index %zu using 1:($2/unit):3 with labels offset 0,0.7 notitle, "
			"\\\n",
			n);
	sc_text_addf(script, "  data index %zu using 1:(0):4 with labels %s notitle\n", n,
		slanted ? "right rotate by 35 offset 0.5,-0.8" : "center offset 0,-1");
}

static sc_status write(const sc_study *study, sc_text *data, sc_text *script, sc_err *err)
{
	size_t stage[STAGES_MAX], n = sc_chart_se_stages(study, stage, STAGES_MAX), longest = 0;
	sc_text title = {0};
	unsigned power = sc_number_power(most(study));
	sc_text_add(data,
		"# One block for each stage: bar, extra parameters, bottom, top, share, setup.\n"
		"# The last block: bar, extra parameters, the same for people, setup.\n");
	for (size_t k = 0; k < n; k++)
		write_stage(study, stage[k], data);
	size_t bars = write_totals(study, data, &longest);
	bool slanted = bars * (longest < 24 ? longest : 24) > 75;
	finding(study, &title);
	sc_chart_begin(script, study, "stages", 1000, 560, sc_text_get(&title));
	sc_chart_margins(script, 0.09, 0.80, slanted ? 0.22 : 0.10, 0.86);
	sc_text_addf(script,
		"unit = 1e%u\nset xrange [-0.7:%zu-0.3]\nset yrange [0:%g]\nunset xtics\n", power,
		bars,
		1.1 * (double)most(study) /
			(power == 0	     ? 1
				: power == 3 ? 1e3
				: power == 6 ? 1e6
				: power == 9 ? 1e9
					     : 1e12));
	sc_text_addf(script, "set ylabel 'extra parameters%s%s%s'\n", power ? " (" : "",
		sc_number_prefix(power), power ? ")" : "");
	sc_text_add(script, "set key at screen 0.815, screen 0.84 left top Left reverse samplen "
			    "1.2 invert noautotitle\n");
	plot(study, script, bars, slanted);
	sc_chart_end(script, "stages");
	bool failed = data->failed || script->failed || title.failed;
	sc_text_release_into(&title, script);
	return failed ? sc_fail(err, SC_ENOMEM, "no memory for the chart 'stages'") : SC_OK;
}

static void describe(const sc_study *study, sc_text *out)
{
	sc_text_add(out, "Stacked bars of the parameters that SE adds in each stage: ");
	finding(study, out);
	sc_text_add(out, ".");
}

const sc_chart sc_chart_stages = {"stages",
	"extra parameters by stage, stacked, a bar for each value of the sweep", applies, write,
	describe};
