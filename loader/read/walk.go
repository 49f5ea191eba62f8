package read

import (
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

// A Ref says where an article is: the path of a file, an HTTP or HTTPS URL, or StandardInput.
type Ref string

// StandardInput is the Ref of what is piped into the process.
const StandardInput Ref = "-"

// IsURL reports whether ref is to be fetched.
func (ref Ref) IsURL() bool {
	head := strings.ToLower(string(ref[:min(len(ref), len("https://"))]))
	return strings.HasPrefix(head, "http://") || strings.HasPrefix(head, "https://")
}

// Refs lists the articles that args mean, one by one, without keeping the list: files, URLs and "-" as they stand, folders
// by the files in them, recursively and in the order of their names. In folders hidden files and folders, symbolic links,
// and files that are neither text nor HTML by their extension are passed over. What cannot be looked at comes with an
// error that names it and wraps the operating system's, and the listing goes on.
func Refs(args ...string) iter.Seq2[Ref, error] {
	return func(yield func(Ref, error) bool) {
		for _, arg := range args {
			if !yieldRefs(Ref(arg), yield) {
				return
			}
		}
	}
}

func yieldRefs(ref Ref, yield func(Ref, error) bool) bool {
	if ref == StandardInput || ref.IsURL() {
		return yield(ref, nil)
	}
	info, err := os.Stat(string(ref))
	if err != nil {
		return yield(ref, named(string(ref), causeOf(err)))
	}
	if !info.IsDir() {
		return yield(ref, nil)
	}
	return yieldFolder(string(ref), yield)
}

// yieldFolder lists one folder, and false if the consumer has had enough. Only one folder's names are held at a time, and
// those of the folders above it.
func yieldFolder(root string, yield func(Ref, error) bool) bool {
	more := true
	// The walk itself cannot fail: each error is yielded, and the function returns only what steers it.
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			more = yield(Ref(path), named(path, causeOf(err)))
		case path != root && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.Type().IsRegular() && (isTextExtension(extension(path)) || isHTMLExtension(extension(path))):
			more = yield(Ref(path), nil)
		}
		if !more {
			return fs.SkipAll
		}
		return nil
	})
	return more
}
