package handlers

import (
	"bytes"
	"compress/gzip"
	"hash/maphash"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/maypok86/otter/v2"
)

// cacheBytes is the most that rendered pages may take in memory, all encodings counted.
const cacheBytes = 48 << 20

// maxCachedKey keeps hostile long addresses out of the cache.
const maxCachedKey = 1024

// answer is a rendered public page: the same bytes for everybody.
type answer struct {
	status      int
	contentType string
	control     string // Cache-Control
	vary        string
	robots      string // X-Robots-Tag
	body        []byte
	etag        string

	once     sync.Once
	gzip, br []byte
}

var seed = maphash.MakeSeed()

// seal gives the answer its entity tag; call it once, when body is final.
func (a *answer) seal(version string) *answer {
	a.etag = `"` + strconv.FormatUint(maphash.Bytes(seed, a.body), 36) + "-" + version + `"`
	return a
}

// pack makes the compressed forms, once, on the first repeat: a page asked for once is not worth brotli.
func (a *answer) pack() {
	a.once.Do(func() {
		var g, b bytes.Buffer
		zw, _ := gzip.NewWriterLevel(&g, gzip.DefaultCompression)
		_, _ = zw.Write(a.body)
		_ = zw.Close()
		bw := brotli.NewWriterLevel(&b, 5)
		_, _ = bw.Write(a.body)
		_ = bw.Close()
		a.gzip, a.br = g.Bytes(), b.Bytes()
	})
}

// pages holds answers by address, fragment and catalogue version.
type pages struct {
	c *otter.Cache[pageKey, *answer]
}

type pageKey struct {
	path, query, version string
	fragment             bool
}

func newPages() *pages {
	return &pages{otter.Must(&otter.Options[pageKey, *answer]{
		MaximumWeight: cacheBytes,
		Weigher:       func(_ pageKey, a *answer) uint32 { return uint32(len(a.body)*2 + 512) },
	})}
}

// write sends a, compressed when the client takes it, or 304 when it already has it. first says that
// nobody asked for this page before: then a quick gzip is enough.
func (a *answer) write(w http.ResponseWriter, r *http.Request, first bool) error {
	h := w.Header()
	h["Content-Type"] = []string{a.contentType}
	h["Cache-Control"] = []string{a.control}
	h["Vary"] = []string{a.vary}
	h["Etag"] = []string{a.etag}
	if a.robots != "" {
		h.Set("X-Robots-Tag", a.robots)
	}
	if a.status == http.StatusOK && matches(r.Header.Get("If-None-Match"), a.etag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	body, encoding := a.encoded(r.Header.Get("Accept-Encoding"), first)
	if encoding != "" {
		h["Content-Encoding"] = []string{encoding}
	}
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(a.status)
	if r.Method == http.MethodHead {
		return nil
	}
	_, err := w.Write(body)
	return err
}

// smallest is the size under which compression costs more than it saves.
const smallest = 1024

func (a *answer) encoded(accept string, first bool) (body []byte, encoding string) {
	takesGzip := strings.Contains(accept, "gzip")
	if len(a.body) < smallest || !takesGzip && !strings.Contains(accept, "br") {
		return a.body, ""
	}
	if first && takesGzip {
		return quickGzip(a.body), "gzip"
	}
	a.pack()
	if strings.Contains(accept, "br") {
		return a.br, "br"
	}
	return a.gzip, "gzip"
}

var quick = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	return w
}}

func quickGzip(body []byte) []byte {
	buf := bytes.NewBuffer(make([]byte, 0, len(body)/3))
	w := quick.Get().(*gzip.Writer)
	defer quick.Put(w)
	w.Reset(buf)
	_, _ = w.Write(body)
	_ = w.Close()
	return buf.Bytes()
}

// matches reads If-None-Match: a list of tags, weak or strong, or *.
func matches(header, etag string) bool {
	if header == "" {
		return false
	}
	for tag := range strings.SplitSeq(header, ",") {
		if tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/"); tag == etag || tag == "*" {
			return true
		}
	}
	return false
}
