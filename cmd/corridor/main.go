// Command corridor is Care Corridor: the site, its search index and the tools to run them.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // a machine without zone data must still know British summer time

	"github.com/alecthomas/kong"
)

func main() { os.Exit(run(os.Args[1:])) }

// run is main with an exit status: 0 done, 1 failed, 2 the command line was wrong.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cli := &commands{}
	parser, err := kong.New(cli, kong.Name("corridor"), kong.UsageOnError(),
		kong.Description("Accredited Indian hospitals with honest whole-trip costs. With nothing configured everything runs on files below var/."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(os.Stderr, "corridor:", err)
		return 2
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(os.Stderr, "corridor:", err)
		return 2
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(&cli.Config, parsed); err != nil {
		fmt.Fprintln(os.Stderr, "corridor:", err)
		return 1
	}
	return 0
}

// commands is the whole command line.
type commands struct {
	Config

	Serve     serveCommand     `cmd:"" help:"Serve the site and run its jobs."`
	Migrate   migrateCommand   `cmd:"" help:"Bring the database schema up to this program."`
	Seed      seedCommand      `cmd:"" help:"Compile or load the facts the directory starts with."`
	Import    importCommand    `cmd:"" help:"Import a file of another body."`
	Reindex   reindexCommand   `cmd:"" help:"Rebuild the search index beside the one in use, then swap."`
	Feedback  feedbackCommand  `cmd:"" help:"Invite to feedback after a confirmed stay, and moderate it."`
	Reports   reportsCommand   `cmd:"" help:"Problems that readers report with a listing."`
	Audit     auditCommand     `cmd:"" help:"The audit trail: verify, anchor, export."`
	Referrals referralsCommand `cmd:"" help:"Referrals: retention, and erasure after a restore."`
	Keys      keysCommand      `cmd:"" help:"The keys that seal personal data: list, rotate, retire."`
	User      userCommand      `cmd:"" help:"Accounts: the first administrator, locks and lost second factors."`
	Doctor    doctorCommand    `cmd:"" help:"Say what is configured, from where, and what is wrong."`
	Bench     benchCommand     `cmd:"" help:"Make data for measurements."`
	Readme    readmeCommand    `cmd:"" hidden:"" help:"Print the configuration table of the README."`
}
