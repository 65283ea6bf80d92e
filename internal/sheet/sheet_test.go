package sheet_test

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"carecorridor/internal/fault"
	"carecorridor/internal/sheet"
)

var limits = sheet.Limits{Bytes: 1 << 20, Rows: 10, Columns: 5, Cell: 50}

func known(h string) bool {
	return slices.Contains([]string{"name", "price", "until"}, strings.ToLower(h))
}

func open(t *testing.T, file string) *sheet.Table {
	t.Helper()
	table, err := sheet.Open(strings.NewReader(file), limits, known)
	if err != nil {
		t.Fatalf("%q: %v", file, err)
	}
	return table
}

func all(t *testing.T, table *sheet.Table) (rows []sheet.Record) {
	t.Helper()
	for {
		r, err := table.Next()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
}

// said is the sentence of a refusal.
func said(t *testing.T, file string) string {
	t.Helper()
	table, err := sheet.Open(strings.NewReader(file), limits, known)
	for err == nil {
		_, err = table.Next()
	}
	var e *fault.E
	if !errors.As(err, &e) || e.Kind != fault.Invalid {
		t.Fatalf("%.40q: %v is no refusal", file, err)
	}
	return e.Say
}

func encoded(t *testing.T, words string, how func(string) (string, error)) string {
	t.Helper()
	out, err := how(words)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEveryEncodingOfExcelIsRead(t *testing.T) {
	t.Parallel()
	little := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String
	big := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String
	const words = "Name\tPrice\r\nKnee – “one”\t£6,200\r\n"
	for name, c := range map[string]struct{ file, encoding string }{
		"plain":    {words, "UTF-8"},
		"marked":   {"\ufeff" + words, "UTF-8"},
		"little":   {encoded(t, words, little), "UTF-16"},
		"big":      {encoded(t, words, big), "UTF-16"},
		"western":  {encoded(t, words, charmap.Windows1252.NewEncoder().String), "Windows-1252"},
		"old Mac":  {strings.ReplaceAll(words, "\r\n", "\r"), "UTF-8"},
		"no CR":    {strings.ReplaceAll(words, "\r\n", "\n"), "UTF-8"},
		"no end":   {strings.TrimRight(words, "\r\n"), "UTF-8"},
		"last tab": {strings.ReplaceAll(words, "\r\n", "\t\t\r\n") + "\t\t\t\r\n\r\n", "UTF-8"},
	} {
		table := open(t, c.file)
		rows := all(t, table)
		if table.Encoding != c.encoding || table.Separator != "tab" || !slices.Equal(table.Header, []string{"Name", "Price"}) || len(rows) != 1 ||
			!slices.Equal(rows[0].Cells, []string{"Knee – “one”", "£6,200"}) || rows[0].Row != 2 {
			t.Errorf("%s: %+v %+v", name, table.Header, rows)
		}
	}
}

func TestTheSeparatorIsFoundByTheHeadings(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{"name,price\n1;2,3": "comma", "Name;Price\n\"6,200\";1": "semicolon", "Name\tPrice,x\n": "tab",
		"name;price,until;x\n": "semicolon", "sep=;\r\nName;Price\r\n": "semicolon", "SEP=\t\nName\tx": "tab", "name": "comma"} {
		if got := open(t, file); got.Separator != want {
			t.Errorf("%q: %s", file, got.Separator)
		}
	}
}

func TestRowsAreCountedAsASpreadsheetShowsThem(t *testing.T) {
	t.Parallel()
	rows := all(t, open(t, "sep=,\nname,price\n\"two\nlines\",1\n\n\n,,\n6,7\n\"a\"b,1\n\n8\n"))
	var got []int
	for _, r := range rows {
		got = append(got, r.Row)
	}
	if !slices.Equal(got, []int{2, 6, 7, 9}) || rows[0].Cells[0] != "two\nlines" || rows[2].Broken == "" {
		t.Errorf("%v %+v", got, rows)
	}
}

func TestWhatIsNoTableIsRefusedInWords(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"":                         "empty",
		" \r\n\t\n":                "empty",
		"\ufeff\n":                 "empty",
		"PK\x03\x04\x14\x00":       "workbook",
		"\xd0\xcf\x11\xe0\xa1\xb1": "old Excel",
		"%PDF-1.7":                 "PDF",
		"\x1f\x8b\x08":             "compressed",
		"<html><table>":            "web page",
		"name,pr\x00ice\n":         "not text",
		"name\n" + strings.Repeat("x", 600) + "\x00": "not text",
		"sep=|\nname|price":                          "separator",
		"name,price\n£6,Dav\xe9":                     "more than one encoding",
		"\ufeffname,\xff\n":                          "more than one encoding",
		"a,b,c,d,e,f\n":                              "6 columns",
		strings.Repeat("name,", 200):                 "200 columns",
		"name,\"price\n1,2":                          "quotation mark",
		"name\n" + strings.Repeat("1\n", 11):         "more than 10 rows",
		"name\n" + strings.Repeat("1,\n", 1<<19):     "larger than 1 MB",
	} {
		if got := said(t, file); !strings.Contains(got, want) {
			t.Errorf("%.30q: %s", file, got)
		}
	}
}

func TestALongCellBreaksItsRowOnly(t *testing.T) {
	t.Parallel()
	rows := all(t, open(t, "name,price\n1,"+strings.Repeat("घ", 50)+"\n1,"+strings.Repeat("x", 51)+"\n1,2"))
	if rows[0].Broken != "" || !strings.Contains(rows[1].Broken, "Column B has 51 characters") || rows[2].Broken != "" {
		t.Error(rows)
	}
}

func TestARowWiderThanTheHeadingsIsBroken(t *testing.T) {
	t.Parallel()
	rows := all(t, open(t, "name,price\nKnee,£6,200\nHip,\"£6,200\"\nHip,1,,\n"))
	if !strings.Contains(rows[0].Broken, "3 cells but the first row has 2") || rows[1].Broken != "" || rows[2].Broken != "" {
		t.Error(rows)
	}
}

// endless gives the same row for ever and counts what was taken.
type endless struct{ given int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = "1,2\n"[(e.given+i)%4]
	}
	e.given += len(p)
	return len(p), nil
}

func TestAFileWithoutEndCostsNoMoreThanItsLimit(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	src := &endless{}
	_, err := sheet.Open(src, limits, known)
	runtime.ReadMemStats(&after)
	if !fault.Is(err, fault.Invalid) || src.given > 4<<20 || after.TotalAlloc-before.TotalAlloc > 16<<20 {
		t.Errorf("%v, %d bytes taken, %d allocated", err, src.given, after.TotalAlloc-before.TotalAlloc)
	}
}

func TestABinaryFileIsRefusedAfterItsFirstBytes(t *testing.T) {
	t.Parallel()
	src := &endless{}
	if _, err := sheet.Open(io.MultiReader(strings.NewReader("PK\x03\x04"), src), limits, known); err == nil || src.given > 1024 {
		t.Errorf("%v, %d bytes taken", err, src.given)
	}
}

func TestABrokenConnectionIsNotThePersonsFault(t *testing.T) {
	t.Parallel()
	if _, err := sheet.Open(io.MultiReader(strings.NewReader("name\n"), broken{}), limits, known); err == nil || fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("connection lost") }

func TestWrittenTablesReadTheSame(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"name", "price"}, {"a\nb", "₹5,26,750"}, {`"quoted" \.`, " spaced"}, {"'", ";"}}
	out := sheet.Bytes(rows)
	if !bytes.HasPrefix(out, []byte("\xef\xbb\xbfname,price\r\n")) {
		t.Errorf("%q", out)
	}
	for i, r := range all(t, open(t, string(out))) {
		if !slices.Equal(r.Cells, rows[i+1]) {
			t.Errorf("%q became %q", rows[i+1], r.Cells)
		}
	}
}

func TestColumnsAreNamedAsInASpreadsheet(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 39: "AN", 701: "ZZ", 702: "AAA"} {
		if got := sheet.Letter(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

func TestFormulasAreGuarded(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"=1+2", "+44", "-6", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "'=1", "\u00a0-1"} {
		if got := sheet.Guard(s); got != "'"+s {
			t.Errorf("%q is written %q", s, got)
		}
	}
	for _, s := range []string{"", "knee", "6-8 weeks", "'tis", "a=b", "£6"} {
		if got := sheet.Guard(s); got != s {
			t.Errorf("%q is written %q", s, got)
		}
	}
}

func FuzzGuard(f *testing.F) {
	for _, s := range []string{"=1", "'=1", "''", "' =", "knee", "\t"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := sheet.Unguard(sheet.Guard(s)); got != s {
			t.Errorf("%q came back %q", s, got)
		}
		if g := sheet.Guard(s); g != "" && strings.ContainsRune("=+-@\t\r", rune(g[0])) {
			t.Errorf("%q is written %q", s, g)
		}
	})
}
