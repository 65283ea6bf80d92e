package seed

import (
	"os"
	"path/filepath"

	"carecorridor/catalogue/seed/gazetteer"
)

// compiler carries one run of Compile.
type compiler struct {
	dir           string
	src           *registry
	out           output
	report        Report
	specialties   *specialtyIndex
	procedures    *procedureIndex
	airports      []airportRec
	towns         *towns
	jci           map[string][]certificateRec
	curated       []providerRec
	curatedPlaces []gazetteer.Place
	registers     []registerRow
	synonyms      []synonymIn
	slugs         map[string]bool
}

// Compile turns the data files of dir (their READMEs say what they are) into the seed files of outDir.
// It is repeatable: the same data give the same bytes. Nothing is written unless everything compiled
// and the result reads back without a fault. samples.jsonl in outDir is left as it is.
func Compile(dir, outDir string) (Report, error) {
	c := &compiler{dir: dir, src: newRegistry(), out: output{}, jci: map[string][]certificateRec{}, slugs: map[string]bool{}}
	for _, step := range []func() error{
		c.readSynonyms, c.compileSpecialties, c.compileProcedures, c.compileAirports, c.compileRoutes,
		c.compilePrices, c.compileWaits, c.compileTrip, c.compileRates,
		c.readPoints, c.readJCI, c.readCurated, c.readRegisters, c.compileProviders, c.compilePlaces, c.compileAliases,
	} {
		if err := step(); err != nil {
			return Report{}, err
		}
	}
	if err := put(c.out, sourcesFile, c.src.cited(c.out)); err != nil {
		return Report{}, err
	}
	return c.finish(outDir)
}

// finish reads the compiled files back from memory, with the samples of outDir, before any is written.
func (c *compiler) finish(outDir string) (Report, error) {
	samples, err := os.ReadFile(filepath.Join(outDir, samplesFile))
	if err != nil && !os.IsNotExist(err) {
		return Report{}, err
	}
	check := memoryFS{samplesFile: samples}
	for name, text := range c.out {
		check[name] = text
	}
	b, err := ReadFS(check)
	if err != nil {
		return Report{}, err
	}
	c.report.count(b)
	return c.report, c.out.write(outDir)
}
