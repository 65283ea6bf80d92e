package listing_test

import (
	"testing"

	"carecorridor/catalogue/listing"
	"carecorridor/internal/fault"
)

func TestAFileOfAnotherHospitalIsNeverPutIntoADraft(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		theirs, problems, err := w.AddFile(t.Context(), w.chitra(), w.b, listing.ForPhoto, picture(t))
		if err != nil || !problems.OK() {
			t.Fatalf("%v, %v", problems, err)
		}
		mine, _, err := w.AddFile(t.Context(), w.asha(), w.a, listing.ForPhoto, picture(t))
		if err != nil {
			t.Fatal(err)
		}
		at := listing.PathOf("photo", listing.NewKey(), "file")
		for _, id := range []string{theirs.ID, "no-such-file"} {
			if saved := w.try(w.asha(), string(at), id); saved.Problems.On(string(at)) == "" || len(saved.Kept) > 0 {
				t.Errorf("%s was kept: %+v", id, saved)
			}
		}
		certificate := listing.PathOf("certificate", listing.NewKey(), "file")
		if saved := w.try(w.asha(), string(certificate), mine.ID); saved.Problems.OK() {
			t.Error("a photo was taken for a certificate")
		}
		w.set(w.asha(), string(at), mine.ID)
		if _, err := w.OwnPhoto(t.Context(), w.asha(), mine.ID, listing.PhotoWidths[0]); err != nil {
			t.Error(err)
		}
		_, err = w.OwnPhoto(t.Context(), w.chitra(), mine.ID, listing.PhotoWidths[0])
		wantKind(t, err, fault.Missing)
	})
}

func TestAHospitalSeesWhereItsCertificatesStand(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		list, err := w.Certificates(t.Context(), w.asha(), w.a)
		if err != nil || len(list) != 1 {
			t.Fatalf("%d certificates, %v", len(list), err)
		}
		if c := list[0]; !c.Running || c.Says != "Known from the register's copy" || c.ValidTo != day("2026-12-31") {
			t.Errorf("%+v", c)
		}
		if got := w.draft(w.asha()).Title(listing.PathOf("certificate", list[0].Key, "number")); got != "NABH certificate H-marina" {
			t.Errorf("it is called %q", got)
		}
		_, err = w.Certificates(t.Context(), w.chitra(), w.a)
		wantKind(t, err, fault.Missing)
		w.clock.move(60)
		if list, err = w.Certificates(t.Context(), w.asha(), w.a); err != nil || list[0].Running {
			t.Errorf("a certificate that ended runs: %v", err)
		}
	})
}
