# secost -- library, command, tests and reports.  `make help` lists the targets.

PREFIX     ?= /usr/local
BINDIR     ?= $(PREFIX)/bin
LIBDIR     ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
DATADIR    ?= $(PREFIX)/share
PKG_CONFIG ?= pkg-config
INSTALL    ?= install
STUDY      ?= configs/studies/se-resnet-50.yaml

# MODE picks flags and the object tree, so that modes never mix: release debug asan tsan cov fuzz
MODE  ?= release
BUILD ?= build/$(MODE)
ARCH  := $(firstword $(subst -, ,$(shell $(CC) -dumpmachine 2>/dev/null || uname -m)))

VERSION := $(shell sed -n 's/.*SC_VERSION "\(.*\)".*/\1/p' include/secost/base.h)

# the library's rooms, lowest first; the command is the last line of src/ROOMS
ROOMS := $(filter-out cli,$(shell sed -n 's/^\([a-z]*\):.*/\1/p' src/ROOMS))

# instruction sets: one file src/se/<isa>.c, one line here, one line in src/se/kernels.def
ISA_x86_64  := avx2 avx512 avx512vnni
ISA_aarch64 := neon
ISA_ALL     := $(ISA_x86_64) $(ISA_aarch64)
# -O3 unrolls the loops whose sums must live in registers
FLAGS_avx2   := -O3 -mavx2 -mfma -mf16c
FLAGS_avx512 := -O3 -mavx512f -mavx512bw -mavx512dq -mavx512vl -mfma -mf16c
FLAGS_avx512vnni := $(FLAGS_avx512) -mavx512vnni
FLAGS_neon   := -O3

DEPS     := yaml-0.1 jansson gsl hwloc
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
        -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wundef -Wvla -Werror=switch
# clang sees a row of a table that its .def forgot
WARN += $(if $(findstring clang,$(CC)),-Wmissing-variable-declarations)
MODE_release := -O2 -DNDEBUG
MODE_debug   := -O0 -g
MODE_asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
MODE_tsan    := -O1 -g -fsanitize=thread
MODE_cov     := -O0 -g --coverage
MODE_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
ifeq ($(origin MODE_$(MODE)),undefined)
$(error MODE must be release, debug, asan, tsan, cov or fuzz)
endif

# CFLAGS and friends stay the user's; ours are ALL_*
pkg = $(shell $(PKG_CONFIG) $(1) 2>/dev/null)
ALL_CFLAGS  = -std=c17 $(WARN) $(MODE_$(MODE)) -fvisibility=hidden -pthread $(call pkg,--cflags $(DEPS)) $(CFLAGS)
ALL_CPP    := -Iinclude -Isrc -D_POSIX_C_SOURCE=200809L $(CPPFLAGS)
MODE_LINK  := $(filter -fsanitize=% --coverage,$(MODE_$(MODE)))
# A command that has its libraries inside starts in half the time: archives where there are some. STATIC= for none.
STATIC ?= $(filter release,$(MODE))
# and at a fixed address it has nothing to relocate
FIXED  := $(if $(STATIC),-no-pie)
archive  = $(wildcard $(shell $(CC) -print-file-name=lib$(1).a))
inside   = $(foreach l,$(1),$(if $(and $(STATIC),$(filter-out -lm,$(filter -l%,$(l)))),$(or $(call archive,$(l:-l%=%)),$(l)),$(l)))
OUR_LIBS = $(call inside,$(call pkg,--libs $(DEPS)))
# hwloc's archive wants udev, of which Debian has no archive; the command has src/cli/no_udev.c for it
UDEV     = $(if $(filter %/libhwloc.a,$(OUR_LIBS)),-l:libudev.so.1)
ALL_LIBS = -pthread $(MODE_LINK) $(OUR_LIBS) $(UDEV) -lm $(LDLIBS)

# whole networks run through oneDNN where its headers are; the library itself is looked up at run time
DNNL := $(if $(shell printf '\043include <dnnl.h>' | $(CC) -E -x c - >/dev/null 2>&1 && echo yes),yes)
NOT_DNNL := $(if $(DNNL),src/network/no_onednn.c,src/network/onednn.c)

OTHER_ISA := $(filter-out $(ISA_$(ARCH)),$(ISA_ALL))
LIB_SRC := $(filter-out $(NOT_DNNL) $(OTHER_ISA:%=src/se/%.c) $(OTHER_ISA:%=src/bench/roof_%.c),$(sort $(wildcard $(ROOMS:%=src/%/*.c))))
CLI_SRC := $(sort $(wildcard src/cli/*.c))
TST_SRC := $(filter-out tests/plain/% tests/peers/% tests/faults/% tests/fuzz/entry.c,$(sort $(wildcard tests/*/*.c)))
obj = $(1:%.c=$(BUILD)/%.o)
LIB := $(BUILD)/libsecost.a
CLI := $(BUILD)/secost
TST := $(BUILD)/run-tests
PLAIN := $(BUILD)/check-kernels

V ?= 0
ifeq ($(V),0)
Q := @
say = @printf '  %-6s %s\n' $(1) $(2)
endif

.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: FORCE all mutants report report-now test test-now deps check-kernels check-emulated compile-peers bless bench bench-network bench-cost bench-study bench-peers bench-peers-now \
        check-peers check-faults check-kills fuzz fuzz-now coverage lint check-rooms check-headers check-comments \
        check-format format install uninstall clean help

all: $(LIB) $(CLI)   ## library and command (default)

report:              ## install what is missing, build, write reports/<study>/ (STUDY=file)
	$(Q)sh .ci/deps report
	$(Q)$(MAKE) --no-print-directory report-now

report-now: $(CLI)
	$(Q)$(CLI) report $(STUDY) -o reports

test:                ## install what is missing, build, run the tests; T=se_ or T=suite/test narrows
	$(Q)sh .ci/deps test
	$(Q)$(MAKE) --no-print-directory test-now

deps:                ## install everything that report, test and .ci/run need
	$(Q)sh .ci/deps ci

$(LIB): $(call obj,$(LIB_SRC))
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(CLI): $(call obj,$(CLI_SRC)) $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(FIXED) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS:$(UDEV)=)

$(TST): $(call obj,$(TST_SRC)) $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $(WRAP) -o $@ $^ $(ALL_LIBS) $(call pkg,--libs criterion)

# fault injection, for tests only
WRAP := -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc

$(foreach i,$(ISA_ALL),$(eval $(BUILD)/src/se/$(i).o: ISA_FLAGS := $(FLAGS_$(i))))
# the roofs are measured with loops of the compiler's vectors, unrolled and with fused multiply-adds
$(foreach i,$(ISA_ALL) plain,$(eval $(BUILD)/src/bench/roof_$(i).o: ISA_FLAGS := -O3 -ffp-contract=fast $(FLAGS_$(i))))
# what a measurement was compiled with
$(BUILD)/src/bench/machine.o: ISA_FLAGS = -DSC_BUILD_FLAGS='"$(strip $(MODE_$(MODE)) $(CFLAGS))"'

# Criterion's macros do not survive -Wconversion or -Wpedantic
$(call obj,$(TST_SRC)): TEST_FLAGS := -Wno-unknown-warning-option -Wno-conversion -Wno-pedantic -Wno-discarded-qualifiers

# where things get installed: what knows it is made again when it changes
PLACES := $(PREFIX) $(LIBDIR) $(INCLUDEDIR) $(DATADIR)
$(BUILD)/places: FORCE
	@mkdir -p $(@D)
	@echo '$(PLACES)' | cmp -s - $@ || echo '$(PLACES)' > $@
FORCE:
$(BUILD)/src/cli/networks.o: $(BUILD)/places
$(BUILD)/src/cli/networks.o: ALL_CPP += -DSC_DATADIR='"$(DATADIR)"'

# descriptions inside the library; made again when one comes or goes, too
BUNDLED := $(sort $(wildcard configs/networks/*.yaml configs/studies/*.yaml configs/gains/*.yaml configs/published/*.csv))
$(BUILD)/bundled.list: FORCE
	@mkdir -p $(@D)
	@echo '$(BUNDLED)' | cmp -s - $@ || echo '$(BUNDLED)' > $@
$(BUILD)/bundled.inc: $(BUILD)/bundled.list $(BUNDLED)
	$(Q)for f in $(BUNDLED); do \
	  k=$${f%/*}; n=$${f##*/}; echo "BUNDLED(\"$${k##*/}\", \"$${n%.*}\", \".$${n##*.}\","; od -An -v -tx1 $$f | sed 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'; echo ')'; done > $@
$(BUILD)/src/model/bundled.o: $(BUILD)/bundled.inc
$(BUILD)/src/model/bundled.o: ALL_CPP += -I$(BUILD)

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPP) -MMD -MP $(ALL_CFLAGS) $(ISA_FLAGS) $(TEST_FLAGS) -c -o $@ $<

# every call that may fail fails once in every command; SAMPLE=n of each command only, T=case narrows
SWEEP  := $(BUILD)/sweep
# what fails is loaded before the C library; with AddressSanitizer it is linked in, and sees our own calls only
INJECT := $(if $(filter asan,$(MODE)),,$(BUILD)/inject.so)
FAULTY := $(if $(filter asan,$(MODE)),$(BUILD)/secost-faulty,$(CLI))
FAILING := malloc calloc realloc free strdup realpath posix_memalign aligned_alloc mmap open open64 fopen fopen64 read write \
	fsync fflush rename mkdir pipe fork pthread_create close
SAMPLE ?= 0
$(SWEEP): $(call obj,tests/faults/sweep.c tests/faults/tree.c)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(MODE_LINK)

$(BUILD)/secost-faulty: tests/faults/inject.c $(call obj,$(CLI_SRC)) $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) -std=gnu17 -DLINKED $(MODE_$(MODE)) $(CFLAGS) $(LDFLAGS) $(FAILING:%=-Wl,--wrap=%) -o $@ $^ $(ALL_LIBS)

$(BUILD)/inject.so: tests/faults/inject.c tests/faults/faults.h
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) -std=gnu17 -O2 -fPIC -shared -o $@ $< -ldl

# a few positions of each command: make check-faults tries them all
FAULTS_SAMPLE = $(if $(filter release debug,$(MODE)),$(if $(T),,8))
test-now: $(if $(T),,check-kernels) $(TST) $(CLI) $(SWEEP) $(INJECT)
	$(Q)$(if $(FAULTS_SAMPLE),$(SWEEP) $(CLI) $(INJECT) tests/faults/cases $(FAULTS_SAMPLE) > $(BUILD)/faults.txt || { cat $(BUILD)/faults.txt; exit 1; })
	$(Q)rm -f $(BUILD)/san.*
	$(Q)SECOST=$(CLI) HWLOC_HIDE_ERRORS=2 CC='$(CC)' MODE_LINK='$(MODE_LINK)' ASAN_OPTIONS=log_path=$(abspath $(BUILD)/san) $(TST) --color=never $(TESTS) $(if $(T),--filter '$(T)*')
	$(Q)! cat $(BUILD)/san.* 2>/dev/null   # Criterion passes a test that leaks; we do not

check-latex: $(CLI)    ## set every table in a two-column article, where there is pdflatex; no line may be too wide
	$(Q)sh .ci/latex $(CLI) $(BUILD)/latex

bless: $(TST) $(CLI) ## rewrite what the golden commands, the README and bad descriptions must print; review the diff
	$(Q)SECOST=$(CLI) SECOST_BLESS=1 $(TST) --color=never --filter '*@(golden|bad)*'

# rooms base and se alone: no YAML, JSON or Criterion, so it cross-builds; RUN='qemu-aarch64-static -L ...'
$(PLAIN): $(call obj,$(filter src/base/% src/se/%,$(LIB_SRC)) $(wildcard tests/plain/kernels*.c))
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -pthread $(MODE_LINK) -lm

check-kernels: $(PLAIN)   ## every kernel row against ref, on guarded pages
	$(Q)$(RUN) $(PLAIN)

mutants:             ## break the code in one place after the other: do the tests notice? W=word of file names, JOBS=n at once, GO_ON=1
	$(Q)MUTANTS=$(BUILD)/mutants JOBS=$(JOBS) GO_ON=$(GO_ON) sh tests/mutants/run.sh $(W)

check-faults: $(FAULTY) $(SWEEP) $(INJECT)   ## every allocation and call fails once in every command: told, or the same result; MODE=asan: no leak
	$(Q)$(if $(filter asan,$(MODE)),ASAN_OPTIONS=exitcode=99:allocator_may_return_null=1 )$(SWEEP) $(FAULTY) '$(INJECT)' tests/faults/cases $(SAMPLE) $(T)

# a whole report is ended at MOMENTS moments by each signal
MOMENTS := 50
KILLED  := configs/studies/ablation-ratio.yaml
check-kills: $(CLI)  ## TERM and INT at 50 moments of a report each: no child, no temporary left, the next run whole; MOMENTS=n
	$(Q)sh tests/faults/kills.sh $(CLI) $(KILLED) $(MOMENTS)

coverage:            ## lines and branches that the tests run, by room, against their goals
	$(Q)sh .ci/deps coverage
	$(Q)find build/cov -name '*.gcda' -delete 2>/dev/null || true
	$(Q)$(MAKE) --no-print-directory MODE=cov CPPFLAGS='$(CPPFLAGS) -DKERNELS_FEW' test-now
	$(Q)sh tests/lint/coverage.sh build/cov

# everything that is read, as bytes that somebody made up: FUZZ_S seconds each, FUZZ=name for one
FUZZ_S   := 60
FUZZ_CC  := $(if $(findstring ccache,$(CC)),ccache) clang
FUZZERS  := $(shell sed -n 's/^FUZZER.\([a-z]*\),.*/\1/p' tests/fuzz/fuzzers.def)
FUZZ_OBJ := $(call obj,$(filter-out %/replay.c %/entry.c,$(wildcard tests/fuzz/*.c)))
fuzz:                ## libFuzzer with ASan and UBSan over everything that is read, a table; FUZZ_S=seconds each, FUZZ=name
	$(Q)sh .ci/deps fuzz
	$(Q)$(MAKE) --no-print-directory MODE=fuzz CC='$(FUZZ_CC)' fuzz-now

fuzz-now: $(FUZZERS:%=$(BUILD)/fuzz-%)
	$(Q)sh tests/fuzz/run.sh $(BUILD) $(FUZZ_S) $$(nproc) $(FUZZ)

# nothing that is read reaches a kernel, and these take minutes to instrument
$(BUILD)/src/se/%.o: MODE_fuzz := -O1
$(BUILD)/fuzz-%: tests/fuzz/entry.c $(FUZZ_OBJ) $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_CPP) $(ALL_CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -DFUZZ=fuzz_$* -o $@ $^ $(ALL_LIBS)

# rows that this CPU may lack, in portable vectors (SIMDe)
EMULATED := $(filter avx512%,$(ISA_$(ARCH)))
CHECK_EMULATED := $(BUILD)/check-emulated
$(BUILD)/emulated/%.o: src/se/%.c tests/plain/emulated.h Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPP) -MMD -MP -std=gnu17 -w -Wno-psabi -O2 $(FLAGS_avx2) -include tests/plain/emulated.h -c -o $@ $<

$(CHECK_EMULATED): $(EMULATED:%=$(BUILD)/emulated/%.o) $(filter-out $(EMULATED:%=$(BUILD)/src/se/%.o),$(call obj,$(filter src/base/% src/se/%,$(LIB_SRC)) $(wildcard tests/plain/kernels*.c)))
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -pthread $(MODE_LINK) -lm

check-emulated: $(CHECK_EMULATED)   ## the same with the AVX-512 rows emulated, which takes two minutes
	$(Q)$(CHECK_EMULATED)

PAIRS := $(BUILD)/pairs
$(PAIRS): $(call obj,tests/plain/pairs.c)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(MODE_LINK)

# a description of $(1) stages of $(2) blocks
many = $(Q)awk 'BEGIN {print "input: [3, 8, 8]\nse: {ratio: 4}\nstages:"; \
	for (i = 0; i < $(1); i++) printf "  - {name: s%d, block: basic, blocks: $(2), channels: 8}\n", i}' > $(BUILD)/$(3).yaml

BENCH := reports/bench
bench: $(CLI)        ## what SE costs in time on this machine, into reports/bench and reports/latency; BENCH_FLAGS=…
	@mkdir -p $(BENCH)
	$(CLI) bench configs/networks/se-resnet-50.yaml --cache hot,cold-weights,cold --chain $(BENCH_FLAGS) --save $(BENCH)/se-resnet-50.json -o $(BENCH)/se-resnet-50.txt
	$(CLI) bench --cache hot,cold-weights,cold $(BENCH_FLAGS) --save $(BENCH)/grid.json -o $(BENCH)/grid.txt
	$(CLI) report configs/studies/latency.yaml -o reports

NETWORK_TIME := 120
bench-network: $(CLI)   ## the whole SE-ResNet-50 through oneDNN beside the paper's times, into reports/paper-latency; NETWORK_TIME=s, PEERS=1 adds PyTorch
	@mkdir -p $(BENCH)
	$(CLI) bench se-resnet-50 --layout nhwc --in-place --ratios 16 --time 30 --save $(BUILD)/in-network.json -o $(BUILD)/in-network.txt
	$(CLI) bench --network se-resnet-50 --time $(NETWORK_TIME) --profile $(BUILD)/in-network.json --save $(BENCH)/network-se-resnet-50.json
ifdef PEERS
	$(Q)/usr/bin/python3 tests/peers/torch_pair.py $(BENCH)/network-se-resnet-50.json
endif
	$(CLI) report configs/studies/paper-latency.yaml -o reports

# a shared machine is noisy: ratios of interleaved pairs, medians of many
bench-cost: $(CLI) $(PAIRS)   ## whole-process time and memory of `secost cost`; PEERS=1 adds torchvision
	$(Q)echo "secost cost se-resnet-152 against /bin/true"
	$(Q)$(PAIRS) 301 $(CLI) cost configs/networks/se-resnet-152.yaml -- /bin/true
	$(call many,100,1000,100x1000)
	$(call many,100,100,100x100)
	$(call many,100000,1,100000x1)
	$(Q)echo "100,000 blocks in 100 stages against 10,000 in 100"
	$(Q)$(PAIRS) 11 $(CLI) cost --by network $(BUILD)/100x1000.yaml -- $(CLI) cost --by network $(BUILD)/100x100.yaml
	$(Q)echo "100,000 stages of one block against 100 of 1,000"
	$(Q)$(PAIRS) 5 $(CLI) cost --by network $(BUILD)/100000x1.yaml -- $(CLI) cost --by network $(BUILD)/100x1000.yaml
ifdef PEERS
	$(Q)sh .ci/deps peers_cost
	$(Q)echo "python3 counting torchvision's resnet152 against secost"
	$(Q)$(PAIRS) 9 /usr/bin/python3 -c 'import torchvision; print(sum(p.numel() for p in torchvision.models.resnet152().parameters()))' -- $(CLI) cost configs/networks/se-resnet-152.yaml
endif

STUDY_BENCH := $(BUILD)/study
$(STUDY_BENCH): $(call obj,tests/plain/study.c) $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)

bench-study: $(STUDY_BENCH)   ## how long plans and sweeps take: processor time, against their goals
	$(Q)$< configs/networks/se-resnet-50.yaml configs/networks/se-resnet-152.yaml configs/gains/se-resnet-50-ratio.yaml

# engines that need a library are shared objects, and one that can't be built is named as missing
PEERS := $(BUILD)/peers/peers
PEERS_SO := onednn xnnpack
PEERS_LIBS_onednn := -ldnnl
PEERS_LIBS_xnnpack := -lXNNPACK -lpthreadpool -lm
PEERS_ALONE := torchvision $(PEERS_SO)
PEERS_SRC := $(filter-out $(PEERS_ALONE:%=tests/peers/%.c),$(sort $(wildcard tests/peers/*.c)))
SE_OBJ = $(call obj,$(filter src/base/% src/se/%,$(LIB_SRC)))
$(call obj,$(PEERS_SRC)): TEST_FLAGS := -O3 -ffp-contract=fast
$(PEERS): $(call obj,$(PEERS_SRC)) $(SE_OBJ)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -pthread $(MODE_LINK) -lm -ldl

$(BUILD)/peers/%.so: tests/peers/%.c tests/peers/peers.h
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_CPP) -std=c17 $(WARN) -O2 -fPIC -shared $(CFLAGS) -o $@ $< $(PEERS_LIBS_$*) || \
	  echo "secost: the engine $* can't be built here" >&2

bench-peers:         ## the SE kernel beside other engines, into reports/kernels/<machine>; BUDGET=s, BATCH=n, QUICK=1, TABLE=1
	$(Q)sh .ci/deps peers || echo "secost: not all peers could be installed" >&2
	$(Q)$(MAKE) --no-print-directory bench-peers-now

bench-peers-now: $(PEERS) $(PEERS_SO:%=$(BUILD)/peers/%.so)
	$(Q)sh tests/peers/run.sh $(PEERS) $(BUILD)/peers

$(BUILD)/peers/torchvision: $(call obj,tests/peers/torchvision.c) $(SE_OBJ)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -pthread $(MODE_LINK) -lm

check-peers: $(BUILD)/peers/torchvision   ## 40 random cases of torchvision's SqueezeExcitation
	$(Q)sh .ci/deps peers
	$(Q)/usr/bin/python3 tests/peers/torchvision_cases.py $(BUILD)/peers/cases
	$(Q)$< $(BUILD)/peers/cases

lint: check-rooms check-headers compile-peers check-comments   ## layering and header checks

# what measures other engines, too, where their headers are
compile-peers: $(PEERS) $(BUILD)/peers/torchvision
	$(Q)for so in $(PEERS_SO); do \
	  $(CC) $(ALL_CPP) -E tests/peers/$$so.c >/dev/null 2>&1 || continue; \
	  $(CC) $(ALL_CPP) -std=c17 $(WARN) $(CFLAGS) -fsyntax-only tests/peers/$$so.c || exit 1; done

check-rooms:
	$(Q)sh tests/lint/rooms.sh

# every member of a public struct has its unit, range or default beside it
check-comments:
	$(Q)sh tests/lint/comments.sh include/secost/*.h

HDRS := $(filter-out $(if $(DNNL),,src/network/onednn.h),$(wildcard include/secost/*.h src/*/*.h))
check-headers:
	$(Q)for h in $(HDRS); do \
	  printf '#include "%s"\n' "$$h" | $(CC) -I. $(ALL_CPP) $(ALL_CFLAGS) -fsyntax-only -x c - || exit 1; done; \
	  echo "$(words $(HDRS)) headers stand alone"

STYLED = $(wildcard include/secost/*.h src/*/*.[ch] tests/*/*.[ch])
check-format:        ## is every C file laid out as .clang-format says?
	$(Q)clang-format --dry-run --Werror $(STYLED) && echo "$(words $(STYLED)) files follow .clang-format"

format:              ## lay out every C file as .clang-format says
	$(Q)clang-format -i $(STYLED)

$(BUILD)/secost.pc: $(BUILD)/places Makefile include/secost/base.h
	@mkdir -p $(@D)
	$(Q)printf 'prefix=%s\nName: secost\nDescription: what Squeeze-and-Excitation costs a convolutional network\nVersion: %s\nRequires: %s\nCflags: -I%s\nLibs: -L%s -lsecost -pthread -lm\n' \
	  '$(PREFIX)' '$(VERSION)' '$(DEPS)' '$(INCLUDEDIR)' '$(LIBDIR)' > $@

$(BUILD)/secost.1: $(CLI)
	$(Q)$(CLI) man > $@

SHELLS := bash zsh fish
COMPLETIONS := $(SHELLS:%=$(BUILD)/secost.%)
COMPLETION_bash := bash-completion/completions/secost
COMPLETION_zsh  := zsh/site-functions/_secost
COMPLETION_fish := fish/vendor_completions.d/secost.fish
$(COMPLETIONS): $(BUILD)/secost.%: $(CLI)
	$(Q)$(CLI) completion $* > $@

install: all $(BUILD)/secost.pc $(BUILD)/secost.1 $(COMPLETIONS)   ## to $(DESTDIR)$(PREFIX)
	$(INSTALL) -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(INCLUDEDIR)/secost \
	  $(DESTDIR)$(DATADIR)/man/man1 $(dir $(foreach s,$(SHELLS),$(DESTDIR)$(DATADIR)/$(COMPLETION_$(s)))) \
	  $(DESTDIR)$(DATADIR)/secost/networks $(DESTDIR)$(DATADIR)/secost/studies $(DESTDIR)$(DATADIR)/secost/gains $(DESTDIR)$(DATADIR)/secost/published
	$(INSTALL) -m 755 $(CLI) $(DESTDIR)$(BINDIR)/
	$(INSTALL) -m 644 $(LIB) $(DESTDIR)$(LIBDIR)/
	$(INSTALL) -m 644 $(BUILD)/secost.pc $(DESTDIR)$(LIBDIR)/pkgconfig/
	$(INSTALL) -m 644 include/secost/*.h include/secost/*.def $(DESTDIR)$(INCLUDEDIR)/secost/
	$(INSTALL) -m 644 $(BUILD)/secost.1 $(DESTDIR)$(DATADIR)/man/man1/
	$(Q)set -e; $(foreach s,$(SHELLS),$(INSTALL) -m 644 $(BUILD)/secost.$(s) $(DESTDIR)$(DATADIR)/$(COMPLETION_$(s));)
	$(INSTALL) -m 644 configs/networks/*.yaml $(DESTDIR)$(DATADIR)/secost/networks/
	$(INSTALL) -m 644 configs/studies/*.yaml $(DESTDIR)$(DATADIR)/secost/studies/
	$(INSTALL) -m 644 configs/gains/*.yaml $(DESTDIR)$(DATADIR)/secost/gains/
	$(INSTALL) -m 644 configs/published/*.csv $(DESTDIR)$(DATADIR)/secost/published/

uninstall:           ## remove what install put there
	rm -f $(DESTDIR)$(BINDIR)/secost $(DESTDIR)$(LIBDIR)/libsecost.a $(DESTDIR)$(LIBDIR)/pkgconfig/secost.pc \
	  $(DESTDIR)$(DATADIR)/man/man1/secost.1 $(foreach s,$(SHELLS),$(DESTDIR)$(DATADIR)/$(COMPLETION_$(s)))
	rm -rf $(DESTDIR)$(INCLUDEDIR)/secost $(DESTDIR)$(DATADIR)/secost

clean:               ## remove build/
	rm -rf build

help:                ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

-include $(patsubst %.c,$(BUILD)/%.d,$(LIB_SRC) $(CLI_SRC) $(TST_SRC) $(PEERS_SRC) tests/peers/torchvision.c $(wildcard tests/plain/kernels*.c))
