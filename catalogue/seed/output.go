package seed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// encode writes records as JSON lines, keys in the order of the struct, so that the same data make
// the same bytes.
func encode[T any](records []T) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for _, r := range records {
		if err := e.Encode(r); err != nil {
			return nil, fmt.Errorf("record %v: %w", r, err)
		}
	}
	return b.Bytes(), nil
}

// output is compiled files by name, not yet on disk.
type output map[string][]byte

func put[T any](out output, file string, records []T) error {
	text, err := encode(records)
	out[file] = text
	return err
}

// write replaces each file in dir in one step, so a reader never sees half of one.
func (o output) write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("seed directory: %w", err)
	}
	for name, text := range o {
		if err := replace(filepath.Join(dir, name), text); err != nil {
			return fmt.Errorf("seed file %s: %w", name, err)
		}
	}
	return nil
}

func replace(path string, text []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, text) {
		return nil
	}
	temp := path + ".new"
	if err := os.WriteFile(temp, text, 0o644); err != nil {
		return err
	}
	return os.Rename(temp, path)
}
