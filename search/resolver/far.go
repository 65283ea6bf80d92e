package resolver

import "math"

// far is a distance from a place: tokens from to before to.
type far struct {
	km       float64
	from, to int
}

// kmPerMile by definition.
const kmPerMile = 1.609344

// farthest distance that is believed to be about hospitals around a place.
const farthest = 1000

func kmOf(unit string) float64 {
	switch unit {
	case "km", "kms", "kilometre", "kilometres", "kilometer", "kilometers", "kilometeres":
		return 1
	case "mile", "miles", "mi":
		return kmPerMile
	}
	return 0
}

// readFar finds "within 20 km of", "ten miles from" and marks its words; whether a place was named is seen later.
func readFar(s *scratch) {
	s.far = far{}
	for i := range s.toks {
		n, next, ok := plainNumber(s.toks, i)
		if !ok || next >= len(s.toks) || kmOf(s.toks[next].norm) == 0 {
			continue
		}
		km := n * kmOf(s.toks[next].norm)
		if km <= 0 || km > farthest {
			continue
		}
		s.far = far{km: math.Round(km), from: i, to: next + 1}
		if l, from := limitBefore(s.toks, i); l != none {
			s.far.from = from
		}
		for k := s.far.from; k < s.far.to; k++ {
			s.toks[k].used = true
		}
		return
	}
}

func plainNumber(toks []token, i int) (n float64, next int, ok bool) {
	if toks[i].used {
		return 0, i, false
	}
	if toks[i].kind == number {
		n, ok = numeric(toks[i].norm)
		return n, i + 1, ok
	}
	n, _, next = wordedNumber(toks, i)
	return n, next, next > i
}

// settleFar gives the distance to the one place named, or says that it was not used.
func settleFar(s *scratch, out *Resolution) {
	if s.far.km == 0 {
		return
	}
	if len(out.Places) == 0 {
		s.unknown(out, s.far.from, s.far.to)
		return
	}
	out.KM, out.Near = s.far.km, true
	for i := range s.toks {
		if s.toks[i].norm == "airport" && !s.toks[i].used {
			out.Airport, s.toks[i].used = true, true
		}
	}
}
