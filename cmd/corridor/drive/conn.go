package drive

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"strconv"
	"time"
)

// Conn is one kept connection.
type Conn struct {
	net  net.Conn
	in   *bufio.Reader
	Keep bool // answers keep their bodies
}

// Answer is what was read of a response.
type Answer struct {
	Status int
	Bytes  int    // of the body
	Body   []byte // only with Keep
	ETag   string
}

// answerTime bounds one answer.
const answerTime = 30 * time.Second

// Dial connects.
func Dial(ctx context.Context, addr string) (*Conn, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	return &Conn{net: c, in: bufio.NewReaderSize(c, 64<<10)}, nil
}

// Close ends the connection.
func (c *Conn) Close() { _ = c.net.Close() }

// Do sends a request and reads its answer.
func (c *Conn) Do(request []byte) (Answer, error) {
	var a Answer
	if err := c.net.SetDeadline(time.Now().Add(answerTime)); err != nil {
		return a, err
	}
	if _, err := c.net.Write(request); err != nil {
		return a, fmt.Errorf("send: %w", err)
	}
	length, err := c.head(&a)
	if err != nil {
		return a, fmt.Errorf("answer: %w", err)
	}
	var body io.Reader = io.LimitReader(c.in, int64(max(length, 0)))
	if length < 0 {
		body = httputil.NewChunkedReader(c.in)
	}
	if c.Keep {
		a.Body, err = io.ReadAll(body)
		a.Bytes = len(a.Body)
	} else if length >= 0 {
		a.Bytes, err = c.in.Discard(length)
	} else {
		var n int64
		n, err = io.Copy(io.Discard, body)
		a.Bytes = int(n)
	}
	if err == nil && length < 0 {
		_, err = c.in.ReadSlice('\n') // the line after the last chunk
	}
	return a, err
}

var (
	lengthKey  = []byte("content-length:")
	chunkedKey = []byte("transfer-encoding:")
	etagKey    = []byte("etag:")
)

// head reads the status and the headers. length is -1 for chunks.
func (c *Conn) head(a *Answer) (length int, err error) {
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < 12 {
		return 0, fmt.Errorf("status line %q", line)
	}
	if a.Status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, fmt.Errorf("status line %q", line)
	}
	for {
		if line, err = c.in.ReadSlice('\n'); err != nil {
			return 0, err
		}
		if line = bytes.TrimSpace(line); len(line) == 0 {
			return length, nil
		}
		switch {
		case begins(line, lengthKey):
			length, err = strconv.Atoi(string(bytes.TrimSpace(line[len(lengthKey):])))
		case begins(line, chunkedKey):
			length = -1
		case c.Keep && begins(line, etagKey):
			a.ETag = string(bytes.TrimSpace(line[len(etagKey):]))
		}
		if err != nil {
			return 0, err
		}
	}
}

func begins(line, key []byte) bool {
	return len(line) > len(key) && bytes.EqualFold(line[:len(key)], key)
}

// Get is the bytes of a GET request on a kept connection; header is pairs of name and value.
func Get(host, path string, header ...string) []byte {
	b := []byte("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n")
	for i := 0; i+1 < len(header); i += 2 {
		b = append(b, header[i]+": "+header[i+1]+"\r\n"...)
	}
	return append(b, "\r\n"...)
}

// Post is the bytes of a POST request with a JSON body.
func Post(host, path string, body []byte, header ...string) []byte {
	b := []byte("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n")
	for i := 0; i+1 < len(header); i += 2 {
		b = append(b, header[i]+": "+header[i+1]+"\r\n"...)
	}
	return append(append(b, "\r\n"...), body...)
}
