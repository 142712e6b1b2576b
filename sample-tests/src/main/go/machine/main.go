// Tells what a Go program can see of the machine that it was compiled for.
package main

import (
	"os"
	"runtime"
	"strconv"
	"unsafe"
)

type padded struct {
	first  byte
	second float64
}

func say(what string, value string) {
	// Not fmt, which would double the time that the compiler takes for each architecture.
	os.Stdout.WriteString(what + " " + value + "\n")
}

func byteOrder() string {
	one := uint32(1)
	if *(*byte)(unsafe.Pointer(&one)) == 1 {
		return "little"
	}
	return "big"
}

func main() {
	say("go", runtime.GOARCH)
	say("word", strconv.Itoa(strconv.IntSize)+" bits")
	say("order", byteOrder())
	say("float64 aligned to", strconv.Itoa(int(unsafe.Offsetof(padded{}.second))))
	sum := make(chan int)
	go func() { sum <- 40 + len(os.Args) }()
	say("goroutine", strconv.Itoa(<-sum))
}
