package directory

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Point is a place in degrees north and east.
type Point struct{ Lat, Lng float64 }

// The box around India, islands included, in degrees.
const (
	south, north = 6.0, 37.5
	west, east   = 68.0, 97.5
)

// ParsePoint reads "28.5415, 77.2832". A point outside the box around India is refused, and so is one
// whose numbers stand the wrong way round: guessing would put a hospital on the wrong spot.
func ParsePoint(s string) (Point, error) {
	s = strings.TrimSpace(s)
	if s == "" || s == "0" || strings.EqualFold(s, "na") {
		return Point{}, errors.New("no point")
	}
	a, b, ok := strings.Cut(s, ",")
	if !ok {
		return Point{}, fmt.Errorf("%q is not a point", short(s))
	}
	lat, err1 := strconv.ParseFloat(strings.TrimSpace(a), 64)
	lng, err2 := strconv.ParseFloat(strings.TrimSpace(b), 64)
	if err1 != nil || err2 != nil || math.IsNaN(lat) || math.IsNaN(lng) {
		return Point{}, fmt.Errorf("%q is not a point", short(s))
	}
	if !(lat >= south && lat <= north && lng >= west && lng <= east) {
		return Point{}, fmt.Errorf("%q is outside India", short(s))
	}
	return Point{lat, lng}, nil
}
