package kernel

import (
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	word         = regexp.MustCompile(`WORD \$0x([0-9a-f]{8}) // (.*)`)
	disassembled = regexp.MustCompile(`(?m)^ +[0-9a-f]+:\t[0-9a-f]{8} \t(.*)$`)
)

// TestWordsAreWhatTheySay has a disassembler read the instructions that Go's assembler does not know.
func TestWordsAreWhatTheySay(t *testing.T) {
	t.Parallel()
	objdump, err := exec.LookPath("aarch64-linux-gnu-objdump")
	if err != nil {
		t.Skip("aarch64-linux-gnu-objdump is missing; Debian has it in binutils-aarch64-linux-gnu")
	}
	source, err := os.ReadFile("kernel_arm64.s")
	if err != nil {
		t.Fatal(err)
	}
	var code []byte
	var want []string
	for _, m := range word.FindAllStringSubmatch(string(source), -1) {
		w, err := strconv.ParseUint(m[1], 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		code, want = binary.LittleEndian.AppendUint32(code, uint32(w)), append(want, m[2])
	}
	file := filepath.Join(t.TempDir(), "words")
	if err := os.WriteFile(file, code, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), objdump, "-D", "-z", "-b", "binary", "-m", "aarch64", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range disassembled.FindAllStringSubmatch(string(out), -1) {
		got = append(got, strings.Replace(m[1], "\t", " ", 1))
	}
	if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 {
		t.Errorf("%d words in comments and as disassembled (-want +got):\n%.2000s", len(want), diff)
	}
}
