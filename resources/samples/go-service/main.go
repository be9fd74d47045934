// Command go-service counts its visitors.
package main

import (
	"fmt"
	"log"
	"net/http"
	"sync/atomic"
)

const greeting = "Hello, visitor"

func main() {
	var visitors int64
	http.HandleFunc("/", func(response http.ResponseWriter, request *http.Request) {
		log.Printf("%s %s", request.Method, request.URL)
		fmt.Fprintf(response, "%s number %d\n", greeting, atomic.AddInt64(&visitors, 1))
	})
	log.Print("listening on 8080")
	log.Fatal(http.ListenAndServe(":8080", nil))
}
