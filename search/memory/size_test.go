package memory_test

import (
	"runtime"
	"testing"

	"carecorridor/search"
)

// Thirty thousand hospitals with ten packages each must leave room for everything else in 400 MB.
func TestThirtyThousandHospitalsFitInMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	e, _ := filled(t, 30000)
	runtime.GC()
	runtime.ReadMemStats(&after)
	mb := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) >> 20
	if t.Logf("%d MB", mb); mb > 150 {
		t.Errorf("the engine holds %d MB", mb)
	}
	runtime.KeepAlive(e)
}

// A search may allocate no more than performance.md P10 allows.
func TestASearchAllocatesLittle(t *testing.T) {
	e, w := filled(t, 3000)
	for _, m := range w.Mixes() {
		i := 0
		n := testing.AllocsPerRun(len(m.Queries), func() {
			if _, err := e.Search(t.Context(), m.Queries[i%len(m.Queries)]); err != nil {
				t.Error(err)
			}
			i++
		})
		if n > 300 {
			t.Errorf("%s: %v allocations", m.Name, n)
		}
	}
}

var _ search.Engine = (*search.Failover)(nil)
