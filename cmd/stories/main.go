// Command stories serves every page in every state on this machine only, from plain structs, under the
// policy of the real site. It is for people who look at pages and for browser checks, not for production.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"time"

	"carecorridor/static"
	"carecorridor/views/stories"

	"github.com/a-h/templ"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8090", "loopback address to listen on")
	list := flag.Bool("list", false, "print the name of each story and stop")
	flag.Parse()
	if *list {
		for _, s := range stories.All() {
			fmt.Println(s.Name)
		}
		return
	}
	if err := serve(*addr); err != nil {
		log.Fatal("stories: ", err)
	}
}

func serve(addr string) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	if host := listener.Addr().(*net.TCPAddr).IP; !host.IsLoopback() {
		return errors.Join(fmt.Errorf("address %s is not on this machine alone", addr), listener.Close())
	}
	fmt.Println("listening on http://" + listener.Addr().String())
	server := &http.Server{Handler: handler(), ReadHeaderTimeout: 5 * time.Second}
	return server.Serve(listener)
}

func handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(static.Prefix, static.Handler())
	all := stories.All()
	for _, s := range all {
		mux.HandleFunc("GET /stories/"+s.Name, func(w http.ResponseWriter, r *http.Request) { show(w, r, s.Page) })
	}
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { show(w, r, index(all)) })
	return mux
}

func show(w http.ResponseWriter, r *http.Request, page templ.Component) {
	var b bytes.Buffer
	if err := page.Render(r.Context(), &b); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", static.CSP)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes()) // a reader that went away is not an error here
}
