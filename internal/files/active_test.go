package files_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"testing"

	"carecorridor/internal/files"
)

func word(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range append([]string{"[Content_Types].xml", "_rels/.rels", "word/document.xml"}, parts...) {
		w, err := z.Create(name)
		if err == nil {
			_, err = fmt.Fprintf(w, "<part>%s</part>", name)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pdf(objects string) []byte {
	return []byte("%PDF-1.7\n" + objects + "\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n")
}

func packed(t *testing.T, kind, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("3 0 obj\n<< /Type %s /Filter /FlateDecode /Length %d >>\nstream\r\n%s\nendstream\nendobj\n", kind, b.Len(), b.String())
}

func TestADocumentThatCarriesAProgramIsNotTaken(t *testing.T) {
	t.Parallel()
	script := "<< /S /JavaScript /JS (app.alert(1)) >>"
	for name, content := range map[string][]byte{
		"script at opening": pdf("1 0 obj\n<< /Type /Catalog /OpenAction " + script + " >>\nendobj"),
		"written in codes":  pdf("1 0 obj\n<< /S /J#61vaScript /J#53(x) >>\nendobj"),
		"started program":   pdf("1 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj"),
		"file inside":       pdf("1 0 obj\n<< /Names << /EmbeddedFiles 4 0 R >> >>\nendobj"),
		"in packed objects": pdf("1 0 obj\n<<>>\nendobj\n" + packed(t, "/ObjStm", "5 0 "+script)),
		"after a stream":    pdf("1 0 obj\n<< /Length 4 >>\nstream\nabcd\nendstream\nendobj\n2 0 obj\n" + script + "\nendobj"),
		"macro":             word(t, "word/vbaProject.bin"),
		"object":            word(t, "word/embeddings/oleObject1.bin"),
		"broken zip":        word(t)[:len(word(t))-30],
	} {
		if _, kind, err := files.ReadOf(bytes.NewReader(content), files.Documents); !errors.Is(err, files.ErrActive) {
			t.Errorf("%s: %v %v", name, kind.Media, err)
		}
	}
	for name, content := range map[string][]byte{
		"plain letter":             pdf("1 0 obj\n<< /Type /Catalog /OpenAction [3 0 R /Fit] /Title (About /JavaScripture) >>\nendobj"),
		"name by chance in a scan": pdf("1 0 obj\n<< /Length 12 >>\nstream\n\x01/JS (\x02/Launch \nendstream\nendobj"),
		"picture packed":           pdf(packed(t, "/XObject", "/JavaScript (in pixels)")),
		"plain objects packed":     pdf(packed(t, "/ObjStm", "5 0 << /Type /Page >>")),
		"plain Word":               word(t, "word/media/image1.png", "docProps/app.xml"),
	} {
		if got, kind, err := files.ReadOf(bytes.NewReader(content), files.Documents); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%s: %v %v", name, kind.Media, err)
		}
	}
}

func TestAPictureIsKeptWithoutItsPlace(t *testing.T) {
	t.Parallel()
	taken := []byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM\x00*GPS!\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9")
	got, kind, err := files.Read(bytes.NewReader(taken))
	if err != nil || kind.Media != "image/jpeg" || bytes.Contains(got, []byte("GPS!")) || !bytes.Contains(got, []byte("JFIF")) {
		t.Errorf("%v %v %q", kind.Media, err, got)
	}
}
