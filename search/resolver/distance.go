package resolver

// distance is the restricted Damerau-Levenshtein distance of a and b (a swap of neighbours is one slip), or limit when
// it is at least that.
func distance(a, b string, limit int) int {
	var s scratch
	return s.distance(a, b, limit)
}

func (s *scratch) distance(a, b string, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	n := len(b) + 1
	if len(s.table) < 3*n {
		s.table = make([]uint16, 3*max(n, 32))
	}
	before, last, row := s.table[:n], s.table[n:2*n], s.table[2*n:3*n]
	for j := range last {
		last[j] = uint16(j)
	}
	for i := 1; i <= len(a); i++ {
		row[0] = uint16(i)
		least := row[0]
		for j := 1; j < n; j++ {
			d := last[j-1]
			if a[i-1] != b[j-1] {
				d++
			}
			d = min(d, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if int(least) >= limit {
			return limit
		}
		before, last, row = last, row, before
	}
	return min(int(last[n-1]), limit)
}
