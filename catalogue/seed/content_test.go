package seed

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"carecorridor/internal/money"
	"carecorridor/models"
)

func embeddedSeed(t testing.TB) Bundle {
	t.Helper()
	b, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheSeedHoldsEveryRegisterRowOnce(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	seen := map[string]bool{}
	for _, p := range embeddedSeed(t).Providers {
		for _, a := range p.Accreditations {
			if a.Body == "NABH" && a.Evidence == "register_snapshot" {
				count[a.Programme]++
				if seen[a.Number] {
					t.Errorf("%s twice", a.Number)
				}
				seen[a.Number] = true
				if a.CheckedOn != day(t, "2025-09-27") {
					t.Errorf("%s: checked on %s", a.Number, a.CheckedOn)
				}
			}
		}
	}
	if count["Hospital"] != 1629 || count["Dental"] != 532 {
		t.Errorf("%v", count)
	}
}

func TestTheSeedHoldsTheWholeTaxonomy(t *testing.T) {
	t.Parallel()
	b := embeddedSeed(t)
	curated := 0
	for _, p := range b.Providers {
		if p.Origin == "curated" {
			curated++
		}
	}
	for what, got := range map[string][2]int{
		"curated": {curated, 180}, "specialties": {len(b.Specialties), 43}, "procedures": {len(b.Procedures), 354}, "prices": {len(b.PriceEvidence), 978},
		"waits": {len(b.NHSWaits), 93}, "trip costs": {len(b.TripCosts), 39}, "airports": {len(b.Airports), 31}, "routes": {len(b.Routes), 20},
		"hubs": {len(b.Hubs), 16}, "rates": {len(b.FXRates), 7*30 + 7*26}, "samples": {len(b.Samples), 24},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %d, want %d", what, got[0], got[1])
		}
	}
	if n := len(b.Aliases); n < 2500 {
		t.Errorf("%d aliases", n)
	}
}

func TestNothingIsInventedAboutARealHospital(t *testing.T) {
	t.Parallel()
	for _, p := range embeddedSeed(t).Providers {
		if p.Sample || len(p.Packages) > 0 || len(p.Languages) > 0 {
			t.Errorf("%s: sample=%v, %d packages, %d languages", p.Slug, p.Sample, len(p.Packages), len(p.Languages))
		}
		for _, a := range p.Accreditations {
			if a.Body == "JCI" && a.RegisterStatus == models.RegisterValid {
				t.Errorf("%s: no JCI register was in reach, yet %s is %s", p.Slug, a.Body, a.RegisterStatus)
			}
			if a.Level == "entry" || strings.Contains(a.Programme, "Entry") {
				t.Errorf("%s: entry level is not accreditation", p.Slug)
			}
		}
	}
}

// The curated file says of these that the register's rows could not be told apart, or the register has
// more rows of the name: a badge here would be a guess.
func TestADoubtfulRegisterRowGivesNoHospitalABadge(t *testing.T) {
	t.Parallel()
	b := embeddedSeed(t)
	for slug, want := range map[string][]string{
		"manipal-hospital-whitefield-bengaluru": nil, "medicover-hospitals-hitec-city-hyderabad": {"H-2017-0457"},
		"manipal-hospital-whitefield-bengaluru-h-2017-0485": {"H-2017-0485"},
	} {
		var got []string
		for _, a := range find(t, b, slug).Accreditations {
			if a.Evidence == "register_snapshot" && a.Body == "NABH" {
				got = append(got, a.Number)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", slug, got, want)
		}
	}
}

func TestAGapIsARowWithoutFigures(t *testing.T) {
	t.Parallel()
	gaps := 0
	for _, c := range embeddedSeed(t).TripCosts {
		if c.Low == nil && c.Typical == nil && c.High == nil {
			gaps++
		}
	}
	if gaps != 2 { // the e-Medical visa fee and medical travel insurance
		t.Errorf("%d gaps", gaps)
	}
}

func TestEveryHubHasAPointNearItsAirport(t *testing.T) {
	t.Parallel()
	b := embeddedSeed(t)
	for _, h := range b.Hubs {
		i := slices.IndexFunc(b.Airports, func(a models.Airport) bool { return a.IATA == h.Airport })
		if a := b.Airports[i]; h.Slug != "vellore" && (abs(a.Lat-h.Lat) > 0.5 || abs(a.Lng-h.Lng) > 0.5) {
			t.Errorf("%s: %v, %v is far from %s", h.Slug, h.Lat, h.Lng, a.IATA)
		}
	}
}

func abs(v float64) float64 { return max(v, -v) }

func TestATownIsListedOnceUnderItsModernName(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, c := range embeddedSeed(t).Cities {
		if names[c.Name+c.State] {
			t.Errorf("%s twice", c.Name)
		}
		names[c.Name+c.State] = true
		for _, old := range []string{"Bangalore", "Gurgaon", "Calicut", "Delhi", "Secunderabad", "Trivandrum"} {
			if c.Name == old {
				t.Errorf("%s is not a modern name", old)
			}
		}
	}
}

// TestASamplePriceIsOneThatIsPublishedInIndia holds every sample price inside the published figures for
// visitors, in dollars of June 2026, so that the demonstration does not mislead.
func TestASamplePriceIsOneThatIsPublishedInIndia(t *testing.T) {
	t.Parallel()
	b := embeddedSeed(t)
	rates := monthly(b, "2026-06")
	low, high := map[string]float64{}, map[string]float64{}
	for _, e := range b.PriceEvidence {
		if e.Country != "IN" || e.PayerType != "international_self_pay" {
			continue
		}
		for _, v := range []*int64{e.LowMinor, e.TypicalMinor, e.HighMinor} {
			if v == nil {
				continue
			}
			usd := float64(*v) / rates[e.Currency]
			if old, ok := low[e.ProcedureSlug]; !ok || usd < old {
				low[e.ProcedureSlug] = usd
			}
			high[e.ProcedureSlug] = max(high[e.ProcedureSlug], usd)
		}
	}
	for _, p := range b.Samples {
		for _, k := range p.Packages {
			usd := float64(k.AmountMinor) / rates[k.Currency]
			if usd < low[k.ProcedureSlug] || usd > high[k.ProcedureSlug] {
				t.Errorf("%s %s: %.0f is not in %.0f to %.0f dollars", p.Slug, k.ProcedureSlug, usd/100, low[k.ProcedureSlug]/100, high[k.ProcedureSlug]/100)
			}
		}
	}
}

// monthly is how much of each currency a dollar bought.
func monthly(b Bundle, period string) map[money.Currency]float64 {
	out := map[money.Currency]float64{money.USD: 1}
	for _, r := range b.FXRates {
		if r.Period == period && r.Base == money.USD {
			out[r.Quote] = r.Rate
		}
	}
	return out
}

func TestAKneeReplacementUnderSixThousandPoundsNearChennaiHasSampleAnswers(t *testing.T) {
	t.Parallel()
	b := embeddedSeed(t)
	rates := monthly(b, "2026-06")
	hub := map[string]string{}
	for _, c := range b.Cities {
		if c.HubSlug != nil {
			hub[c.Slug] = *c.HubSlug
		}
	}
	found := 0
	for _, p := range b.Samples {
		for _, k := range p.Packages {
			pounds := float64(k.AmountMinor) / 100 / rates[k.Currency] * rates[money.GBP]
			if k.ProcedureSlug == "total-knee-replacement" && hub[p.Main.CitySlug] == "chennai" && pounds < 6000 {
				found++
			}
		}
	}
	if found < 2 || found > 3 {
		t.Errorf("%d answers", found)
	}
}

func TestSamplesSayThatTheyAreAndShowEveryStanding(t *testing.T) {
	t.Parallel()
	today := day(t, "2026-11-22")
	ended, soon := 0, 0
	for _, p := range embeddedSeed(t).Samples {
		if !p.Sample || p.Origin != "sample" || len(p.Packages) == 0 || len(p.Changes) == 0 || p.Main.Lat == nil {
			t.Errorf("%s: %+v", p.Slug, p.Provider)
		}
		for _, a := range p.Accreditations {
			if !strings.HasPrefix(a.Number, "SAMPLE-") {
				t.Errorf("%s: certificate %s", p.Slug, a.Number)
			}
			if a.ValidTo.Before(today) {
				ended++
			} else if today.DaysUntil(a.ValidTo) <= 60 {
				soon++
			}
		}
	}
	if ended == 0 || soon == 0 {
		t.Errorf("%d ended, %d end soon", ended, soon)
	}
}

func TestAListedSpecialtyIsMappedOnlyWhenCertain(t *testing.T) {
	t.Parallel()
	x := newSpecialtyIndex()
	if err := eachJSON(fixture, specialtiesFile, func(s specialtyIn) error { x.add(s); return nil }); err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string][]string{
		"Orthopedics": {"orthopaedics"}, "Cardiac Sciences": {"cardiology"}, "Nephrology & Urology": {"nephrology", "urology"},
		"Cardiology/Cardiac Surgery": {"cardiology", "cardiac-surgery"}, "Critical Care": nil, "Robotic Surgery": nil, "": nil,
	} {
		if got := x.listedAs(words); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", words, got, want)
		}
	}
	if s, ok := x.tagged("nephrology_urology"); ok {
		t.Errorf("a tag of two specialties became %s", s)
	}
}

func TestNamesAreTidiedForReading(t *testing.T) {
	t.Parallel()
	for listed, want := range map[string]displayName{
		"TATHASTU SUPERSPECIALITY DENTAL CLINIC": {Name: "Tathastu Superspeciality Dental Clinic"},
		"KIMS":                                   {Name: "KIMS"},
		"Dental Life , Srinivaspuri":             {Name: "Dental Life, Srinivaspuri"},
		"Synergy Hospital (A Unit of Synergy (India) Pvt. Ltd.), Rajkot":                               {Name: "Synergy Hospital, Rajkot", RunBy: "Synergy (India) Pvt. Ltd"},
		"Amandeep Hospitals Pvt. Ltd. - (Earlier Certificate issued in the Name of Amandeep Hospital)": {Name: "Amandeep Hospitals Pvt. Ltd.", Earlier: "Amandeep Hospital"},
		"Medanta – The Medicity": {Name: "Medanta – The Medicity"},
	} {
		if got := display(listed); got != want {
			t.Errorf("%q: %+v, want %+v", listed, got, want)
		}
	}
}

func TestEverySourceIsUsedOrOurOwn(t *testing.T) {
	t.Parallel()
	text := ""
	for _, f := range []string{airportsFile, hubsFile, routesFile, specialtiesFile, proceduresFile, pricesFile, waitsFile, tripFile, ratesFile, providersFile} {
		b, err := os.ReadFile(filepath.Join("data", f))
		if err != nil {
			t.Fatal(err)
		}
		text += string(b)
	}
	for _, s := range embeddedSeed(t).Sources {
		if s.Kind != "alliance" && s.Kind != "sample" && !strings.Contains(text, `"source":"`+s.Key+`"`) && !strings.Contains(text, "; source: "+s.Title) {
			t.Errorf("%s is cited nowhere", s.Key)
		}
	}
}
