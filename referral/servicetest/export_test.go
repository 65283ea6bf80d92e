package servicetest

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"carecorridor/internal/fault"
	"carecorridor/referral"
	"carecorridor/referral/sample"
)

// unzip is every file of an archive.
func unzip(t *testing.T, content []byte) map[string][]byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	must(t, err)
	out := map[string][]byte{}
	for _, f := range r.File {
		in, err := f.Open()
		must(t, err)
		out[f.Name], err = io.ReadAll(in)
		must(t, err)
	}
	return out
}

func TestAPatientTakesEverythingAway(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Aftercare, 0)
		w.attach(w.patient(id), id, "mine")
		reference := w.look(w.patient(id), id).Reference
		var b bytes.Buffer
		must(w.t, w.Export(ctx, w.patient(id), id, &b))
		all := unzip(w.t, b.Bytes())
		if !bytes.HasPrefix(all["referral-"+reference+".pdf"], []byte("%PDF")) {
			w.t.Errorf("no PDF among %d files", len(all))
		}
		var bundle struct {
			ResourceType string
			Entry        []struct{ Resource map[string]any }
		}
		must(w.t, json.Unmarshal(all["referral-"+reference+".fhir.json"], &bundle))
		kinds := map[any]int{}
		for _, e := range bundle.Entry {
			kinds[e.Resource["resourceType"]]++
		}
		if bundle.ResourceType != "Bundle" || kinds["Patient"] != 1 || kinds["Flag"] != 1 || kinds["Consent"] == 0 || kinds["DocumentReference"] == 0 || kinds["AuditEvent"] == 0 || kinds["Task"] != 3 {
			w.t.Errorf("%v", kinds)
		}
		documents := 0
		for name, content := range all {
			if strings.HasPrefix(name, "documents/") && strings.HasSuffix(name, ".pdf") && bytes.HasSuffix(content, []byte("mine")) {
				documents++
			}
		}
		if documents != 1 || w.trail(id, "referral.export") != 1 {
			w.t.Errorf("%d documents, %d rows", documents, w.trail(id, "referral.export"))
		}
		wantKind(w.t, w.Export(ctx, sample.PatientOf("other", noon), id, io.Discard), fault.Missing)
		wantKind(w.t, w.Export(ctx, w.Hospitals[0].Desk, id, io.Discard), fault.Forbidden)
		wantKind(w.t, w.Export(ctx, w.Coordinator, id, io.Discard), fault.Forbidden)
	})
}

func TestAPracticeTakesThePapersAwayByItsLink(t *testing.T) {
	each(t, func(w *world) {
		id := w.at(referral.Aftercare, 0)
		const gp = "records@practice.example"
		if l, err := w.SetHandback(ctx, w.Coordinator, id, "gp", gp); err != nil || !l.OK() {
			w.t.Fatal(l, err)
		}
		w.deliver()
		practice, err := w.Receiver(ctx, w.linkIn(gp, referral.HandbackPath))
		must(w.t, err)
		var b bytes.Buffer
		must(w.t, w.Export(ctx, practice, id, &b))
		reference := w.look(practice, id).Reference
		all := unzip(w.t, b.Bytes())
		bundle := string(all["referral-"+reference+".fhir.json"])
		if !bytes.HasPrefix(all["referral-"+reference+".pdf"], []byte("%PDF")) || !strings.Contains(bundle, `"Flag"`) || !strings.Contains(bundle, "18842-5") || w.trail(id, "referral.export") != 1 {
			w.t.Errorf("%d files\n%.400s", len(all), bundle)
		}
		for _, more := range []string{`"AuditEvent"`, `"Consent"`, `"Task"`, "Opinions and quotes"} {
			if strings.Contains(bundle, more) {
				w.t.Errorf("the papers of a practice hold %s", more)
			}
		}
		other := practice
		other.Person = "other"
		wantKind(w.t, w.Export(ctx, other, id, io.Discard), fault.Missing)
	})
}
