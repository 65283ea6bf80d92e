package handlers_test

import (
	"bytes"
	"net/http"
	"testing"

	"carecorridor/auth"
	"carecorridor/referral"
)

func TestADocumentOfAHospitalThatIsTooLargeIsRefusedByNameAtItsField(t *testing.T) {
	t.Parallel()
	w := alone(t).walk(t)
	id := w.to(referral.Treated)
	at := "/portal/referrals/" + w.reference(id)
	v := w.s.as(t, auth.ProviderClinician).open(at + "/discharge/copies")
	large := append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("x"), 26<<20)...)
	for _, name := range []string{"scan.pdf", "operation.pdf"} {
		v.addsCopy(at+"/files", file{name, large})
		if v.status != http.StatusUnprocessableEntity {
			t.Fatalf("%s: status %d", name, v.status)
		}
		v.refused("file").says(name + " is larger than 25 MB")
	}
	v.addsCopy(at+"/files", file{"note.exe", []byte("MZ not a document")}).refused("file").says("note.exe is not a PDF")
	v.addsCopy(at+"/files", file{"", nil}).refused("file").says("Choose a document")
	v.addsCopy(at+"/files", file{"operation.pdf", append(large[:24<<20:24<<20], "\n%%EOF\n"...)}).says("operation.pdf")
}
