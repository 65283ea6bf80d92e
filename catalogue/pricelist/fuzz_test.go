package pricelist_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"carecorridor/catalogue"
	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/fault"
	"carecorridor/internal/money"
	"carecorridor/models"
)

func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "\xff\xfe", "\xff\xfeT\x00", "sep=", "sep=;\nTreatment;Package\n", "Treatment,Package\n\"", "Treatment,Package\nNew knee,=1\n", "\xef\xbb\xbf", "Treatment\tPackage\tPrice\n\t\t₹5,26,75\n",
		"Treatment,Package,Valid until\r\rx,y,1/1/1\r", string(pricelist.Template(known)), string(pricelist.Write([]pricelist.Row{knee()}, known)), "Treatment,Package,on_top\nNew knee,a,\":::\n:5 per\n£ / :\"\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		s, err := pricelist.Read(bytes.NewReader(file), pricelist.Limits, known)
		if err != nil {
			if !fault.Is(err, fault.Invalid) || !utf8.ValidString(said(t, err)) {
				t.Fatal(err)
			}
			return
		}
		p := pricelist.Compare(held(), s, known)
		if n := p.Counts; n.Changed+n.New+n.Same+n.Problems != len(s.Entries) || len(p.Lines) != len(s.Entries)+n.Kept {
			t.Fatalf("%+v for %d entries", n, len(s.Entries))
		}
		if _, err := json.Marshal(p); err != nil {
			t.Fatal(err)
		}
		var clean []pricelist.Row // what was taken is written and read the same
		for _, l := range p.Lines {
			if l.After != nil && l.Kind != pricelist.Bad {
				clean = append(clean, *l.After)
			}
		}
		if again := pricelist.Compare(clean, read(t, pricelist.Write(clean, known)), known); again.Counts.Same != len(clean) {
			t.Fatalf("%+v", again)
		}
	})
}

// words are what people and programs put into cells.
var words = []string{"Knee", "one side", "=1+2", "@x", "-", "'", "''=", "“quoted”", `"`, "a;b", "x: £5 per night", "per", "घुटना", "क्\u200dष", "אבג", "e\u0301", "👩\u200d⚕️", ",", "5,26,750", "\\.", "#", "on top: 5", "yes", "sep=;", "+44", "a  b"}

func phrase(r *rand.Rand) string {
	var out []string
	for range 1 + r.IntN(4) {
		out = append(out, words[r.IntN(len(words))])
	}
	var row pricelist.Row // reading composes and trims
	row.Set(pricelist.FieldName, "'"+strings.Join(out, " "), known)
	return strings.TrimSpace(strings.TrimPrefix(row.Name, "'"))
}

func someCharge(r *rand.Rand, label string) pricelist.Charge {
	c := pricelist.Charge{Label: label}
	if r.IntN(4) > 0 {
		c.Amount = &money.Amount{Minor: 1 + r.Int64N(9_999_999), Currency: []money.Currency{money.GBP, money.INR, money.USD, money.EUR}[r.IntN(4)]}
		c.Per = []string{"", "night", "unit", "blood unit", "half-day", "नाइट"}[r.IntN(6)]
	}
	c.Must = r.IntN(5) == 0
	return c
}

func someRow(r *rand.Rand, n int) pricelist.Row {
	row := pricelist.Row{Procedure: []string{"total-knee-replacement", "total-hip-replacement", "cataract-surgery"}[r.IntN(3)], Name: fmt.Sprint(phrase(r), " ", n), Room: append([]string{"", "Deluxe"}, pricelist.Rooms...)[r.IntN(7)],
		Implant: phrase(r), AssessedAt: phrase(r), AssessedWhen: phrase(r)}
	if r.IntN(2) == 0 {
		row.ID = fmt.Sprint("n-", n)
	}
	if r.IntN(5) > 0 {
		row.GBP, row.INR, row.Nights, row.Days = of(r.Int64N(1_000_000_000)), of(r.Int64N(100_000_000_000)), of(r.IntN(1000)), of(r.IntN(1000))
		row.To = today.AddDays(r.IntN(2000) - 500)
	}
	for _, item := range pricelist.Items {
		a := pricelist.Answer{Is: []pricelist.Is{pricelist.Yes, pricelist.No, pricelist.OnTop}[r.IntN(3)]}
		if a.Is == pricelist.OnTop {
			c := someCharge(r, "")
			a.Charge = &c
		}
		if r.IntN(6) == 0 {
			continue
		}
		if row.Includes == nil {
			row.Includes = map[string]pricelist.Answer{}
		}
		row.Includes[item.Key] = a
	}
	for range r.IntN(4) {
		row.Also, row.LeavesOut, row.OnTop = append(row.Also, phrase(r)), append(row.LeavesOut, phrase(r)), append(row.OnTop, someCharge(r, phrase(r)))
	}
	return row
}

// Whatever packages a hospital has, its own file changes none of them.
func TestAnyDownloadReadsTheSameAndChangesNothing(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 1))
		var rows []pricelist.Row
		for n := range 1 + r.IntN(20) {
			rows = append(rows, someRow(r, n))
		}
		s := read(t, pricelist.Write(rows, known))
		for i, e := range s.Entries {
			if !reflect.DeepEqual(e.Given, rows[i]) || len(e.Problems) > 0 {
				t.Fatalf("seed %d row %d\nwrote %+v\nread  %+v %+v", seed, e.Row, rows[i], e.Given, e.Problems)
			}
		}
		if p := pricelist.Compare(rows, s, known); p.Counts != (pricelist.Counts{Same: len(rows)}) {
			t.Fatalf("seed %d: %+v", seed, p.Counts)
		}
	}
}

// vocabulary is the one that hospitals list by.
func vocabulary(t testing.TB) []pricelist.Procedure {
	t.Helper()
	file, err := os.ReadFile("../seed/data/procedures.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var out []pricelist.Procedure
	for line := range bytes.Lines(file) {
		var p pricelist.Procedure
		if err := json.Unmarshal(line, &p); err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

func TestEveryTreatmentOfTheCatalogueIsKnownByItsName(t *testing.T) {
	t.Parallel()
	all := vocabulary(t)
	k := pricelist.Know(all, nil, today)
	for _, p := range all {
		var r pricelist.Row
		if say := r.Set(pricelist.FieldProcedure, p.Name, k); say != "" || r.Procedure != p.Slug || r.Text(pricelist.FieldProcedure, k) != p.Name {
			t.Errorf("%s is %s, %q", p.Name, r.Procedure, say)
		}
	}
	if len(all) < 300 {
		t.Errorf("%d treatments", len(all))
	}
}

func TestTheCatalogueSaysWhatMayBeListed(t *testing.T) {
	t.Parallel()
	k := pricelist.From(&catalogue.Reference{Procedures: []models.Procedure{{Slug: "kidney-transplant", Name: "Kidney transplant"}, {Slug: "cataract-surgery", Name: "Cataract surgery"}}}, today)
	if file := string(pricelist.Template(k)); strings.Contains(file, "Kidney") || !strings.Contains(file, "Cataract surgery") || k.Rate != nil || k.Today != today {
		t.Errorf("%s", file)
	}
}

func TestCostlyCellsCostLittle(t *testing.T) {
	t.Parallel()
	colons, lines := strings.Repeat(":", 4990), strings.Repeat("\n:1", 1600)
	var file strings.Builder
	file.WriteString("Treatment;Package;On top;Also included\n")
	for range 800 {
		fmt.Fprintf(&file, "New knee;one;%s;\"%s\"\n", colons, lines)
	}
	p := compare(t, held(), []byte(file.String()))
	out, err := json.Marshal(p)
	if err != nil || p.Counts.Problems != 800 || len(p.Lines[0].Problems) > 30 || len(out) > 2*file.Len() {
		t.Errorf("%+v, %d bytes, %d problems, %v", p.Counts, len(out), len(p.Lines[0].Problems), err)
	}
}

// large is a file of as many rows as are taken.
func large() (rows []pricelist.Row, file []byte) {
	for n := range pricelist.Limits.Rows {
		rows = append(rows, variant(func(r *pricelist.Row) { r.ID, r.Name = fmt.Sprint(n), fmt.Sprint("Knee replacement ", n) }))
	}
	return rows, pricelist.Write(rows, known)
}

func BenchmarkTenThousandRows(b *testing.B) {
	rows, file := large()
	for i := range rows {
		rows[i].GBP = of(*rows[i].GBP + 100)
	}
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if p := compare(b, rows, file); p.Counts.Changed != len(rows) {
			b.Fatalf("%+v", p.Counts)
		}
	}
}

func TestMoreRowsThanTenThousandAreRefused(t *testing.T) {
	t.Parallel()
	_, file := large()
	if n := len(read(t, file).Entries); n != pricelist.Limits.Rows {
		t.Error(n)
	}
	_, err := pricelist.Read(bytes.NewReader(append(file, "x,y\n"...)), pricelist.Limits, known)
	if !strings.Contains(said(t, err), "more than 10,000 rows") {
		t.Error(err)
	}
}
