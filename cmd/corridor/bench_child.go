package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"

	"carecorridor/cmd/corridor/drive"
	"carecorridor/views/link"
)

// child is a server of our own that is being measured.
type child struct {
	served
	etag string // of the cached page
	cmd  *exec.Cmd
	in   io.Closer
	once sync.Once
}

func start(ctx context.Context, args ...string) (*child, error) { return startWith(ctx, nil, args...) }

// startWith starts this program again, gives it input and waits until it listens.
func startWith(ctx context.Context, input []byte, args ...string) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, append([]string{"--log-level=error"}, args...)...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	c := &child{cmd: cmd, in: in}
	if _, err = in.Write(input); err == nil {
		var line []byte
		if line, err = bufio.NewReader(out).ReadBytes('\n'); err == nil {
			err = json.Unmarshal(line, &c.served)
		}
	}
	if err != nil {
		c.stop()
		return nil, fmt.Errorf("start %s: %w", strings.Join(args[max(0, len(args)-2):], " "), err)
	}
	return c, nil
}

// stop ends the child and waits for it.
func (c *child) stop() {
	c.once.Do(func() {
		_ = c.in.Close() // it ends with its input
		_ = c.cmd.Wait() // how it ended does not matter any more
	})
}

func (c *child) pid() int { return c.cmd.Process.Pid }

// get asks once and keeps the body.
func (c *child) get(path string) (drive.Answer, error) {
	conn, err := drive.Dial(context.Background(), c.Addr)
	if err != nil {
		return drive.Answer{}, err
	}
	defer conn.Close()
	conn.Keep = true
	a, err := conn.Do(drive.Get(c.Addr, path))
	if err == nil && a.Status != 200 {
		err = errors.New(path + ": status " + fmt.Sprint(a.Status))
	}
	return a, err
}

// apiAnswer is what is compared of an answer of the read API.
type apiAnswer struct {
	Total     int
	Fallback  bool
	Hospitals []struct{ Slug string }
}

func (a apiAnswer) slugs() string {
	var b strings.Builder
	for _, h := range a.Hospitals {
		b.WriteString(h.Slug + " ")
	}
	return b.String()
}

func (c *child) answer(v url.Values) (out apiAnswer, err error) {
	a, err := c.get(link.APISearch + "?" + v.Encode())
	if err == nil {
		err = json.Unmarshal(a.Body, &out)
	}
	return out, err
}
