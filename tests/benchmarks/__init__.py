"""What parsing costs, in CPU time: `python -m tests.benchmarks`."""
