package directory

import (
	"strings"
	"testing"
)

func TestAFileThatWasCutOffIsRefusedWhole(t *testing.T) {
	t.Parallel()
	const head = "Sr_No,Location_Coordinates,Hospital_Name,District,Address_First_Line,State,Pincode,Telephone,,,\n"
	const row = "1,\"13.08, 80.27\",Some Hospital,Chennai,Road,Tamil Nadu,600001,0,,,\n"
	if c, err := Read(strings.NewReader(head+row), "whole.csv"); err != nil || c.Lines != 1 {
		t.Fatalf("a whole file: %d lines, %v", c.Lines, err)
	}
	for _, end := range []string{"2,\"13.08, 80.27\",Other Hosp", "2,\"13.0", "2,\"13.08, 80.27\",\"unclosed and\nmore"} {
		if _, err := Read(strings.NewReader(head+row+end), "cut.csv"); err == nil || !strings.Contains(err.Error(), "cut off") || !strings.Contains(err.Error(), "line 3") {
			t.Errorf("%q: %v", end, err)
		}
	}
}
