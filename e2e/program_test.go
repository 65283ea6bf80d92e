//go:build e2e

package e2e

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// startTime is how long a program may take to print its address; the first start loads the whole catalogue.
const startTime = 3 * time.Minute

// site and stories are started once, by the first test that asks, and stopped by TestMain.
var (
	site = sync.OnceValues(func() (url string, err error) {
		url, siteDir, err = start("corridor", "serve", "--demo", "--no-rate-limit")
		return url, err
	})
	stories = sync.OnceValues(func() (string, error) {
		url, _, err := start("stories", "-addr", "127.0.0.1:0")
		return url, err
	})
)

// siteDir holds the site's program and, in var, its data.
var siteDir string

var (
	stopping sync.Mutex
	stops    []func()
	printed  []func() string
)

// later keeps what TestMain does at the end.
func later(f func()) {
	stopping.Lock()
	defer stopping.Unlock()
	stops = append(stops, f)
}

func TestMain(m *testing.M) {
	code := m.Run()
	if code != 0 {
		for _, tail := range printed {
			fmt.Print(tail())
		}
	}
	for i := len(stops) - 1; i >= 0; i-- {
		stops[i]()
	}
	os.Exit(code)
}

// siteURL is the address of the served demonstration, without a slash at the end.
func siteURL(t *testing.T) string {
	t.Helper()
	url, err := site()
	if err != nil {
		t.Fatal(err)
	}
	return url
}

// start builds cmd/name, runs it on a free port in a folder of its own, and waits for the address it prints.
func start(name string, args ...string) (url, dir string, err error) {
	if dir, err = os.MkdirTemp("", "corridor-e2e"); err != nil {
		return "", "", err
	}
	later(func() { os.RemoveAll(dir) })
	binary := filepath.Join(dir, name)
	build := exec.Command("go", "build", "-o", binary, "../cmd/"+name)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", "", fmt.Errorf("build cmd/%s: %w\n%s", name, err, out)
	}
	cmd := exec.Command(binary, args...)
	cmd.Dir = dir
	cmd.Env = append(unconfigured(), "CORRIDOR_ADDR=127.0.0.1:0", "CORRIDOR_VAR="+filepath.Join(dir, "var"))
	url, stop, err := run(name, cmd)
	later(stop)
	return url, dir, err
}

// run starts a program and waits for the address it prints; stop ends it.
func run(name string, cmd *exec.Cmd) (url string, stop func(), err error) {
	read, write := io.Pipe()
	cmd.Stdout, cmd.Stderr = write, write
	if err := cmd.Start(); err != nil {
		return "", func() {}, err
	}
	ended := make(chan struct{})
	go func() {
		err := cmd.Wait()
		fmt.Fprintf(write, "%s ended: %v\n", name, err)
		write.Close()
		close(ended)
	}()
	stop = func() {
		_ = cmd.Process.Signal(os.Interrupt) // it may have ended already
		kill := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
		<-ended
		kill.Stop()
	}
	url, err = address(name, read)
	return url, stop, err
}

// unconfigured is the environment without settings of the product that somebody has for work of their own.
func unconfigured() []string {
	return slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "CORRIDOR_") })
}

// output is what one program has printed; the end of it is shown when a test failed.
type output struct {
	mu    sync.Mutex
	lines []string
}

func (o *output) add(line string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.lines = append(o.lines, line)
}

// tail is the last lines, each cut to a readable length.
func (o *output) tail() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	var b strings.Builder
	for _, l := range o.lines[max(0, len(o.lines)-tailLines):] {
		fmt.Fprintf(&b, "  %.600s\n", l)
	}
	return b.String()
}

// tailLines is how much of a program's output helps to understand a failure.
const tailLines = 25

// address reads lines until one says where the program listens, then goes on reading so that it never blocks.
func address(name string, out io.Reader) (string, error) {
	found, said := make(chan string, 1), &output{}
	stopping.Lock()
	printed = append(printed, func() string { return name + " printed:\n" + said.tail() })
	stopping.Unlock()
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			said.add(lines.Text())
			if _, url, ok := strings.Cut(lines.Text(), "listening on "); ok {
				found <- strings.TrimRight(strings.Fields(url)[0], `/"`)
			}
		}
		close(found)
	}()
	select {
	case url, ok := <-found:
		if ok {
			return url, nil
		}
		return "", fmt.Errorf("%s ended before it printed an address", name)
	case <-time.After(startTime):
		return "", fmt.Errorf("%s printed no address in %v", name, startTime)
	}
}
