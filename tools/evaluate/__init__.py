"""`make evaluate`: how well the assistant understands, as HTML with pictures and as JSON under results/."""
