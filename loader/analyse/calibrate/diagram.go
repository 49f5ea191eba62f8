package main

import (
	"fmt"
	"math"
	"strings"
)

// diagram draws for each model, in ten bins, what share is right over the confidence given: on the diagonal, if
// confidences hold. The area of a dot is as the number of attributions.
func diagram(models []model) string {
	const side, edge = 240, 40
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">`+"\n",
		len(models)*(side+edge)+edge, side+2*edge)
	b.WriteString(`<rect width="100%" height="100%" fill="#fff"/>` + "\n")
	for i := range models {
		m := &models[i]
		fmt.Fprintf(&b, `<g transform="translate(%d %d)">`+"\n", edge+i*(side+edge), edge)
		fmt.Fprintf(&b, `<text x="%d" y="-12" text-anchor="middle">--model %s: ECE %.1f %%</text>`+"\n",
			side/2, m.name, 100*calibrationError(m.bins))
		fmt.Fprintf(&b, `<path d="M0 0V%d H%d M0 %d L%d 0" fill="none" stroke="#767676"/>`+"\n", side, side, side, side)
		for tick := 0; tick <= 10; tick += 5 {
			at := side * tick / 10
			fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">%.1f</text>`+"\n", at, side+14, float64(tick)/10)
			fmt.Fprintf(&b, `<text x="-4" y="%d" text-anchor="end">%.1f</text>`+"\n", side-at+4, float64(tick)/10)
		}
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">confidence given</text>`+"\n", side/2, side+30)
		fmt.Fprintf(&b, `<text transform="translate(-26 %d) rotate(-90)" text-anchor="middle">share that is right</text>`+"\n", side/2)
		for _, bin := range m.bins {
			if bin.count > 0 {
				fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="%.1f" fill="#0072b2" fill-opacity="0.7"><title>%d: given %.2f, right %.2f</title></circle>`+"\n",
					side*bin.given, side*(1-bin.right), radius(bin.count), bin.count, bin.given, bin.right)
			}
		}
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func radius(count int) float64 { return 2 + 0.5*math.Sqrt(float64(count)) }
