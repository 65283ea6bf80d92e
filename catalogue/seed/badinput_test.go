package seed

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// spoiled copies the fixture and changes old to new, once, in one file.
func spoiled(t *testing.T, file, old, new string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(fixture)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, file)
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), old) {
		t.Fatalf("%s: %q is not there (%v)", file, old, err)
	}
	write(t, path, strings.Replace(string(text), old, new, 1))
	return dir
}

func TestBrokenDataAreNamedByFileLineAndField(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, old, new, field, reason string }{
		"a day that does not exist": {"accreditations_nabh_hospitals.csv", "2022-12-20", "2022-13-20", "valid_from", "want YYYY-MM-DD"},
		"days in the wrong order":   {"accreditations_nabh_hospitals.csv", "2026-12-19", "2021-12-19", "valid_to", "before the first day"},
		"an unknown remark":         {"accreditations_nabh_hospitals.csv", "Renewed on 5th Edition", "Splendid", "remarks", "no rule"},
		"a number twice":            {"accreditations_nabh_hospitals.csv", "H-2009-0039", "H-2007-0011", "accreditation_no", "twice"},
		"a missing column":          {"costs.csv", "source_url", "address", "source_url", "missing"},
		"a word for a price":        {"costs.csv", ",4000,", ",cheap,", "high", "not a number"},
		"broken UTF-8":              {"airports.csv", "Chennai International", "Chennai \xff", "name", "UTF-8"},
		"a NUL byte":                {"airports.csv", "Chennai International", "Chennai \x00", "name", "NUL"},
		"a row too short":           {"trip_costs.csv", ",gap", "", "", "wrong number of fields"},
		"a ragged quote":            {"uk_india_routes.csv", "LHR,MAA", "\"LHR,MAA", "", ""},
		"half a record":             {"providers.jsonl", "\"official_name\"", "\"official_name", "", ""},
		"text for a number":         {"providers.jsonl", "\"beds\": 1391", "\"beds\": \"many\"", "beds", "string"},
		"an unknown specialty":      {"procedures.jsonl", "\"specialty\": \"cardiology\"", "\"specialty\": \"alchemy\"", "specialty", "alchemy"},
		"low above high":            {"costs.csv", ",4000,,6000,", ",9000,,6000,", "high", "less than"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			_, err := Compile(spoiled(t, c.file, c.old, c.new), out)
			var bad *FileError
			if !errors.As(err, &bad) || bad.Line == 0 || bad.Field != c.field || !strings.Contains(bad.Reason, c.reason) {
				t.Fatalf("%v", err)
			}
			if left, _ := os.ReadDir(out); len(left) > 0 {
				t.Errorf("%d files were written", len(left))
			}
		})
	}
}

func TestACellIsNamedByLineAndColumn(t *testing.T) {
	t.Parallel()
	_, err := Compile(spoiled(t, "airports.csv", "13.1979", "north"), t.TempDir())
	want := `airports.csv line 5, column 59, field latitude: "north" is not a number`
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestABrokenSeedIsRefusedAsAWhole(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, old, new, field string }{
		"an unknown source":           {providersFile, `"source":"nabl-600"`, `"source":"hearsay"`, "site.source"},
		"an unknown town":             {providersFile, `"city":"gurugram"`, `"city":"atlantis"`, "site.city"},
		"an unknown key":              {citiesFile, `"name"`, `"nom"`, ""},
		"a town twice":                {citiesFile, `"slug":"chennai"`, `"slug":"bengaluru"`, "city"},
		"a point off the globe":       {hubsFile, `"lat":28`, `"lat":928`, "lat"},
		"a currency nobody has":       {pricesFile, `"USD"`, `"XYZ"`, "currency"},
		"a rate of nothing":           {ratesFile, `"rate":`, `"rate":-`, "rate"},
		"a price on a real hospital":  {providersFile, `"certificates":[`, `"packages":[{"procedure":"cabg","name":"x","amount":1,"currency":"INR","valid_from":"","valid_to":"","source":"sample"}],"certificates":[`, "packages"},
		"a sample among the real":     {providersFile, `"origin":"curated"`, `"origin":"sample"`, "origin"},
		"two records on a line":       {ratesFile, "}\n", "}", ""},
		"an alias of an unknown kind": {aliasesFile, `"lay"`, `"rude"`, "terms"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := tree(t)
			text := string(files[c.file].Data)
			if !strings.Contains(text, c.old) {
				t.Fatalf("%q is not in %s", c.old, c.file)
			}
			files[c.file].Data = []byte(strings.Replace(text, c.old, c.new, 1))
			b, err := ReadFS(files)
			var bad *FileError
			if !errors.As(err, &bad) || bad.File != c.file || bad.Line == 0 || bad.Field != c.field {
				t.Fatalf("%v", err)
			}
			if len(b.Sources) > 0 {
				t.Error("rows came back with the error")
			}
		})
	}
}

// tree is the project's own seed in memory.
func tree(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := os.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		text, err := os.ReadFile(filepath.Join("data", n.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[n.Name()] = &fstest.MapFile{Data: text}
	}
	return files
}

func FuzzASeedLineNeverPanics(f *testing.F) {
	f.Add([]byte(`{"slug":"pune","name":"Pune","state":"Maharashtra","lat":18.5,"lng":73.8}`))
	f.Add([]byte(`{"slug":`))
	f.Add([]byte("\xff"))
	f.Add([]byte(`{"slug":"a"}{"slug":"b"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		if _, err := decode[providerRec](line); err != nil {
			_ = locate("x", 1, line, err).Error()
		}
	})
}

func FuzzADisplayNameIsNeverEmpty(f *testing.F) {
	for _, s := range []string{"TATHASTU SUPERSPECIALITY DENTAL CLINIC", "X (A Unit of Y (India) Ltd.)", "(a unit of", "- (Earlier Certificate issued in the Name of Q)", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d := display(s); d.Name == "" && strings.TrimSpace(s) != "" {
			t.Errorf("%q lost its name", s)
		}
	})
}
