package server

import (
	"context"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics count operations. Label values come from closed lists: nothing that clients write becomes one.
type metrics struct {
	registry   *prometheus.Registry
	operations *prometheus.CounterVec
	seconds    *prometheus.HistogramVec
	refusals   *prometheus.CounterVec
	requests   *prometheus.CounterVec
}

func newMetrics(g *gate) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		operations: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimgraph_operations_total",
			Help: "GraphQL operations by type, and by the code of their first error or OK.",
		}, []string{"type", "code"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "claimgraph_operation_seconds",
			Help:    "Time from reading an operation to its response, waiting included.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"type"}),
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimgraph_refusals_total",
			Help: "Operations refused before they ran, by the limit that they exceeded.",
		}, []string{"limit"}),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "claimgraph_http_requests_total",
			Help: "HTTP requests by class of status.",
		}, []string{"status"}),
	}
	m.registry.MustRegister(m.operations, m.seconds, m.refusals, m.requests,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		gauge("claimgraph_operations_running", "Operations that run now.", func() int { return len(g.running) }),
		gauge("claimgraph_operations_waiting", "Operations that wait to run.",
			func() int { return max(len(g.admitted)-len(g.running), 0) }))
	return m
}

func gauge(name, help string, value func() int) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return float64(value()) })
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 5 * time.Second})
}

func (m *metrics) refused(limit string) { m.refusals.WithLabelValues(limit).Inc() }

// response counts one response; it is called for refused operations too.
func (m *metrics) response(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	if response == nil {
		return nil
	}
	kind := "unknown"
	op := graphql.GetOperationContext(ctx)
	if op.Operation != nil {
		kind = string(op.Operation.Operation)
	}
	code := "OK"
	if len(response.Errors) > 0 {
		code, _ = response.Errors[0].Extensions["code"].(string)
	}
	m.operations.WithLabelValues(kind, code).Inc()
	if start := op.Stats.OperationStart; !start.IsZero() {
		m.seconds.WithLabelValues(kind).Observe(time.Since(start).Seconds())
	}
	return response
}
