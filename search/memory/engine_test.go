package memory_test

import (
	"testing"

	"carecorridor/internal/when"
	"carecorridor/search"
	"carecorridor/search/memory"
	"carecorridor/search/searchtest"
)

func open(*testing.T) search.Engine { return memory.New(search.Clock(when.System)) }

func TestMemoryKeepsTheContract(t *testing.T) { searchtest.Run(t, open) }
