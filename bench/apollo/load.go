package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// load asks the side's question over so many connections for so long, and returns how long each answer took.
func load(ctx context.Context, s *side, connections int, duration time.Duration) ([]time.Duration, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
	defer client.CloseIdleConnections()
	until := time.Now().Add(duration)
	took, errs := make([][]time.Duration, connections), make([]error, connections)
	var clients sync.WaitGroup
	for i := range took {
		clients.Go(func() {
			for began := time.Now(); began.Before(until) && errs[i] == nil; {
				errs[i] = s.once(ctx, client)
				now := time.Now()
				took[i] = append(took[i], now.Sub(began))
				began = now
			}
		})
	}
	clients.Wait()
	return slices.Concat(took...), errors.Join(errs...)
}

// once asks once, and holds the answer to be as long as the one that was checked.
func (s *side) once(ctx context.Context, client *http.Client) error {
	response, err := s.post(ctx, client)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	n, err := io.Copy(io.Discard, response.Body)
	if err == nil && int(n) != s.bytes {
		err = fmt.Errorf("POST %s: got %d bytes, want %d as in the answer before", s.url, n, s.bytes)
	}
	return err
}

// whole asks once and returns the answer.
func (s *side) whole(ctx context.Context) ([]byte, error) {
	response, err := s.post(ctx, http.DefaultClient)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	s.bytes = len(answer)
	return answer, err
}

func (s *side) post(ctx context.Context, client *http.Client) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, bytes.NewReader(s.body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("POST %s: %s", s.url, response.Status)
		_ = response.Body.Close()
	}
	return response, err
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}
