// Package seed is the catalogue's real starting content: it compiles the collected data files into
// small JSON-lines files kept in the tree (Compile), reads them back as rows (Read) and loads them
// into a store (Load). docs/data/README.md says what each file holds and where it comes from.
//
// It is not for the raw National Hospital Directory (package directory), and it judges nothing by
// today's date: a certificate is stored as its register showed it on the day of the snapshot.
package seed
