package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/claimgraph/claimgraph/resolvers"
	"github.com/claimgraph/claimgraph/server/guard"
)

// overHTTP is the transport of POST and GET after the GraphQL-over-HTTP specification, and of server-sent events in the
// "distinct connections" mode of graphql-sse. gqlgen's own transports repeat a body that they cannot read, and read it
// without a bound.
type overHTTP struct {
	body      int64         // most bytes
	readTime  time.Duration // in which it has to arrive
	writeTime time.Duration
}

// drained is how many bytes of a body that is too large are read before it is refused.
const drained = 16 << 20

// Supports implements graphql.Transport.
func (t *overHTTP) Supports(r *http.Request) bool { return r.Header.Get("Upgrade") == "" }

// A requestError is why a request is refused before GraphQL sees it.
type requestError struct {
	status     int
	code       string
	message    string
	extensions map[string]any
}

func (e *requestError) Error() string { return e.message }

func badRequest(message string) error {
	return &requestError{status: http.StatusBadRequest, code: resolvers.CodeInvalid, message: message}
}

// Do implements graphql.Transport.
func (t *overHTTP) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	media, ok := negotiate(r.Header.Get("Accept"))
	if !ok {
		t.refuse(w, jsonMedia, &requestError{
			status: http.StatusNotAcceptable, code: resolvers.CodeInvalid,
			message: "answers come as " + jsonMedia + ", " + graphqlMedia + " or " + eventMedia,
		})
		return
	}
	params, err := t.params(w, r)
	if err != nil {
		t.refuse(w, media, err)
		return
	}
	op, errs := exec.CreateOperationContext(r.Context(), params)
	ctx := graphql.WithOperationContext(r.Context(), op)
	if errs != nil {
		t.answer(w, media, exec.DispatchError(ctx, errs))
		return
	}
	if r.Method == http.MethodGet && op.Operation.Operation == ast.Mutation {
		w.Header().Set("Allow", http.MethodPost)
		t.refuse(w, media, &requestError{
			status: http.StatusMethodNotAllowed, code: resolvers.CodeInvalid, message: "mutations need POST",
		})
		return
	}
	if media == eventMedia {
		t.stream(w, r.WithContext(ctx), exec, op)
		return
	}
	if op.Operation.Operation == ast.Subscription {
		t.refuse(w, media, badRequest("subscriptions need a WebSocket, or Accept: "+eventMedia))
		return
	}
	responses, ctx := exec.DispatchOperation(ctx, op)
	t.answer(w, media, responses(ctx))
}

// params reads the request.
func (t *overHTTP) params(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, error) {
	var params *graphql.RawParams
	var err error
	switch r.Method {
	case http.MethodGet:
		params, err = fromURL(r.URL.RawQuery)
	case http.MethodPost:
		params, err = t.fromBody(r)
	default:
		w.Header().Set("Allow", "GET, POST")
		return nil, &requestError{
			status: http.StatusMethodNotAllowed, code: resolvers.CodeInvalid, message: "GraphQL needs GET or POST",
		}
	}
	if err != nil {
		return nil, err
	}
	if params.Query == "" && params.Extensions["persistedQuery"] == nil {
		return nil, badRequest("the request has no query")
	}
	params.Headers = r.Header
	return params, nil
}

func (t *overHTTP) fromBody(r *http.Request) (*graphql.RawParams, error) {
	media, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := strings.ToLower(parameters["charset"])
	if err != nil || media != jsonMedia || charset != "" && charset != "utf-8" || r.Header.Get("Content-Encoding") != "" {
		return nil, &requestError{
			status: http.StatusUnsupportedMediaType, code: resolvers.CodeInvalid,
			message: "the body must be " + jsonMedia + " in UTF-8, not compressed",
		}
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, t.body+1))
	if err != nil {
		return nil, &requestError{
			status: http.StatusRequestTimeout, code: resolvers.CodeTimeout,
			message:    fmt.Sprintf("the body did not arrive within the limit %q, which is %s", "readTime", t.readTime),
			extensions: map[string]any{"limit": "readTime"},
		}
	}
	if int64(len(body)) > t.body {
		// Who still sends does not see an answer, so the rest is read, too, up to a bound.
		rest, _ := io.CopyN(io.Discard, r.Body, drained)
		size := max(r.ContentLength, t.body+1+rest)
		return nil, &requestError{
			status: http.StatusRequestEntityTooLarge, code: guard.Code,
			message:    fmt.Sprintf("the request exceeds the limit \"body\": %d bytes sent, %d allowed", size, t.body),
			extensions: map[string]any{"limit": "body", "value": size, "max": t.body},
		}
	}
	params := new(graphql.RawParams)
	if decode(body, params) != nil {
		return nil, badRequest("the body must be a JSON object with query, operationName, variables and extensions")
	}
	return params, nil
}

func fromURL(rawQuery string) (*graphql.RawParams, error) {
	values, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, badRequest("the URL cannot be read")
	}
	params := &graphql.RawParams{Query: values.Get("query"), OperationName: values.Get("operationName")}
	for name, into := range map[string]*map[string]any{
		"variables": &params.Variables, "extensions": &params.Extensions,
	} {
		if text := values.Get(name); text != "" && decode([]byte(text), into) != nil {
			return nil, badRequest(name + " must be a JSON object")
		}
	}
	return params, nil
}

// decode reads one JSON value and nothing behind it. Numbers stay as they were written.
func decode(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return nil
}

func (t *overHTTP) refuse(w http.ResponseWriter, media string, err error) {
	var refused *requestError
	if !errors.As(err, &refused) {
		refused = &requestError{status: http.StatusBadRequest, code: resolvers.CodeInvalid, message: err.Error()}
	}
	if media == eventMedia {
		media = jsonMedia // there is no stream
	}
	extensions := map[string]any{"code": refused.code}
	for k, v := range refused.extensions {
		extensions[k] = v
	}
	response := &graphql.Response{Errors: gqlerror.List{{Message: refused.message, Extensions: extensions}}}
	t.write(w, media, refused.status, response)
}

func (t *overHTTP) answer(w http.ResponseWriter, media string, response *graphql.Response) {
	status := statusOf(media, response)
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	if media == eventMedia {
		media = jsonMedia // refused before the stream began
	}
	t.write(w, media, status, response)
}

// statusOf returns the status of an answer. For application/json the specification wants 200 whenever the request
// could be read; for application/graphql-response+json only where the operation ran.
func statusOf(media string, response *graphql.Response) int {
	if response.Data != nil {
		return http.StatusOK
	}
	for _, err := range response.Errors {
		switch err.Extensions["code"] {
		case CodeBusy:
			return http.StatusServiceUnavailable
		case resolvers.CodeTimeout:
			return http.StatusGatewayTimeout
		case resolvers.CodeInternal:
			return http.StatusInternalServerError
		}
	}
	if media == jsonMedia {
		return http.StatusOK
	}
	return http.StatusBadRequest
}

func (t *overHTTP) write(w http.ResponseWriter, media string, status int, response *graphql.Response) {
	// Where the connection has no deadlines, as in tests, the answer goes out without.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(t.writeTime))
	w.Header().Set("Content-Type", media+"; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = writeResponse(w, response) // a client that went away has no use for the error
}

// writeResponse writes an answer as JSON. Its data are JSON already and go out as they are; json.Marshal would read
// through all of them again.
func writeResponse(w io.Writer, response *graphql.Response) error {
	var head bytes.Buffer
	head.WriteByte('{')
	if len(response.Errors) > 0 {
		b, err := json.Marshal(response.Errors)
		if err != nil {
			return err
		}
		head.WriteString(`"errors":`)
		head.Write(b)
		if response.Data != nil {
			head.WriteByte(',')
		}
	}
	if response.Data != nil {
		head.WriteString(`"data":`)
	}
	for _, part := range [][]byte{head.Bytes(), response.Data, []byte("}")} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}
