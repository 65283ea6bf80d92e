package seed

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"carecorridor/internal/when"
	"carecorridor/models"
)

const fixture = "testdata/data"

func day(t testing.TB, s string) when.Date {
	t.Helper()
	d, err := when.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// compiled is the fixture compiled into a directory of its own, read back.
func compiled(t *testing.T) (Bundle, Report) {
	t.Helper()
	out := t.TempDir()
	write(t, filepath.Join(out, samplesFile), "")
	report, err := Compile(fixture, out)
	if err != nil {
		t.Fatal(err)
	}
	b, err := ReadFS(os.DirFS(out))
	if err != nil {
		t.Fatal(err)
	}
	return b, report
}

func write(t testing.TB, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func find(t testing.TB, b Bundle, slug string) models.ProviderBundle {
	t.Helper()
	for _, p := range slices.Concat(b.Providers, b.Samples) {
		if p.Slug == slug {
			return p
		}
	}
	t.Fatalf("no hospital %s", slug)
	return models.ProviderBundle{}
}

func numbers(p models.ProviderBundle) (out []string) {
	for _, a := range p.Accreditations {
		if a.Number != "" {
			out = append(out, a.Number)
		}
	}
	return out
}

func TestARegisterRowOfACuratedHospitalIsItsCertificate(t *testing.T) {
	t.Parallel()
	b, report := compiled(t)
	medanta := find(t, b, "medanta-the-medicity-gurugram")
	if !slices.Contains(numbers(medanta), "H-2011-0073") || medanta.Origin != "curated" {
		t.Errorf("%s %v", medanta.Origin, numbers(medanta))
	}
	seen := map[string]int{}
	for _, p := range b.Providers {
		for _, n := range numbers(p) {
			seen[n]++
		}
	}
	for n, times := range seen {
		if times != 1 {
			t.Errorf("certificate %s stands %d times", n, times)
		}
	}
	if report.ByNumber == 0 {
		t.Error("nothing matched by number")
	}
}

func TestARenewalJoinsItsHospitalAndTwoInForceStayApart(t *testing.T) {
	t.Parallel()
	b, report := compiled(t)
	if got := numbers(find(t, b, "hartej-hospital-amritsar")); !slices.Equal(got, []string{"H-2023-1189", "H-2015-0324"}) {
		t.Errorf("newest first: %v", got)
	}
	if got := numbers(find(t, b, "manipal-hospitals-private-limited-bengaluru")); !slices.Equal(got, []string{"H-2007-0011"}) {
		t.Errorf("%v", got)
	}
	if got := numbers(find(t, b, "manipal-hospitals-private-limited-bengaluru-h-2011-0077")); len(got) != 1 {
		t.Errorf("%v", got)
	}
	if !slices.ContainsFunc(report.Notes, func(n Note) bool { return strings.Contains(n.Row, "H-2011-0077") && n.Line > 1 }) {
		t.Errorf("not reported: %+v", report.Notes)
	}
}

func TestANameOnBothSidesIsKeptApartWhenBothRun(t *testing.T) {
	t.Parallel()
	b, report := compiled(t)
	if got := numbers(find(t, b, "ruby-hall-clinic-pune-h-2024-1308")); len(got) != 1 {
		t.Errorf("%v", got)
	}
	if !slices.ContainsFunc(report.Notes, func(n Note) bool { return strings.Contains(n.Why, "not certain which place") }) {
		t.Errorf("%+v", report.Notes)
	}
}

func TestRegisterStatusIsOfTheSnapshot(t *testing.T) {
	t.Parallel()
	for remark, want := range map[string]models.RegisterStatus{
		"": models.RegisterValid, "Renewed on 5th Edition": models.RegisterValid, "Renewal Under Process": models.RegisterValid,
		"HCO was held in suspension from June 21, 2024 to 25th July 2024":            models.RegisterValid,
		"Accreditation under Suspension w.e.f. 15th May 2025":                        models.RegisterSuspended,
		"Accreditation under Suspension w.e.f.17th August 2024 & Application Closed": models.RegisterLapsed,
		"Suspended": models.RegisterSuspended, "Withdrawn": models.RegisterLapsed,
		"Shifted to ECO":              models.RegisterLapsed,
		"Not recommended for renewal": models.RegisterLapsed,
		"Forced Withdrawal of Accreditation w.e.f. 4th September 2025": models.RegisterLapsed,
		"Expired in Abeyance": models.RegisterLapsed,
		"Accredition expired Not undergone renewal Asessment - Closed":      models.RegisterLapsed,
		"Voluntary Withdrawal w.e.f. 10th July 2024 and application closed": models.RegisterLapsed,
	} {
		if got, err := registerStatus(remark); err != nil || got != want {
			t.Errorf("%q: %s %v, want %s", remark, got, err, want)
		}
	}
	if got, err := registerStatus("Splendid"); err == nil {
		t.Errorf("an unknown remark became %s", got)
	}
}

func TestCompileIsRepeatable(t *testing.T) {
	t.Parallel()
	a, b := t.TempDir(), t.TempDir()
	for _, dir := range []string{a, b, b} {
		if _, err := Compile(fixture, dir); err != nil {
			t.Fatal(err)
		}
	}
	sameFiles(t, a, b)
}

// sameFiles compares the compiled files of two directories byte by byte.
func sameFiles(t *testing.T, want, got string) {
	t.Helper()
	files, err := os.ReadDir(got)
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		w, err1 := os.ReadFile(filepath.Join(want, f.Name()))
		g, err2 := os.ReadFile(filepath.Join(got, f.Name()))
		if err := errors.Join(err1, err2); err != nil {
			t.Error(err)
		} else if string(w) != string(g) {
			t.Errorf("%s differs: run corridor seed compile", f.Name())
		}
	}
}

// TestTheTreeHoldsWhatTheDataCompileTo compiles the full data where they are beside the project; in a
// clone without them it compiles the fixture, which TestCompileIsRepeatable checks further.
func TestTheTreeHoldsWhatTheDataCompileTo(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	data := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(data); err != nil {
		t.Log("input: the fixture, no full data beside the project")
		if _, err := Compile(fixture, out); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Log("input: the full data beside the project")
	samples, err := os.ReadFile(filepath.Join("data", samplesFile))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(out, samplesFile), string(samples))
	if _, err := Compile(data, out); err != nil {
		t.Fatal(err)
	}
	sameFiles(t, "data", out)
}
