package pricelist_test

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"carecorridor/catalogue/pricelist"
	"carecorridor/internal/fault"
)

func TestWrittenPricesReadTheSame(t *testing.T) {
	t.Parallel()
	rows := []pricelist.Row{knee(), variant(func(r *pricelist.Row) {
		r.ID, r.Name, r.GBP, r.From.Year = "17", "=cmd|'/C calc'!A0", of(int64(6200_50)), 2025
	}),
		variant(func(r *pricelist.Row) {
			r.Name, r.Also, r.AssessedAt = "'=x", []string{"- a dash", "b"}, "घुटना, “Haus” ﷺ"
		}), {Procedure: "cataract-surgery", Name: "Bare"}}
	file := pricelist.Write(rows, known)
	for i, e := range read(t, file).Entries {
		if !reflect.DeepEqual(e.Given, tidy(rows[i])) || len(e.Problems) > 0 {
			t.Errorf("row %d\nwrote %+v\nread  %+v %+v", e.Row, rows[i], e.Given, e.Problems)
		}
	}
	if !bytes.HasPrefix(file, []byte("\xef\xbb\xbfPackage number,Treatment,")) || !bytes.Contains(file, []byte(",'=cmd|")) || !bytes.Contains(file, []byte(",''=x,")) {
		t.Errorf("%s", file)
	}
	if again := pricelist.Write(rows, known); !bytes.Equal(again, file) {
		t.Error("the same rows give two files")
	}
}

// tidy is a row as reading makes it: no empty map.
func tidy(r pricelist.Row) pricelist.Row {
	if len(r.Includes) == 0 {
		r.Includes = nil
	}
	return r
}

func TestEveryWayToSaveTheFileReadsTheSame(t *testing.T) {
	t.Parallel()
	want := variant(func(r *pricelist.Row) { r.OnTop = r.OnTop[:1] }) // Windows-1252 has no rupee sign
	file := string(pricelist.Write([]pricelist.Row{want}, known))
	bare := strings.Replace(strings.TrimPrefix(file, "\ufeff"), "(₹)", "(INR)", 1)
	for name, how := range map[string]func(string) (string, error){
		"marked": func(s string) (string, error) { return "\ufeff" + s, nil }, "Windows-1252": charmap.Windows1252.NewEncoder().String,
		"UTF-16 LE": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String, "UTF-16 BE": unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String,
		"trailing": func(s string) (string, error) {
			return strings.Replace(strings.TrimSuffix(s, "\r\n"), "\r\n", ",,,\r\n", 1) + ",,\r\n" + strings.Repeat(",,,,,,\r\n", 50), nil
		},
		"lines": func(s string) (string, error) { return strings.ReplaceAll(s, "\r\n", "\n"), nil },
		"sep":   func(s string) (string, error) { return "sep=,\r\n" + s, nil },
	} {
		saved, err := how(bare)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		s := read(t, []byte(saved))
		if len(s.Entries) != 1 || !reflect.DeepEqual(s.Entries[0].Given, want) || len(s.Entries[0].Problems)+len(s.Notices) > 0 {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// Excel writes "?" for each rupee sign where it saves as Windows-1252.
func TestRupeeSignsThatASpreadsheetLostAreKnown(t *testing.T) {
	t.Parallel()
	s := read(t, []byte("Treatment,Package,Full price (\xa3),Full price (?),May pay on top\ntotal-knee-replacement,Knee,\"\xa34,100\",\"? 5,19,000\",\"Blood: ?2,500 per unit\"\n"))
	if len(s.Entries) != 1 || len(s.Entries[0].Problems) > 0 || s.Entries[0].Given.INR == nil || *s.Entries[0].Given.INR != 5_19_000_00 || *s.Entries[0].Given.GBP != 4100_00 {
		t.Fatalf("%+v", s)
	}
	if c := s.Entries[0].Given.OnTop; len(c) != 1 || c[0].Amount == nil || c[0].Amount.Currency != "INR" || c[0].Amount.Minor != 2500_00 {
		t.Errorf("on top: %+v", c)
	}
}

const head = "Treatment;PACKAGE name;room type; Price £ ;Valid  Until;Nights\n"

func TestHeadingsMayBeInAnyOrderAndWriting(t *testing.T) {
	t.Parallel()
	s := read(t, []byte("valid_to\tNIGHTS\tGBP\tName\tProcedure\tColour\t\n31/12/2026\t5 nights\t£6,200\tKnee\tNew knee\tred\n"))
	g := s.Entries[0].Given
	if g.To.String() != "2026-12-31" || *g.Nights != 5 || *g.GBP != 6200_00 || g.Name != "Knee" || g.Procedure != "total-knee-replacement" || s.Separator != "tab" {
		t.Errorf("%+v", g)
	}
	if len(s.Notices) != 1 || s.Notices[0].Column != "F" || !strings.Contains(s.Notices[0].Say, "“Colour”") || !slices.Contains(s.Missing, "room") || slices.Contains(s.Missing, "id") {
		t.Errorf("%+v %v", s.Notices, s.Missing)
	}
}

func TestAFileWithoutWhatNamesAPackageIsRefused(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"Price,Room\n1,2":                     "no column “Treatment” and no column “Package”",
		"Treatment,Price\nx,1":                "no column “Package”",
		"Treatment,Package,Name,Price\nx,y,z": "Columns B and C are both “Package”",
		"PK\x03\x04":                          "workbook",
		strings.Repeat("Treatment,", 200):     "200 columns",
	} {
		_, err := pricelist.Read(strings.NewReader(file), pricelist.Limits, known)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(said(t, err), want) {
			t.Errorf("%.30q: %v", file, err)
		}
	}
}

func TestAProblemIsNamedByRowAndColumn(t *testing.T) {
	t.Parallel()
	s := read(t, []byte(head+"\nNew knee;Knee;private;£6,20;31/12/2026;5\nNew knee;\"Two\nlines\";single;-5;2026-13-01;five\nNew knee;a\"b;single;1;;\n"))
	var got []string
	for _, e := range s.Entries {
		for _, p := range e.Problems {
			got = append(got, strings.Join([]string{string(rune('0' + p.Row)), p.Column, p.Field}, " "))
		}
	}
	if !slices.Equal(got, []string{"3 D price_gbp", "4 D price_gbp", "4 E valid_to", "4 F stay_nights", "5  "}) || s.Entries[0].Given.Room != "Single room" {
		t.Errorf("%q %+v", got, s.Entries)
	}
}

func TestFormulasAreTakenAsWordsAndToldOf(t *testing.T) {
	t.Parallel()
	s := read(t, []byte("Treatment,Package,Price £\nNew knee,=HYPERLINK(1),=6200\nNew knee,'=x,6200\nNew knee,-one side,'6200\n"))
	if len(s.Notices) != 2 || s.Notices[0].Row != 2 || s.Notices[0].Column != "B" || s.Notices[1].Row != 4 {
		t.Errorf("%+v", s.Notices)
	}
	if s.Entries[0].Given.Name != "=HYPERLINK(1)" || s.Entries[1].Given.Name != "=x" || len(s.Entries[0].Problems) != 1 || *s.Entries[2].Given.GBP != 6200_00 {
		t.Errorf("%+v", s.Entries)
	}
}

func TestAFileWithMonthFirstDatesIsNotTrusted(t *testing.T) {
	t.Parallel()
	s := read(t, []byte("Treatment,Package,Valid until\nNew knee,a,03/04/2027\nNew knee,b,12/31/2027\nNew knee,c,2027-04-03\nNew knee,d,05/05/2027\n"))
	for i, want := range []int{1, 1, 0, 0} {
		if len(s.Entries[i].Problems) != want {
			t.Errorf("row %d: %+v", s.Entries[i].Row, s.Entries[i].Problems)
		}
	}
}

func TestTheTemplateHasAllTreatmentsAndComesBackEmpty(t *testing.T) {
	t.Parallel()
	file := pricelist.Template(known)
	if !bytes.Contains(file, []byte("Cataract surgery")) || bytes.Contains(file, []byte("Kidney")) {
		t.Errorf("%s", file)
	}
	if s := read(t, file); len(s.Entries) != 0 || len(s.Notices) != 1 || !strings.Contains(s.Notices[0].Say, "3 rows have a treatment and nothing else") || len(s.Missing) != 0 {
		t.Errorf("%+v", s)
	}
	if file := pricelist.Template(known, "cataract-surgery"); bytes.Count(file, []byte("\n")) != 2 {
		t.Errorf("%s", file)
	}
}
