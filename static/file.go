package static

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// file is one embedded file; its compressed forms are made when first asked for.
type file struct {
	name, sum, address string
	body               []byte
	once               sync.Once
	br, gz             []byte // nil when the file does not shrink
}

var types = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".png": "image/png", ".jpg": "image/jpeg", ".woff2": "font/woff2",
}

// squeezed reports the kinds that compress; pictures and fonts are compressed already.
var squeezed = map[string]bool{".css": true, ".js": true, ".svg": true}

func (f *file) compress() {
	if !squeezed[path.Ext(f.name)] {
		return
	}
	var br, gz bytes.Buffer
	b := brotli.NewWriterLevel(&br, brotli.BestCompression)
	g, _ := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	for _, w := range []interface {
		Write([]byte) (int, error)
		Close() error
	}{b, g} {
		if _, err := w.Write(f.body); err != nil {
			return
		}
		if err := w.Close(); err != nil {
			return
		}
	}
	f.br, f.gz = br.Bytes(), gz.Bytes()
}

func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	f.once.Do(f.compress)
	h := w.Header()
	h.Set("Content-Type", types[path.Ext(f.name)])
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	body, etag := f.body, f.sum
	if f.gz != nil {
		h.Set("Vary", "Accept-Encoding")
		switch accepted := r.Header.Get("Accept-Encoding"); {
		case accepts(accepted, "br"):
			body, etag = f.br, f.sum+"-br"
			h.Set("Content-Encoding", "br")
		case accepts(accepted, "gzip"):
			body, etag = f.gz, f.sum+"-gz"
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("ETag", `"`+etag+`"`)
	if strings.Contains(r.Header.Get("If-None-Match"), `"`+f.sum) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(body) // a reader that went away is not an error here
}

// accepts reports whether an Accept-Encoding header allows coding (RFC 9110 §12.5.3).
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, q, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			weight := strings.ReplaceAll(q, " ", "")
			return weight != "q=0" && !strings.HasPrefix(weight, "q=0.0")
		}
	}
	return false
}
