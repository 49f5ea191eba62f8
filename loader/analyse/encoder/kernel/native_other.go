//go:build !amd64 && !arm64

package kernel

// native returns no kernel: there is none in assembly for this architecture.
func native() []*Kernel { return nil }
