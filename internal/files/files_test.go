package files_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"carecorridor/internal/files"
	"carecorridor/internal/seal"
)

// Smallest beginnings of each kind.
var samples = map[string][]byte{
	"application/pdf":   []byte("%PDF-1.7\n1 0 obj\n"),
	"image/jpeg":        []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"),
	"image/png":         []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
	"image/tiff":        []byte("II*\x00\x08\x00\x00\x00"),
	"image/heic":        []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
	"application/dicom": append(make([]byte, 128), "DICM\x02\x00\x00\x00UL"...),
}

func box(t testing.TB) *seal.Box {
	t.Helper()
	b, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAFileIsKnownByItsContent(t *testing.T) {
	t.Parallel()
	if len(samples) != len(files.Kinds) {
		t.Fatalf("%d samples for %d kinds", len(samples), len(files.Kinds))
	}
	for want, content := range samples {
		if _, kind, err := files.Read(bytes.NewReader(content)); err != nil || kind.Media != want {
			t.Errorf("%s is taken for %q, %v", want, kind.Media, err)
		}
	}
	for name, content := range map[string]string{"program": "MZ\x90\x00\x03", "page": "<!doctype html><script>", "script": "#!/bin/sh\n", "zip or Office": "PK\x03\x04\x14\x00",
		"drawing": `<svg xmlns="http://www.w3.org/2000/svg">`, "words": "knee", "ELF": "\x7fELF\x02\x01"} {
		if _, kind, err := files.Read(strings.NewReader(content)); !errors.Is(err, files.ErrKind) {
			t.Errorf("%s is taken as %q, %v", name, kind.Media, err)
		}
	}
}

func TestSizeIsLimited(t *testing.T) {
	t.Parallel()
	most := append([]byte("%PDF-1.7\n"), make([]byte, files.MaxBytes-9)...)
	if content, _, err := files.Read(bytes.NewReader(most)); err != nil || len(content) != files.MaxBytes {
		t.Errorf("25 MB: %d, %v", len(content), err)
	}
	if _, _, err := files.Read(bytes.NewReader(append(most, 0))); !errors.Is(err, files.ErrTooBig) {
		t.Error(err)
	}
	if _, _, err := files.Read(strings.NewReader("")); !errors.Is(err, files.ErrEmpty) {
		t.Error(err)
	}
}

func TestBothBucketsKeepAndForget(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "files")
	b := box(t)
	folder, err := files.Folder(dir, b)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]*files.Store{"folder": folder, "memory": files.Memory(b)} {
		t.Run(name, func(t *testing.T) {
			defer s.Close()
			ctx := context.Background()
			if err := s.Put(ctx, "0192", samples["application/pdf"]); err != nil {
				t.Fatal(err)
			}
			if got, err := s.Get(ctx, "0192"); err != nil || !bytes.Equal(got, samples["application/pdf"]) {
				t.Errorf("%q, %v", got, err)
			}
			if err := errors.Join(s.Delete(ctx, "0192"), s.Delete(ctx, "0192")); err != nil {
				t.Error(err)
			}
			if _, err := s.Get(ctx, "0192"); !errors.Is(err, files.ErrMissing) {
				t.Error(err)
			}
		})
	}
}

func TestNothingInTheFolderIsReadable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, err := files.Folder(dir, box(t))
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if err := errors.Join(s.Put(ctx, "a", []byte("%PDF knee of Mrs Sharma")), s.Put(ctx, "b", []byte("%PDF other"))); err != nil {
		t.Fatal(err)
	}
	names, _ := os.ReadDir(dir)
	if len(names) != 2 {
		t.Errorf("%d files", len(names))
	}
	content, err := os.ReadFile(filepath.Join(dir, "a"))
	if err != nil || bytes.Contains(content, []byte("Sharma")) || bytes.Contains(content, []byte("PDF")) {
		t.Errorf("%q, %v", content, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "b"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(ctx, "b"); !errors.Is(err, seal.ErrClosed) {
		t.Errorf("a content under another name: %v", err)
	}
}

func TestANameIsForDisplayOnly(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"scan.pdf": "scan.pdf", `C:\Users\me\knee scan.pdf`: "knee scan.pdf", "../../etc/passwd": "passwd", "": "document", "..": "document",
		"a\x00b\n.pdf": "ab.pdf", "घुटना.pdf": "घुटना.pdf", "evil\u202efdp.exe": "evilfdp.exe", "\xff": "document", "/": "document"} {
		if got := files.DisplayName(name); got != want {
			t.Errorf("%q is shown as %q, want %q", name, got, want)
		}
	}
	if got := files.DisplayName(strings.Repeat("x", 300) + ".pdf"); len([]rune(got)) != 100 || !strings.HasSuffix(got, ".pdf") {
		t.Error(got)
	}
}

func FuzzDisplayName(f *testing.F) {
	f.Add("../a\x00.pdf")
	f.Fuzz(func(t *testing.T, name string) {
		got := files.DisplayName(name)
		if got == "" || strings.ContainsAny(got, "/\\\n\x00") || len([]rune(got)) > 100 {
			t.Errorf("%q is shown as %q", name, got)
		}
	})
}
