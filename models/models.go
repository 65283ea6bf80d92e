// Package models is the database: rows, migrations, and the Store through which both PostgreSQL and
// SQLite are read and written. It is not for rules about what a row means to a reader (catalogue), and
// no *gorm.DB crosses its edge.
package models
