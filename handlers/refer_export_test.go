package handlers_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"carecorridor/auth"
	"carecorridor/models"
	"carecorridor/referral"
)

// zipped are the files of a copy, by name.
func (w writing) zipped() map[string][]byte {
	w.t.Helper()
	answer, err := w.client.PostForm(w.base+w.on("export"), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || answer.Header.Get("Cache-Control") != "no-store" || strings.Contains(answer.Header.Get("Content-Disposition"), "ample") {
		w.t.Fatalf("%v, status %d, %v", err, answer.StatusCode, answer.Header)
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		w.t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err == nil {
			out[f.Name], err = io.ReadAll(r)
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
	return out
}

func TestAReferrerTakesACopyAlongWithTheAlertInIt(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w, _ := s.brought(t, referral.Aftercare)
	w = w.as(t)
	w.open(w.on("timeline")).follow("Take a copy along").says("It holds health information in clear", "the patient can see it")
	files := w.zipped()
	if !bytes.HasPrefix(files["referral-"+w.reference+".pdf"], []byte("%PDF-")) {
		t.Error("no summary to read")
	}
	var bundle struct {
		ResourceType string `json:"resourceType"`
		Entry        []struct {
			Resource struct {
				ResourceType string `json:"resourceType"`
			} `json:"resource"`
		} `json:"entry"`
	}
	if err := json.Unmarshal(files["referral-"+w.reference+".fhir.json"], &bundle); err != nil || bundle.ResourceType != "Bundle" {
		t.Fatalf("%v, %q", err, bundle.ResourceType)
	}
	var kinds []string
	for _, e := range bundle.Entry {
		kinds = append(kinds, e.Resource.ResourceType)
	}
	for _, want := range []string{"ServiceRequest", "Patient", "Flag", "Consent", "Task"} {
		if !slices.Contains(kinds, want) {
			t.Errorf("no %s among %v", want, kinds)
		}
	}
	rows, err := s.store.AuditRowsOf(t.Context(), models.AuditFilter{Action: "referral.export"}, 0, 10)
	if err != nil || len(rows) != 1 || rows[0].OnID != w.looks().ID {
		t.Errorf("%d rows say that a copy was taken, %v", len(rows), err)
	}
}

func TestNobodyElseTakesACopyAlong(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.drafted(t, auth.Referrer)
	if v := s.asOther(t, auth.Referrer).post(w.on("export"), nil); v.status != http.StatusNotFound {
		t.Errorf("another practice: %d", v.status)
	}
	for _, role := range []auth.Role{auth.ReferrerAdmin, auth.ProviderClinician, auth.Coordinator} {
		if v := s.as(t, role).post(w.on("export"), nil); v.status != http.StatusForbidden && v.status != http.StatusNotFound {
			t.Errorf("%s: %d", role, v.status)
		}
	}
	if v := s.as(t, auth.ReferrerAdmin).open(w.on("timeline")); strings.Contains(v.words(), "Take a copy along") {
		t.Error("an administrator is offered what is refused")
	}
}
