package static

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Pairs of tokens as they meet on pages, with the least contrast each needs: 4.5 for text (WCAG 2.2
// 1.4.3), 3 for edges of controls and data (1.4.11).
var pairs = []struct {
	front, back string
	least       float64
}{
	{"ink", "white", 7}, {"ink", "paper", 7}, {"ink", "foot", 7}, {"ink", "paper2", 7}, {"ink", "pk50", 7}, {"ink", "pk100", 7}, {"ink", "mg100", 7},
	{"ink", "mg500", 4.5}, {"ink", "focus", 7}, {"ink2", "white", 7}, {"ink2", "paper", 7}, {"ink2", "foot", 7}, {"ink2", "pk50", 7}, {"ink2", "pk100", 4.5},
	{"link", "white", 7}, {"link", "paper", 4.5}, {"link", "pk50", 4.5}, {"link", "pk100", 4.5}, {"link", "foot", 4.5}, {"link", "mg100", 4.5},
	{"rani", "white", 4.5}, {"rani", "paper", 4.5}, {"rani", "pk50", 4.5},
	{"white", "pk700", 7}, {"white", "pk800", 7}, {"white", "pk900", 7}, {"pk100", "pk900", 7}, {"white", "mg800", 7}, {"mg500", "pk900", 4.5},
	{"pk800", "pk50", 7}, {"mg800", "mg100", 7}, {"mg800", "white", 7}, {"mg800", "paper", 7}, {"leaf", "leaf50", 7}, {"red", "white", 4.5}, {"red", "paper", 4.5}, {"red800", "red50", 7},
	{"edge", "white", 3}, {"edge", "paper", 3}, {"slate", "white", 3}, {"slate", "paper", 3}, {"line2", "white", 3}, {"mg700", "white", 3}, {"pk700", "white", 3}, {"pk700", "paper", 3},
}

func TestTokenPairsKeepTheirContrast(t *testing.T) {
	t.Parallel()
	sheet, err := os.ReadFile("src/base.css")
	if err != nil {
		t.Fatal(err)
	}
	tokens := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z0-9]+):(#[0-9a-f]{3,6})\b`).FindAllStringSubmatch(string(sheet), -1) {
		tokens[m[1]] = m[2]
	}
	for _, p := range pairs {
		front, back := tokens[p.front], tokens[p.back]
		if front == "" || back == "" {
			t.Errorf("no token %s or %s", p.front, p.back)
			continue
		}
		if got := contrast(front, back); got < p.least {
			t.Errorf("%s %s on %s %s: %.2f, needs %.1f", p.front, front, p.back, back, got, p.least)
		}
	}
}

func TestContrastAgreesWithKnownValues(t *testing.T) {
	t.Parallel()
	if got := contrast("#fff", "#000000"); math.Abs(got-21) > 0.001 {
		t.Fatalf("white on black is %.3f", got)
	}
	if got := contrast("#767676", "#ffffff"); math.Abs(got-4.54) > 0.01 {
		t.Fatalf("#767676 on white is %.3f", got)
	}
}

// contrast is the ratio of WCAG 2.2: (lighter + 0.05) / (darker + 0.05).
func contrast(a, b string) float64 {
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return math.Max(x, y) / math.Min(x, y)
}

func luminance(hex string) float64 {
	hex = strings.TrimPrefix(hex, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			panic(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
