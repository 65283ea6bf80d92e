package handlers_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"strings"
	"testing"

	"carecorridor/auth"
	"carecorridor/catalogue/listing"
	"carecorridor/models"
)

// approved carries every waiting check of a hospital through, by two people where two are needed.
func (s *site) approved(t testing.TB, provider int64) {
	t.Helper()
	ctx := context.Background()
	people := []auth.Actor{s.actor(t, auth.Verifier, 0), s.actor(t, auth.Verifier, 1)}
	page, err := s.listings.Queue(ctx, people[0], listing.Filter{Provider: provider})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range page.Items {
		for _, who := range people {
			d := listing.Decision{Item: i.ID, Version: i.Version, Verdict: listing.Approve, Evidence: listing.Evidence{Method: listing.RegisterLookup, URL: "https://register.example/1", Retrieved: s.listings.Today(), Hash: strings.Repeat("0a", 32)}}
			if ways := i.Methods(); len(ways) > 0 {
				d.Evidence.Method = ways[0].Method
			}
			for _, c := range i.Checks {
				d.Ticked = append(d.Ticked, c.Code)
			}
			got, bad, err := s.listings.Decide(ctx, who, d)
			if err != nil || !bad.OK() {
				t.Fatal(bad, err)
			}
			if i = got; i.State == listing.ItemApproved {
				break
			}
		}
	}
}

// sunset is a photo large enough to be kept.
func sunset(t testing.TB) *bytes.Buffer {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 900, 600))
	for x := range 900 {
		for y := range 600 {
			m.Set(x, y, color.RGBA{uint8(x / 4), uint8(y / 3), 120, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return &b
}

func TestWhatAHospitalListedIsPublicOnceItIsChecked(t *testing.T) {
	t.Parallel()
	s := alone(t)
	ctx, who := context.Background(), s.actor(t, auth.ProviderEditor, 0)
	photo, bad, err := s.listings.AddFile(ctx, who, who.Provider, listing.ForPhoto, sunset(t))
	if err != nil || !bad.OK() {
		t.Fatal(bad, err)
	}
	var edits []listing.Edit
	for path, value := range map[string]string{
		"clinician/c1/name": "Dr Example Iyer", "clinician/c1/qualification": "MS Orthopaedics", "clinician/c1/council": "Tamil Nadu Medical Council", "clinician/c1/registration": "12345",
		"measure/m1/title": "Infections within 90 days", "measure/m1/numerator": "12", "measure/m1/denominator": "1240", "measure/m1/period_from": "2025-01-01", "measure/m1/period_to": "2025-12-31", "measure/m1/method": "All knees, by letter and call.",
		"photo/p1/file": photo.ID, "photo/p1/alt": "The entrance from the street", "photo/p1/taken": "2025",
	} {
		edits = append(edits, listing.Edit{Path: listing.Path(path), Value: value})
	}
	s.send(t, who, edits...)
	at := "/photos/" + photo.ID + "_800.jpg"
	before := text(s.page(t, s.slugOf(t, who.Provider)).Find("main"))
	if strings.Contains(before, "Dr Example Iyer") || !strings.Contains(before, "Ask who will operate") || s.get(t, at).Code != http.StatusNotFound {
		t.Error("it is public before anybody checked it")
	}
	s.approved(t, who.Provider)
	doc := s.page(t, s.slugOf(t, who.Provider))
	quality := text(doc.Find("#quality"))
	for _, words := range []string{"Dr Example Iyer", "Tamil Nadu Medical Council, number 12345", "1.0%", "12 of 1,240", "1 January 2025 to 31 December 2025", "Checked on 22 November 2026"} {
		if !strings.Contains(quality, words) {
			t.Errorf("no %q: %s", words, quality)
		}
	}
	if strings.Contains(quality, "Ask who will operate") {
		t.Error("surgeons are said to be not known beside their names")
	}
	img := doc.Find("#photos img")
	if img.AttrOr("src", "") != at || img.AttrOr("alt", "") != "The entrance from the street" || !strings.Contains(text(doc.Find("#photos")), "Taken in 2025") {
		t.Error(text(doc.Find("#photos")))
	}
	if w := s.get(t, at); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/jpeg" {
		t.Errorf("photo: %d %s", w.Code, w.Header())
	}
	for _, path := range []string{"/photos/" + photo.ID + "_801.jpg", "/photos/" + photo.ID, "/photos/x_800.jpg"} {
		if got := s.get(t, path).Code; got != http.StatusNotFound {
			t.Errorf("%s: %d", path, got)
		}
	}
}

func TestTheHistoryOfPricesIsPublicOldBesideNew(t *testing.T) {
	t.Parallel()
	s := alone(t)
	who := s.actor(t, auth.ProviderEditor, 0)
	old, fresh := int64(529000), int64(545000)
	err := s.store.Write(context.Background(), func(tx *models.Tx) error {
		if err := tx.AddPriceChange(models.PriceChange{ProviderID: who.Provider, PackageKey: "p1", Name: "Knee replacement", OldMinor: &old, OldCurrency: "GBP", NewMinor: &fresh, NewCurrency: "GBP"}); err != nil {
			return err
		}
		tx.BumpGeneration()
		return tx.AddPriceChange(models.PriceChange{ProviderID: who.Provider, PackageKey: "p1", Name: "Knee replacement", OldMinor: &fresh, OldCurrency: "GBP"})
	})
	if err != nil {
		t.Fatal(err)
	}
	words := text(s.page(t, s.slugOf(t, who.Provider)).Find("#history"))
	for _, want := range []string{"22 November 2026", "Knee replacement", "£5,290", "£5,450", "Not offered any more"} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q: %s", want, words)
		}
	}
}
