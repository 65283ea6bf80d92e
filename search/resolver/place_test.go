package resolver

import "testing"

func TestPlacesAreFoundByOldNamesAndSlips(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"bombay": "mumbai", "mumbay": "mumbai", "madras": "chennai", "chenai": "chennai", "chennnai": "chennai", "banglore": "bengaluru",
		"bangalor": "bengaluru", "gurgaon": "gurugram", "gurgoan": "gurugram", "cochin": "kochi", "ernakulam": "kochi",
		"delhi": "delhi-ncr", "new delhi": "delhi-ncr", "ncr": "delhi-ncr", "dilli": "delhi-ncr", "kerala": "Kerala",
		"tamilnadu": "Tamil Nadu", "tamil nadu": "Tamil Nadu", "kerela": "Kerala", "kochi kerala": "kochi", "gurgaon delhi": "gurugram",
		"leicester": "", "tamil": "", "morbid": "", "london": "",
	} {
		r := read(t, "knee op "+text)
		got := r.City.Slug + r.Hub.Slug + r.State.Name
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestWhereAPersonLivesIsRememberedNotSearched(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"thr for my mum in leicester": "Leicester", "hip op, living in Leeds": "Leeds", "knee op reading in bed": "",
		"knee op from Bath": "Bath", "bath after knee op": "",
	} {
		if r := read(t, text); r.UKPlace != want || r.Text != "" || len(r.Places) != 0 {
			t.Errorf("%q: %q, text %q, places %v; want %q", text, r.UKPlace, r.Text, r.Places, want)
		}
	}
}

func TestNearSetsTheFlag(t *testing.T) {
	t.Parallel()
	if r := read(t, "knee op near chennai"); !r.Near || r.City.Slug != "chennai" {
		t.Errorf("%+v", r)
	}
	if read(t, "knee op chennai").Near {
		t.Error("near without the word")
	}
}

func TestHospitalsNamedAfterTownsAreNotPlaces(t *testing.T) {
	t.Parallel()
	if r := read(t, "bombay hospital chennai"); r.City.Slug != "chennai" || len(r.Places) != 1 || r.Text != "bombay" {
		t.Errorf("%+v", r)
	}
}
