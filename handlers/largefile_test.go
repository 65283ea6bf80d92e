package handlers_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"carecorridor/auth"
	"carecorridor/referral"
	"carecorridor/views/link"
)

// pdfOf is a document of a size in megabytes.
func pdfOf(mb int) []byte {
	return append(bytes.Clone(pdfFile), make([]byte, mb<<20-len(pdfFile))...)
}

// families are the places that take documents: each opens its page and returns what sends a file there.
var families = map[string]func(t *testing.T, s *site) func(name string, content []byte) *visitor{
	"enquiry": func(t *testing.T, s *site) func(string, []byte) *visitor {
		return visit(t, s).toConsent(sampleA).upload
	},
	"referrer": func(t *testing.T, s *site) func(string, []byte) *visitor {
		w := s.drafted(t, auth.Referrer)
		return func(name string, content []byte) *visitor { return w.sendsFile("imaging", name, content) }
	},
	"patient": func(t *testing.T, s *site) func(string, []byte) *visitor {
		w := s.walk(t)
		v := w.enter(w.to(referral.WithProviders))
		return func(name string, content []byte) *visitor { return v.sendDocument("imaging", name, content) }
	},
	"hospital": func(t *testing.T, s *site) func(string, []byte) *visitor {
		w := s.walk(t)
		at := "/portal/referrals/" + w.reference(w.to(referral.Treated))
		v := s.as(t, auth.ProviderClinician)
		return func(name string, content []byte) *visitor { return v.addsCopy(at+"/files", file{name, content}) }
	},
	"listing": func(t *testing.T, s *site) func(string, []byte) *visitor {
		v := s.as(t, auth.ProviderEditor).open("/portal/listing/accreditation/new")
		number, _ := v.field("/number")
		base := strings.TrimSuffix(number, "number")
		form := with(fieldsOf(v.doc.Find("main form")), number, "H-2027", base+"body", "NABH", base+"programme", "Hospital", base+"level", "full", base+"legal_entity", "Amaltas", base+"valid_to-day", "31", base+"valid_to-month", "12", base+"valid_to-year", "2028")
		return func(name string, content []byte) *visitor {
			return v.sendFile("/portal/listing/accreditation/new", form, name, content)
		}
	},
	"verifier": func(t *testing.T, s *site) func(string, []byte) *visitor {
		v, at := s.as(t, auth.Verifier), "/desk/checks/"+s.claimed(t)
		return func(name string, content []byte) *visitor { return v.sendFile(at+"/evidence", nil, name, content) }
	},
}

func TestADocumentOf24MBIsTakenEverywhereAndOneOf26IsRefusedByName(t *testing.T) {
	t.Parallel()
	for name, of := range families {
		t.Run(name, func(t *testing.T) {
			send := of(t, alone(t))
			if v := send("large.pdf", pdfOf(26)); v.status != http.StatusUnprocessableEntity && v.status != http.StatusRequestEntityTooLarge || !strings.Contains(v.words(), "25 MB") {
				t.Errorf("26 MB: status %d\n%.600s", v.status, v.words())
			}
			if v := send("fits.pdf", pdfOf(24)); v.status != http.StatusOK {
				t.Errorf("24 MB: status %d\n%.600s", v.status, v.words())
			}
		})
	}
}

// A server that gives up on slow readers early, and a reader who needs longer than that.
func TestADocumentReachesAReaderOnASlowLineWhole(t *testing.T) {
	t.Parallel()
	s := alone(t)
	w := s.walk(t)
	id := w.to(referral.WithProviders)
	v := w.enter(id).sendDocument("imaging", "scan.pdf", pdfOf(24))
	at := slices.IndexFunc(w.look(id).Files, func(f referral.FileView) bool { return f.Bytes == 24<<20 })
	if at < 0 {
		t.Fatalf("status %d\n%.600s", v.status, v.words())
	}
	hasty := httptest.NewUnstartedServer(s)
	hasty.Config.WriteTimeout = 300 * time.Millisecond
	hasty.Start()
	defer hasty.Close()
	answer, err := v.client.Get(hasty.URL + link.CareFile(w.look(id).Files[at].ID))
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer, err)
	}
	defer answer.Body.Close()
	time.Sleep(time.Second)
	if n, err := io.Copy(io.Discard, answer.Body); err != nil || n != 24<<20 {
		t.Errorf("%d bytes, %v", n, err)
	}
}
