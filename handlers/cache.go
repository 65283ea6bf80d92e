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

	"carecorridor/views/ui"
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

	head     heads // header values, made once: every answer shares them and nobody changes them
	once     sync.Once
	gzip, br packed
}

// heads are header values in the shape a header map holds.
type heads struct{ contentType, control, vary, robots, etag, length []string }

// packed is a body in one encoding.
type packed struct {
	body             []byte
	encoding, length []string
}

func pack(body []byte, encoding string) packed {
	p := packed{body: body, length: []string{strconv.Itoa(len(body))}}
	if encoding != "" {
		p.encoding = []string{encoding}
	}
	return p
}

var seed = maphash.MakeSeed()

// seal gives the answer its entity tag; call it once, when body is final.
func (a *answer) seal(version string) *answer {
	a.etag = `"` + strconv.FormatUint(maphash.Bytes(seed, a.body), 36) + "-" + version + `"`
	values := []string{a.contentType, a.control, a.vary, a.robots, a.etag, strconv.Itoa(len(a.body))}
	a.head = heads{values[0:1:1], values[1:2:2], values[2:3:3], values[3:4:4], values[4:5:5], values[5:6:6]}
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
		a.gzip, a.br = pack(g.Bytes(), "gzip"), pack(b.Bytes(), "br")
	})
}

// pages holds answers by address, fragment and catalogue version.
type pages struct {
	c     *otter.Cache[pageKey, *answer]
	cards *otter.Cache[cardKey, *ui.ResultCard]
}

type pageKey struct {
	path, query, version string
	fragment             bool
}

func newPages() *pages {
	return &pages{cards: newCards(), c: otter.Must(&otter.Options[pageKey, *answer]{
		MaximumWeight: cacheBytes,
		Weigher:       func(_ pageKey, a *answer) uint32 { return uint32(len(a.body)*2 + 512) },
	})}
}

// write sends a, compressed when the client takes it, or 304 when it already has it. first says that
// nobody asked for this page before: then a quick gzip is enough.
func (a *answer) write(w http.ResponseWriter, r *http.Request, first bool) error {
	h := w.Header()
	h["Content-Type"], h["Cache-Control"], h["Vary"], h["Etag"] = a.head.contentType, a.head.control, a.head.vary, a.head.etag
	if a.robots != "" {
		h["X-Robots-Tag"] = a.head.robots
	}
	if a.status == http.StatusOK && matches(r.Header.Get("If-None-Match"), a.etag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	p := a.encoded(r.Header.Get("Accept-Encoding"), first)
	if p.encoding != nil {
		h["Content-Encoding"] = p.encoding
	}
	h["Content-Length"] = p.length
	w.WriteHeader(a.status)
	if r.Method == http.MethodHead {
		return nil
	}
	_, err := w.Write(p.body)
	return err
}

// smallest is the size under which compression costs more than it saves.
const smallest = 1024

func (a *answer) encoded(accept string, first bool) packed {
	takesGzip := strings.Contains(accept, "gzip")
	if len(a.body) < smallest || !takesGzip && !strings.Contains(accept, "br") {
		return packed{body: a.body, length: a.head.length}
	}
	if first && takesGzip {
		return pack(quickGzip(a.body), "gzip")
	}
	a.pack()
	if strings.Contains(accept, "br") {
		return a.br
	}
	return a.gzip
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
