package listing_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
	"testing"

	"carecorridor/catalogue/listing"
	"carecorridor/internal/fault"
)

// file uploads a certificate for hospital a.
func (w *world) file() string {
	w.t.Helper()
	u, problems, err := w.AddFile(w.t.Context(), w.asha(), w.a, listing.ForCertificate, strings.NewReader(pdf))
	if err != nil || !problems.OK() {
		w.t.Fatal(problems, err)
	}
	return u.ID
}

func picture(t *testing.T) io.Reader {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 1000, 700))
	for x := range 1000 {
		img.Set(x, x%700, color.RGBA{uint8(x), 9, 9, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return &b
}

func TestAPhotoIsPublicOnceItIsApproved(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		u, problems, err := w.AddFile(t.Context(), w.asha(), w.a, listing.ForPhoto, picture(t))
		if err != nil || !problems.OK() || u.Media != "image/jpeg" {
			t.Fatal(u, problems, err)
		}
		at := "photo/ph-1/"
		w.set(w.asha(), at+"file", u.ID)
		if _, problems, _ := w.Send(t.Context(), w.asha(), w.a, nil); problems.On(at+"alt") == "" {
			t.Error("a photo without words was sent")
		}
		w.set(w.asha(), at+"alt", "The front door")
		w.send(w.asha())
		if _, err := w.Photo(t.Context(), u.ID, 800); !fault.Is(err, fault.Missing) {
			t.Errorf("public before its check: %v", err)
		}
		w.approve(vera)
		for _, width := range listing.PhotoWidths {
			if jpeg, err := w.Photo(t.Context(), u.ID, width); err != nil || !bytes.HasPrefix(jpeg, []byte("\xff\xd8")) {
				t.Errorf("%d: %v", width, err)
			}
		}
		w.set(w.asha(), at+"alt", "The front door by day")
		if sent := w.send(w.asha()); len(sent.Live) != 1 || w.live(w.a).Photos[0].Alt != "The front door by day" {
			t.Errorf("%+v", sent)
		}
	})
}

func TestBadFilesAreRefusedInWords(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		for purpose, content := range map[string]string{listing.ForPhoto: `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, listing.ForCertificate: "MZ\x90\x00"} {
			if _, problems, err := w.AddFile(t.Context(), w.asha(), w.a, purpose, strings.NewReader(content)); err != nil || problems.On("file") == "" {
				t.Errorf("%s: %v, %v", purpose, problems, err)
			}
		}
		_, _, err := w.AddFile(t.Context(), w.chitra(), w.a, listing.ForCertificate, strings.NewReader(pdf))
		wantKind(t, err, fault.Missing)
	})
}

func TestAFileThatNobodyScannedOpensForItsOwnersOnly(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		id := w.file()
		if content, media, err := w.File(t.Context(), w.bala(), id); err != nil || string(content) != pdf || media != "application/pdf" {
			t.Error(media, err)
		}
		_, _, err := w.File(t.Context(), vera, id)
		wantKind(t, err, fault.Forbidden)
		_, _, err = w.File(t.Context(), w.chitra(), id)
		wantKind(t, err, fault.Missing)
	})
}

func TestAnExportHoldsEverythingOfTheHospital(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		id := w.file()
		w.set(w.asha(), "about/note", "=HYPERLINK(1)")
		w.send(w.asha())
		var b bytes.Buffer
		if err := w.Export(t.Context(), w.bala(), w.a, &b); err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			content, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			got[f.Name] = string(content)
		}
		for name, want := range map[string]string{"listing.json": `"Hospital marina"`, "listing.csv": "'=HYPERLINK", "packages.csv": "Knee, one side", "history.csv": "Listing added",
			"activity.csv": "2026-11", "files/certificate-" + id + ".pdf": pdf} {
			if !strings.Contains(got[name], want) {
				t.Errorf("%s: %.200q", name, got[name])
			}
		}
		if strings.Contains(got["listing.json"], "Hospital lotus") {
			t.Error("another hospital's")
		}
	})
}
