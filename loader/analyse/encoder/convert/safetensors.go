package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"github.com/claimgraph/claimgraph/graph"
)

// isSafetensors tells a safetensors file, whose JSON header stands after a 64-bit length, from a checkpoint.
func isSafetensors(raw []byte) bool { return len(raw) > 8 && raw[8] == '{' && raw[4] != '{' }

// readSafetensors reads the base model as its authors publish it, by their names for its parts, as a checkpoint without
// heads. Token types are one, so that its embedding goes with the positions; words have no shapes.
func readSafetensors(raw []byte) (checkpoint, error) {
	size := binary.LittleEndian.Uint64(raw)
	if size > uint64(len(raw)-8) {
		return nil, fmt.Errorf("%w: no safetensors file", graph.ErrInvalid)
	}
	var header map[string]struct {
		Dtype   string
		Shape   []int
		Offsets [2]int `json:"data_offsets"`
	}
	head, data := raw[8:8+size], raw[8+size:]
	if err := json.NewDecoder(bytes.NewReader(bytes.TrimRight(head, " "))).Decode(&header); err != nil {
		return nil, fmt.Errorf("%w: header: %w", graph.ErrInvalid, err)
	}
	s := source{checkpoint: checkpoint{}}
	for name, h := range header {
		a := array{shape: h.Shape, dtype: map[string]string{"F32": "f32", "F16": "f16"}[h.Dtype]}
		first, last := h.Offsets[0], h.Offsets[1]
		if a.size() < 0 || first < 0 || last < first || last > len(data) || last-first != a.size() {
			continue // Of another type, as lists of positions are: missed below if it was needed.
		}
		a.data = data[first:last]
		s.checkpoint[name] = a
	}
	c := s.base()
	return c, s.err
}

// base returns the arrays of a BERT encoder by the names of a checkpoint.
func (s *source) base() checkpoint {
	const embeddings = "embeddings."
	words := s.take(embeddings+"word_embeddings.weight", 0, 0)
	hidden := words.columns()
	positions := s.take(embeddings+"position_embeddings.weight", 0, hidden)
	values, token := positions.values(), s.floats(embeddings+"token_type_embeddings.weight", 0, hidden)
	for i := range values {
		values[i] += token[i%hidden]
	}
	c := checkpoint{"word": words, "pos": floatArray(values, positions.shape...), "feat": floatArray(nil, shapes, hidden)}
	s.copyNorm(c, "ln", embeddings+"LayerNorm", hidden)
	for i := 0; ; i++ {
		from, to := fmt.Sprintf("encoder.layer.%d.", i), fmt.Sprintf("%02d.", i)
		if _, ok := s.checkpoint[from+"output.dense.weight"]; !ok || s.err != nil {
			return c
		}
		self := from + "attention.self."
		c[to+"wqkv"], c[to+"bqkv"] = s.dense(hidden, self+"query", self+"key", self+"value")
		c[to+"wo"], c[to+"bo"] = s.dense(hidden, from+"attention.output.dense")
		c[to+"w1"], c[to+"b1"] = s.dense(hidden, from+"intermediate.dense")
		c[to+"w2"], c[to+"b2"] = s.dense(c[to+"w1"].columns(), from+"output.dense")
		s.copyNorm(c, to+"ln1", from+"attention.output.LayerNorm", hidden)
		s.copyNorm(c, to+"ln2", from+"output.LayerNorm", hidden)
	}
}

// copyNorm copies a layer norm.
func (s *source) copyNorm(c checkpoint, to, from string, hidden int) {
	c[to+".g"], c[to+".b"] = s.take(from+".weight", hidden), s.take(from+".bias", hidden)
}

// dense returns the weights of layers of as many inputs, which the file has by output, by input, with the outputs of all
// side by side; and their biases.
func (s *source) dense(inputs int, names ...string) (weights, bias array) {
	var columns [][]float32
	var biases []float32
	for _, name := range names {
		w := s.take(name+".weight", 0, inputs)
		values := w.values()
		for r := range w.rows() {
			columns = append(columns, values[r*inputs:][:inputs])
		}
		biases = append(biases, s.floats(name+".bias", w.rows())...)
	}
	byInput := make([]float32, inputs*len(columns))
	for c, column := range columns {
		for r, v := range column {
			byInput[r*len(columns)+c] = v
		}
	}
	return floatArray(byInput, inputs, len(columns)), floatArray(biases, len(biases))
}

// floatArray returns an array of values, zeros where there are none.
func floatArray(values []float32, shape ...int) array {
	a := array{shape: shape, dtype: "f32"}
	a.data = make([]byte, max(0, a.size()))
	for i, v := range values {
		binary.LittleEndian.PutUint32(a.data[4*i:], math.Float32bits(v))
	}
	return a
}
