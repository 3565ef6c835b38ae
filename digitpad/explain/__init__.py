"""Why an answer is as it is: unit traces, attribution, pieces, history, sweeps; never Qt."""
